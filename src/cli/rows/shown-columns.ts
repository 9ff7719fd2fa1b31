// How rows stand in a table: which columns where none are chosen, amounts with their currency, times without what nobody reads.
// Forms for programs show values as they are, so nothing here is for them.
import type { Columns, Item } from '../table.ts';
import { valueAt, type EntityShape } from '../schema/entity-shape.ts';
import { cell, widthOf } from '../width.ts';

/** What a person looks for first, where an entity type has it. */
const FIRST = ['Name', 'Email', 'Status', 'Amount', 'AmountDue', 'UnitAmount', 'Total', 'Balance', 'Customer', 'Product', 'Description', 'Type', 'Created'];
const FEWEST = 3;
/** A column that is cut to so much still tells its row from others. */
const READABLE = 20;
const GAP = 2;

/** Names of columns for a table so wide: the key, what a person looks for first and some row fills, then others that fit. */
export function usualColumns(rows: readonly Item[], { key, columns }: EntityShape, width: number, sort?: string): readonly string[] {
  const told = columns.filter(({ name }) => name !== key && name !== 'Object' && (rows.length === 0 || rows.some((row) => isTold(row[name]))));
  const filled = [...told.filter(({ dataType }) => dataType !== 'OTHER'), ...told.filter(({ dataType }) => dataType === 'OTHER')].map(({ name }) => name);
  const hasMoney = columns.some(({ name, isMoney }) => isMoney && FIRST.includes(name) && filled.includes(name));
  const first = [...(sort === undefined ? [] : [sort]), ...FIRST.filter((name) => filled.includes(name))];
  const others = filled.filter((name) => !FIRST.includes(name) && !(hasMoney && name === 'Currency') && !/secret/i.test(name));
  const wanted = [...new Set([...first, ...(first.length < FEWEST ? others : [])])];
  const chosen: string[] = key === undefined ? [] : [key];
  const show = tableColumns(wanted, columns);
  let room = width - chosen.reduce((sum, name) => sum + widest(rows, name, (row) => row[name]) + GAP, 0);
  for (const name of wanted) {
    const read = show[name];
    const needs = Math.min(READABLE, widest(rows, name, read ?? ((row) => row[name])));
    if (needs > room && chosen.length >= FEWEST) continue;
    chosen.push(name);
    room -= needs + GAP;
  }
  if (chosen.length === 0) return columns.slice(0, FEWEST).map(({ name }) => name);
  // What was taken first for its room stands where people look for it.
  const inOrder = [key, ...FIRST, ...wanted];
  return chosen.toSorted((one, other) => inOrder.indexOf(one) - inOrder.indexOf(other));
}

function widest(rows: readonly Item[], head: string, read: (row: Item) => unknown): number {
  return Math.max(widthOf(head), ...rows.map((row) => widthOf(cell(read(row)))));
}

export function isTold(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '';
}

/** Columns of a table: `1500 usd` for amounts, `2026-01-31 12:00:00Z` for times. */
export function tableColumns(names: readonly string[], columns: EntityShape['columns']): Columns {
  return Object.fromEntries(names.map((name) => {
    const known = columns.find((one) => one.name === name);
    if (known?.isMoney === true) return [name, (row: Item) => withCurrency(row[name], row['Currency'])];
    return [name, (row: Item) => (known?.dataType === 'TIMESTAMP' ? readableTime(row[name]) : valueAt(row, name))];
  }));
}

/** Columns of CSV: values as they are. */
export function plainColumns(names: readonly string[]): Columns {
  return Object.fromEntries(names.map((name) => [name, (row: Item) => valueAt(row, name)]));
}

/** The rows with nothing but some columns, for forms that show items whole. */
export function onlyColumns(row: Item, names: readonly string[]): Item {
  return Object.fromEntries(names.map((name) => [name, valueAt(row, name) ?? null]));
}

/** Never scaled: what stands here is what is written, and what a filter compares. */
function withCurrency(amount: unknown, currency: unknown): unknown {
  return isTold(amount) && typeof currency === 'string' && currency !== '' ? `${cell(amount)} ${currency}` : amount;
}

function readableTime(time: unknown): unknown {
  return typeof time === 'string' ? time.replace(/^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.0+)?(\.\d+)?Z$/, '$1 $2$3Z') : time;
}
