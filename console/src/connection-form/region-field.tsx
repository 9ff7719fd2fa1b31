// The region of a connection.
import { Autocomplete, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { regionsQuery } from '../api/catalogue.ts';
import { hasFailed } from '../api/failed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { useConnectionForm } from './form-context.ts';
import { idOf } from './form-field.tsx';

export function RegionField(): JSX.Element {
  const { t } = useTranslation();
  const { project, draft, set, messageOf, isExisting } = useConnectionForm();
  const regions = useQuery(regionsQuery(project));
  const message = messageOf('region');
  if (hasFailed(regions)) return <ErrorAlert error={regions.error} retry={() => void regions.refetch()} />;
  const all = regions.data ?? [];
  return (
    <Autocomplete
      id={idOf('region')} options={all} value={all.find(({ locationId }) => locationId === draft.region) ?? null} loading={regions.isPending} disabled={isExisting} autoHighlight
      getOptionLabel={({ locationId, displayName }) => (displayName === locationId ? locationId : `${locationId} (${displayName})`)} isOptionEqualToValue={(a, b) => a.locationId === b.locationId}
      onChange={(_, region) => set({ region: region?.locationId ?? '' }, 'region')}
      renderInput={(props) => <TextField {...props} label={t('connectionForm.region')} required error={message !== undefined} helperText={message ?? t('connectionForm.regionHelp')} />}
    />
  );
}
