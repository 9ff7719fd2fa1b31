// Makes a service account for connections, with the two roles that reading secrets takes.
import { Checkbox, FormControl, FormControlLabel, FormHelperText, TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { grant } from '../api/policies.ts';
import { createAccount } from '../api/service-accounts.ts';
import { FormDialog } from '../parts/form-dialog.tsx';

const SECRET_ROLES = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'] as const;

export interface AccountDialogProps {
  readonly project: string;
  /** @param email of what was made */
  readonly onMade: (email: string) => void;
  readonly onClose: () => void;
}

export function AccountDialog({ project, onMade, onClose }: AccountDialogProps): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [hasRoles, setHasRoles] = useState(true);
  // Where the roles could not be granted, the account is there all the same.
  const [made, setMade] = useState<string | undefined>();
  const making = useMutation({
    mutationFn: async () => {
      const email = made ?? (await createAccount(project, id, { displayName: name, description: '' })).email;
      setMade(email);
      if (hasRoles) for (const role of SECRET_ROLES) await grant(`projects/${project}`, { role, member: `serviceAccount:${email}` });
      return email;
    },
    // Also where it failed: the account may be there without its roles.
    onSettled: async (email) => {
      await Promise.all(['accounts', 'policy', 'validation'].map(async (key) => data.invalidateQueries({ queryKey: [key] })));
      if (email !== undefined) onMade(email);
    },
  });
  return (
    <FormDialog title={t('connectionForm.createAccount')} deed={t('common.create')} isReady={id !== ''} isPending={making.isPending} error={making.error} onSubmit={() => making.mutate()} onClose={onClose}>
      <TextField
        label={t('connectionForm.accountId')} helperText={t('connectionForm.accountIdHelp', { email: `${id || '…'}@${project}.iam.gserviceaccount.com` })} value={id} disabled={made !== undefined}
        onChange={({ target }) => setId(target.value)} autoComplete="off"
      />
      <TextField label={t('connectionForm.accountName')} value={name} onChange={({ target }) => setName(target.value)} autoComplete="off" />
      <FormControl>
        <FormControlLabel control={<Checkbox checked={hasRoles} onChange={(_, isChecked) => setHasRoles(isChecked)} />} label={t('connectionForm.grantBoth', { roles: SECRET_ROLES.join(', ') })} sx={{ overflowWrap: 'anywhere' }} />
        <FormHelperText sx={{ ml: 4 }}>{t('connectionForm.grantBothHelp')}</FormHelperText>
      </FormControl>
    </FormDialog>
  );
}
