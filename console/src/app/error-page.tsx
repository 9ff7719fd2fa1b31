// What is shown in the place of a page that itself failed, or did not come.
import { Alert, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useRouteError } from 'react-router';
import { sessionQuery } from '../api/session.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { PageNotLoaded } from './loaded.ts';

const AGAIN_AFTER_MS = 5_000;
/** A page as young as this would come as it is, again and again. */
const YOUNG_MS = 10_000;

export function ErrorPage(): JSX.Element {
  const error = useRouteError();
  if (error instanceof PageNotLoaded) return <NotLoaded />;
  return <ErrorAlert error={error instanceof Error ? error : new Error(String(error))} retry={() => location.reload()} />;
}

/** Loads everything anew once the server answers: browsers keep it in mind where a script did not come, and a renewed server has other scripts. */
function NotLoaded(): JSX.Element {
  const { t } = useTranslation();
  const [begun] = useState(() => Date.now());
  const { dataUpdatedAt, errorUpdatedAt, refetch } = useQuery({ ...sessionQuery, staleTime: 0, retry: false, refetchOnMount: 'always', refetchInterval: AGAIN_AFTER_MS });
  const [wasAway, isAnswered] = [errorUpdatedAt > begun, dataUpdatedAt > begun];
  useEffect(() => { if (isAnswered && (wasAway || performance.now() > YOUNG_MS)) location.reload(); }, [isAnswered, wasAway]);
  const again = (): void => { if (isAnswered) location.reload(); else void refetch(); };
  return <Alert severity="error" sx={{ my: 2 }} action={<Button color="inherit" size="small" onClick={again}>{t('error.retry')}</Button>}>{t('error.pageNotLoaded')}</Alert>;
}
