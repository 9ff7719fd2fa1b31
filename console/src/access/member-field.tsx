// Whom: typed, or one of the project's service accounts.
import { Autocomplete, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { accountsQuery } from '../api/service-accounts.ts';
import { useProject } from '../app/place.ts';

export function MemberField({ value, onChange, help }: { readonly value: string; readonly onChange: (member: string) => void; readonly help: string }): JSX.Element {
  const { t } = useTranslation();
  // Who may not list them types.
  const { data: accounts = [] } = useQuery(accountsQuery(useProject()));
  return (
    <Autocomplete
      freeSolo clearText={t('common.clearChoice')} options={accounts.map(({ email }) => `serviceAccount:${email}`)} inputValue={value} onInputChange={(_, text) => onChange(text)}
      renderInput={(props) => <TextField {...props} label={t('access.member')} helperText={help} />}
    />
  );
}
