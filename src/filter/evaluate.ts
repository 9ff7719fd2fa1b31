// A checked filter made into a function of rows, by SQL's three-valued logic: a comparison with NULL is neither true nor
// false, and NOT leaves it so. `comparable.ts` says how the values of each type compare.
import type { EntityType } from '../spi/catalog.ts';
import type { Row } from '../spi/connector.ts';
import type { Comparison, Filter, Scalar } from '../spi/filter.ts';
import { findColumn, type Column } from './column.ts';
import { comparableOf, comparerOf, textOf, type Comparable } from './comparable.ts';
import type { Condition } from './conjuncts.ts';
import { likeMatcher } from './like.ts';

/** SQL's truth: null is "unknown". */
export type Truth = boolean | null;

type Test = (row: Row) => Truth;

/** Whether a filter keeps a row, prepared once for many rows. Pseudo-columns count as settled by the connector. */
export function rowMatcher(filter: Filter, entity: EntityType): (row: Row) => boolean {
  const test = truthOf(filter, entity);
  return (row) => test(row) === true;
}

/** What a filter says of a row, prepared once for many rows. Takes a checked filter. */
export function truthOf(filter: Filter, entity: EntityType): (row: Row) => Truth {
  switch (filter.kind) {
    case 'and':
      return every(filter.filters.map((part) => truthOf(part, entity)), false);
    case 'or':
      return every(filter.filters.map((part) => truthOf(part, entity)), true);
    case 'not':
      return negation(truthOf(filter.filter, entity));
    case 'compare':
    case 'in':
    case 'like':
    case 'isNull':
      return condition(filter, entity);
  }
}

/** AND ends at the first false (`decisive` false), OR at the first true; else one unknown makes the whole unknown. */
function every(tests: readonly Test[], decisive: boolean): Test {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (row) => {
    let truth: Truth = !decisive;
    for (const test of tests) {
      const one = test(row);
      if (one === decisive) return decisive;
      if (one === null) truth = null;
    }
    return truth;
  };
}

function negation(test: Test): Test {
  return (row) => {
    const truth = test(row);
    return truth === null ? null : !truth;
  };
}

function condition(filter: Condition, entity: EntityType): Test {
  const column = findColumn(entity, filter.field);
  if (column === undefined) throw new Error(`${entity.name} has no column ${filter.field}: filters are checked before they are evaluated`);
  if (column.pseudo) return () => true;
  switch (filter.kind) {
    case 'compare':
      return comparison(column, filter.operator, filter.value);
    case 'in':
      return membership(column, filter.values);
    case 'like':
      return likeness(column, filter.pattern);
    case 'isNull':
      return (row) => isNull(column.read(row));
  }
}

function isNull(value: unknown): boolean {
  return value === null || value === undefined;
}

const VERDICTS: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function comparison(column: Column, operator: Comparison, literal: Scalar): Test {
  const wanted = comparableOf(column.type, literal);
  if (wanted === null) return () => null;
  const compare = comparerOf(column.type);
  const verdict = VERDICTS[operator];
  return (row) => {
    const value = comparableOf(column.type, column.read(row));
    return value === null ? null : verdict(compare(value, wanted));
  };
}

/** True where one value is equal; else unknown where the row or one of the values is NULL. */
function membership(column: Column, literals: readonly Scalar[]): Test {
  const values = literals.map((literal) => comparableOf(column.type, literal));
  const wanted = new Set<Comparable | null>(values);
  const otherwise = wanted.has(null) ? null : false;
  // Numbers that only a text holds exactly have several spellings: those are compared one by one.
  const isSpelled = column.type === 'integer' || column.type === 'decimal';
  const compare = comparerOf(column.type);
  const contains = (value: Comparable): boolean =>
    wanted.has(value) || (isSpelled && typeof value === 'string' && values.some((one) => one !== null && compare(one, value) === 0));
  return (row) => {
    const value = comparableOf(column.type, column.read(row));
    if (value === null) return null;
    return contains(value) ? true : otherwise;
  };
}

function likeness(column: Column, pattern: string): Test {
  const matches = likeMatcher(pattern);
  return (row) => {
    const text = textOf(column.read(row));
    return text === null ? null : matches(text);
  };
}
