// Fields of a connection that belong together, under their heading.
import { Box, Typography } from '@mui/material';
import { type JSX, type ReactNode, useId } from 'react';

export function Group({ title, help, children }: { readonly title: string; readonly help?: string; readonly children: ReactNode }): JSX.Element {
  const id = useId();
  return (
    <Box role="group" aria-labelledby={id} sx={{ display: 'grid', gap: 2 }}>
      <Box>
        <Typography id={id} component="h3" sx={{ fontWeight: 600, fontSize: '1rem' }}>{title}</Typography>
        {help === undefined ? null : <Typography variant="body2" sx={{ color: 'text.secondary' }}>{help}</Typography>}
      </Box>
      {children}
    </Box>
  );
}
