// An entity type: what can be done with it, examples, and its columns.
import { Alert, Box, Button, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { entityTypeQuery } from '../api/schema.ts';
import { addressOf, useConnectionName } from '../app/place.ts';
import { BackLink } from '../parts/back-link.tsx';
import { Breakable } from '../parts/breakable.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { exampleTasks } from './example.ts';
import { Example } from './examples.tsx';
import { SearchedFields } from './searched-fields.tsx';

export function EntityPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const { entityType = '' } = useParams();
  const entity = useQuery(entityTypeQuery(connection, entityType));
  if (entity.isPending) return <Loading />;
  if (hasFailed(entity)) return <><ErrorAlert error={entity.error} retry={() => void entity.refetch()} /><BackLink to={addressOf(connection, 'schema')} list={t('connection.tabs.schema')} /></>;
  const { name, jsonSchema, operations, fields, metadata } = entity.data;
  const required = metadata?.list?.requires ?? [];
  return (
    <Box component="section" aria-labelledby="entity-name">
      <Typography id="entity-name" component="h2" variant="h2" sx={{ overflowWrap: 'anywhere' }}><Breakable name={name} /></Typography>
      <Typography lang="en" sx={{ my: 1, color: 'text.secondary' }}>{jsonSchema.description}</Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, my: 1.5 }}>
        {operations.map((operation) => (
          <Button key={operation} size="small" variant="outlined" component={Link} to={`${addressOf(connection, 'task')}?entity=${name}&operation=${operation}`}>{t(`operations.${operation}`)}</Button>
        ))}
      </Box>
      {required.length === 0 ? null : <Alert severity="info" sx={{ my: 1 }}>{t('schema.requires', { columns: required.join(', ') })}</Alert>}
      <SearchedFields key={name} title={t('schema.columnsOf', { name })} search={t('schema.searchColumns')} connection={connection} fields={fields} of="entity" />
      <Typography component="h3" variant="subtitle1" sx={{ mt: 2 }}>{t('schema.examples')}</Typography>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' }, gap: 2 }}>
        {exampleTasks(entity.data).map(({ operation, inputs, told }) => <Example key={operation} connection={connection} choice={{ kind: 'entity', entity: name, operation }} inputs={inputs} told={told} />)}
      </Box>
    </Box>
  );
}
