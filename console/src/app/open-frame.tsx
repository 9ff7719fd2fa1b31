// The frame of pages that nobody needs to sign in for: the bar on top, the content.
import { AppBar, Box, Button, Toolbar, Typography } from '@mui/material';
import { type JSX, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { Loading } from '../parts/loading.tsx';
import { ColourMenu } from './colour-menu.tsx';
import { LanguageMenu } from './language-menu.tsx';

export function OpenFrame(): JSX.Element {
  const { t } = useTranslation();
  return (
    <>
      <Box component="a" href="#content" sx={{ position: 'absolute', left: -9999, zIndex: 2000, bgcolor: 'background.paper', color: 'text.primary', p: 1, '&:focus': { left: 8, top: 8 } }}>{t('app.skip')}</Box>
      <AppBar position="sticky" color="inherit" elevation={0} sx={{ borderBottom: 1, borderColor: 'divider' }}>
        <Toolbar variant="dense" sx={{ gap: { xs: 0.5, sm: 1 } }}>
          <img src="/console.svg" alt="" width={26} height={26} />
          <Typography sx={{ fontWeight: 600, display: { xs: 'none', sm: 'block' } }}>{t('app.name')}</Typography>
          <Box sx={{ flexGrow: 1 }} />
          <Button component={Link} to="/console" color="inherit" size="small">{t('reference.console')}</Button>
          <LanguageMenu />
          <ColourMenu />
        </Toolbar>
      </AppBar>
      <Box component="main" id="content" tabIndex={-1} sx={{ p: { xs: 1.5, sm: 3 }, maxWidth: 1400, mx: 'auto', outline: 'none' }}>
        <Suspense fallback={<Loading />}><Outlet /></Suspense>
      </Box>
    </>
  );
}
