// Labels, each with its value.
import { Box, Chip } from '@mui/material';
import { type JSX } from 'react';

export function LabelChips({ labels }: { readonly labels: Readonly<Record<string, string>> }): JSX.Element {
  return <Box component="span" sx={{ display: 'inline-flex', flexWrap: 'wrap', gap: 0.5 }}>{Object.entries(labels).map(([key, value]) => <Chip key={key} size="small" variant="outlined" label={value === '' ? key : `${key}: ${value}`} />)}</Box>;
}
