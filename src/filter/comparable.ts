// What a value is when its column compares it. Filters and sorts both compare by these rules, rows' values and literals alike:
//
//   string    the text by code unit, case and all; a number or a boolean in the row is its text
//   json      likewise; an object or an array is its JSON text as JSON.stringify writes it
//   integer   the number; digits in a text count as number
//   decimal   the number, exact also where a text holds more digits than a float
//   boolean   false before true
//   timestamp the instant, whatever its spelling
//
// A value that its type cannot read (an object in a column of numbers) cannot be compared: as NULL, nothing is true of it.
import type { FieldType } from '../spi/catalog.ts';
import { compareDecimals, decimalOf, isDecimal } from './decimal.ts';
import { instantOf } from './instant.ts';

export type Comparable = string | number;

/** The text of a value, for text columns and for LIKE; null for null. */
export function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Date ? value.toISOString() : JSON.stringify(value);
}

/** A value as a column of this type compares it; null where there is nothing to compare. */
export function comparableOf(type: FieldType, value: unknown): Comparable | null {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'string':
    case 'json':
      return textOf(value);
    case 'integer':
    case 'decimal':
      return numeric(value);
    case 'boolean':
      return truth(value);
    case 'timestamp':
      return instantOf(value);
  }
}

/** Negative, zero or positive; both values come from `comparableOf` with the same type. */
export function compareValues(left: Comparable, right: Comparable): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  if (typeof left === 'string' && typeof right === 'string' && left === right) return 0;
  return left < right ? -1 : 1;
}

/** As `compareValues`, for decimals, where a text is a number with more digits than a float holds. */
export function compareNumbers(left: Comparable, right: Comparable): number {
  return typeof left === 'number' && typeof right === 'number' ? left - right : compareDecimals(String(left), String(right));
}

/** How a column of this type compares two of its comparable values. */
export function comparerOf(type: FieldType): (left: Comparable, right: Comparable) => number {
  return type === 'integer' || type === 'decimal' ? compareNumbers : compareValues;
}

function numeric(value: unknown): Comparable | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'bigint') return decimalOf(String(value));
  return typeof value === 'string' && isDecimal(value) ? decimalOf(value) : null;
}

function truth(value: unknown): number | null {
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  if (word === 'true') return 1;
  return word === 'false' ? 0 : null;
}
