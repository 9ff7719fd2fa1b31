// Makes a secret, or a version of one, where it is needed. The value is typed once: it goes to the secrets and is forgotten here.
import { TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addVersion, createSecret, type SecretVersion } from '../api/secrets.ts';
import { FormDialog } from '../parts/form-dialog.tsx';

export interface SecretDialogProps {
  readonly project: string;
  /** The secret that gets a version; a new one where absent. */
  readonly secret?: string;
  /** What it is for. */
  readonly label: string;
  /** @param version name of what was made */
  readonly onMade: (version: string) => void;
  readonly onClose: () => void;
}

export function SecretDialog({ project, secret, label, onMade, onClose }: SecretDialogProps): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const [id, setId] = useState('');
  const [hasValue, setHasValue] = useState(false);
  // Where a first attempt made the secret and no version, the second goes on from there.
  const [made, setMade] = useState(secret);
  // Kept by the field alone, so that it goes when the dialog does.
  const value = useRef<HTMLInputElement>(null);
  const making = useMutation({
    mutationFn: async (): Promise<SecretVersion> => {
      const name = made ?? (await createSecret(project, id)).name;
      setMade(name);
      return addVersion(name, value.current?.value ?? '');
    },
    onSuccess: async ({ name }) => {
      if (value.current !== null) value.current.value = '';
      await Promise.all([data.invalidateQueries({ queryKey: ['secrets', project] }), data.invalidateQueries({ queryKey: ['versions', name.split('/versions/')[0] ?? ''] })]);
      onMade(name);
    },
    // The secret may be there without its version.
    onError: () => data.invalidateQueries({ queryKey: ['secrets', project] }),
  });
  return (
    <FormDialog
      title={secret === undefined ? t('connectionForm.secretFor', { name: label }) : `${t('connectionForm.addVersion')}: ${secret.split('/').at(-1) ?? ''}`}
      deed={secret === undefined ? t('common.create') : t('connectionForm.addVersion')} isReady={(made !== undefined || id !== '') && hasValue} isPending={making.isPending} error={making.error} onSubmit={() => making.mutate()} onClose={onClose}
    >
      {secret === undefined ? <TextField label={t('connectionForm.secretId')} helperText={t('connectionForm.secretIdHelp')} value={id} disabled={made !== undefined} onChange={({ target }) => setId(target.value)} autoComplete="off" /> : null}
      <TextField
        label={t('connectionForm.value')} type="password" helperText={t('connectionForm.valueHelp')} inputRef={value} onChange={({ target }) => setHasValue(target.value !== '')} autoComplete="new-password"
        slotProps={{ htmlInput: { spellCheck: false } }}
      />
    </FormDialog>
  );
}
