// How a call ended: the name of its code.
import { Chip } from '@mui/material';
import { type JSX } from 'react';

export const OUTCOMES = ['OK', 'INVALID_ARGUMENT', 'NOT_FOUND', 'ALREADY_EXISTS', 'PERMISSION_DENIED', 'UNAUTHENTICATED', 'FAILED_PRECONDITION', 'ABORTED', 'RESOURCE_EXHAUSTED', 'DEADLINE_EXCEEDED', 'CANCELLED', 'UNAVAILABLE', 'UNIMPLEMENTED', 'INTERNAL', 'UNKNOWN'] as const;

export function OutcomeChip({ code }: { readonly code: string }): JSX.Element {
  return <Chip size="small" variant="outlined" color={code === 'OK' ? 'success' : 'error'} label={code} sx={{ fontWeight: 600, fontSize: '0.75rem' }} />;
}
