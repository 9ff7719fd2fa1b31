// Connections that something is used by: the first of them, and more when asked for.
import { Button, Link, List, ListItem } from '@mui/material';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { type Connection, idOf, regionOf } from '../api/connections.ts';
import { addressOf } from '../app/place.ts';

const AT_ONCE = 50;

export function ConnectionLinks({ connections }: { readonly connections: readonly Connection[] }): JSX.Element {
  const { t } = useTranslation();
  const [shown, setShown] = useState(AT_ONCE);
  return (
    <>
      <List dense disablePadding>
        {connections.slice(0, shown).map(({ name }) => <ListItem key={name} disableGutters><Link component={RouterLink} to={addressOf(name)} sx={{ overflowWrap: 'anywhere' }}>{idOf(name)}</Link>&nbsp;· {regionOf(name)}</ListItem>)}
      </List>
      {connections.length > shown ? <Button size="small" onClick={() => setShown(shown + AT_ONCE)}>{t('common.more', { count: connections.length - shown })}</Button> : null}
    </>
  );
}
