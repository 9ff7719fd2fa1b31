// Something is on its way: shown only where it takes long enough to be noticed.
import { Box, CircularProgress } from '@mui/material';
import { type JSX, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const NOTICED_AFTER_MS = 200;

export function Loading(): JSX.Element {
  const { t } = useTranslation();
  const [isShown, setIsShown] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setIsShown(true), NOTICED_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return <Box sx={{ display: 'grid', placeItems: 'center', minHeight: 160 }}>{isShown ? <CircularProgress aria-label={t('common.loading')} /> : null}</Box>;
}
