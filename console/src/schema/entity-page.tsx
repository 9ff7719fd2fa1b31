// An entity type: what can be done with it, and its columns.
import { Alert, Box, Button, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { entityTypeQuery } from '../api/schema.ts';
import { addressOf, useConnectionName } from '../app/place.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { FieldTable } from './field-table.tsx';

export function EntityPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const { entityType = '' } = useParams();
  const [search, setSearch] = useState('');
  const entity = useQuery(entityTypeQuery(connection, entityType));
  if (entity.isPending) return <Loading />;
  if (entity.isError) return <ErrorAlert error={entity.error} retry={() => void entity.refetch()} />;
  const { name, jsonSchema, operations, fields, metadata } = entity.data;
  const required = metadata?.list?.requires ?? [];
  const wanted = search.trim().toLowerCase();
  const shown = fields.filter((field) => field.name.toLowerCase().includes(wanted) || field.description.toLowerCase().includes(wanted));
  return (
    <Box component="section" aria-labelledby="entity-name">
      <Typography id="entity-name" component="h2" variant="h2">{name}</Typography>
      <Typography sx={{ my: 1, color: 'text.secondary' }}>{jsonSchema.description}</Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, my: 1.5 }}>
        {operations.map((operation) => (
          <Button key={operation} size="small" variant="outlined" component={Link} to={`${addressOf(connection, 'task')}?entity=${name}&operation=${operation}`}>{t(`operations.${operation}`)}</Button>
        ))}
      </Box>
      {required.length === 0 ? null : <Alert severity="info" sx={{ my: 1 }}>{t('schema.requires', { columns: required.join(', ') })}</Alert>}
      <TextField label={t('schema.searchColumns')} type="search" value={search} onChange={({ target }) => setSearch(target.value)} sx={{ maxWidth: 320, my: 1 }} />
      <FieldTable label={t('schema.columnsOf', { name })} connection={connection} fields={shown} of="entity" />
    </Box>
  );
}
