// The service accounts of a project.
import Add from '@mui/icons-material/Add';
import { Button, Link } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { connectionsQuery } from '../api/connections.ts';
import { useMay } from '../api/permissions.ts';
import { accountsQuery, type ServiceAccount } from '../api/service-accounts.ts';
import { addressOf, useProject } from '../app/place.ts';
import type { Column } from '../parts/data-table.tsx';
import { ListView } from '../parts/list-view.tsx';
import { Page } from '../parts/page.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { AccountDialog } from './account-dialog.tsx';

const CREATE = 'iam.serviceAccounts.create';

export function ServiceAccountListPage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const accounts = useQuery(accountsQuery(project));
  const { data: connections } = useQuery(connectionsQuery(project));
  const may = useMay(`projects/${project}`, [CREATE]);
  const [isCreating, setIsCreating] = useState(false);
  const countOf = ({ email }: ServiceAccount): number => connections?.filter(({ serviceAccount }) => serviceAccount === email).length ?? 0;
  const columns: readonly Column<ServiceAccount>[] = [
    { key: 'email', head: t('accounts.email'), order: ({ email }) => email, width: 'minmax(280px, 2fr)', cell: ({ email, name }) => <Link component={RouterLink} to={addressOf(name)}>{email}</Link> },
    { key: 'name', head: t('common.name'), order: ({ displayName = '' }) => displayName, width: 'minmax(160px, 1fr)', cell: ({ displayName }) => <span title={displayName}>{displayName}</span> },
    { key: 'state', head: t('common.status'), order: ({ disabled }) => (disabled === true ? 1 : 0), width: '130px', cell: ({ disabled }) => <StatusChip state={disabled === true ? 'DISABLED' : 'ENABLED'} /> },
    ...(connections === undefined ? [] : [{ key: 'runs', head: t('accounts.runs'), order: countOf, width: '150px', cell: (one: ServiceAccount) => t('secrets.connections', { count: countOf(one) }) }]),
  ];
  return (
    <Page title={t('nav.serviceAccounts')} actions={may(CREATE) ? <Button variant="contained" startIcon={<Add />} onClick={() => setIsCreating(true)}>{t('accounts.create')}</Button> : undefined}>
      <ListView
        label={t('nav.serviceAccounts')} columns={columns} rows={accounts.data} error={accounts.error} retry={() => void accounts.refetch()} rowKey={({ name }) => name}
        textOf={({ email, displayName = '', description = '' }) => `${email} ${displayName} ${description}`} empty={t(may(CREATE) ? 'accounts.noneMake' : 'common.empty')}
      />
      {isCreating ? <AccountDialog project={project} onClose={() => setIsCreating(false)} /> : null}
    </Page>
  );
}
