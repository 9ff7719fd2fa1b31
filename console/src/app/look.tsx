// How everything looks: styles and colours, for whatever stands on the page.
import { CacheProvider } from '@emotion/react';
import { CssBaseline } from '@mui/material';
import { ThemeProvider } from '@mui/material/styles';
import { type JSX, type ReactNode } from 'react';
import { styles } from './nonce.ts';
import { theme } from './theme.ts';

export function Look({ children }: { readonly children: ReactNode }): JSX.Element {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" noSsr>
        <CssBaseline />
        {children}
      </ThemeProvider>
    </CacheProvider>
  );
}
