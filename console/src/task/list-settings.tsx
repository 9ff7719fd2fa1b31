// How a list comes: rows of a page, and its order.
import { Box, FormControlLabel, MenuItem, Switch, TextField } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../api/schema.ts';
import { Picker } from '../parts/picker.tsx';
import type { TaskInputs } from './inputs.ts';

const PAGE_SIZES = [10, 25, 50, 100, 200];

export interface ListSettingsProps {
  readonly fields: readonly Field[];
  readonly inputs: TaskInputs;
  readonly onChange: (change: Partial<TaskInputs>) => void;
}

export function ListSettings({ fields, inputs: { pageSize, sortBy, isDescending }, onChange }: ListSettingsProps): JSX.Element {
  const { t } = useTranslation();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
      <TextField select label={t('task.pageSize')} value={pageSize} onChange={({ target }) => onChange({ pageSize: Number(target.value) })} sx={{ width: 140 }}>
        {[...new Set([...PAGE_SIZES, pageSize])].toSorted((a, b) => a - b).map((size) => <MenuItem key={size} value={size}>{size}</MenuItem>)}
      </TextField>
      <Picker label={t('task.sortBy')} placeholder={t('task.unsorted')} options={fields.map(({ name }) => name)} value={sortBy === '' ? null : sortBy} onPick={(name) => onChange({ sortBy: name ?? '' })} sx={{ width: 260 }} />
      <FormControlLabel disabled={sortBy === ''} control={<Switch checked={isDescending} onChange={(_, checked) => onChange({ isDescending: checked })} />} label={t('task.descending')} />
    </Box>
  );
}
