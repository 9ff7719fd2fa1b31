// Makes a secret, with its first version where a value is given.
import { TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { addVersion, createSecret } from '../api/secrets.ts';
import { addressOf } from '../app/place.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { SecretField } from '../parts/secret-field.tsx';

export function CreateSecretDialog({ project, onClose }: { readonly project: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const navigate = useNavigate();
  const [id, setId] = useState('');
  const [value, setValue] = useState('');
  const [made, setMade] = useState<string>();
  const creating = useMutation({
    mutationFn: async () => {
      // Made once: where only its version failed, trying again adds that.
      const name = made ?? (await createSecret(project, id.trim())).name;
      setMade(name);
      if (value !== '') await addVersion(name, value);
      return name;
    },
    onSuccess: async (name) => navigate(addressOf(name)),
    onSettled: () => data.invalidateQueries({ queryKey: ['secrets', project] }),
  });
  return (
    <FormDialog title={t('secrets.create')} deed={t('common.create')} isReady={id.trim() !== ''} isPending={creating.isPending} error={creating.error} onSubmit={() => creating.mutate()} onClose={onClose}>
      <TextField label={t('common.name')} value={id} onChange={({ target }) => setId(target.value)} helperText={t('secrets.idHelp')} required disabled={made !== undefined} autoComplete="off" />
      <SecretField label={t('secrets.value')} value={value} onChange={setValue} help={t('secrets.valueHelp')} />
    </FormDialog>
  );
}
