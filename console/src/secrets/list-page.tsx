// The secrets of a project: names, never values.
import Add from '@mui/icons-material/Add';
import { Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { connectionsQuery, idOf } from '../api/connections.ts';
import { useMay } from '../api/permissions.ts';
import { type Secret, secretsQuery } from '../api/secrets.ts';
import { addressOf, useProject } from '../app/place.ts';
import type { Column } from '../parts/data-table.tsx';
import { LabelChips } from '../parts/label-chips.tsx';
import { ListView } from '../parts/list-view.tsx';
import { Page } from '../parts/page.tsx';
import { Ago } from '../parts/time.tsx';
import { CreateSecretDialog } from './create-dialog.tsx';
import { usersOfSecrets } from './users.ts';

const CREATE = 'secretmanager.secrets.create';

export function SecretListPage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const secrets = useQuery(secretsQuery(project));
  const { data: connections } = useQuery(connectionsQuery(project));
  const may = useMay(`projects/${project}`, [CREATE]);
  const [isCreating, setIsCreating] = useState(false);
  const users = useMemo(() => (connections === undefined ? undefined : usersOfSecrets(connections)), [connections]);
  const countOf = (name: string): number => users?.get(name)?.length ?? 0;
  const columns: readonly Column<Secret>[] = [
    { key: 'name', head: t('common.name'), order: ({ name }) => idOf(name), width: 'minmax(180px, 2fr)', cell: ({ name }) => <RouterLink className="data-table-link" to={addressOf(name)} title={idOf(name)}>{idOf(name)}</RouterLink> },
    { key: 'created', head: t('common.created'), order: ({ createTime }) => createTime, width: '140px', cell: ({ createTime }) => <Ago time={createTime} /> },
    // Who may not list connections is not told how many use a secret.
    ...(users === undefined ? [] : [{ key: 'used', head: t('secrets.usedBy'), order: ({ name }: Secret) => countOf(name), width: '160px', cell: ({ name }: Secret) => t('secrets.connections', { count: countOf(name) }) }]),
    { key: 'labels', head: t('projects.labels'), width: 'minmax(160px, 2fr)', cell: ({ labels = {} }) => <LabelChips labels={labels} /> },
  ];
  return (
    <Page title={t('nav.secrets')} actions={may(CREATE) ? <Button variant="contained" startIcon={<Add />} onClick={() => setIsCreating(true)}>{t('secrets.create')}</Button> : undefined}>
      <ListView
        label={t('nav.secrets')} columns={columns} rows={secrets.data} error={secrets.error} retry={() => void secrets.refetch()} rowKey={({ name }) => name}
        textOf={({ name, labels = {} }) => `${idOf(name)} ${Object.entries(labels).flat().join(' ')}`} empty={t(may(CREATE) ? 'secrets.noneMake' : 'common.empty')}
      />
      {isCreating ? <CreateSecretDialog project={project} onClose={() => setIsCreating(false)} /> : null}
    </Page>
  );
}
