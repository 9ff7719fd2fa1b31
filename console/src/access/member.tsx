// A member of a policy; that which is a service account leads to its page.
import { Link } from '@mui/material';
import { type JSX } from 'react';
import { Link as RouterLink } from 'react-router';
import { addressOf } from '../app/place.ts';

export function Member({ member }: { readonly member: string }): JSX.Element {
  const [, email, project] = /^serviceAccount:(.+@([^.]+)\.iam\.gserviceaccount\.com)$/.exec(member) ?? [];
  return email === undefined || project === undefined ? <>{member}</> : <Link component={RouterLink} to={addressOf(`projects/${project}/serviceAccounts/${email}`)} title={member}>{member}</Link>;
}
