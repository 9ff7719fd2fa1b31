// What is told where a task failed: what was wrong, and what to do next, which differs with whether a write may have been done.
import { Alert, AlertTitle, Box, Button } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { isSignedOut } from '../api/failed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { UnknownOutcome } from './unknown-outcome.tsx';

export interface OutcomeAlertProps {
  readonly connection: string;
  readonly error: Error;
  readonly isWrite: boolean;
  /** Sends the same once more, under the same key. */
  readonly repeat: () => void;
  readonly isPending: boolean;
}

export type Outcome = 'unknown' | 'refused' | 'none';

/** How a write ended that was answered with an error. Without an answer nobody here knows. */
export function outcomeOf(error: Error): Outcome {
  if (!(error instanceof ApiError)) return 'none';
  if (error.metadata['outcome'] === 'unknown' || ['SERVER_UNREACHABLE', 'TIMED_OUT', 'IDEMPOTENCY_KEY_IN_USE'].includes(error.reason)) return 'unknown';
  return ['UNAVAILABLE', 'RESOURCE_EXHAUSTED', 'ABORTED', 'DEADLINE_EXCEEDED'].includes(error.code) ? 'none' : 'refused';
}

export function OutcomeAlert({ connection, error, isWrite, repeat, isPending }: OutcomeAlertProps): JSX.Element {
  const { t } = useTranslation();
  const outcome = outcomeOf(error);
  if (isWrite && outcome === 'unknown') return <UnknownOutcome key={error instanceof ApiError ? error.requestId : undefined} connection={connection} error={error} repeat={repeat} isPending={isPending} />;
  return (
    <>
      <ErrorAlert error={error} />
      {isWrite && outcome === 'none' ? (
        <Alert severity="info" sx={{ my: 2 }}>
          <AlertTitle>{t('task.notDone')}</AlertTitle>
          {t('task.notDoneHelp')}
          <Box sx={{ mt: 1 }}><Button size="small" variant="outlined" color="inherit" loading={isPending} onClick={repeat}>{t('task.repeat')}</Button></Box>
        </Alert>
      ) : null}
      {isWrite && outcome === 'refused' && !isSignedOut(error) ? <Alert severity="info" sx={{ my: 2 }}>{t('task.refusedHelp')}</Alert> : null}
    </>
  );
}
