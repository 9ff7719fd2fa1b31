// The settings of a project, as the API has them.
import { FormControlLabel, FormHelperText, Switch } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { hasFailed } from '../api/failed.ts';
import { useMay } from '../api/permissions.ts';
import { changeSettings, settingsQuery } from '../api/settings.ts';
import { useDeed } from '../operations/use-deed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { Section } from '../parts/section.tsx';

const UPDATE = 'connectors.settings.update';

export function ProjectSettingsPanel({ project }: { readonly project: string }): JSX.Element {
  const { t } = useTranslation();
  const settings = useQuery(settingsQuery(project));
  const may = useMay(`projects/${project}`, [UPDATE]);
  const data = useQueryClient();
  const change = useDeed((vpcsc: boolean) => changeSettings(project, { vpcsc }), () => void data.invalidateQueries({ queryKey: ['settings'] }));
  return (
    <Section title={t('settings.project', { project })} help={t('settings.projectHelp')}>
      {hasFailed(settings) ? <ErrorAlert error={settings.error} retry={() => void settings.refetch()} /> : settings.isPending ? <Loading /> : (
        <>
          <FormControlLabel control={<Switch checked={settings.data.vpcsc === true} disabled={!may(UPDATE) || change.isRunning} onChange={({ target }) => change.begin(target.checked)} />} label={t('settings.vpcsc')} />
          {may(UPDATE) ? null : <FormHelperText>{t('settings.mayNot', { permission: UPDATE })}</FormHelperText>}
        </>
      )}
      {change.error === null ? null : <ErrorAlert error={change.error} />}
    </Section>
  );
}
