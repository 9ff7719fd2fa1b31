// The API to read: every operation by its group, found by what one types; the one that is chosen beside it.
import Search from '@mui/icons-material/Search';
import { Box, Button, InputAdornment, Link, List, ListItem, ListSubheader, Paper, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink, Outlet, useParams } from 'react-router';
import { descriptionQuery } from '../api/description.ts';
import { Breakable } from '../parts/breakable.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { found, groupsOf, isServed, type Listed } from './listed.ts';

export function ReferencePage(): JSX.Element {
  const { t } = useTranslation();
  const { operationId } = useParams();
  const [search, setSearch] = useState('');
  const description = useQuery(descriptionQuery);
  // Here, since effects of what lies within run first: the page's own would have the last word where one begins at an operation.
  const { isPending } = description;
  useEffect(() => { if (!isPending) document.title = `${operationId === undefined ? '' : `${operationId} · `}${t('reference.title')} · Konektor`; }, [operationId, isPending, t]);
  if (description.isPending) return <Loading />;
  if (description.isError) return <ErrorAlert error={description.error} retry={() => void description.refetch()} />;
  const groups = found(groupsOf(description.data), search);
  const count = groups.reduce((sum, { operations }) => sum + operations.length, 0);
  return (
    <Page title={t('reference.title')} actions={<Button size="small" component="a" href="/openapi.json">openapi.json</Button>}>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: '320px minmax(0, 1fr)' }, gap: 2, alignItems: 'start' }}>
        <Paper variant="outlined" component="section" aria-label={t('reference.operations')} sx={{ p: 1.5, position: { md: 'sticky' }, top: { md: 64 } }}>
          <TextField
            label={t('common.search')} type="search" value={search} onChange={({ target }) => setSearch(target.value)}
            slotProps={{ input: { startAdornment: <InputAdornment position="start"><Search fontSize="small" /></InputAdornment> } }}
          />
          <Typography variant="caption" role="status" component="p" sx={{ mt: 1, color: 'text.secondary' }}>{t('reference.found', { count })}</Typography>
          <List dense tabIndex={0} aria-label={t('reference.operations')} sx={{ maxHeight: { xs: operationId === undefined ? 420 : 180, md: '70dvh' }, overflow: 'auto' }}>
            {groups.flatMap(({ name, operations }) => [
              <ListSubheader key={name} component="li" disableGutters>{name}</ListSubheader>,
              ...operations.map((one) => <OperationItem key={`${name} ${one.operation.operationId}`} listed={one} isHere={one.operation.operationId === operationId} />),
            ])}
          </List>
        </Paper>
        <Outlet />
      </Box>
    </Page>
  );
}

function OperationItem({ listed, isHere }: { readonly listed: Listed; readonly isHere: boolean }): JSX.Element {
  const { t } = useTranslation();
  const { method, operation: { operationId } } = listed;
  return (
    <ListItem disableGutters sx={{ py: 0.25, gap: 1, alignItems: 'baseline' }}>
      <Typography component="code" variant="caption" sx={{ width: 48, flexShrink: 0, color: 'text.secondary' }}>{method}</Typography>
      <Link component={RouterLink} to={`/console/api/${encodeURIComponent(operationId)}`} aria-current={isHere ? 'page' : undefined} sx={{ fontWeight: isHere ? 700 : 400, overflowWrap: 'anywhere' }}><Breakable name={operationId} /></Link>
      {isServed(listed) ? null : <Typography variant="caption" sx={{ color: 'text.secondary', flexShrink: 0 }}>{t('reference.notServed')}</Typography>}
    </ListItem>
  );
}
