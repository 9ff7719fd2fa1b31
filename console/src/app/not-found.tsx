// An address that is none.
import { Alert, Link } from '@mui/material';
import { type JSX, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';

export function NotFound(): JSX.Element {
  const { t } = useTranslation();
  useEffect(() => { document.title = `${t('app.notFound')} · Konektor`; }, [t]);
  return <Alert severity="info">{t('app.notFound')} <Link component={RouterLink} to="/console">{t('app.home')}</Link></Alert>;
}
