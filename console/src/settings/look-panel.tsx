// Language and colours of the page, kept by this browser.
import { Box, MenuItem, TextField } from '@mui/material';
import { useColorScheme } from '@mui/material/styles';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../parts/section.tsx';
import { LANGUAGES, type Language, speak } from '../words/language.ts';

const MODES = ['light', 'dark', 'system'] as const;

export function LookPanel(): JSX.Element {
  const { t, i18n } = useTranslation();
  const { mode = 'system', setMode } = useColorScheme();
  return (
    <Section title={t('settings.look')} help={t('settings.lookHelp')}>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '220px 220px' }, gap: 2, pt: 1 }}>
        <TextField select label={t('app.language')} value={i18n.language} onChange={({ target }) => void speak(target.value as Language)}>
          {Object.entries(LANGUAGES).map(([language, name]) => <MenuItem key={language} value={language} lang={language}>{name}</MenuItem>)}
        </TextField>
        <TextField select label={t('app.theme.label')} value={mode} onChange={({ target }) => setMode(MODES.find((one) => one === target.value) ?? 'system')}>
          {MODES.map((one) => <MenuItem key={one} value={one}>{t(`app.theme.${one}`)}</MenuItem>)}
        </TextField>
      </Box>
    </Section>
  );
}
