// Says on every page that the server does not answer, which what was shown before would not tell; asks again until it does.
import { Alert, Button } from '@mui/material';
import { type Query, useQueryClient } from '@tanstack/react-query';
import { type JSX, useCallback, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { isPassing } from '../api/failed.ts';

const AGAIN_AFTER_MS = 5_000;

/** It stands on the page from before, and could not be asked for when that was tried last. */
function isOld(query: Query): boolean {
  return query.state.data !== undefined && query.isActive() && isPassing(reasonOf(query));
}

function reasonOf({ state: { fetchFailureReason, error } }: Query): Error | null {
  return fetchFailureReason ?? error;
}

export function Unreachable(): JSX.Element | null {
  const { t } = useTranslation();
  const data = useQueryClient();
  const cache = data.getQueryCache();
  /** The same object as long as nothing new is known. */
  const why = useSyncExternalStore(useCallback((changed: () => void) => cache.subscribe(changed), [cache]), () => cache.getAll().filter(isOld).map(reasonOf).find(isPassing));
  const isAway = why !== undefined;
  const again = useCallback(() => void data.refetchQueries({ predicate: isOld }, { cancelRefetch: false }), [data]);
  useEffect(() => {
    if (!isAway) return undefined;
    const timer = setInterval(again, AGAIN_AFTER_MS);
    return () => clearInterval(timer);
  }, [isAway, again]);
  if (why === undefined) return null;
  return <Alert severity="warning" sx={{ mb: 2 }} action={<Button color="inherit" size="small" onClick={again}>{t('error.retry')}</Button>}>{why.message === '' ? t('error.unreachable') : why.message} {t('error.asBefore')}</Alert>;
}
