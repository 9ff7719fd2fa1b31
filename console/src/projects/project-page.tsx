// One project: what it is called, which services it has, and its end.
import { Button, Link } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, useNavigate } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { useMay } from '../api/permissions.ts';
import { deleteProject, projectQuery } from '../api/projects.ts';
import { addressOf, useProject } from '../app/place.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { FailedPage } from '../parts/failed-page.tsx';
import { Facts } from '../parts/facts.tsx';
import { LabelChips } from '../parts/label-chips.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Ago } from '../parts/time.tsx';
import { EditProjectDialog } from './edit-dialog.tsx';
import { ServicesPanel } from './services-panel.tsx';

const UPDATE = 'resourcemanager.projects.update';
const DELETE = 'resourcemanager.projects.delete';
const WAYS = ['connections', 'secrets', 'serviceAccounts', 'access', 'operations', 'audit', 'settings'] as const;

export function ProjectPage(): JSX.Element {
  const { t } = useTranslation();
  const id = useProject();
  const data = useQueryClient();
  const navigate = useNavigate();
  const project = useQuery(projectQuery(id));
  const may = useMay(`projects/${id}`, [UPDATE, DELETE]);
  const [open, setOpen] = useState<'edit' | 'delete'>();
  const removing = useMutation({
    mutationFn: () => deleteProject(id),
    onSuccess: async () => {
      await data.invalidateQueries({ queryKey: ['projects'] });
      await navigate('/console/projects');
    },
  });
  if (project.isPending) return <Loading />;
  if (hasFailed(project)) return <FailedPage title={id} error={project.error} retry={() => void project.refetch()} back={{ to: '/console/projects', list: t('nav.projects') }} />;
  const { name = '', projectNumber, createTime, labels = {} } = project.data;
  return (
    <Page
      title={id}
      actions={<>
        {may(UPDATE) ? <Button onClick={() => setOpen('edit')}>{t('common.edit')}</Button> : null}
        {may(DELETE) ? <Button color="error" onClick={() => setOpen('delete')}>{t('common.delete')}</Button> : null}
      </>}
    >
      <Section title={t('projects.about')}>
        <Facts
          facts={[
            { name: t('common.name'), value: name }, { name: t('projects.number'), value: projectNumber }, { name: t('common.created'), value: <Ago time={createTime} /> },
            ...(Object.keys(labels).length === 0 ? [] : [{ name: t('projects.labels'), value: <LabelChips labels={labels} /> }]),
            { name: t('projects.goTo'), value: <>{WAYS.map((way) => <Link key={way} component={RouterLink} to={addressOf(`projects/${id}`, way)} sx={{ mr: 2, py: 0.5, my: { xs: 0, sm: -0.5 }, display: 'inline-block' }}>{t(`nav.${way}`)}</Link>)}</> },
          ]}
        />
      </Section>
      <ServicesPanel project={id} />
      {open === 'edit' ? <EditProjectDialog project={project.data} onClose={() => setOpen(undefined)} /> : null}
      {open === 'delete' ? (
        <ConfirmDialog title={t('projects.delete')} deed={t('common.delete')} typed={id} isPending={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()} onClose={() => { setOpen(undefined); removing.reset(); }}>{t('projects.deletes')}</ConfirmDialog>
      ) : null}
    </Page>
  );
}
