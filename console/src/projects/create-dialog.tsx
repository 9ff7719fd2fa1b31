// Makes a project; what it needs, its first service account and its services, the server adds.
import { TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { createProject } from '../api/projects.ts';
import { addressOf } from '../app/place.ts';
import { FormDialog } from '../parts/form-dialog.tsx';

export function CreateProjectDialog({ onClose }: { readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const navigate = useNavigate();
  const [projectId, setProjectId] = useState('');
  const [name, setName] = useState('');
  const creating = useMutation({
    mutationFn: () => createProject({ projectId: projectId.trim(), ...(name.trim() === '' ? {} : { name: name.trim() }) }),
    onSuccess: async () => {
      await data.invalidateQueries({ queryKey: ['projects'] });
      await navigate(addressOf(`projects/${projectId.trim()}`));
    },
  });
  return (
    <FormDialog title={t('projects.create')} deed={t('common.create')} isReady={projectId.trim() !== ''} isPending={creating.isPending} error={creating.error} onSubmit={() => creating.mutate()} onClose={onClose}>
      <TextField label={t('projects.id')} value={projectId} onChange={({ target }) => setProjectId(target.value)} helperText={t('projects.idHelp')} required autoComplete="off" />
      <TextField label={t('common.name')} value={name} onChange={({ target }) => setName(target.value)} helperText={t('projects.nameHelp')} autoComplete="off" />
    </FormDialog>
  );
}
