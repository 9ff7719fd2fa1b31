// Who holds which roles on a resource: a line for each member and role, granted and revoked one by one.
import Add from '@mui/icons-material/Add';
import { Box, Button, Typography } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Grant, grantsOf, policyQuery, revoke } from '../api/policies.ts';
import { ConfirmDialog } from '../parts/confirm-dialog.tsx';
import type { Column } from '../parts/data-table.tsx';
import { ListView } from '../parts/list-view.tsx';
import { Section } from '../parts/section.tsx';
import { GrantDialog } from './grant-dialog.tsx';
import { Member } from './member.tsx';
import { useRoles } from './use-roles.ts';

export interface PolicyPanelProps {
  readonly title: string;
  readonly help: string;
  /** Whose policy: `projects/p`, `projects/p/secrets/s`. */
  readonly resource: string;
  readonly mayChange: boolean;
  /** Only what this member holds. */
  readonly member?: string;
  /** What its values in the address begin with. */
  readonly prefix?: string;
}

export function PolicyPanel({ title, help, resource, mayChange, member, prefix = '' }: PolicyPanelProps): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const policy = useQuery(policyQuery(resource));
  const { data: roles = [] } = useRoles();
  const [isGranting, setIsGranting] = useState(false);
  const [leaving, setLeaving] = useState<Grant>();
  const revoking = useMutation({
    mutationFn: (one: Grant) => revoke(resource, one),
    onSuccess: () => setLeaving(undefined),
    onSettled: () => data.invalidateQueries({ queryKey: ['policy', resource] }),
  });
  const titleOf = (role: string): string => roles.find(({ name }) => name === role)?.title ?? role;
  const rows = policy.data === undefined ? undefined : grantsOf(policy.data).filter((one) => member === undefined || one.member === member);
  const columns: readonly Column<Grant>[] = [
    ...(member === undefined ? [{ key: 'member', head: t('access.member'), order: (one: Grant) => one.member, cell: (one: Grant) => <Member member={one.member} />, width: 'minmax(220px, 2fr)' }] : []),
    {
      key: 'role', head: t('access.role'), order: ({ role }) => titleOf(role), width: 'minmax(260px, 2fr)',
      cell: ({ role }) => <Box component="span" title={role}>{titleOf(role)} <Typography component="span" variant="caption" sx={{ color: 'text.secondary' }}>{role}</Typography></Box>,
    },
    ...(mayChange ? [{
      key: 'deeds', head: '', width: '100px',
      cell: (one: Grant) => <Button size="small" color="error" onClick={() => setLeaving(one)} aria-label={`${t('access.revoke')}: ${one.member} ${titleOf(one.role)}`}>{t('access.revoke')}</Button>,
    }] : []),
  ];
  return (
    <Section title={title} help={help} actions={mayChange ? <Button size="small" variant="outlined" startIcon={<Add />} onClick={() => setIsGranting(true)}>{t('access.grant')}</Button> : undefined}>
      <ListView
        label={title} columns={columns} rows={rows} error={policy.error} retry={() => void policy.refetch()} rowKey={({ role, member: one }) => `${role} ${one}`} prefix={prefix}
        textOf={({ role, member: one }) => `${one} ${role} ${titleOf(role)}`} empty={mayChange ? t(member === undefined ? 'access.noGrants' : 'access.holdsNone') : t('common.empty')}
      />
      {isGranting ? <GrantDialog resource={resource} {...(member === undefined ? {} : { member })} onClose={() => setIsGranting(false)} /> : null}
      {leaving === undefined ? null : (
        <ConfirmDialog title={t('access.revoke')} deed={t('access.revoke')} isPending={revoking.isPending} error={revoking.error} onConfirm={() => revoking.mutate(leaving)} onClose={() => { setLeaving(undefined); revoking.reset(); }}>
          {t('access.revokes', { member: leaving.member, role: titleOf(leaving.role), resource })}
        </ConfirmDialog>
      )}
    </Section>
  );
}
