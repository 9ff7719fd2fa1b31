// An action: what it takes, what it answers, an example of its input.
import { Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { actionQuery } from '../api/schema.ts';
import { addressOf, useConnectionName } from '../app/place.ts';
import { BackLink } from '../parts/back-link.tsx';
import { Breakable } from '../parts/breakable.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { exampleOf } from './example.ts';
import { Example } from './examples.tsx';
import { SearchedFields } from './searched-fields.tsx';

export function ActionPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const { action: wanted = '' } = useParams();
  const action = useQuery(actionQuery(connection, wanted));
  if (action.isPending) return <Loading />;
  if (hasFailed(action)) return <><ErrorAlert error={action.error} retry={() => void action.refetch()} /><BackLink to={addressOf(connection, 'schema')} list={t('connection.tabs.schema')} /></>;
  const { name, description, inputParameters, resultMetadata } = action.data;
  const payload = exampleOf(inputParameters.filter(({ nullable }) => !nullable));
  return (
    <Box component="section" aria-labelledby="action-name">
      <Typography id="action-name" component="h2" variant="h2" sx={{ overflowWrap: 'anywhere' }}><Breakable name={name} /></Typography>
      <Typography lang="en" sx={{ my: 1, color: 'text.secondary' }}>{description}</Typography>
      <Typography component="h3" variant="subtitle1" sx={{ mt: 2 }}>{t('schema.examples')}</Typography>
      <Example connection={connection} choice={{ kind: 'action', action: name }} inputs={{ payload: JSON.stringify(payload, null, 2) }} told={{ connectorInputPayload: payload }} />
      <SearchedFields key={`${name} inputs`} title={t('schema.inputs')} search={t('schema.searchInputs')} connection={connection} fields={inputParameters} of="input" />
      <SearchedFields key={`${name} outputs`} title={t('schema.outputs')} search={t('schema.searchOutputs')} connection={connection} fields={resultMetadata} of="output" />
    </Box>
  );
}
