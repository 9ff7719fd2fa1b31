// What the list says of each connection.
import { Box, Tooltip } from '@mui/material';
import type { TFunction } from 'i18next';
import { Link as RouterLink } from 'react-router';
import { type Connection, idOf, regionOf } from '../api/connections.ts';
import type { Totals } from '../api/totals.ts';
import { addressOf } from '../app/place.ts';
import type { Column } from '../parts/data-table.tsx';
import { StatusChip } from '../parts/status-chip.tsx';
import { Ago } from '../parts/time.tsx';
import { NodesCell } from './nodes-cell.tsx';
import { RowActions } from './row-actions.tsx';

/** What went through it in the last minutes is known a little later than the connection itself. */
export interface ListedConnection extends Connection {
  readonly totals?: Omit<Totals, 'connection'>;
}

/** `stripe` */
export const connectorOf = ({ connectorVersion = '' }: Pick<Connection, 'connectorVersion'>): string => connectorVersion.split('/').at(-3) ?? '';
const versionOf = ({ connectorVersion = '' }: Connection): string => connectorVersion.split('/').at(-1) ?? '';

export function columnsOf(t: TFunction, language: string): readonly Column<ListedConnection>[] {
  return [
    { key: 'name', head: t('common.name'), order: ({ name }) => idOf(name), cell: ({ name }) => <RouterLink className="data-table-link" to={addressOf(name)} title={idOf(name)}>{idOf(name)}</RouterLink>, width: 'minmax(120px, 1.5fr)' },
    { key: 'status', head: t('common.status'), order: ({ status }) => status.state, cell: ({ status }) => <StatusChip state={status.state} />, width: 'minmax(105px, 1fr)' },
    { key: 'region', head: t('common.region'), order: ({ name }) => regionOf(name), cell: ({ name }) => <span title={regionOf(name)}>{regionOf(name)}</span>, width: 'minmax(100px, 1fr)' },
    { key: 'nodes', head: <Tooltip describeChild title={t('connectionList.nodesOf')}><span>{t('connectionList.nodes')}</span></Tooltip>, cell: (one) => <NodesCell connection={one} />, width: 'minmax(90px, 1fr)' },
    { key: 'calls', head: <Tooltip describeChild title={t('connectionList.lately')}><span>{t('connectionList.calls')}</span></Tooltip>, order: ({ totals }) => totals?.calls ?? -1, cell: ({ totals }) => totals?.calls.toLocaleString(language) ?? '–', width: 'minmax(85px, 0.7fr)', align: 'end' },
    { key: 'errors', head: <Tooltip describeChild title={t('connectionList.lately')}><span>{t('connectionList.errors')}</span></Tooltip>, order: ({ totals }) => totals?.errors ?? -1, cell: ({ totals }) => totals?.errors.toLocaleString(language) ?? '–', width: 'minmax(75px, 0.7fr)', align: 'end' },
    { key: 'connector', head: t('connectionList.connector'), order: connectorOf, cell: (one) => `${connectorOf(one)} ${versionOf(one)}`, width: 'minmax(95px, 0.7fr)' },
    { key: 'updated', head: t('common.updated'), order: ({ updateTime = '' }) => updateTime, cell: ({ updateTime }) => <Ago time={updateTime} />, width: 'minmax(130px, 1fr)' },
    { key: 'actions', head: <Box component="span" sx={{ position: 'absolute', clipPath: 'inset(50%)' }}>{t('common.actions')}</Box>, cell: (one) => <RowActions connection={one} />, width: '36px', align: 'end' },
  ];
}
