// The settings of a project in one of its regions, and where the region's runtime is.
import { Box, FormHelperText, MenuItem, TextField } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { regionsQuery } from '../api/catalogue.ts';
import { hasFailed } from '../api/failed.ts';
import { useMay } from '../api/permissions.ts';
import { changeEgress, regionalQuery, runtimeQuery } from '../api/settings.ts';
import { useDeed } from '../operations/use-deed.ts';
import { useAddressValue } from '../parts/address-state.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Facts } from '../parts/facts.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';
import { StatusChip } from '../parts/status-chip.tsx';

const UPDATE = 'connectors.regionalSettings.update';
const EGRESS = ['AUTO_IP', 'STATIC_IP'] as const;

export function RegionPanel({ project }: { readonly project: string }): JSX.Element {
  const { t } = useTranslation();
  const regions = useQuery(regionsQuery(project));
  const [chosen, setChosen] = useAddressValue('region');
  const region = regions.data?.find(({ locationId }) => locationId === chosen)?.locationId ?? regions.data?.[0]?.locationId ?? '';
  const settings = useQuery(regionalQuery(project, region));
  const runtime = useQuery(runtimeQuery(project, region));
  const may = useMay(`projects/${project}`, [UPDATE]);
  const data = useQueryClient();
  const change = useDeed((mode: string) => changeEgress(project, region, mode), () => void data.invalidateQueries({ queryKey: ['settings'] }));
  const failed = [regions, settings, runtime].filter(hasFailed);
  const [failure] = failed;
  const egress = settings.data?.networkConfig?.egressMode ?? 'AUTO_IP';
  return (
    <Section title={t('settings.region')} help={t('settings.regionHelp')}>
      {failure === undefined ? null : <ErrorAlert error={failure.error} retry={() => { for (const one of failed) void one.refetch(); }} />}
      {regions.data === undefined ? null : (
        <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '320px 220px' }, gap: 2, pt: 1, mb: 2 }}>
          <TextField select label={t('common.region')} value={region} onChange={({ target }) => setChosen(target.value)}>
            {regions.data.map(({ locationId, displayName }) => <MenuItem key={locationId} value={locationId}>{locationId}{displayName === undefined || displayName === locationId ? '' : ` (${displayName})`}</MenuItem>)}
          </TextField>
          {settings.data === undefined ? null : (
            <TextField select label={t('settings.egress')} value={egress} disabled={!may(UPDATE) || change.isRunning} onChange={({ target }) => change.begin(target.value)}>
              {EGRESS.map((mode) => <MenuItem key={mode} value={mode}>{t(`settings.egressModes.${mode}`)}</MenuItem>)}
            </TextField>
          )}
        </Box>
      )}
      {may(UPDATE) || settings.data === undefined ? null : <FormHelperText sx={{ mb: 1 }}>{t('settings.mayNot', { permission: UPDATE })}</FormHelperText>}
      {change.error === null ? null : <ErrorAlert error={change.error} />}
      {failure === undefined && (settings.isPending || runtime.isPending) ? <Loading /> : null}
      <Facts
        facts={[
          ...(settings.data === undefined ? [] : [{ name: t('settings.encryption'), value: settings.data.encryptionConfig?.encryptionType ?? '' }]),
          ...(runtime.data === undefined ? [] : [{ name: t('settings.runtime'), value: <><StatusChip state={runtime.data.state} /> {runtime.data.runtimeEndpoint ?? ''}</> }]),
        ]}
      />
    </Section>
  );
}
