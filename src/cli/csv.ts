// CSV for spreadsheets and programs: nested values as JSON, and no text that a spreadsheet would run as a formula. Loaded when
// it is asked for.
import { stringify } from 'csv-stringify/sync';
import type { Columns, Item } from './table.ts';

/** A spreadsheet takes such a beginning for a formula, and what it names may be somebody's trap. */
const FORMULA = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;
const NUMBER = /^[+-]?\d[\d ]*(\.\d+)?$/;

/** @param exact leaves texts as they are that look like formulas; others get an apostrophe in front. */
export function csvLines(items: readonly Item[], columns: Columns, withHeads: boolean, exact: boolean): string {
  const rows = items.map((item) => Object.values(columns).map((read) => csvCell(read(item), exact)));
  return stringify(withHeads ? [Object.keys(columns), ...rows] : rows);
}

export function csvCell(value: unknown, exact: boolean): string {
  if (value === undefined || value === null) return '';
  if (typeof value !== 'string') return JSON.stringify(value);
  return !exact && FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
}
