// An action: what it takes, what it answers, an example of its input.
import { Box, Button, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { actionQuery } from '../api/schema.ts';
import { addressOf, useConnectionName } from '../app/place.ts';
import { JsonView } from '../parts/code-block.tsx';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { exampleOf } from './example.ts';
import { FieldTable } from './field-table.tsx';

export function ActionPage(): JSX.Element {
  const { t } = useTranslation();
  const connection = useConnectionName();
  const { action: wanted = '' } = useParams();
  const action = useQuery(actionQuery(connection, wanted));
  if (action.isPending) return <Loading />;
  if (action.isError) return <ErrorAlert error={action.error} retry={() => void action.refetch()} />;
  const { name, description, inputParameters, resultMetadata } = action.data;
  return (
    <Box component="section" aria-labelledby="action-name">
      <Typography id="action-name" component="h2" variant="h2">{name}</Typography>
      <Typography sx={{ my: 1, color: 'text.secondary' }}>{description}</Typography>
      <Button size="small" variant="outlined" component={Link} to={`${addressOf(connection, 'task')}?action=${name}`} sx={{ my: 1 }}>{t('schema.run')}</Button>
      <Typography component="h3" variant="subtitle1" sx={{ mt: 2 }}>{t('schema.example')}</Typography>
      <JsonView value={exampleOf(inputParameters.filter(({ nullable }) => !nullable))} label={t('schema.example')} />
      <Typography component="h3" variant="subtitle1" sx={{ mt: 2 }}>{t('schema.inputs')}</Typography>
      <FieldTable label={t('schema.inputs')} connection={connection} fields={inputParameters} of="input" />
      <Typography component="h3" variant="subtitle1" sx={{ mt: 2 }}>{t('schema.outputs')}</Typography>
      <FieldTable label={t('schema.outputs')} connection={connection} fields={resultMetadata} of="output" />
    </Box>
  );
}
