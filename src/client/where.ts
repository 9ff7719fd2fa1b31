// Conditions on columns → filter text. Values never become anything but values: whatever they hold, they are printed in quotes.
// It knows the language of filters and no columns; which there are is a matter of types.
import { StatusError, type FieldViolation } from '../errors/status-error.ts';
import { printFilter } from '../filter/print.ts';
import type { Comparison, Filter, Scalar } from '../spi/filter.ts';
import type { Comparable } from './connector-types.ts';

/** What must be true of a column: all that is named. */
export interface ColumnTest<Value> {
  readonly eq?: Comparable<NonNullable<Value>> | null;
  readonly ne?: Comparable<NonNullable<Value>> | null;
  readonly lt?: Comparable<NonNullable<Value>>;
  readonly lte?: Comparable<NonNullable<Value>>;
  readonly gt?: Comparable<NonNullable<Value>>;
  readonly gte?: Comparable<NonNullable<Value>>;
  readonly in?: readonly Comparable<NonNullable<Value>>[];
  readonly notIn?: readonly Comparable<NonNullable<Value>>[];
  /** A pattern: `%` stands for any text, `_` for one character, `\` before either for itself. */
  readonly like?: string;
  readonly notLike?: string;
  /** These take their text as it is: `%` and `_` mean themselves. */
  readonly startsWith?: string;
  readonly endsWith?: string;
  readonly contains?: string;
  /** Whether it has no value. */
  readonly isNull?: boolean;
}

/** All of these are true of a row: a value is compared by `=`, a list by IN, null is no value. */
export type AllOf<Columns> = { readonly [Name in keyof Columns]?: Comparable<NonNullable<Columns[Name]>> | null | readonly Comparable<NonNullable<Columns[Name]>>[] | ColumnTest<Columns[Name]> };

/** What rows are wanted: one object for what must all be true, a list of them for rows of which one is true. */
export type Where<Columns> = AllOf<Columns> | readonly AllOf<Columns>[];

/**
 * The text of a filter: `where({ Email: "o'hara@example.com", Created: { gte: '2026-01-01' } })`. The empty text, which every
 * row passes, where nothing is asked.
 * @throws StatusError INVALID_ARGUMENT for what no filter can say: undefined, NaN, half of a character.
 */
export function where<Columns extends object = Record<string, unknown>>(wanted: Where<Columns>): string {
  const filter = filterOf(wanted);
  return filter === undefined ? '' : printFilter(filter);
}

/** @returns undefined for the filter that every row passes. @throws StatusError INVALID_ARGUMENT with every fault */
export function filterOf(wanted: Where<object>): Filter | undefined {
  const faults: FieldViolation[] = [];
  const alternatives = (Array.isArray(wanted) ? wanted : [wanted]).map((all: object) => conjunctionOf(all, faults));
  if (alternatives.length === 0) faults.push({ field: '', description: 'the list of alternatives is empty, which no row passes' });
  if (faults.length > 0) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_FILTER', { message: faults.map(({ field, description }) => `${field === '' ? '' : `${field} `}${description}`).join('; '), violations: faults });
  }
  // Where one alternative asks nothing, every row passes.
  const filters = alternatives.filter((filter) => filter !== undefined);
  if (filters.length < alternatives.length) return undefined;
  return filters.length === 1 ? filters[0] : { kind: 'or', filters };
}

function conjunctionOf(all: object, faults: FieldViolation[]): Filter | undefined {
  const filters = Object.entries(all).flatMap(([column, test]: [string, unknown]) => {
    if (column === '' || !isStorable(column)) {
      faults.push({ field: column.toWellFormed(), description: 'is no name of a column' });
      return [];
    }
    return testsOf(column, test, (description) => faults.push({ field: column, description }));
  });
  return filters.length < 2 ? filters[0] : { kind: 'and', filters };
}

type Fault = (description: string) => void;

function testsOf(field: string, test: unknown, fault: Fault): readonly Filter[] {
  if (Array.isArray(test)) return listOf(field, test, fault);
  if (typeof test !== 'object' || test === null || test instanceof Date) return compared(field, '=', test, fault);
  return Object.entries(test).flatMap(([name, value]: [string, unknown]) => {
    const make = Object.hasOwn(TESTS, name) ? TESTS[name] : undefined;
    if (make !== undefined) return make(field, value, fault);
    fault(`has no test ${name.slice(0, 40)}: there are ${Object.keys(TESTS).join(', ')}`);
    return [];
  });
}

const TESTS: Readonly<Record<string, (field: string, value: unknown, fault: Fault) => readonly Filter[]>> = {
  eq: (field, value, fault) => compared(field, '=', value, fault),
  ne: (field, value, fault) => compared(field, '!=', value, fault),
  lt: (field, value, fault) => compared(field, '<', value, fault),
  lte: (field, value, fault) => compared(field, '<=', value, fault),
  gt: (field, value, fault) => compared(field, '>', value, fault),
  gte: (field, value, fault) => compared(field, '>=', value, fault),
  in: listOf,
  notIn: (field, value, fault) => (Array.isArray(value) && value.length === 0 ? [] : listOf(field, value, fault).map(not)),
  like: (field, value, fault) => pattern(field, value, fault, (text) => text),
  notLike: (field, value, fault) => pattern(field, value, fault, (text) => text).map(not),
  startsWith: (field, value, fault) => pattern(field, value, fault, (text) => `${literally(text)}%`),
  endsWith: (field, value, fault) => pattern(field, value, fault, (text) => `%${literally(text)}`),
  contains: (field, value, fault) => pattern(field, value, fault, (text) => `%${literally(text)}%`),
  isNull: (field, value, fault) => {
    if (typeof value !== 'boolean') {
      fault('must be compared by isNull with true or false');
      return [];
    }
    const empty: Filter = { kind: 'isNull', field };
    return [value ? empty : not(empty)];
  },
};

function not(filter: Filter): Filter {
  return { kind: 'not', filter };
}

function compared(field: string, operator: Comparison, given: unknown, fault: Fault): readonly Filter[] {
  const value = scalarOf(given, fault);
  if (value === undefined) return [];
  if (value !== null) return [{ kind: 'compare', field, operator, value }];
  const empty: Filter = { kind: 'isNull', field };
  if (operator === '=' || operator === '!=') return [operator === '=' ? empty : not(empty)];
  fault(`cannot be compared with null by ${operator}`);
  return [];
}

/** A list of nothing is passed by no row; the language says so by what cannot be. */
function listOf(field: string, given: unknown, fault: Fault): readonly Filter[] {
  if (!Array.isArray(given)) {
    fault('must be compared with a list');
    return [];
  }
  const values = given.map((one) => scalarOf(one, fault)).filter((value) => value !== undefined);
  const empty: Filter = { kind: 'isNull', field };
  return values.length === 0 ? [empty, not(empty)] : [{ kind: 'in', field, values }];
}

function pattern(field: string, given: unknown, fault: Fault, make: (text: string) => string): readonly Filter[] {
  const text = scalarOf(given, fault);
  if (typeof text !== 'string') {
    if (text !== undefined) fault('must be compared with a text');
    return [];
  }
  const made = make(text);
  if ((/\\*$/.exec(made)?.[0].length ?? 0) % 2 === 1) fault('is compared with a pattern that ends in \\: write it twice to mean itself');
  return [{ kind: 'like', field, pattern: made }];
}

/** A text as the part of a pattern that means itself. */
function literally(text: string): string {
  return text.replaceAll(/[\\%_]/g, String.raw`\$&`);
}

/** Nothing is guessed: a value that was forgotten would otherwise widen the filter of a deletion. */
function scalarOf(value: unknown, fault: Fault): Scalar | undefined {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string' && isStorable(value)) return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  // As text it keeps every digit; the server reads it by the type of the column.
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Date && !Number.isNaN(value.getTime())) return value.toISOString();
  fault(typeof value === 'string' ? 'is compared with a text that holds a NUL, or half of a character' : `is compared with ${value instanceof Date ? 'a Date that is none' : typeof value === 'number' ? String(value) : typeof value}: leave the column out, or compare with null`);
  return undefined;
}

function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}
