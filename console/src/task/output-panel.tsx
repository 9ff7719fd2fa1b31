// The output of a task: as a table and as JSON, page by page or all of them.
import { Alert, Box, Button, FormControlLabel, Link, Switch, Tab, Tabs, Typography } from '@mui/material';
import { type JSX, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link as RouterLink } from 'react-router';
import type { Field } from '../api/schema.ts';
import { addressOf } from '../app/place.ts';
import { JsonView } from '../parts/code-block.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { choiceText } from './choice.ts';
import { OutputCell, textOf } from './output-cell.tsx';
import { everyColumn, firstColumns, isTold, rowKeys } from './output-columns.ts';
import { type OutputFields, useOutputFields } from './output-fields.ts';
import { type OutputRow, rowsOf, type TaskOutput, type TaskRun } from './run-task.ts';

/** As much JSON as a page shows without halting; more is copied or asked for through the API. */
const MOST_SHOWN = 500;

export interface OutputPanelProps {
  readonly connection: string;
  readonly task: TaskRun;
  readonly output: TaskOutput;
  readonly fields: readonly Field[];
}

export function OutputPanel({ connection, task, output, fields }: OutputPanelProps): JSX.Element {
  const { t, i18n } = useTranslation();
  const [view, setView] = useState<'table' | 'json'>('table');
  const rows = useMemo(() => rowsOf(output.payload), [output]);
  const known = useOutputFields(connection, output.choice, fields, rows);
  const isList = output.choice.kind === 'entity' && output.choice.operation === 'LIST';
  const isEmpty = !isList && rows.every((row) => Object.keys(row).length === 0);
  const number = new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 });
  const told = t('task.told', { rows: t('common.rows', { count: rows.length }), time: number.format(output.milliseconds) });
  const json = isList && rows.length > MOST_SHOWN ? rows.slice(0, MOST_SHOWN) : output.payload;
  return (
    <Box component="section" aria-labelledby="output" sx={{ mt: 3 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Typography id="output" component="h2" variant="h2">{t('task.output')}</Typography>
        <Typography role="status" sx={{ color: 'text.secondary', flexGrow: 1 }}>{told}</Typography>
        <Tabs value={view} onChange={(_, value: 'table' | 'json') => setView(value)} aria-label={t('task.output')}><Tab value="table" label={t('task.table')} /><Tab value="json" label="JSON" /></Tabs>
      </Box>
      {view === 'json' ? (
        <>
          <JsonView value={json} label="connectorOutputPayload" maxHeight={560} />
          {json === output.payload ? null : <Typography variant="caption" sx={{ color: 'text.secondary' }}>{t('task.firstShown', { count: MOST_SHOWN })}</Typography>}
        </>
      ) : isEmpty ? <Alert severity="success" sx={{ mt: 1 }}>{t('task.nothingTold')}</Alert>
        : isList ? <Rows connection={connection} known={known} fields={fields} rows={rows} />
        : rows.map((row, index) => <OneRow key={String(index)} connection={connection} known={known} output={output} row={row} />)}
      {output.nextPageToken === '' ? null : (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
          <Button variant="outlined" loading={task.isPending && !task.isReadingAll} disabled={task.isReadingAll} onClick={task.next}>{t('task.nextPage')}</Button>
          {task.isReadingAll ? <Button variant="outlined" onClick={task.stop}>{t('task.stop')}</Button> : <Button disabled={task.isPending} onClick={task.all}>{t('task.allPages')}</Button>}
        </Box>
      )}
    </Box>
  );
}

interface RowsProps {
  readonly connection: string;
  readonly known: OutputFields;
  readonly fields: readonly Field[];
  readonly rows: readonly OutputRow[];
}

function Rows({ connection, known, fields, rows }: RowsProps): JSX.Element {
  const { t, i18n } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const columns = useMemo(() => (isWhole ? everyColumn(rows) : firstColumns(rows, known)), [rows, known, isWhole]);
  const keys = useMemo(() => rowKeys(rows, fields), [rows, fields]);
  const shown = useMemo(() => columns.map((column): Column<OutputRow> => {
    const field = known.of(column);
    return {
      key: column, head: column, order: (row) => (typeof row[column] === 'number' ? row[column] : textOf(row[column])),
      // Every row is a grid of its own, so a column is as wide in each.
      width: widthOf(field, column, rows), ...(field?.additionalDetails?.unit === undefined ? {} : { align: 'end' as const }),
      // oxlint-disable-next-line react/no-unstable-nested-components -- it is called for a cell, and is no component
      cell: (row) => <OutputCell connection={connection} field={field} entity={known.entity} column={column} row={row} language={i18n.language} />,
    };
  }), [columns, known, connection, rows, i18n.language]);
  return (
    <>
      <FormControlLabel sx={{ ml: -0.5 }} control={<Switch size="small" checked={isWhole} onChange={(_, checked) => setIsWhole(checked)} />} label={t('task.everyColumn')} />
      <DataTable label={t('task.output')} columns={shown} rows={rows} rowKey={(row) => keys.get(row) ?? ''} empty={t('task.noRows')} />
    </>
  );
}

const LETTER_PX = 9;
const [NARROWEST, WIDEST] = [80, 340];
const LOOKED_AT = 60;

/** As wide as what stands in the first rows, within reason. */
function widthOf(field: Field | undefined, column: string, rows: readonly OutputRow[]): string {
  const longest = Math.max(0, ...rows.slice(0, LOOKED_AT).map((row) => textOf(row[column]).length));
  const content = field?.dataType === 'TIMESTAMP' ? 215 : Math.min(Math.max(longest * LETTER_PX, NARROWEST), WIDEST);
  return `${Math.max(content, column.length * LETTER_PX + 26)}px`;
}

interface OneRowProps {
  readonly connection: string;
  readonly known: OutputFields;
  readonly output: TaskOutput;
  readonly row: OutputRow;
}

/** One row reads better from top to bottom. What it does not tell is left out until it is asked for. */
function OneRow({ connection, known, output, row }: OneRowProps): JSX.Element {
  const { t, i18n } = useTranslation();
  const [isWhole, setIsWhole] = useState(false);
  const { choice, inputs } = output;
  const columns = Object.keys(row);
  const told = columns.filter((column) => isTold(row[column]) || (typeof row[column] === 'object' && row[column] !== null && Object.keys(row[column]).length > 0));
  // A write answers its id alone: the whole row is one step away.
  const written = choice.kind === 'entity' && choice.operation !== 'GET' ? (typeof row['Id'] === 'string' ? row['Id'] : inputs.entityId) : '';
  return (
    <>
      {columns.length === told.length ? null : <FormControlLabel sx={{ ml: -0.5 }} control={<Switch size="small" checked={isWhole} onChange={(_, checked) => setIsWhole(checked)} />} label={t('task.everyColumn')} />}
      <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(120px, 320px) minmax(0, 1fr)' }, columnGap: 2, rowGap: 0.5, '& dd': { m: 0, overflowWrap: 'anywhere' }, '& dt': { color: 'text.secondary', overflowWrap: 'anywhere' } }}>
        {(isWhole ? columns : told).map((column) => [<dt key={`${column} name`}>{column}</dt>, <dd key={column}><OutputCell connection={connection} field={known.of(column)} entity={known.entity} column={column} row={row} language={i18n.language} /></dd>])}
      </Box>
      {written === '' || choice.kind === 'action' ? null : <Link component={RouterLink} to={`${addressOf(connection, 'task')}?${choiceText({ kind: 'entity', entity: choice.entity, operation: 'GET' }, written).toString()}`}>{t('task.showRow')}</Link>}
    </>
  );
}
