// The region of a connection.
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { regionsQuery } from '../api/catalogue.ts';
import { hasFailed } from '../api/failed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Picker } from '../parts/picker.tsx';
import { FaultSaid } from './fault-said.tsx';
import { useConnectionForm } from './form-context.ts';
import { idOf } from './form-field.tsx';

export function RegionField(): JSX.Element {
  const { t } = useTranslation();
  const { project, draft, set, faultOf, isExisting } = useConnectionForm();
  const regions = useQuery(regionsQuery(project));
  const fault = faultOf('region');
  if (hasFailed(regions)) return <ErrorAlert error={regions.error} retry={() => void regions.refetch()} />;
  const names = new Map((regions.data ?? []).map(({ locationId, displayName }) => [locationId, displayName]));
  return (
    <Picker
      id={idOf('region')} label={t('connectionForm.region')} required hasFault={fault !== undefined} help={fault === undefined ? t('connectionForm.regionHelp') : <FaultSaid fault={fault} />} disabled={isExisting} isLoading={regions.isPending}
      // By their ids: the one that is chosen already stands there before the others come.
      options={[...names.keys()]} value={draft.region === '' ? null : draft.region} onPick={(region) => set({ region: region ?? '' }, 'region')}
      getOptionLabel={(id) => { const name = names.get(id) ?? id; return name === id ? id : `${id} (${name})`; }}
    />
  );
}
