// Signing in at an issuer, where the server has some: the browser goes there and comes back to the page that was wanted.
import { Alert, Button, Divider, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { signInAddress, signInsQuery } from '../api/session.ts';

const OUTCOMES = ['denied', 'expired', 'refused', 'unavailable'] as const;

/** @param isBeside in a tab beside this one, which keeps what was typed and finds out when one comes back to it. */
export function SignInElsewhere({ isBeside }: { readonly isBeside: boolean }): JSX.Element | null {
  const { t } = useTranslation();
  // The page works with tokens alone: without the list there is nothing to say.
  const { data: ways = [] } = useQuery(signInsQuery);
  const here = new URL(location.href);
  const outcome = OUTCOMES.find((one) => one === here.searchParams.get('signIn'));
  here.searchParams.delete('signIn');
  if (ways.length === 0 && outcome === undefined) return null;
  return (
    <>
      {outcome === undefined ? null : <Alert severity="error">{t(`signIn.outcomes.${outcome}`)}</Alert>}
      {ways.map((way) => <Button key={way.id} variant="outlined" size="large" href={signInAddress(way, `${here.pathname}${here.search}`)} {...(isBeside ? { target: '_blank' } : {})}>{t('signIn.with', { name: way.name })}</Button>)}
      {isBeside && ways.length > 0 ? <Typography variant="body2" sx={{ color: 'text.secondary' }}>{t('signIn.beside')}</Typography> : null}
      {ways.length === 0 ? null : <Divider>{t('signIn.or')}</Divider>}
    </>
  );
}
