// Which columns of an output are shown, in which order.
import type { Field } from '../api/schema.ts';
import type { OutputFields } from './output-fields.ts';
import type { OutputRow } from './run-task.ts';

const MOST_FIRST = 10;
/** What a person looks for first, where an entity type has it. */
const FIRST = ['Name', 'Email', 'Status', 'Amount', 'AmountDue', 'UnitAmount', 'Total', 'Currency', 'Customer', 'Product', 'Description', 'Created'];
/** Rows of a list are alike: the first ones tell which columns are filled. */
const LOOKED_AT = 500;

/** Every column, as the first row that has it orders them. */
export function everyColumn(rows: readonly OutputRow[]): readonly string[] {
  return [...new Set(rows.slice(0, LOOKED_AT).flatMap((row) => Object.keys(row)))];
}

/** The key first; then columns that some row fills, as far as a person looks at first. */
export function firstColumns(rows: readonly OutputRow[], fields: OutputFields): readonly string[] {
  const looked = rows.slice(0, LOOKED_AT);
  const keys = everyColumn(rows);
  const isKey = (column: string): boolean => fields.of(column)?.key === true;
  const filled = keys.filter((column) => !isKey(column) && column !== 'Object' && looked.some((row) => isTold(row[column])));
  const first = FIRST.filter((column) => filled.includes(column));
  return [...keys.filter(isKey), ...first, ...filled.filter((column) => !first.includes(column))].slice(0, MOST_FIRST);
}

export function isTold(value: unknown): boolean {
  return value !== null && value !== undefined && value !== '' && typeof value !== 'object';
}

/** Its id; rows that have none are told apart by their place. */
export function rowKeys(rows: readonly OutputRow[], fields: readonly Field[]): ReadonlyMap<OutputRow, string> {
  const key = fields.find((field) => field.key === true)?.name ?? 'Id';
  const seen = new Set<string>();
  return new Map(rows.map((row, index) => {
    const id = row[key] ?? row['id'];
    const name = typeof id === 'string' && !seen.has(id) ? id : `#${index}`;
    seen.add(name);
    return [row, name];
  }));
}
