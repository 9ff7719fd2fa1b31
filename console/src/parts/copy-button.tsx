// Copies a text, and says so.
import Check from '@mui/icons-material/Check';
import ContentCopy from '@mui/icons-material/ContentCopy';
import { IconButton, Tooltip } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';

const SHOWN_MS = 2_000;

export function CopyButton({ text, what }: { readonly text: string; /** What is copied, for who does not see where the button stands. */ readonly what?: string }): JSX.Element {
  const { t } = useTranslation();
  const [outcome, setOutcome] = useState<'copied' | 'notCopied'>();
  const copy = async (): Promise<void> => {
    // Browsers give no clipboard to pages over plain HTTP from another machine, and ask their users first.
    setOutcome(await Promise.try(() => navigator.clipboard.writeText(text)).then(() => 'copied' as const, () => 'notCopied' as const));
    setTimeout(() => setOutcome(undefined), SHOWN_MS);
  };
  const label = outcome !== undefined ? t(outcome === 'copied' ? 'common.copied' : 'common.notCopied') : what === undefined ? t('common.copy') : `${t('common.copy')}: ${what}`;
  return (
    <Tooltip title={label}>
      <IconButton size="small" aria-label={label} onClick={() => void copy()}>{outcome === 'copied' ? <Check fontSize="inherit" /> : <ContentCopy fontSize="inherit" />}</IconButton>
    </Tooltip>
  );
}
