// An error as a person wants it: what was wrong, every fault, what to do next, and the id to ask others with.
import { Alert, AlertTitle, Button, Link, Typography } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { isSignedOut } from '../api/failed.ts';
import { useTold } from '../words/told.ts';

export interface ErrorAlertProps {
  readonly error: Error;
  readonly retry?: () => void;
}

export function ErrorAlert({ error, retry }: ErrorAlertProps): JSX.Element {
  const { t } = useTranslation();
  const { hintOf, wrongOf, servers } = useTold();
  const again = retry === undefined ? undefined : <Button color="inherit" size="small" onClick={retry}>{t('error.retry')}</Button>;
  const known = error instanceof ApiError ? error : undefined;
  // Nobody sees this before they are signed in again.
  if (isSignedOut(error)) return <Alert severity="warning" sx={{ my: 2 }} action={again}>{t('error.signedOut')}</Alert>;
  // One fault is told by the message already.
  const faults = known === undefined ? [] : known.violations.filter(({ description }) => known.violations.length > 1 || !known.message.includes(description));
  const isAway = known?.reason === 'SERVER_UNREACHABLE';
  const ownHint = known === undefined || isAway ? undefined : hintOf(known.reason);
  const hint = ownHint ?? known?.hint;
  return (
    <Alert severity="error" sx={{ my: 2 }} action={again}>
      <AlertTitle>{(isAway ? undefined : wrongOf(known?.reason ?? '')) ?? t(known?.code === 'PERMISSION_DENIED' ? 'error.forbidden' : 'error.title')}</AlertTitle>
      {isAway ? t('error.unreachable') : <span {...servers}>{error.message}</span>}
      {faults.length === 0 ? null : (
        <ul {...servers}>{faults.map(({ field, description }) => <li key={`${field} ${description}`}><code>{field}</code> {description}</li>)}</ul>
      )}
      {hint === undefined ? null : <Typography variant="body2" sx={{ mt: 1 }} {...(ownHint === undefined ? servers : {})}>{hint}</Typography>}
      {known?.reason === 'SERVICE_DISABLED' ? <Link href={`/console/${known.metadata['consumer'] ?? 'projects'}`} color="inherit">{t('error.services')}</Link> : null}
      {known?.requestId === undefined ? null : <Typography variant="caption" component="p" sx={{ mt: 1 }}>{known.reason} · {t('error.request', { id: known.requestId })}</Typography>}
    </Alert>
  );
}
