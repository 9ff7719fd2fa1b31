// Changes what a project is called, and its labels.
import { TextField } from '@mui/material';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Project, updateProject } from '../api/projects.ts';
import { FormDialog } from '../parts/form-dialog.tsx';

export function EditProjectDialog({ project, onClose }: { readonly project: Project; readonly onClose: () => void }): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const [name, setName] = useState(project.name ?? '');
  const [labels, setLabels] = useState(Object.entries(project.labels ?? {}).map((pair) => pair.join('=')).join('\n'));
  const saving = useMutation({
    mutationFn: () => updateProject(project.projectId, { name: name.trim(), labels: labelsIn(labels) }),
    onSuccess: async () => {
      await data.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'projects' || queryKey[0] === 'project' });
      onClose();
    },
  });
  return (
    <FormDialog title={t('projects.edit')} deed={t('common.save')} isPending={saving.isPending} error={saving.error} onSubmit={() => saving.mutate()} onClose={onClose}>
      <TextField label={t('common.name')} value={name} onChange={({ target }) => setName(target.value)} autoComplete="off" />
      <TextField label={t('projects.labels')} value={labels} onChange={({ target }) => setLabels(target.value)} helperText={t('projects.labelsHelp')} multiline minRows={2} />
    </FormDialog>
  );
}

/** `env=prod`, a line each. */
function labelsIn(text: string): Readonly<Record<string, string>> {
  const lines = text.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return Object.fromEntries(lines.map((line) => [line.split('=')[0]?.trim() ?? '', line.split('=').slice(1).join('=').trim()]));
}
