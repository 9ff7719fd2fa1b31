// One service account: what it may in the project, which connections run as it, who may let connections act as it, its tokens.
import { Button, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import { PolicyPanel } from '../access/policy-panel.tsx';
import { TokensPanel } from '../access/tokens-panel.tsx';
import { connectionsQuery, idOf } from '../api/connections.ts';
import { hasFailed } from '../api/failed.ts';
import { useMay } from '../api/permissions.ts';
import { accountQuery, deleteAccount, setAccountEnabled } from '../api/service-accounts.ts';
import { addressOf, useProject } from '../app/place.ts';
import { ConnectionLinks } from '../connections/connection-links.tsx';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { FailedPage } from '../parts/failed-page.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { AccountDialog } from './account-dialog.tsx';

const PERMISSIONS = ['iam.serviceAccounts.update', 'iam.serviceAccounts.enable', 'iam.serviceAccounts.disable', 'iam.serviceAccounts.delete', 'iam.serviceAccounts.setIamPolicy', 'iam.serviceAccounts.getAccessToken'] as const;
const SET_PROJECT = 'resourcemanager.projects.setIamPolicy';

export function ServiceAccountPage(): JSX.Element {
  const { t } = useTranslation();
  const project = useProject();
  const name = `projects/${project}/serviceAccounts/${useParams()['accountId'] ?? ''}`;
  const data = useQueryClient();
  const navigate = useNavigate();
  const account = useQuery(accountQuery(name));
  const { data: connections } = useQuery(connectionsQuery(project));
  const may = useMay(name, PERMISSIONS);
  const mayInProject = useMay(`projects/${project}`, [SET_PROJECT]);
  const [open, setOpen] = useState<'edit' | 'disable' | 'delete'>();
  const refresh = (): Promise<void> => data.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'accounts' || queryKey[0] === 'account' });
  const enabling = useMutation({ mutationFn: (isEnabled: boolean) => setAccountEnabled(name, isEnabled), onSuccess: () => setOpen(undefined), onSettled: refresh });
  const removing = useMutation({
    mutationFn: () => deleteAccount(name),
    onSuccess: async () => {
      await navigate(addressOf(`projects/${project}`, 'serviceAccounts'));
      await data.invalidateQueries({ queryKey: ['accounts'] });
    },
  });
  if (account.isPending) return <Loading />;
  if (hasFailed(account)) return <FailedPage title={idOf(name)} error={account.error} retry={() => void account.refetch()} back={{ to: addressOf(`projects/${project}`, 'serviceAccounts'), list: t('nav.serviceAccounts') }} />;
  const { email, uniqueId, displayName = '', description = '', disabled = false } = account.data;
  const running = connections?.filter(({ serviceAccount }) => serviceAccount === email);
  return (
    <Page
      title={email}
      actions={<>
        <StatusChip state={disabled ? 'DISABLED' : 'ENABLED'} />
        {may('iam.serviceAccounts.update') ? <Button onClick={() => setOpen('edit')}>{t('common.edit')}</Button> : null}
        {disabled && may('iam.serviceAccounts.enable') ? <Button loading={enabling.isPending} onClick={() => enabling.mutate(true)}>{t('projects.enable')}</Button> : null}
        {!disabled && may('iam.serviceAccounts.disable') ? <Button color="error" onClick={() => setOpen('disable')}>{t('projects.disable')}</Button> : null}
        {may('iam.serviceAccounts.delete') ? <Button color="error" onClick={() => setOpen('delete')}>{t('common.delete')}</Button> : null}
      </>}
    >
      {enabling.error === null || open === 'disable' ? null : <ErrorAlert error={enabling.error} />}
      <Section title={t('accounts.about')}>
        <Facts facts={[{ name: t('common.name'), value: displayName }, { name: t('common.description'), value: description }, { name: t('accounts.uniqueId'), value: <code>{uniqueId}</code> }].filter(({ value }) => value !== '')} />
      </Section>
      <PolicyPanel title={t('accounts.roles')} help={t('accounts.rolesHelp', { project })} resource={`projects/${project}`} member={`serviceAccount:${email}`} mayChange={mayInProject(SET_PROJECT)} prefix="roles." />
      {running === undefined ? null : (
        <Section title={t('accounts.runs')}>
          {running.length === 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>{t('accounts.unused')}</Typography> : (
            <ConnectionLinks connections={running} />
          )}
        </Section>
      )}
      <PolicyPanel title={t('accounts.access')} help={t('accounts.accessHelp')} resource={name} mayChange={may('iam.serviceAccounts.setIamPolicy')} prefix="access." />
      {may('iam.serviceAccounts.getAccessToken') ? <TokensPanel title={t('access.tokens')} help={t('accounts.tokensHelp')} member={`serviceAccount:${email}`} prefix="tokens." /> : null}
      {open === 'edit' ? <AccountDialog project={project} account={account.data} onClose={() => setOpen(undefined)} /> : null}
      {open === 'disable' ? (
        <ConfirmDialog title={t('projects.disable')} deed={t('projects.disable')} isPending={enabling.isPending} error={enabling.error} onConfirm={() => enabling.mutate(false)} onClose={() => { setOpen(undefined); enabling.reset(); }}>{t('accounts.disables', { count: running?.length ?? 0 })}</ConfirmDialog>
      ) : null}
      {open === 'delete' ? (
        <ConfirmDialog title={t('accounts.delete')} deed={t('common.delete')} typed={email} isPending={removing.isPending} error={removing.error} onConfirm={() => removing.mutate()} onClose={() => { setOpen(undefined); removing.reset(); }}>{t('accounts.deletes', { count: running?.length ?? 0 })}</ConfirmDialog>
      ) : null}
    </Page>
  );
}
