// Which connector, in which version.
import { MenuItem, Stack } from '@mui/material';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { connectorsQuery, connectorVersionsQuery } from '../api/catalogue.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { useConnectionForm } from './form-context.ts';
import { FormField } from './form-field.tsx';

export function ConnectorFields(): JSX.Element {
  const { t } = useTranslation();
  const data = useQueryClient();
  const { project, draft, set, isExisting } = useConnectionForm();
  const connectors = useQuery(connectorsQuery(project));
  const versions = useQuery(connectorVersionsQuery(draft.connector));
  const choosing = useMutation({
    // One after the other: the last that was chosen is what stands there in the end.
    scope: { id: 'connector' },
    // The newest is what most want; with it come the fields of its template.
    mutationFn: async (connector: string) => ({ connector, version: (await data.ensureQueryData(connectorVersionsQuery(connector)))[0]?.name ?? '' }),
    onSuccess: (chosen) => set({ ...chosen, way: '' }, 'version'),
  });
  const error = connectors.error ?? versions.error ?? choosing.error;
  const again = (): void => {
    choosing.reset();
    for (const query of [connectors, versions]) if (query.isError) void query.refetch();
  };
  return (
    <>
      <Stack direction={{ xs: 'column', sm: 'row' }} spacing={2}>
        <FormField field="version" label={t('connectionForm.connector')} value={connectors.data === undefined ? '' : choosing.isPending ? choosing.variables : draft.connector} onValue={choosing.mutate} required select isLoading={connectors.isPending} disabled={isExisting}>
          {(connectors.data ?? []).map(({ name, displayName }) => <MenuItem key={name} value={name}>{displayName}</MenuItem>)}
        </FormField>
        <FormField field="connectorVersion" label={t('connectionForm.version')} value={versions.data === undefined ? '' : draft.version} onValue={(version) => set({ version }, 'version')} required select isLoading={versions.isPending} disabled={draft.connector === ''} sx={{ maxWidth: { sm: 240 } }}>
          {(versions.data ?? []).map(({ name, releaseVersion }) => <MenuItem key={name} value={name}>{`${name.split('/').at(-1) ?? ''} (${releaseVersion})`}</MenuItem>)}
        </FormField>
      </Stack>
      {error === null ? null : <ErrorAlert error={error} retry={again} />}
    </>
  );
}
