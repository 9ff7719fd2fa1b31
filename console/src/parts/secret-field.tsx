// A value that is typed or pasted once and not shown, unless one looks at what one types.
import Visibility from '@mui/icons-material/Visibility';
import VisibilityOff from '@mui/icons-material/VisibilityOff';
import { IconButton, InputAdornment, TextField } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';

export interface SecretFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly help: string;
}

export function SecretField({ label, value, onChange, help }: SecretFieldProps): JSX.Element {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  const look = t(isShown ? 'secrets.hide' : 'secrets.look');
  return (
    <TextField
      label={label} type={isShown ? 'text' : 'password'} value={value} onChange={({ target }) => onChange(target.value)} helperText={help} autoComplete="new-password"
      slotProps={{
        htmlInput: { spellCheck: false },
        input: { endAdornment: <InputAdornment position="end"><IconButton size="small" edge="end" aria-label={look} onClick={() => setIsShown(!isShown)}>{isShown ? <VisibilityOff fontSize="small" /> : <Visibility fontSize="small" />}</IconButton></InputAdornment> },
      }}
    />
  );
}
