// The state of something, in a word and a colour.
import { Chip } from '@mui/material';
import { type JSX } from 'react';
import { useWords, wordFor } from '../words/spoken.ts';

type Colour = 'success' | 'info' | 'warning' | 'error' | 'default';

/** States of connections, operations, secrets' versions and writes; what is not here is shown as it is. */
const COLOURS: Readonly<Record<string, Colour>> = {
  ACTIVE: 'success', ENABLED: 'success', SUCCEEDED: 'success', DONE: 'success', OK: 'success',
  CREATING: 'info', UPDATING: 'info', DELETING: 'info', RUNNING: 'info', REFRESHING: 'info', PENDING: 'info', SENT: 'info',
  INACTIVE: 'default', SUSPENDED: 'default', DISABLED: 'default', DESTROYED: 'default', NOT_DONE: 'default', CANCELLED: 'default',
  AUTHORIZATION_REQUIRED: 'warning', UNKNOWN: 'warning', AUTH_ERROR: 'error', ERROR: 'error', FAILED: 'error',
};

export function StatusChip({ state }: { readonly state: string }): JSX.Element {
  const { states } = useWords();
  return <Chip size="small" variant="outlined" color={COLOURS[state] ?? 'default'} label={wordFor(states, state) ?? state} sx={{ fontWeight: 600 }} />;
}
