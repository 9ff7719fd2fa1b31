// What few connections need: behind a heading that opens, and stays open where something in it is wrong or set.
import ExpandMore from '@mui/icons-material/ExpandMore';
import { Accordion, AccordionDetails, AccordionSummary, MenuItem, Stack, Typography } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectorVersion } from '../api/catalogue.ts';
import { isOfProxy } from './body.ts';
import { DestinationFields } from './destination-fields.tsx';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';
import { VariableField } from './variable-field.tsx';

const LEVELS = ['ERROR', 'INFO', 'DEBUG'] as const;

export function AdvancedFields(): JSX.Element {
  const { t } = useTranslation();
  const { version, draft, set, faultOf } = useConnectionForm();
  const { variables, destinations } = advancedOf(version);
  const fields = [...variables.map(({ key }) => `variables.${key}`), ...destinations.flatMap(({ key }) => [`destinations.${key}`, `destinations.${key}.0.host`, `destinations.${key}.0.port`]), 'logLevel'];
  const hasFault = fields.some((field) => faultOf(field) !== undefined);
  const [isOpen, setIsOpen] = useState<boolean>();
  const isSet = variables.some(({ key }) => (draft.variables[key] ?? '') !== '') || destinations.some(({ key }) => (draft.destinations[key] ?? []).length > 0) || draft.logLevel !== '';
  // The templates that tell what is set may come later than the form. From then on it is closed by whoever wants that: not by emptying a field.
  if (isSet && isOpen === undefined) setIsOpen(true);
  return (
    <Accordion variant="outlined" disableGutters expanded={isOpen === true || hasFault} onChange={(_, open) => setIsOpen(open)} slotProps={{ heading: { component: 'h3' }, transition: { unmountOnExit: true } }}>
      <AccordionSummary expandIcon={<ExpandMore />}><Typography sx={{ fontWeight: 600 }}>{t('connectionForm.advanced')}</Typography></AccordionSummary>
      <AccordionDetails>
        <Stack spacing={2}>
          {variables.map((template) => <VariableField key={template.key} template={template} />)}
          <FormField field="logLevel" label={t('connectionForm.logging')} help={t('connectionForm.loggingHelp')} value={draft.logLevel} onValue={(logLevel) => set({ logLevel }, 'logLevel')} select>
            <MenuItem value="">{t('connectionForm.noLogging')}</MenuItem>
            {LEVELS.map((level) => <MenuItem key={level} value={level}>{t(`connectionForm.levels.${level}`)}</MenuItem>)}
          </FormField>
          {destinations.map((template) => <DestinationFields key={template.key} template={template} />)}
        </Stack>
      </AccordionDetails>
    </Accordion>
  );
}

function advancedOf(version: ConnectorVersion | undefined): { readonly variables: ConnectorVersion['configVariableTemplates']; readonly destinations: ConnectorVersion['destinationConfigTemplates'] } {
  return {
    variables: (version?.configVariableTemplates ?? []).filter(({ key, isAdvanced }) => isAdvanced === true && key !== 'proxy_enabled' && !isOfProxy(key)),
    destinations: (version?.destinationConfigTemplates ?? []).filter(({ key, isAdvanced }) => isAdvanced === true && !isOfProxy(key)),
  };
}
