// What is told where a task failed: what was wrong, and what to do next, which differs with whether a write may have been done.
import { Alert, AlertTitle, Box, Button } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { addressOf } from '../app/place.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';

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
  return (
    <>
      <ErrorAlert error={error} />
      {!isWrite || outcome === 'refused' ? null : (
        <Alert severity={outcome === 'unknown' ? 'warning' : 'info'} sx={{ my: 2 }}>
          <AlertTitle>{t(outcome === 'unknown' ? 'task.outcomeUnknown' : 'task.notDone')}</AlertTitle>
          {t(outcome === 'unknown' ? 'task.outcomeUnknownHelp' : 'task.notDoneHelp')}
          <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
            <Button size="small" variant="outlined" color="inherit" loading={isPending} onClick={repeat}>{t('task.repeat')}</Button>
            {outcome === 'unknown' ? <Button size="small" color="inherit" component={Link} to={addressOf(connection, 'writes')}>{t('task.toWrites')}</Button> : null}
          </Box>
        </Alert>
      )}
      {isWrite && outcome === 'refused' ? <Alert severity="info" sx={{ my: 2 }}>{t('task.refusedHelp')}</Alert> : null}
    </>
  );
}
