// Says that the language that was chosen did not come, wherever it was chosen: in the one that the page goes on in.
import Close from '@mui/icons-material/Close';
import { Alert, Button, IconButton, Snackbar } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES, leaveUnspoken, speak, useUnspoken } from '../words/language.ts';

export function Unspoken(): JSX.Element | null {
  const { t } = useTranslation();
  const language = useUnspoken();
  if (language === undefined) return null;
  const again = (<>
    <Button color="inherit" size="small" onClick={() => void speak(language)}>{t('error.retry')}</Button>
    <IconButton color="inherit" size="small" aria-label={t('app.close')} onClick={leaveUnspoken}><Close fontSize="small" /></IconButton>
  </>);
  return (
    <Snackbar open anchorOrigin={{ vertical: 'top', horizontal: 'right' }}>
      <Alert severity="error" action={again}>{t('app.unspoken', { language: LANGUAGES[language] })}</Alert>
    </Snackbar>
  );
}
