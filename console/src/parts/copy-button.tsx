// Copies a text, and says so.
import Check from '@mui/icons-material/Check';
import ContentCopy from '@mui/icons-material/ContentCopy';
import { IconButton, Tooltip } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_MS = 2_000;

export function CopyButton({ text, what }: { readonly text: string; /** What is copied, for who does not see where the button stands. */ readonly what?: string }): JSX.Element {
  const { t } = useTranslation();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async (): Promise<void> => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), SHOWN_MS);
  };
  const label = isCopied ? t('common.copied') : what === undefined ? t('common.copy') : `${t('common.copy')}: ${what}`;
  return (
    <Tooltip title={label}>
      <IconButton size="small" aria-label={label} onClick={() => void copy()}>{isCopied ? <Check fontSize="inherit" /> : <ContentCopy fontSize="inherit" />}</IconButton>
    </Tooltip>
  );
}
