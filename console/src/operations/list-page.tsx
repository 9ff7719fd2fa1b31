// The operations of a project, newest first; filtered by the server, read page by page.
import Search from '@mui/icons-material/Search';
import { Box, InputAdornment, Link, TextField } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { idOf, regionOf } from '../api/connections.ts';
import { hasFailed } from '../api/failed.ts';
import type { Operation } from '../api/operation.ts';
import { operationsQuery, stateOfOperation } from '../api/operations.ts';
import { addressOf, useProject } from '../app/place.ts';
import { useAddressOrder, useAddressValue } from '../parts/address-state.ts';
import { Choice } from '../parts/choice.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Ago } from '../parts/time.tsx';
import { Target } from './target.tsx';
import { VERBS, verbOf } from './verbs.ts';

const STATES = ['RUNNING', 'SUCCEEDED', 'FAILED'] as const;

export function OperationListPage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const [state, setState] = useAddressValue('state');
  const [verb, setVerb] = useAddressValue('verb');
  const [target, setTarget] = useAddressValue('q');
  const order = useAddressOrder();
  const operations = useInfiniteQuery({ ...operationsQuery(project, { state: STATES.find((one) => one === state) ?? '', verb, target: target.trim() }), placeholderData: (before) => before });
  const rows = operations.data?.pages.flatMap(({ items }) => items);
  const columns: readonly Column<Operation>[] = [
    { key: 'started', head: t('running.started'), order: ({ metadata }) => metadata?.createTime ?? '', width: '130px', cell: ({ metadata }) => <Ago time={metadata?.createTime} /> },
    { key: 'verb', head: t('running.verb'), order: ({ metadata }) => metadata?.verb ?? '', width: '90px', cell: ({ metadata }) => verbOf(metadata?.verb, t) },
    { key: 'target', head: t('running.target'), order: ({ metadata }) => metadata?.target ?? '', width: 'minmax(200px, 2fr)', cell: ({ metadata }) => <Target name={metadata?.target ?? ''} /> },
    { key: 'state', head: t('common.status'), order: (one) => stateOfOperation(one), width: '115px', cell: (one) => <StatusChip state={stateOfOperation(one)} /> },
    { key: 'region', head: t('common.region'), order: ({ name }) => regionOf(name), width: '130px', cell: ({ name }) => regionOf(name) },
    { key: 'name', head: t('running.operation'), width: 'minmax(150px, 1fr)', cell: ({ name }) => <Link component={RouterLink} to={addressOf(name)} title={idOf(name)}>{idOf(name)}</Link> },
  ];
  return (
    <Page title={t('nav.operations')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, mb: 1.5 }}>
        <TextField
          type="search" label={t('running.search')} value={target} onChange={(event) => setTarget(event.target.value)} sx={{ width: { xs: '100%', sm: 320 } }}
          slotProps={{ input: { startAdornment: <InputAdornment position="start"><Search fontSize="small" /></InputAdornment> } }}
        />
        <Choice label={t('common.status')} value={state} onChange={setState} choices={STATES.map((value) => ({ value, label: t(`states.${value}`) }))} />
        <Choice label={t('running.verb')} value={verb} onChange={setVerb} choices={VERBS.map((value) => ({ value, label: t(`running.verbs.${value}`) }))} />
      </Box>
      {hasFailed(operations) ? <ErrorAlert error={operations.error} retry={() => void operations.refetch()} /> : null}
      {rows === undefined ? (hasFailed(operations) ? null : <Loading />) : (
        <DataTable label={t('nav.operations')} columns={columns} rows={rows} rowKey={({ name }) => name} empty={state === '' && verb === '' && target === '' ? t('running.none') : t('common.noMatch')} {...order} onEnd={() => { if (operations.hasNextPage && !operations.isFetching) void operations.fetchNextPage(); }} isFetchingMore={operations.isFetchingNextPage} />
      )}
    </Page>
  );
}
