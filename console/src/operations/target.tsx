// What an operation or a call was about; what has a page leads to it.
import { Link } from '@mui/material';
import { type JSX } from 'react';
import { Link as RouterLink } from 'react-router';
import { addressOf } from '../app/place.ts';

/** Names of resources that have pages here. */
const SHOWN = /^projects\/[^/]+(\/locations\/[^/]+\/(connections|operations)\/[^/]+|\/secrets\/[^/]+|\/serviceAccounts\/[^/]+)?(?=\/|$)/;

export function Target({ name }: { readonly name: string }): JSX.Element {
  const shown = SHOWN.exec(name)?.[0];
  const text = name.replace(/^projects\/[^/]+\/(locations\/[^/]+\/)?/, '');
  return shown === undefined || (text !== name && shown.split('/').length === 2) ? <span title={name}>{text}</span> : <Link component={RouterLink} to={addressOf(shown)} title={name}>{text}</Link>;
}
