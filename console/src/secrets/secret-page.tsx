// One secret: its versions, who uses it, who may read it.
import { Button, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { PolicyPanel } from '../access/policy-panel.tsx';
import { connectionsQuery, idOf } from '../api/connections.ts';
import { hasFailed } from '../api/failed.ts';
import { useMay } from '../api/permissions.ts';
import { deleteSecret, secretQuery } from '../api/secrets.ts';
import { addressOf, useProject } from '../app/place.ts';
import { ConnectionLinks } from '../connections/connection-links.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { FailedPage } from '../parts/failed-page.tsx';
import { Facts } from '../parts/facts.tsx';
import { LabelChips } from '../parts/label-chips.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { Ago } from '../parts/time.tsx';
import { usersOfSecrets } from './users.ts';
import { VersionsPanel } from './versions-panel.tsx';

const PERMISSIONS = ['secretmanager.secrets.delete', 'secretmanager.secrets.setIamPolicy', 'secretmanager.versions.add', 'secretmanager.versions.enable', 'secretmanager.versions.disable', 'secretmanager.versions.destroy', 'secretmanager.versions.access'] as const;

export function SecretPage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const name = `projects/${project}/secrets/${useParams()['secretId'] ?? ''}`;
  const data = useQueryClient();
  const navigate = useNavigate();
  const secret = useQuery(secretQuery(name));
  const { data: connections } = useQuery(connectionsQuery(project));
  const may = useMay(name, PERMISSIONS);
  const [isDeleting, setIsDeleting] = useState(false);
  const removing = useMutation({
    mutationFn: () => deleteSecret(name),
    onSuccess: async () => {
      await data.invalidateQueries({ queryKey: ['secrets', project] });
      await navigate(addressOf(`projects/${project}`, 'secrets'));
    },
  });
  if (secret.isPending) return <Loading />;
  if (hasFailed(secret)) return <FailedPage title={idOf(name)} error={secret.error} retry={() => void secret.refetch()} back={{ to: addressOf(`projects/${project}`, 'secrets'), list: t('nav.secrets') }} />;
  const { createTime, labels = {} } = secret.data;
  const users = connections === undefined ? undefined : usersOfSecrets(connections).get(name) ?? [];
  return (
    <Page title={idOf(name)} actions={may('secretmanager.secrets.delete') ? <Button color="error" onClick={() => setIsDeleting(true)}>{t('common.delete')}</Button> : undefined}>
      <Section title={t('secrets.about')}>
        <Facts facts={[{ name: t('secrets.fullName'), value: <code>{name}</code> }, { name: t('common.created'), value: <Ago time={createTime} /> }, ...(Object.keys(labels).length === 0 ? [] : [{ name: t('projects.labels'), value: <LabelChips labels={labels} /> }])]} />
      </Section>
      <VersionsPanel secret={name} may={may} />
      {users === undefined ? null : (
        <Section title={t('secrets.usedBy')}>
          {users.length === 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>{t('secrets.unused')}</Typography> : (
            <ConnectionLinks connections={users} />
          )}
        </Section>
      )}
      <PolicyPanel title={t('secrets.access')} help={t('secrets.accessHelp')} resource={name} mayChange={may('secretmanager.secrets.setIamPolicy')} prefix="access." />
      {isDeleting ? (
        <ConfirmDialog title={t('secrets.delete')} deed={t('common.delete')} typed={idOf(name)} isPending={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()} onClose={() => { setIsDeleting(false); removing.reset(); }}>
          {t('secrets.deletes', { count: users?.length ?? 0 })}
        </ConfirmDialog>
      ) : null}
    </Page>
  );
}
