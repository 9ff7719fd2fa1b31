// Filter → canonical text: one spelling for each filter, for people (`explain`, errors) and for the hash of a page token.
import type { Filter, Scalar } from '../spi/filter.ts';
import { isBareName } from './scanner.ts';

/**
 * Prints a filter so that `parseFilter` reads the same filter back. The empty text keeps every row. An `or` or an IN list
 * of nothing, which the language cannot say, prints as FALSE.
 */
export function printFilter(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
      return filter.filters.map(printOperand).join(' AND ');
    case 'or':
      return filter.filters.length === 0 ? 'FALSE' : filter.filters.map(printOperand).join(' OR ');
    case 'not':
      return printNot(filter.filter);
    case 'compare':
      return `${printName(filter.field)} ${filter.operator} ${printValue(filter.value)}`;
    case 'in':
      return printIn(filter.field, filter.values, 'IN');
    case 'like':
      return `${printName(filter.field)} LIKE ${printValue(filter.pattern)}`;
    case 'isNull':
      return `${printName(filter.field)} IS NULL`;
  }
}

function printOperand(filter: Filter): string {
  const text = printFilter(filter);
  return filter.kind === 'and' || filter.kind === 'or' ? `(${text})` : text;
}

function printNot(filter: Filter): string {
  switch (filter.kind) {
    case 'in':
      return printIn(filter.field, filter.values, 'NOT IN');
    case 'like':
      return `${printName(filter.field)} NOT LIKE ${printValue(filter.pattern)}`;
    case 'isNull':
      return `${printName(filter.field)} IS NOT NULL`;
    case 'and':
    case 'or':
    case 'not':
    case 'compare':
      return `NOT (${printFilter(filter)})`;
  }
}

function printIn(field: string, values: readonly Scalar[], word: string): string {
  if (values.length === 0) return word === 'IN' ? 'FALSE' : 'NOT (FALSE)';
  return `${printName(field)} ${word} (${values.map(printValue).join(', ')})`;
}

function printName(name: string): string {
  return isBareName(name) ? name : `"${name.replaceAll('"', '""')}"`;
}

function printValue(value: Scalar): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return typeof value === 'boolean' ? String(value).toUpperCase() : String(value);
}
