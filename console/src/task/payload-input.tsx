// connectorInputPayload, as a form and as text side by side: what is written in one stands in the other.
import { Box, Button, Typography } from '@mui/material';
import { type JSX, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../api/schema.ts';
import { CodeEditor } from '../parts/code-editor.tsx';
import { Picker } from '../parts/picker.tsx';
import { SchemaForm } from '../parts/schema-form.tsx';
import { exampleOf } from '../schema/example.ts';
import { payloadOf } from './inputs.ts';
import { payloadSchema } from './payload-schema.ts';

export interface PayloadInputProps {
  readonly fields: readonly Field[];
  readonly required: readonly string[];
  readonly text: string;
  readonly onChange: (text: string) => void;
}

export function PayloadInput({ fields, required, text, onChange }: PayloadInputProps): JSX.Element {
  const { t } = useTranslation();
  const payload = payloadOf(text);
  const schema = useMemo(() => payloadSchema({ fields, required }, payload ?? {}), [fields, required, payload]);
  const needed = fields.filter(({ name }) => required.includes(name));
  const absent = fields.filter(({ name }) => payload !== undefined && !(name in payload) && !required.includes(name));
  const add = (field: Field | null): void => {
    if (field !== null) onChange(textOf({ ...payload, ...exampleOf([field]) }));
  };
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' }, gap: 2 }}>
      <Box component="section" aria-label={t('task.form')}>
        {payload === undefined ? <Typography sx={{ color: 'text.secondary' }}>{t('task.noForm')}</Typography> : (
          <>
            <SchemaForm schema={schema} value={payload} idPrefix="payload" onChange={(value) => onChange(textOf(value as Readonly<Record<string, unknown>>))} />
            <Picker key={absent.length} label={t('task.addField')} options={absent} getOptionLabel={({ name }) => name} value={null} onPick={add} blurOnSelect sx={{ mt: 1 }} />
            {needed.every(({ name }) => name in payload) ? null : <Button size="small" onClick={() => onChange(textOf({ ...exampleOf(needed), ...payload }))}>{t('task.fillExample')}</Button>}
          </>
        )}
      </Box>
      <CodeEditor label="connectorInputPayload" language="json" value={text} onChange={onChange} minHeight={180} />
    </Box>
  );
}

/** A field that a form has emptied is left out, as one that was never given. */
function textOf(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)), null, 2);
}
