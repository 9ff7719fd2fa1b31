// Fields under a heading, found by what one types in their names and descriptions.
import { Box, TextField, Typography } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../api/schema.ts';
import { FieldTable, type FieldTableProps } from './field-table.tsx';

const FEW = 8;

export interface SearchedFieldsProps extends Omit<FieldTableProps, 'label'> {
  readonly title: string;
  /** The label of the search. */
  readonly search: string;
}

export function SearchedFields({ title, search, fields, ...table }: SearchedFieldsProps): JSX.Element | null {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const wanted = text.trim().toLowerCase();
  const passes = ({ name, description }: Field): boolean => name.toLowerCase().includes(wanted) || description.toLowerCase().includes(wanted);
  const found = wanted === '' ? fields : fields.filter(passes);
  if (fields.length === 0) return null;
  return (
    <>
      <Typography component="h3" variant="subtitle1" sx={{ mt: 2 }}>{title}</Typography>
      {fields.length <= FEW ? null : (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1.5, my: 1 }}>
          <TextField label={search} type="search" value={text} onChange={({ target }) => setText(target.value)} sx={{ maxWidth: 320 }} />
          <Typography role="status" variant="body2" sx={{ color: 'text.secondary' }}>{t('schema.columnCount', { count: found.length, all: fields.length })}</Typography>
        </Box>
      )}
      <FieldTable label={title} fields={found} {...table} />
    </>
  );
}
