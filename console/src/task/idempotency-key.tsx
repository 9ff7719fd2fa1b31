// The key of a write: the same task under the same key is done once, however often it is sent. It is kept until an input changes.
import Refresh from '@mui/icons-material/Refresh';
import { Box, IconButton, TextField, Tooltip, Typography } from '@mui/material';
import { type JSX, useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../parts/copy-button.tsx';

export interface WriteKey {
  readonly key: string;
  /** Another one: for the same task a second time. */
  readonly draw: () => void;
}

/** @param request what is sent, as text: another text has another key */
export function useWriteKey(request: string): WriteKey {
  const [kept, setKept] = useState(() => ({ request, key: crypto.randomUUID() as string }));
  let now = kept;
  if (kept.request !== request) {
    now = { request, key: crypto.randomUUID() };
    setKept(now);
  }
  const draw = useCallback(() => setKept({ request, key: crypto.randomUUID() }), [request]);
  return { key: now.key, draw };
}

export function WriteKeyField({ writeKey, isDone }: { readonly writeKey: WriteKey; /** It was already done under this key. */ readonly isDone: boolean }): JSX.Element {
  const { t } = useTranslation();
  return (
    <Box>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 0.5, maxWidth: 520 }}>
        <TextField label="Idempotency-Key" value={writeKey.key} slotProps={{ htmlInput: { readOnly: true, style: { fontFamily: 'ui-monospace, Menlo, monospace', fontSize: 13 } } }} />
        <CopyButton text={writeKey.key} what="Idempotency-Key" />
        <Tooltip title={t('task.newKey')}><IconButton size="small" aria-label={t('task.newKey')} onClick={writeKey.draw}><Refresh fontSize="inherit" /></IconButton></Tooltip>
      </Box>
      <Typography variant="caption" component="p" role={isDone ? 'status' : undefined} sx={{ mt: 0.5, color: 'text.secondary' }}>{isDone ? t('task.keyUsed') : t('task.keyHelp')}</Typography>
    </Box>
  );
}
