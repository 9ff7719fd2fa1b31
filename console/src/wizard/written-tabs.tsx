// The connection as text for other places, one form at a time, each to be copied.
import { Box, Tab, Tabs, Typography } from '@mui/material';
import { type JSX, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useConnectionForm } from '../connection-form/form-context.ts';
import { CodeBlock } from '../parts/code-block.tsx';
import { Section } from '../parts/section.tsx';
import { FORMS } from './written-as.ts';

type FormName = keyof typeof FORMS;

export function WrittenTabs(): JSX.Element {
  const { t } = useTranslation();
  const { project, draft: { region, id }, body } = useConnectionForm();
  const [form, setForm] = useState<FormName>('terraform');
  const panel = useId();
  return (
    <Section title={t('wizard.writtenAs')}>
      <Tabs value={form} onChange={(_, value: FormName) => setForm(value)} aria-label={t('wizard.writtenAs')} variant="scrollable" sx={{ mb: 1, '& .MuiTab-root': { minWidth: 0 } }}>
        {(Object.keys(FORMS) as FormName[]).map((one) => <Tab key={one} id={`${panel}-${one}`} aria-controls={panel} value={one} label={t(`wizard.forms.${one}`)} />)}
      </Tabs>
      <Box role="tabpanel" id={panel} aria-labelledby={`${panel}-${form}`}>
        <CodeBlock label={t(`wizard.forms.${form}`)} text={FORMS[form]({ origin: location.origin, project, region, id, body })} />
      </Box>
      <Typography variant="caption" component="p" sx={{ color: 'text.secondary', mt: 1 }}>{t('wizard.writtenHelp')}</Typography>
    </Section>
  );
}
