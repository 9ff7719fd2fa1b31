// A write of which nobody knows whether it was done: found out at the source, which settles it, or sent again under its key.
import { Alert, AlertTitle, Box, Button, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api/api-error.ts';
import { useMay } from '../api/permissions.ts';
import { findOut } from '../api/writes.ts';
import { addressOf } from '../app/place.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { ServerSaid } from '../parts/server-said.tsx';
import { useTold } from '../words/told.ts';

const RECONCILE = 'konektor.writes.reconcile';

export interface UnknownOutcomeProps {
  readonly connection: string;
  /** What was answered instead; it names the write where that stands in the journal. */
  readonly error: Error;
  /** Sends the same once more, under the same key. */
  readonly repeat: () => void;
  readonly isPending: boolean;
}

export function UnknownOutcome({ connection, error, repeat, isPending }: UnknownOutcomeProps): JSX.Element {
  const { t } = useTranslation();
  const { writeOf } = useTold();
  const data = useQueryClient();
  const may = useMay(connection, [RECONCILE]);
  const finding = useMutation({ mutationFn: findOut, onSettled: () => data.invalidateQueries({ queryKey: ['writes', connection] }) });
  const write = error instanceof ApiError ? error.metadata['write'] : undefined;
  const found = finding.data;
  const state = found?.write.state ?? 'UNKNOWN';
  const isOpen = state === 'UNKNOWN' || state === 'UNDER_WAY';
  const hasAnswer = state === 'SUCCEEDED' || state === 'FAILED';
  const isFound = write !== undefined && may(RECONCILE);
  return (<>
    {/* Once it is known how it ended, what came in place of an answer is the past. */}
    {isOpen ? <ErrorAlert error={error} /> : null}
    <Alert severity={state === 'SUCCEEDED' ? 'success' : isOpen ? 'warning' : 'info'} sx={{ my: 2 }} role="status">
      <AlertTitle>{t(isOpen ? 'task.outcomeUnknown' : state === 'SUCCEEDED' ? 'task.foundDone' : state === 'FAILED' ? 'task.foundRefused' : 'task.notDone')}</AlertTitle>
      {!isOpen ? null : t(isFound ? 'task.findOutHelp' : 'task.outcomeUnknownHelp')}
      {found === undefined ? null : <Typography variant="body2"><ServerSaid said={[writeOf(found)]} /></Typography>}
      {finding.error === null ? null : <ErrorAlert error={finding.error} />}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
        {isFound && isOpen ? <Button size="small" variant="outlined" color="inherit" loading={finding.isPending} disabled={isPending} onClick={() => finding.mutate(write)}>{t('writes.reconcile')}</Button> : null}
        <Button size="small" variant={isFound && isOpen ? 'text' : 'outlined'} color="inherit" loading={isPending} disabled={finding.isPending} onClick={repeat}>{t(hasAnswer ? 'task.getAnswer' : 'task.repeat')}</Button>
        {isOpen ? <Button size="small" color="inherit" component={Link} to={addressOf(connection, 'writes')}>{t('task.toWrites')}</Button> : null}
      </Box>
    </Alert>
  </>);
}
