// Gives a member a role on a resource.
import { Box, Typography } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { grant, type Role } from '../api/policies.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { Picker } from '../parts/picker.tsx';
import { MemberField } from './member-field.tsx';
import { useRoles } from './use-roles.ts';

export interface GrantDialogProps {
  readonly resource: string;
  /** Whom to give it, where that is settled. */
  readonly member?: string;
  readonly onClose: () => void;
}

export function GrantDialog({ resource, member: settled, onClose }: GrantDialogProps): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const roles = useRoles();
  const [member, setMember] = useState(settled ?? '');
  const [role, setRole] = useState<Role | null>(null);
  const granting = useMutation({
    mutationFn: (name: string) => grant(resource, { role: name, member: member.trim() }),
    onSuccess: onClose,
    onSettled: () => data.invalidateQueries({ queryKey: ['policy', resource] }),
  });
  return (
    <FormDialog
      title={t('access.grantOn', { resource })} deed={t('access.grant')} isReady={member.trim() !== '' && role !== null} isPending={granting.isPending} error={granting.error ?? roles.error}
      onSubmit={() => { if (role !== null) granting.mutate(role.name); }} onClose={onClose}
    >
      {settled === undefined ? <MemberField value={member} onChange={setMember} help={t('access.memberHelp')} /> : <Typography variant="body2" sx={{ overflowWrap: 'anywhere' }}>{settled}</Typography>}
      <Picker
        label={t('access.role')} help={role?.description ?? t('access.roleHelp')} options={roles.data ?? []} isLoading={roles.isPending} value={role} onPick={setRole} getOptionKey={({ name }) => name} getOptionLabel={({ title }) => title}
        isOptionEqualToValue={(a, b) => a.name === b.name} filterOptions={(options, { inputValue }) => options.filter(({ name, title }) => `${name} ${title}`.toLowerCase().includes(inputValue.trim().toLowerCase()))}
        renderOption={({ key: _key, ...props }, { name, title, description }) => (
          <Box component="li" key={name} {...props} sx={{ display: 'block !important', overflowWrap: 'anywhere' }}>
            <Typography variant="body2">{title} <Typography component="span" variant="caption" sx={{ color: 'text.secondary' }}>{name}</Typography></Typography>
            <Typography variant="caption" sx={{ color: 'text.secondary' }}>{description}</Typography>
          </Box>
        )}
      />
    </FormDialog>
  );
}
