// The way back to where things of a kind are listed.
import { Link } from '@mui/material';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';

export interface BackLinkProps {
  readonly to: string;
  /** How the page of the list is called. */
  readonly list: string;
}

export function BackLink({ to, list }: BackLinkProps): JSX.Element {
  const { t } = useTranslation();
  return <Link component={RouterLink} to={to}>{t('app.backTo', { list })}</Link>;
}
