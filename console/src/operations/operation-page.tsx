// One operation: followed until it is done, asked to end, forgotten.
import { Alert, Button, LinearProgress, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { idOf } from '../api/connections.ts';
import { isPassing } from '../api/failed.ts';
import { failureOf, type Operation, useOperation } from '../api/operation.ts';
import { cancelOperation, forgetOperation, stateOfOperation } from '../api/operations.ts';
import { useMay } from '../api/permissions.ts';
import { addressOf, useProject } from '../app/place.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { FailedPage } from '../parts/failed-page.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Ago, Exact } from '../parts/time.tsx';
import { useTold } from '../words/told.ts';
import { ResponseSection } from './response-section.tsx';
import { Target } from './target.tsx';
import { verbOf } from './verbs.ts';

const CANCEL = 'connectors.operations.cancel';
const DELETE = 'connectors.operations.delete';

export function OperationPage(): JSX.Element {
  const { t, i18n } = useTranslation();
  const project = useProject();
  const { locationId = '', operationId = '' } = useParams();
  const name = `projects/${project}/locations/${locationId}/operations/${operationId}`;
  const navigate = useNavigate();
  const data = useQueryClient();
  const { operation, error, isRunning } = useOperation(name);
  const may = useMay(`projects/${project}`, [CANCEL, DELETE]);
  const [asked, setAsked] = useState<'cancel' | 'forget'>();
  const cancelling = useMutation({ mutationFn: () => cancelOperation(name), onSuccess: () => setAsked(undefined), onSettled: () => data.invalidateQueries({ queryKey: ['operation', name] }) });
  const forgetting = useMutation({
    mutationFn: () => forgetOperation(name),
    onSuccess: async () => {
      await navigate(addressOf(`projects/${project}`, 'operations'));
      await data.invalidateQueries({ queryKey: ['operations'] });
    },
  });
  if (error !== null && (operation === undefined || !isPassing(error))) return <FailedPage title={operationId} error={error} back={{ to: addressOf(`projects/${project}`, 'operations'), list: t('nav.operations') }} />;
  if (operation === undefined) return <Loading />;
  const { metadata } = operation;
  return (
    <Page
      title={t('running.title', { verb: verbOf(metadata?.verb, t), target: idOf(metadata?.target ?? '') })}
      actions={<>
        <StatusChip state={stateOfOperation(operation)} />
        {isRunning && may(CANCEL) ? <Button color="error" onClick={() => setAsked('cancel')}>{t('running.cancel')}</Button> : null}
        {!isRunning && may(DELETE) ? <Button onClick={() => setAsked('forget')}>{t('running.forget')}</Button> : null}
      </>}
    >
      {isRunning ? <LinearProgress aria-label={t('states.RUNNING')} sx={{ mb: 2 }} /> : null}
      <Typography role="status" sx={{ position: 'absolute', left: -9999 }}>{t(`states.${stateOfOperation(operation)}`)}</Typography>
      <Outcome operation={operation} />
      <Section title={t('running.about')}>
        <Facts
          facts={[
            { name: t('running.operation'), value: <code>{operationId}</code> }, { name: t('running.verb'), value: verbOf(metadata?.verb, t) }, { name: t('running.target'), value: <Target name={metadata?.target ?? ''} /> },
            { name: t('running.started'), value: <><Exact time={metadata?.createTime} /> (<Ago time={metadata?.createTime} />)</> },
            ...(metadata?.endTime === undefined ? [] : [{ name: t('running.ended'), value: <><Exact time={metadata.endTime} /> ({t('running.took', { seconds: secondsOf(operation, i18n.language) })})</> }]),
            ...(metadata?.requestedCancellation === true ? [{ name: t('running.cancellation'), value: t('common.yes') }] : []),
          ]}
        />
      </Section>
      {operation.response === undefined ? null : <ResponseSection response={operation.response} />}
      {asked === 'cancel' ? <ConfirmDialog title={t('running.cancel')} deed={t('running.cancel')} isPending={cancelling.isPending} error={cancelling.error} onConfirm={() => cancelling.mutate()} onClose={() => { setAsked(undefined); cancelling.reset(); }}>{t('running.cancels')}</ConfirmDialog> : null}
      {asked === 'forget' ? <ConfirmDialog title={t('running.forget')} deed={t('running.forget')} isPending={forgetting.isPending} error={forgetting.error} onConfirm={() => forgetting.mutate()} onClose={() => { setAsked(undefined); forgetting.reset(); }}>{t('running.forgets')}</ConfirmDialog> : null}
    </Page>
  );
}

/** How it failed, as errors of calls are shown: with every fault and what to do. */
function Outcome({ operation }: { readonly operation: Operation }): JSX.Element | null {
  const { servers } = useTold();
  const { statusMessage = '' } = operation.metadata ?? {};
  const failure = failureOf(operation);
  if (failure !== undefined) return <ErrorAlert error={failure} />;
  return statusMessage === '' ? null : <Alert severity="info" sx={{ mb: 2 }} {...servers}>{statusMessage}</Alert>;
}

function secondsOf({ metadata }: Operation, language: string): string {
  const seconds = (Date.parse(metadata?.endTime ?? '') - Date.parse(metadata?.createTime ?? '')) / 1_000;
  return new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(seconds);
}
