// A page of which there is nothing to show: why, and the way back to where such things are listed.
import { type JSX } from 'react';
import { BackLink, type BackLinkProps } from './back-link.tsx';
import { ErrorAlert, type ErrorAlertProps } from './error-alert.tsx';
import { Page } from './page.tsx';

export interface FailedPageProps extends ErrorAlertProps {
  /** What was wanted. */
  readonly title: string;
  readonly back: BackLinkProps;
}

export function FailedPage({ title, back, ...failure }: FailedPageProps): JSX.Element {
  return <Page title={title}><ErrorAlert {...failure} /><BackLink {...back} /></Page>;
}
