// Adds a version: its value is typed here once, and forgotten by the page when it is sent.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addVersion } from '../api/secrets.ts';
import { FormDialog } from '../parts/form-dialog.tsx';
import { SecretField } from '../parts/secret-field.tsx';

export function AddVersionDialog({ secret, onClose }: { readonly secret: string; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const [value, setValue] = useState('');
  const adding = useMutation({
    mutationFn: () => addVersion(secret, value), gcTime: 0,
    onSuccess: onClose,
    onSettled: () => data.invalidateQueries({ queryKey: ['versions', secret] }),
  });
  return (
    <FormDialog title={t('secrets.add')} deed={t('secrets.add')} isReady={value !== ''} isPending={adding.isPending} error={adding.error} onSubmit={() => adding.mutate()} onClose={onClose}>
      <SecretField label={t('secrets.value')} value={value} onChange={setValue} help={t('secrets.addHelp')} />
    </FormDialog>
  );
}
