// A variable of the connector's template, by its type.
import { Box, Checkbox, FormControl, FormControlLabel, FormHelperText, MenuItem, Typography } from '@mui/material';
import { type JSX } from 'react';
import type { VariableTemplate } from '../api/catalogue.ts';
import { isNeeded } from './condition.ts';
import { FaultSaid } from './fault-said.tsx';
import { useConnectionForm } from './form-context.ts';
import { FormField, idOf } from './form-field.tsx';
import { SecretField } from './secret-field.tsx';
import { useTemplateWords } from './template-words.ts';

export function VariableField({ template }: { readonly template: VariableTemplate }): JSX.Element {
  const { draft, set } = useConnectionForm();
  const words = useTemplateWords();
  const { key, valueType, enumOptions = [] } = template;
  const { label, help } = words.variable(template);
  const field = `variables.${key}`;
  const value = draft.variables[key] ?? '';
  const change = (text: string): void => set({ variables: { ...draft.variables, [key]: text } }, field);
  const required = isNeeded(template, (one) => draft.variables[one] ?? '');
  if (valueType === 'BOOL') return <FlagField field={field} label={label} help={help} isChecked={value === 'true'} onCheck={(isChecked) => change(isChecked ? 'true' : '')} />;
  if (valueType === 'SECRET') return <SecretField field={field} label={label} help={help} value={value} onValue={change} required={required} />;
  if (valueType === 'ENUM') {
    const options = enumOptions.map((one) => ({ id: one.id, ...words.option(key, one) }));
    return (
      <FormField field={field} label={label} help={options.find(({ id }) => id === value)?.help ?? help} value={value} onValue={change} required={required} select slotProps={{ select: { renderValue: (chosen) => options.find(({ id }) => id === chosen)?.label ?? '' } }}>
        {options.map(({ id, label: name, help: why }) => (
          <MenuItem key={id} value={id}>
            <Box sx={{ whiteSpace: 'normal' }}>{name}{why === undefined ? null : <Typography variant="caption" component="p" sx={{ color: 'text.secondary' }}>{why}</Typography>}</Box>
          </MenuItem>
        ))}
      </FormField>
    );
  }
  return <FormField field={field} label={label} help={help} value={value} onValue={change} required={required} {...(valueType === 'INT' ? { slotProps: { htmlInput: { inputMode: 'numeric' } } } : {})} />;
}

interface FlagFieldProps {
  readonly field: string;
  readonly label: string;
  readonly help: string;
  readonly isChecked: boolean;
  readonly onCheck: (isChecked: boolean) => void;
}

function FlagField({ field, label, help, isChecked, onCheck }: FlagFieldProps): JSX.Element {
  const { faultOf } = useConnectionForm();
  const fault = faultOf(field);
  const helpId = `${idOf(field)}-help`;
  return (
    <FormControl error={fault !== undefined}>
      <FormControlLabel control={<Checkbox id={idOf(field)} checked={isChecked} onChange={(_, checked) => onCheck(checked)} slotProps={{ input: { 'aria-describedby': helpId } }} />} label={label} />
      <FormHelperText id={helpId} sx={{ ml: 4, mt: -0.5 }}>{fault === undefined ? help : <FaultSaid fault={fault} />}</FormHelperText>
    </FormControl>
  );
}
