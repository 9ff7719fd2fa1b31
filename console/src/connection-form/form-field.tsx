// One text or choice of a connection, with what is wrong with it.
import { MenuItem, TextField, type TextFieldProps } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultSaid } from './fault-said.tsx';
import type { FieldId } from './faults.ts';
import { useConnectionForm } from './form-context.ts';

export interface FormFieldProps extends Pick<TextFieldProps, 'select' | 'multiline' | 'children' | 'required' | 'disabled' | 'placeholder' | 'sx' | 'slotProps'> {
  readonly field: FieldId;
  readonly label: string;
  readonly help?: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  /** Whether choices are on their way: the list says so, and takes the focus to the first when they are there. */
  readonly isLoading?: boolean;
}

export function FormField({ field, label, help, value, onValue, isLoading = false, slotProps, children, ...rest }: FormFieldProps): JSX.Element {
  const { t } = useTranslation();
  const { faultOf, touch } = useConnectionForm();
  const fault = faultOf(field);
  return (
    <TextField
      {...rest} id={idOf(field)} label={label} value={value} onChange={({ target }) => onValue(target.value)} error={fault !== undefined} helperText={fault === undefined ? help : <FaultSaid fault={fault} />} autoComplete="off"
      // A list that opens takes the focus away; nobody has left the field then.
      {...(rest.select === true ? {} : { onBlur: () => touch(field) })}
      slotProps={{ ...slotProps, formHelperText: { 'aria-live': 'polite' } as object }}
    >
      {children}
      {isLoading ? <MenuItem disabled>{t('common.loading')}</MenuItem> : null}
    </TextField>
  );
}

/** The id of a field's element: where one is led to what is wrong. */
export function idOf(field: FieldId): string {
  return `field-${field.replaceAll(/[^\w-]/g, '-')}`;
}
