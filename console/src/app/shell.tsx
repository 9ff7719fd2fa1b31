// The frame of every page: the bar on top, the ways on the side, the content. On a narrow screen the ways are behind a button.
import Logout from '@mui/icons-material/Logout';
import MenuIcon from '@mui/icons-material/Menu';
import { AppBar, Box, Drawer, IconButton, Snackbar, Toolbar, Tooltip, Typography, useMediaQuery } from '@mui/material';
import { useTheme } from '@mui/material/styles';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, Outlet } from 'react-router';
import { leaveSession, sessionQuery, signOut } from '../api/session.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { ColourMenu } from './colour-menu.tsx';
import { LAST_PROJECT } from './first-project.tsx';
import { LanguageMenu } from './language-menu.tsx';
import { Navigation } from './navigation.tsx';
import { useProject } from './place.ts';
import { ProjectMenu } from './project-menu.tsx';
import { Unreachable } from './unreachable.tsx';

const DRAWER_WIDTH = 232;

export function Shell(): JSX.Element {
  const { t } = useTranslation();
  const isWide = useMediaQuery(useTheme().breakpoints.up('md'));
  const [isOpen, setIsOpen] = useState(false);
  const project = useProject();
  useEffect(() => { if (project !== '') localStorage.setItem(LAST_PROJECT, project); }, [project]);
  return (
    <Box sx={{ display: 'flex', minHeight: '100dvh' }}>
      <Box component="a" href="#content" sx={{ position: 'absolute', left: -9999, zIndex: 2000, bgcolor: 'background.paper', color: 'text.primary', p: 1, '&:focus': { left: 8, top: 8 } }}>{t('app.skip')}</Box>
      <AppBar position="fixed" color="inherit" elevation={0} sx={{ borderBottom: 1, borderColor: 'divider', zIndex: ({ zIndex }) => zIndex.drawer + 1 }}>
        <Toolbar variant="dense" sx={{ gap: { xs: 0.5, sm: 1 } }}>
          {isWide ? null : <IconButton edge="start" aria-label={t('app.menu')} aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}><MenuIcon /></IconButton>}
          <Box component={Link} to="/console" aria-label={t('app.name')} sx={{ display: 'flex', alignItems: 'center', gap: 1, color: 'inherit', textDecoration: 'none' }}>
            <img src="/console.svg" alt="" width={26} height={26} />
            <Typography sx={{ fontWeight: 600, display: { xs: 'none', sm: 'block' } }}>{t('app.name')}</Typography>
          </Box>
          <ProjectMenu />
          <Box sx={{ flexGrow: 1 }} />
          <LanguageMenu />
          <ColourMenu />
          <SignOut />
        </Toolbar>
      </AppBar>
      <Drawer
        component="nav" aria-label={t('app.menu')} variant={isWide ? 'permanent' : 'temporary'} open={isWide || isOpen} onClose={() => setIsOpen(false)}
        sx={{ width: isWide ? DRAWER_WIDTH : 0, flexShrink: 0, '& .MuiDrawer-paper': { width: DRAWER_WIDTH } }}
      >
        <Toolbar variant="dense" />
        <Navigation onNavigate={() => setIsOpen(false)} />
      </Drawer>
      <Box component="main" id="content" tabIndex={-1} sx={{ flexGrow: 1, minWidth: 0, p: { xs: 1.5, sm: 3 }, outline: 'none' }}>
        <Toolbar variant="dense" />
        <Unreachable />
        <Suspense fallback={<Loading />}><Outlet /></Suspense>
      </Box>
    </Box>
  );
}

function SignOut(): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const { data: session } = useQuery(sessionQuery);
  const leaving = useMutation({ mutationFn: signOut, onSuccess: () => leaveSession(data) });
  return (<>
    {/* Whoever goes away from the screen must know that they are signed in still. */}
    {leaving.error === null ? null : <Snackbar open anchorOrigin={{ vertical: 'top', horizontal: 'right' }}><Box><ErrorAlert error={leaving.error} retry={() => leaving.mutate()} /></Box></Snackbar>}
    <Tooltip title={`${t('app.signedIn', { caller: session?.caller ?? '' })} · ${t('app.signOut')}`}>
      <IconButton color="inherit" aria-label={t('app.signOut')} onClick={() => leaving.mutate()}><Logout /></IconButton>
    </Tooltip>
  </>);
}
