// Everything of a connection but where it is and how it authenticates.
import { Stack } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountField } from './account-field.tsx';
import { AdvancedFields } from './advanced-fields.tsx';
import { isOfProxy } from './body.ts';
import { ConnectorFields } from './connector-fields.tsx';
import { DestinationFields } from './destination-fields.tsx';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';
import { LabelFields } from './label-fields.tsx';
import { NodeFields } from './node-fields.tsx';
import { ProxyFields } from './proxy-fields.tsx';
import { VariableField } from './variable-field.tsx';

export function DetailFields(): JSX.Element {
  const { t } = useTranslation();
  const { draft, set, version, isExisting } = useConnectionForm();
  const variables = (version?.configVariableTemplates ?? []).filter(({ isAdvanced }) => isAdvanced !== true);
  const destinations = (version?.destinationConfigTemplates ?? []).filter(({ key, isAdvanced }) => isAdvanced !== true && !isOfProxy(key));
  return (
    <Stack spacing={2.5}>
      <ConnectorFields />
      <FormField field="id" label={t('connectionForm.name')} help={t('connectionForm.nameHelp')} value={draft.id} onValue={(id) => set({ id }, 'id')} required disabled={isExisting} slotProps={{ htmlInput: { spellCheck: false } }} />
      <FormField field="description" label={`${t('connectionForm.description')} (${t('connectionForm.optional')})`} value={draft.description} onValue={(description) => set({ description }, 'description')} multiline />
      <AccountField />
      <NodeFields />
      {variables.map((template) => <VariableField key={template.key} template={template} />)}
      {destinations.map((template) => <DestinationFields key={template.key} template={template} />)}
      <ProxyFields />
      <LabelFields />
      <AdvancedFields />
    </Stack>
  );
}
