// Says that the language that was chosen did not come, wherever it was chosen: in the one that the page goes on in.
import { Alert, Button, Snackbar } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, speak, useUnspoken } from '../words/language.ts';

export function Unspoken(): JSX.Element | null {
  const { t } = useTranslation();
  const language = useUnspoken();
  if (language === undefined) return null;
  return (
    <Snackbar open anchorOrigin={{ vertical: 'top', horizontal: 'right' }}>
      <Alert severity="error" action={<Button color="inherit" size="small" onClick={() => void speak(language)}>{t('error.retry')}</Button>}>{t('app.unspoken', { language: LANGUAGES[language] })}</Alert>
    </Snackbar>
  );
}
