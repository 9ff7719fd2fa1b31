// How a connection authenticates: one of the ways of its connector, with what that needs.
import { MenuItem, Stack } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { chosenWay, wayOf } from './draft.ts';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';
import { SecretField } from './secret-field.tsx';
import { useTemplateWords } from './template-words.ts';

export function AuthenticationFields(): JSX.Element {
  const { t } = useTranslation();
  const { draft, set, version } = useConnectionForm();
  const words = useTemplateWords();
  const way = chosenWay(draft, version);
  return (
    <Stack spacing={2}>
      <FormField field="way" label={t('connectionForm.way')} {...(way === undefined ? {} : { help: words.way(way).help })} value={way === undefined ? '' : wayOf(way)} onValue={(chosen) => set({ way: chosen }, 'way')} select required isLoading={version === undefined && draft.version !== ''}>
        {(version?.authConfigTemplates ?? []).map((one) => <MenuItem key={wayOf(one)} value={wayOf(one)}>{words.way(one).label}</MenuItem>)}
      </FormField>
      {(way?.configVariableTemplates ?? []).map((template) => {
        const { key, valueType, required = false } = template;
        const { label, help } = words.variable(template);
        const common = { field: `auth.${key}`, label, help, value: draft.auth[key] ?? '', required, onValue: (text: string): void => set({ auth: { ...draft.auth, [key]: text } }, `auth.${key}`) };
        return valueType === 'SECRET' ? <SecretField key={key} {...common} /> : <FormField key={key} {...common} />;
      })}
    </Stack>
  );
}
