// Where a connection goes under one key of its connector's template: hosts with their ports.
import Add from '@mui/icons-material/Add';
import Delete from '@mui/icons-material/DeleteOutlined';
import { Box, Button, FormHelperText, IconButton, MenuItem, Stack, TextField, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { DestinationTemplate } from '../api/catalogue.ts';
import type { Destination } from './draft.ts';
import { FaultSaid } from './fault-said.tsx';
import { useConnectionForm } from './form-context.ts';
import { FormField, idOf } from './form-field.tsx';
import { useTemplateWords } from './template-words.ts';

export function DestinationFields({ template }: { readonly template: DestinationTemplate }): JSX.Element {
  const { t } = useTranslation();
  const { draft, set, faultOf } = useConnectionForm();
  const { key, max, portFieldType } = template;
  const { label, help } = useTemplateWords().destination(template);
  const field = `destinations.${key}`;
  const all = draft.destinations[key] ?? [];
  const fault = faultOf(field);
  const change = (next: readonly Destination[], touched: string): void => set({ destinations: { ...draft.destinations, [key]: next } }, touched);
  const changeOne = (index: number, part: keyof Destination, value: string): void => change(all.map((one, at) => (at === index ? { ...one, [part]: value } : one)), `${field}.${index}.${part}`);
  return (
    <Box role="group" aria-labelledby={`${idOf(field)}-label`}>
      <Typography id={`${idOf(field)}-label`} variant="body2" component="h4" sx={{ fontWeight: 600 }}>{label}</Typography>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mb: 1 }}>{help}</Typography>
      {all.map(({ host, port }, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a destination is what stands at its place
        <Stack key={index} direction={{ xs: 'column', sm: 'row' }} spacing={1} sx={{ mb: 1.5, alignItems: { sm: 'flex-start' } }}>
          <TextField select label={t('connectionForm.destinationType')} value="host" sx={{ maxWidth: { sm: 180 } }}><MenuItem value="host">{t('connectionForm.hostAddress')}</MenuItem></TextField>
          <FormField field={`${field}.${index}.host`} label={t('connectionForm.host')} value={host} onValue={(value) => changeOne(index, 'host', value)} required />
          <FormField
            field={`${field}.${index}.port`} label={t('connectionForm.port')} value={port} onValue={(value) => changeOne(index, 'port', value)} required={portFieldType === 'REQUIRED'}
            sx={{ maxWidth: { sm: 140 } }} slotProps={{ htmlInput: { inputMode: 'numeric' } }}
          />
          <IconButton aria-label={t('connectionForm.removeDestination', { number: index + 1 })} onClick={() => change(all.filter((_, at) => at !== index), field)} sx={{ alignSelf: 'flex-start' }}><Delete /></IconButton>
        </Stack>
      ))}
      {all.length >= max ? null : <Button id={idOf(field)} size="small" startIcon={<Add />} onClick={() => change([...all, { host: '', port: '' }], field)} aria-label={`${t('connectionForm.addDestination')}: ${label}`}>{t('connectionForm.addDestination')}</Button>}
      {fault === undefined ? null : <FormHelperText error aria-live="polite"><FaultSaid fault={fault} /></FormHelperText>}
    </Box>
  );
}
