// One connection: how it is, and its pages as tabs.
import { Box } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Outlet } from 'react-router';
import { connectionQuery, idOf } from '../api/connections.ts';
import { hasFailed } from '../api/failed.ts';
import { addressOf, useConnectionName } from '../app/place.ts';
import { AddressTabs } from '../parts/address-tabs.tsx';
import { FailedPage } from '../parts/failed-page.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { StateError } from './state-error.tsx';
import { TABS } from './tabs.ts';

export function ConnectionPage(): JSX.Element {
  const { t } = useTranslation();
  const name = useConnectionName();
  const connection = useQuery(connectionQuery(name));
  if (connection.isPending) return <Loading />;
  if (hasFailed(connection)) return <FailedPage title={idOf(name)} error={connection.error} retry={() => void connection.refetch()} back={{ to: addressOf(name.split('/').slice(0, 2).join('/'), 'connections'), list: t('nav.connections') }} />;
  const { status } = connection.data;
  return (
    <Page title={idOf(name)} actions={<StatusChip state={status.state} />}>
      <AddressTabs base={addressOf(name)} label={idOf(name)} tabs={TABS.map((part) => ({ part, label: t(`connection.tabs.${part === '' ? 'overview' : part}`) }))} />
      {status.state === 'ERROR' && status.description !== undefined ? <StateError description={status.description} reason={status.status} /> : null}
      <Box><Outlet /></Box>
    </Page>
  );
}
