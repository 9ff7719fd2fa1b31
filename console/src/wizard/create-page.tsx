// The page of the wizard: empty, or filled with what another connection says (`?from=us-central1/shop`).
import { Alert, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { call } from '../api/call.ts';
import { hasFailed } from '../api/failed.ts';
import { useMayNot } from '../api/permissions.ts';
import { addressOf, useProject } from '../app/place.ts';
import type { ConnectionBody } from '../connection-form/body.ts';
import { draftOf, emptyDraft } from '../connection-form/draft.ts';
import { ServicesAlert } from '../connection-form/services-alert.tsx';
import { BackLink } from '../parts/back-link.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Wizard } from './wizard.tsx';

const CREATE = 'connectors.connections.create';

export function CreatePage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const [parameters] = useSearchParams();
  const [region = '', id = ''] = (parameters.get('from') ?? '').split('/');
  const name = `projects/${project}/locations/${region}/connections/${id}`;
  const like = useQuery({ queryKey: ['connection', name, 'like'], queryFn: ({ signal }) => call<ConnectionBody>(`/v1/${name.split('/').map(encodeURIComponent).join('/')}`, { signal }), enabled: id !== '', staleTime: Infinity });
  const mayNot = useMayNot(`projects/${project}`, CREATE);
  // Every step asks the server what is wrong yet, which takes the same permission: whoever lacks it would fill it in for nothing.
  if (mayNot) return <Page title={t('wizard.title')}><Alert severity="warning" sx={{ mb: 2 }}>{t('wizard.mayNot', { permission: CREATE })}</Alert><BackLink to={addressOf(`projects/${project}`, 'connections')} list={t('nav.connections')} /></Page>;
  return (
    <Page title={id === '' ? t('wizard.title') : t('wizard.titleLike', { name: id })}>
      <ServicesAlert project={project} />
      {hasFailed(like) ? <><Typography>{t('wizard.like')}</Typography><ErrorAlert error={like.error} retry={() => void like.refetch()} /><BackLink to={addressOf(`projects/${project}`, 'connections')} list={t('nav.connections')} /></> : id !== '' && like.data === undefined ? <Loading /> : (
        <Wizard key={name} project={project} start={like.data === undefined ? emptyDraft(project) : { ...draftOf(name, like.data), id: `${id}-copy` }} />
      )}
    </Page>
  );
}
