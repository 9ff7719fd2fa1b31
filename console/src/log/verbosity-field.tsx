// How much a connection writes of itself, changed in place.
import { Box, LinearProgress, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { changeConnection } from '../api/connection-state.ts';
import { connectionQuery } from '../api/connections.ts';
import { useMay } from '../api/permissions.ts';
import { useDeed } from '../operations/use-deed.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';

const UPDATE = 'connectors.connections.update';
export const LEVELS = ['1', '2', '3', '4', '5'] as const;

export function VerbosityField({ connection }: { readonly connection: string }): JSX.Element | null {
  const { t } = useTranslation();
  const { data } = useQuery(connectionQuery(connection));
  const may = useMay(connection, [UPDATE]);
  const change = useDeed((level: string) => {
    const others = (data?.configVariables ?? []).filter(({ key }) => key !== 'verbosity');
    return changeConnection(connection, 'configVariables', { configVariables: level === '' ? others : [...others, { key: 'verbosity', intValue: level }] });
  });
  if (data === undefined) return null;
  const variable = data.configVariables?.find(({ key }) => key === 'verbosity');
  const isBusy = change.isRunning || ['CREATING', 'UPDATING', 'DELETING'].includes(data.status.state);
  return (
    <Box sx={{ width: { xs: '100%', sm: 210 } }}>
      <TextField
        select label={t('log.written')} value={String(variable?.intValue ?? variable?.stringValue ?? '')} disabled={!may(UPDATE) || isBusy || data.lockConfig?.locked === true}
        onChange={({ target }) => change.begin(target.value)} slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
      >
        <MenuItem value="">{t('log.unset')}</MenuItem>
        {LEVELS.map((level) => <MenuItem key={level} value={level}>{t(`log.levels.l${level}`)}</MenuItem>)}
      </TextField>
      {change.isRunning ? <LinearProgress aria-label={t('log.changing')} /> : null}
      {change.error === null ? null : <ErrorAlert error={change.error} />}
    </Box>
  );
}
