// One of a few values, or none of them.
import { MenuItem, TextField } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';

export interface ChoiceProps {
  readonly label: string;
  /** '' for none. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  /** How none is called: All, unless set. */
  readonly none?: string;
  /** As wide as what it stands in. */
  readonly isWide?: boolean;
}

export function Choice({ label, value, onChange, choices, none, isWide = false }: ChoiceProps): JSX.Element {
  const { t } = useTranslation();
  return (
    <TextField select label={label} value={choices.some((one) => one.value === value) ? value : ''} onChange={({ target }) => onChange(target.value)} sx={isWide ? {} : { width: { xs: '100%', sm: 180 } }} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}>
      <MenuItem value="">{none ?? t('common.all')}</MenuItem>
      {choices.map((one) => <MenuItem key={one.value} value={one.value}>{one.label}</MenuItem>)}
    </TextField>
  );
}
