// The output of a task: as a table and as JSON, page by page.
import { Alert, Box, Button, FormControlLabel, Switch, Tab, Tabs, Typography } from '@mui/material';
import { type JSX, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '../api/schema.ts';
import { JsonView } from '../parts/code-block.tsx';
import { type Column, DataTable } from '../parts/data-table.tsx';
import { OutputCell, textOf } from './output-cell.tsx';
import { type OutputRow, rowsOf, type TaskRun } from './run-task.ts';

const MOST_FIRST_COLUMNS = 10;

export interface OutputPanelProps {
  readonly connection: string;
  readonly task: TaskRun;
  readonly fields: readonly Field[];
}

export function OutputPanel({ connection, task, fields }: OutputPanelProps): JSX.Element | null {
  const { t, i18n } = useTranslation();
  const [view, setView] = useState<'table' | 'json'>('table');
  const [isWhole, setIsWhole] = useState(false);
  const { output } = task;
  const rows = useMemo(() => (output === undefined ? [] : rowsOf(output.payload)), [output]);
  const isList = Array.isArray(output?.payload);
  const columns = useMemo(() => columnsOf(rows, fields, isWhole), [rows, fields, isWhole]);
  if (output === undefined) return null;
  const entity = output.choice.kind === 'entity' ? output.choice.entity : undefined;
  const known = new Map(fields.map((field) => [field.name, field]));
  const cellOf = (column: string, row: OutputRow): JSX.Element => <OutputCell connection={connection} field={known.get(column)} entity={entity} column={column} row={row} />;
  const shown: readonly Column<OutputRow>[] = columns.map((column) => ({
    key: column, head: column, order: (row) => (typeof row[column] === 'number' ? row[column] : textOf(row[column])), width: 'minmax(90px, 260px)', cell: (row) => cellOf(column, row),
  }));
  const told = t('task.told', { rows: t('common.rows', { count: rows.length }), time: new Intl.NumberFormat(i18n.language, { maximumFractionDigits: 0 }).format(output.milliseconds) });
  return (
    <Box component="section" aria-labelledby="output" sx={{ mt: 3 }}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center' }}>
        <Typography id="output" component="h2" variant="h2">{t('task.output')}</Typography>
        <Typography role="status" sx={{ color: 'text.secondary', flexGrow: 1 }}>{told}</Typography>
        <Tabs value={view} onChange={(_, value: 'table' | 'json') => setView(value)} aria-label={t('task.output')}><Tab value="table" label={t('task.table')} /><Tab value="json" label="JSON" /></Tabs>
      </Box>
      {view === 'json' ? <JsonView value={output.payload} label="connectorOutputPayload" maxHeight={560} /> : rows.every((row) => Object.keys(row).length === 0) && !isList
        ? <Alert severity="success">{t('task.nothingTold')}</Alert>
        : isList ? (
          <>
            <FormControlLabel control={<Switch size="small" checked={isWhole} onChange={(_, checked) => setIsWhole(checked)} />} label={t('task.everyColumn')} />
            <DataTable label={t('task.output')} columns={shown} rows={rows} rowKey={(row) => rowKey(row, rows)} empty={t('task.noRows')} />
          </>
        ) : <OneRow columns={columnsOf(rows, fields, true)} connection={connection} known={known} entity={entity} row={rows[0] ?? {}} />}
      {output.nextPageToken === '' ? null : <Button variant="outlined" sx={{ mt: 1 }} loading={task.isPending} onClick={task.next}>{t('task.nextPage')}</Button>}
    </Box>
  );
}

interface OneRowProps {
  readonly columns: readonly string[];
  readonly connection: string;
  readonly known: ReadonlyMap<string, Field>;
  readonly entity: string | undefined;
  readonly row: OutputRow;
}

/** One row reads better from top to bottom. */
function OneRow({ columns, connection, known, entity, row }: OneRowProps): JSX.Element {
  return (
    <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', sm: 'minmax(120px, 280px) minmax(0, 1fr)' }, columnGap: 2, rowGap: 0.5, '& dd': { m: 0, overflowWrap: 'anywhere' }, '& dt': { color: 'text.secondary' } }}>
      {columns.map((column) => [<dt key={`${column} name`}>{column}</dt>, <dd key={column}><OutputCell connection={connection} field={known.get(column)} entity={entity} column={column} row={row} /></dd>])}
    </Box>
  );
}

/** What a person looks for first, where an entity type has it. */
const FIRST = ['Name', 'Email', 'Status', 'Amount', 'AmountDue', 'UnitAmount', 'Total', 'Currency', 'Customer', 'Product', 'Description', 'Created'];

/** The key first; then columns that some row fills, as far as a person looks at first. */
function columnsOf(rows: readonly OutputRow[], fields: readonly Field[], isWhole: boolean): readonly string[] {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  if (isWhole) return keys;
  const key = fields.find((field) => field.key === true)?.name;
  const filled = keys.filter((column) => column !== key && column !== 'Object' && rows.some((row) => isTold(row[column])));
  const first = FIRST.filter((column) => filled.includes(column));
  return [...(key !== undefined && keys.includes(key) ? [key] : []), ...first, ...filled.filter((column) => !first.includes(column))].slice(0, MOST_FIRST_COLUMNS);
}

function isTold(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'object';
}

function rowKey(row: OutputRow, rows: readonly OutputRow[]): string {
  const id = row['Id'] ?? row['id'];
  return typeof id === 'string' ? id : String(rows.indexOf(row));
}
