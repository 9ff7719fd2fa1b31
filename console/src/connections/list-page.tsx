// The connections of a project.
import { Link, Paper, Table, TableBody, TableCell, TableContainer, TableHead, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { connectionsQuery, idOf, regionOf } from '../api/connections.ts';
import { addressOf, useProject } from '../app/place.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';

export function ConnectionListPage(): JSX.Element {
  const { t } = useTranslation();
  const connections = useQuery(connectionsQuery(useProject()));
  return (
    <Page title={t('nav.connections')}>
      {connections.isPending ? <Loading /> : connections.isError ? <ErrorAlert error={connections.error} retry={() => void connections.refetch()} /> : (
        <TableContainer component={Paper} variant="outlined">
          <Table size="small">
            <TableHead>
              <TableRow>
                <TableCell>{t('common.name')}</TableCell>
                <TableCell>{t('common.status')}</TableCell>
                <TableCell>{t('common.region')}</TableCell>
              </TableRow>
            </TableHead>
            <TableBody>
              {connections.data.map(({ name, status }) => (
                <TableRow key={name}>
                  <TableCell><Link component={RouterLink} to={addressOf(name)}>{idOf(name)}</Link></TableCell>
                  <TableCell>{status.state}</TableCell>
                  <TableCell>{regionOf(name)}</TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        </TableContainer>
      )}
    </Page>
  );
}
