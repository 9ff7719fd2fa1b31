// Everything that a connection offers: entity types and actions, found by what one types.
import { Box, InputAdornment, Link, List, ListItem, ListSubheader, Paper, TextField, Typography } from '@mui/material';
import Search from '@mui/icons-material/Search';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, Outlet, useParams } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { actionNamesQuery, entityNamesQuery } from '../api/schema.ts';
import { addressOf, useConnectionName } from '../app/place.ts';
import { Breakable } from '../parts/breakable.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';

export function SchemaPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const { entityType, action } = useParams();
  const [search, setSearch] = useState('');
  const entities = useQuery(entityNamesQuery(connection));
  const actions = useQuery(actionNamesQuery(connection));
  const failed = [entities, actions].find(hasFailed);
  if (failed !== undefined) return <ErrorAlert error={failed.error} retry={() => { void entities.refetch(); void actions.refetch(); }} />;
  if (entities.data === undefined || actions.data === undefined) return <Loading />;
  const wanted = search.trim().toLowerCase();
  const passes = (name: string): boolean => name.toLowerCase().includes(wanted);
  const found = { entities: entities.data.filter(passes), actions: actions.data.filter(passes) };
  const isOpen = entityType !== undefined || action !== undefined;
  const listed = (names: readonly string[], kind: 'entities' | 'actions', here: string | undefined): JSX.Element[] => names.map((name) => (
    <ListItem key={name} sx={{ py: 0.25 }}>
      <Link component={RouterLink} to={addressOf(connection, `schema/${kind}/${encodeURIComponent(name)}`)} aria-current={name === here ? 'page' : undefined} sx={{ fontWeight: name === here ? 700 : 400, overflowWrap: 'anywhere' }}><Breakable name={name} /></Link>
    </ListItem>
  ));
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '280px minmax(0, 1fr)' }, gap: 2, alignItems: 'start' }}>
      <Paper variant="outlined" component="section" aria-label={t('schema.choose')} sx={{ p: 1.5 }}>
        <TextField
          label={t('common.search')} type="search" value={search} onChange={({ target }) => setSearch(target.value)}
          slotProps={{ input: { startAdornment: <InputAdornment position="start"><Search fontSize="small" /></InputAdornment> } }}
        />
        <Typography variant="caption" role="status" component="p" sx={{ mt: 1, color: 'text.secondary' }}>{t('schema.found', { entities: found.entities.length, actions: found.actions.length })}</Typography>
        <List dense tabIndex={0} aria-label={t('schema.choose')} sx={{ maxHeight: { xs: isOpen ? 180 : 420, md: '65dvh' }, overflow: 'auto' }}>
          <ListSubheader component="li">{t('schema.entities')}</ListSubheader>
          {listed(found.entities, 'entities', entityType)}
          <ListSubheader component="li">{t('schema.actions')}</ListSubheader>
          {listed(found.actions, 'actions', action)}
        </List>
      </Paper>
      <Box sx={{ minWidth: 0 }}>{isOpen ? <Outlet /> : <Typography sx={{ color: 'text.secondary' }}>{t('schema.help')}</Typography>}</Box>
    </Box>
  );
}
