// A part of a page with a heading of its own.
import { Box, Paper, Typography } from '@mui/material';
import { type JSX, type ReactNode, useId } from 'react';

export interface SectionProps {
  readonly title: string;
  /** What it is for, in a sentence. */
  readonly help?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function Section({ title, help, actions, children }: SectionProps): JSX.Element {
  const id = useId();
  return (
    <Paper variant="outlined" component="section" aria-labelledby={id} sx={{ p: { xs: 1.5, sm: 2 }, mb: 2 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: 1, mb: 1 }}>
        <Typography id={id} component="h2" variant="h2" sx={{ flexGrow: 1 }}>{title}</Typography>
        {actions}
      </Box>
      {help === undefined ? null : <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1.5 }}>{help}</Typography>}
      {children}
    </Paper>
  );
}
