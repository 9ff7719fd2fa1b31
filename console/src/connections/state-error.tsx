// Why a connection is in ERROR: the server's words, and what to do in the reader's own where they have another language.
import { Alert, AlertTitle, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTold } from '../words/told.ts';

export interface StateErrorProps {
  readonly description: string;
  readonly reason: string | undefined;
  readonly severity?: 'error' | 'info';
}

export function StateError({ description, reason, severity = 'error' }: StateErrorProps): JSX.Element {
  const { hintOf, wrongOf, servers } = useTold();
  const hint = hintOf(reason ?? '');
  return (
    <Alert severity={severity} sx={{ mb: 2, overflowWrap: 'anywhere' }}>
      {reason === undefined ? null : <AlertTitle>{wrongOf(reason) ?? reason}</AlertTitle>}
      {hint === undefined ? null : <Typography variant="body2" sx={{ mb: 1 }}>{hint}</Typography>}
      <span {...servers}>{description}</span>
    </Alert>
  );
}
