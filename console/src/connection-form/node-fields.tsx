// How many nodes a connection has at least and at most.
import { Stack } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';
import { Group } from './group.tsx';

const NUMERIC = { htmlInput: { inputMode: 'numeric' } } as const;

export function NodeFields(): JSX.Element {
  const { t } = useTranslation();
  const { draft, set } = useConnectionForm();
  return (
    <Group title={t('connectionForm.nodes')} help={t('connectionForm.nodesHelp')}>
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
        <FormField field="minNodes" label={t('connectionForm.minNodes')} value={draft.minNodes} onValue={(minNodes) => set({ minNodes }, 'minNodes')} placeholder="2" slotProps={NUMERIC} />
        <FormField field="maxNodes" label={t('connectionForm.maxNodes')} value={draft.maxNodes} onValue={(maxNodes) => set({ maxNodes }, 'maxNodes')} placeholder="50" slotProps={NUMERIC} />
      </Stack>
    </Group>
  );
}
