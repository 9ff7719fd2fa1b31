// One value of an output: money with its currency, times in the reader's zone, ids as links to their objects. What was answered
// stands behind it, as it was. Thousands of them come into sight while one scrolls: plain elements, that ask for nothing.
import { type JSX } from 'react';
import { Link } from 'react-router';
import type { Field } from '../api/schema.ts';
import { addressOf } from '../app/place.ts';
import { exactText } from '../parts/time.tsx';
import { choiceText } from './choice.ts';
import { currencyColumn, moneyText } from './money.ts';
import type { OutputRow } from './run-task.ts';

export interface OutputCellProps {
  readonly connection: string;
  /** What is known of the column. */
  readonly field: Field | undefined;
  /** The entity type that the row is of. */
  readonly entity: string | undefined;
  readonly column: string;
  readonly row: OutputRow;
  readonly language: string;
}

export function OutputCell({ connection, field, entity, column, row, language }: OutputCellProps): JSX.Element {
  const value = row[column];
  const target = field?.key === true ? entity : field?.reference?.name;
  if (target !== undefined && typeof value === 'string' && value !== '') {
    return <Link className="data-table-link" to={`${addressOf(connection, 'task')}?${choiceText({ kind: 'entity', entity: target, operation: 'GET' }, value).toString()}`}>{value}</Link>;
  }
  const time = field?.dataType === 'TIMESTAMP' ? timeOf(value) : undefined;
  if (time !== undefined) return <time dateTime={time.toISOString()} title={time.toISOString()}>{exactText(time, language)}</time>;
  return <span title={textOf(value)}>{shown(value, field, column, row, language)}</span>;
}

/** RFC 3339, or seconds since 1970 as answers of actions have them. */
export function timeOf(value: unknown): Date | undefined {
  const isSeconds = typeof value === 'number' || (typeof value === 'string' && /^\d{1,12}$/.test(value));
  const time = isSeconds ? new Date(Number(value) * 1_000) : typeof value === 'string' ? new Date(value) : undefined;
  return time === undefined || Number.isNaN(time.getTime()) ? undefined : time;
}

function shown(value: unknown, field: Field | undefined, column: string, row: OutputRow, language: string): string {
  if (field?.additionalDetails?.unit === 'minor-currency-unit') {
    const currency = currencyColumn(column, { has: (name) => Object.hasOwn(row, name) });
    return (currency === undefined ? undefined : moneyText(value, row[currency], language)) ?? textOf(value);
  }
  return textOf(value);
}

export function textOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
