// What became of the connection: its operation while it runs, then that it works, or what is to be mended.
import { Box, Button, LinearProgress, Stack } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { connectionQuery } from '../api/connections.ts';
import { isPassing } from '../api/failed.ts';
import { failureOf, useOperation } from '../api/operation.ts';
import { addressOf } from '../app/place.ts';
import type { Step } from '../connection-form/faults.ts';
import { StateError } from '../connections/state-error.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { FocusedHeading } from './focused-heading.tsx';

export interface OutcomeProps {
  /** Name of the connection. */
  readonly name: string;
  readonly operation: string;
  /** Back to where it is mended. */
  readonly onMend: (step: Step) => void;
}

export function Outcome({ name, operation, onMend }: OutcomeProps): JSX.Element {
  const { t } = useTranslation();
  const followed = useOperation(operation);
  const isDone = followed.operation?.done === true;
  // What was kept of it is of the attempt before.
  const connection = useQuery({ ...connectionQuery(name), queryKey: ['connection', name, operation], enabled: isDone });
  const status = connection.data?.status;
  const failure = followed.operation === undefined ? undefined : failureOf(followed.operation);
  const error = followed.error ?? connection.error;
  if (error !== null && !isPassing(error)) return <ErrorAlert error={error} />;
  const list = addressOf(name.split('/').slice(0, 2).join('/'), 'connections');
  const state = status?.state;
  const title = state === undefined ? t('wizard.making') : state === 'ACTIVE' ? t('wizard.made') : state === 'ERROR' ? t('wizard.failed') : t('wizard.ended');
  return (
    <Box aria-live="polite">
      <Stack direction="row" spacing={1} sx={{ alignItems: 'center', mb: 2 }}>
        <FocusedHeading key={title}>{title}</FocusedHeading>
        {state === undefined ? null : <StatusChip state={state} />}
      </Stack>
      {state === undefined ? <LinearProgress aria-label={t('wizard.making')} /> : null}
      {failure === undefined ? null : <ErrorAlert error={failure} />}
      {status?.description === undefined ? null : (
        <StateError description={status.description} reason={status.status} severity={state === 'ERROR' ? 'error' : 'info'} />
      )}
      {state === undefined ? null : (
        <Stack direction="row" spacing={1} useFlexGap sx={{ flexWrap: 'wrap' }}>
          {state === 'ERROR' ? <Button variant="contained" onClick={() => onMend(stepToMend(status?.status))}>{t('wizard.mend')}</Button> : null}
          <Button variant={state === 'ERROR' ? 'outlined' : 'contained'} component={Link} to={addressOf(name)}>{t('wizard.open')}</Button>
          <Button component={Link} to={list}>{t('wizard.list')}</Button>
        </Stack>
      )}
    </Box>
  );
}

/** What is wrong with the account, the destination or the way to it. */
const IN_DETAILS: readonly string[] = ['RESOURCE_NOT_FOUND', 'BACKEND_UNAVAILABLE', 'BACKEND_HOST_NOT_ALLOWED', 'CERTIFICATE_NOT_TRUSTED', 'INVALID_FIELD'];

/** Where the cause of an ERROR is mended. */
function stepToMend(reason = ''): Step {
  return reason.startsWith('PROXY_') || IN_DETAILS.includes(reason) ? 'details' : 'authentication';
}
