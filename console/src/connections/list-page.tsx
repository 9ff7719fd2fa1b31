// The connections of a project: how they are, and what can be done with each.
import Add from '@mui/icons-material/Add';
import { Box, Button, MenuItem, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import { connectionsQuery, regionOf } from '../api/connections.ts';
import { useMayNot } from '../api/permissions.ts';
import { totalsQuery } from '../api/totals.ts';
import { addressOf, useProject } from '../app/place.ts';
import { ServicesAlert } from '../connection-form/services-alert.tsx';
import { useAddressValue } from '../parts/address-state.ts';
import { ListView } from '../parts/list-view.tsx';
import { Page } from '../parts/page.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { columnsOf, connectorOf, type ListedConnection } from './columns.tsx';

export function ConnectionListPage(): JSX.Element {
  const { t, i18n: { language } } = useTranslation();
  const project = useProject();
  const connections = useQuery(connectionsQuery(project));
  const mayNot = useMayNot(`projects/${project}`, 'connectors.connections.create');
  const [state, setState] = useAddressValue('state');
  const [region, setRegion] = useAddressValue('region');
  const columns = useMemo(() => columnsOf(t, language), [t, language]);
  const all = connections.data;
  const { data: totals } = useQuery(totalsQuery(project));
  const rows = useMemo(() => {
    const byName = totals === undefined ? undefined : new Map(totals.map((one) => [one.connection, one]));
    return all?.filter(({ name, status }) => (state === '' || status.state === state) && (region === '' || regionOf(name) === region))
      .map((one): ListedConnection => (byName === undefined ? one : { ...one, totals: byName.get(one.name) ?? { calls: 0, errors: 0 } }));
  }, [all, totals, state, region]);
  const choices = (values: readonly string[]): readonly string[] => [...new Set(values)].toSorted();
  const create = mayNot ? null : <Button variant="contained" startIcon={<Add />} component={RouterLink} to={addressOf(`projects/${project}`, 'connections/new')}>{t('connectionList.create')}</Button>;
  return (
    <Page title={t('connectionList.title')} actions={all?.length === 0 ? null : create}>
      <ServicesAlert project={project} />
      {all?.length === 0 ? (
        <Box sx={{ textAlign: 'center', py: 8 }}>
          <Typography variant="h2" component="p" sx={{ mb: 1 }}>{t('connectionList.none')}</Typography>
          <Typography sx={{ color: 'text.secondary', mb: 3 }}>{t('connectionList.noneHelp')}</Typography>
          {create}
        </Box>
      ) : (
        <ListView
          label={t('connectionList.title')} columns={columns} rows={rows} error={connections.error} retry={() => void connections.refetch()} rowKey={({ name }) => name}
          textOf={(one) => [one.name, one.description ?? '', connectorOf(one), ...Object.entries(one.labels ?? {}).map((pair) => pair.join('='))].join(' ')} empty={t('common.noMatch')} isFiltered={state !== '' || region !== ''}
          filters={(
            <>
              <Choice label={t('common.status')} value={state} onChoose={setState} choices={choices((all ?? []).map(({ status }) => status.state))} isState />
              <Choice label={t('common.region')} value={region} onChoose={setRegion} choices={choices((all ?? []).map(({ name }) => regionOf(name)))} />
            </>
          )}
        />
      )}
    </Page>
  );
}

interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  readonly onChoose: (value: string) => void;
  readonly choices: readonly string[];
  readonly isState?: boolean;
}

function Choice({ label, value, onChoose, choices, isState = false }: ChoiceProps): JSX.Element {
  const { t } = useTranslation();
  // What the address asks for may be nothing of what there is.
  const all = value === '' || choices.includes(value) ? choices : [...choices, value];
  return (
    <TextField select label={label} value={value} onChange={({ target }) => onChoose(target.value)} sx={{ width: { xs: 'calc(50% - 6px)', sm: 180 } }} slotProps={{ inputLabel: { shrink: true }, select: { displayEmpty: true } }}>
      <MenuItem value="">{t('common.all')}</MenuItem>
      {all.map((one) => <MenuItem key={one} value={one}>{isState ? <StatusChip state={one} /> : one}</MenuItem>)}
    </TextField>
  );
}
