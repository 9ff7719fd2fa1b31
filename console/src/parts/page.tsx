// A page: its heading, what can be done there, its content. The heading is told to the browser as the title.
import { Box, Typography } from '@mui/material';
import { type JSX, type ReactNode, useEffect } from 'react';
import { Breakable } from './breakable.tsx';

export interface PageProps {
  readonly title: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Page({ title, actions, children }: PageProps): JSX.Element {
  useEffect(() => { document.title = `${title} · Konektor`; }, [title]);
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 2 }}>
        <Typography component="h1" variant="h1" sx={{ flexGrow: 1, overflowWrap: 'anywhere' }}><Breakable name={title} /></Typography>
        {actions}
      </Box>
      {children}
    </>
  );
}
