// Labels: pairs of texts.
import Add from '@mui/icons-material/Add';
import Delete from '@mui/icons-material/DeleteOutlined';
import { Button, FormHelperText, IconButton, Stack } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultSaid } from './fault-said.tsx';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';
import { Group } from './group.tsx';

export function LabelFields(): JSX.Element {
  const { t } = useTranslation();
  const { draft: { labels }, set, faultOf } = useConnectionForm();
  const change = (index: number, part: 'key' | 'value', text: string): void => set({ labels: labels.map((one, at) => (at === index ? { ...one, [part]: text } : one)) }, `labels.${index}`);
  const fault = faultOf('labels');
  return (
    <Group title={t('connectionForm.labels')} help={t('connectionForm.labelsHelp')}>
      {labels.map(({ key, value }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a label is what stands at its place
        <Stack key={index} direction={{ xs: 'column', sm: 'row' }} spacing={1} sx={{ alignItems: { sm: 'flex-start' } }}>
          <FormField field={`labels.${index}`} label={t('connectionForm.labelKey')} value={key} onValue={(text) => change(index, 'key', text)} />
          <FormField field={`labels.${index}.value`} label={t('connectionForm.labelValue')} value={value} onValue={(text) => change(index, 'value', text)} />
          <IconButton sx={{ alignSelf: 'flex-start' }} aria-label={t('connectionForm.removeLabel', { number: index + 1 })} onClick={() => set({ labels: labels.filter((_, at) => at !== index) }, 'labels')}><Delete /></IconButton>
        </Stack>
      ))}
      <div><Button size="small" startIcon={<Add />} onClick={() => set({ labels: [...labels, { key: '', value: '' }] })}>{t('connectionForm.addLabel')}</Button></div>
      {fault === undefined ? null : <FormHelperText error aria-live="polite"><FaultSaid fault={fault} /></FormHelperText>}
    </Group>
  );
}
