// The projects that one may see: chosen, made.
import Add from '@mui/icons-material/Add';
import { Button, Link } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { useIsAdministrator } from '../api/permissions.ts';
import { type Project, projectsQuery } from '../api/projects.ts';
import { addressOf } from '../app/place.ts';
import type { Column } from '../parts/data-table.tsx';
import { ListView } from '../parts/list-view.tsx';
import { Page } from '../parts/page.tsx';
import { Ago } from '../parts/time.tsx';
import { CreateProjectDialog } from './create-dialog.tsx';

export function ProjectListPage(): JSX.Element {
  const { t } = useTranslation();
  const projects = useQuery(projectsQuery);
  // Projects belong to the installation: only its administrators make them.
  const mayCreate = useIsAdministrator();
  const [isCreating, setIsCreating] = useState(false);
  const columns: readonly Column<Project>[] = [
    { key: 'id', head: t('projects.id'), order: ({ projectId }) => projectId, width: 'minmax(160px, 1fr)', cell: ({ projectId }) => <Link component={RouterLink} to={addressOf(`projects/${projectId}`)}>{projectId}</Link> },
    { key: 'name', head: t('common.name'), order: ({ name = '' }) => name, width: 'minmax(160px, 2fr)', cell: ({ name }) => name },
    { key: 'created', head: t('common.created'), order: ({ createTime = '' }) => createTime, width: '140px', cell: ({ createTime }) => <Ago time={createTime} /> },
    {
      key: 'connections', head: t('nav.connections'), width: '120px',
      cell: ({ projectId }) => <Link component={RouterLink} to={addressOf(`projects/${projectId}`, 'connections')} aria-label={`${t('projects.open')}: ${projectId}`}>{t('projects.open')}</Link>,
    },
  ];
  return (
    <Page title={t('nav.projects')} actions={mayCreate ? <Button variant="contained" startIcon={<Add />} onClick={() => setIsCreating(true)}>{t('projects.create')}</Button> : undefined}>
      <ListView
        label={t('nav.projects')} columns={columns} rows={projects.data} error={projects.error} retry={() => void projects.refetch()} rowKey={({ projectId }) => projectId}
        textOf={({ projectId, name = '', labels = {} }) => `${projectId} ${name} ${Object.entries(labels).flat().join(' ')}`} empty={t(mayCreate ? 'projects.noneMake' : 'projects.noneAsk')}
      />
      {isCreating ? <CreateProjectDialog onClose={() => setIsCreating(false)} /> : null}
    </Page>
  );
}
