// Makes a service account, or changes what is said of one.
import { TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { createAccount, type ServiceAccount, updateAccount } from '../api/service-accounts.ts';
import { addressOf } from '../app/place.ts';
import { FormDialog } from '../parts/form-dialog.tsx';

export interface AccountDialogProps {
  readonly project: string;
  /** The one to change; absent to make one. */
  readonly account?: ServiceAccount;
  readonly onClose: () => void;
}

export function AccountDialog({ project, account, onClose }: AccountDialogProps): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const [displayName, setDisplayName] = useState(account?.displayName ?? '');
  const [description, setDescription] = useState(account?.description ?? '');
  const words = { displayName: displayName.trim(), description: description.trim() };
  const saving = useMutation({
    mutationFn: async () => {
      if (account !== undefined) await updateAccount(account.name, words);
      return account ?? createAccount(project, id.trim(), words);
    },
    onSuccess: async ({ name }) => {
      await data.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'accounts' || queryKey[0] === 'account' });
      onClose();
      if (account === undefined) await navigate(addressOf(name));
    },
  });
  return (
    <FormDialog title={t(account === undefined ? 'accounts.create' : 'accounts.edit')} deed={t(account === undefined ? 'common.create' : 'common.save')} isReady={account !== undefined || id.trim() !== ''} isPending={saving.isPending} error={saving.error} onSubmit={() => saving.mutate()} onClose={onClose}>
      {account === undefined ? <TextField label={t('accounts.id')} value={id} onChange={({ target }) => setId(target.value)} helperText={t('accounts.idHelp', { domain: `${project}.iam.gserviceaccount.com` })} required autoComplete="off" /> : null}
      <TextField label={t('common.name')} value={displayName} onChange={({ target }) => setDisplayName(target.value)} autoComplete="off" />
      <TextField label={t('common.description')} value={description} onChange={({ target }) => setDescription(target.value)} multiline minRows={2} />
    </FormDialog>
  );
}
