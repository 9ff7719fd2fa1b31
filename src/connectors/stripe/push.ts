// One condition of a filter → parameters of Stripe's list call, or nothing where Stripe's meaning could be narrower than ours.
// Pure. It knows ranges, words and lists; which column has which parameter is said in `filters.ts`.
import type { Condition } from '../../filter/conjuncts.ts';
import { instantOf } from '../../filter/instant.ts';
import type { Scalar } from '../../spi/filter.ts';
import type { FilterTarget } from './filters.ts';
import { encodeForm } from './form.ts';
import { isObject } from './response.ts';
import { anything } from './convert.ts';
import type { Property } from './table.ts';

export interface Pushed {
  readonly parameters: Readonly<Record<string, Scalar | readonly Scalar[]>>;
  /** Nothing of the condition is left to check. */
  readonly settles: boolean;
}

/** Stripe takes so many values for a list parameter. */
const MOST_VALUES = 10;

/** @param column what rows hold under the column, if it is one; its enum tells pseudo-values (`all`) from values. */
export function pushCondition(condition: Condition, target: FilterTarget, column: Property | undefined): Pushed | undefined {
  if (target.comparison !== undefined) return pushOneSided(condition, target);
  switch (target.kind) {
    case 'range':
      return pushRange(condition, target);
    case 'list':
      return pushList(condition, target, column);
    case 'equal':
      return condition.kind === 'compare' && condition.operator === '=' ? pushValues(target, [condition.value], column, false) : undefined;
    case 'whole':
      return condition.kind === 'compare' && condition.operator === '=' ? pushWhole(condition.value, target) : undefined;
  }
}

function pushValues({ wire, property }: FilterTarget, values: readonly Scalar[], column: Property | undefined, isList: boolean): Pushed | undefined {
  const taken = values.map((value) => valueOf(isList ? property.items ?? property : property, value, column));
  if (taken.some((value) => value === undefined) || taken.length === 0) return undefined;
  const known = taken.filter((value) => value !== undefined);
  return { parameters: { [wire]: isList ? known : known[0] ?? null }, settles: true };
}

function pushList(condition: Condition, target: FilterTarget, column: Property | undefined): Pushed | undefined {
  if (condition.kind === 'compare' && condition.operator === '=') return pushValues(target, [condition.value], column, true);
  if (condition.kind !== 'in') return undefined;
  // NULL in a list is equal to nothing.
  const values = [...new Set(condition.values.filter((value) => value !== null))];
  return values.length <= MOST_VALUES ? pushValues(target, values, column, true) : undefined;
}

/** The value as Stripe takes it; undefined for one that it would refuse, ignore, or understand as more than a value. */
function valueOf(property: Property, value: Scalar, column: Property | undefined): Scalar | undefined {
  if (value === null || value === '') return undefined;
  if (property.type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  if (property.type === 'integer') return typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;
  if (property.type === 'timestamp') {
    const seconds = secondsOf(value);
    if (property.format === 'date-time') return typeof value === 'string' ? value : undefined;
    return seconds !== undefined && Number.isInteger(seconds) ? seconds : undefined;
  }
  // A word that the parameter knows and the column does not is a pseudo-value (`all`); one that it does not know is refused; a
  // star stands for many.
  const text = String(value);
  if (property.enum !== undefined && !property.enum.includes(text)) return undefined;
  const isPseudo = property.enum !== undefined && column?.enum !== undefined && !column.enum.includes(text);
  return isPseudo || text.includes('*') ? undefined : text;
}

function secondsOf(value: Scalar): number | undefined {
  const instant = instantOf(value);
  return instant === null ? undefined : instant / 1000;
}

const EARLIEST = 0;
const LATEST = 99_999_999_999;

/** Stripe counts whole units: what lies between them is rounded so that no row is lost, and none is won. */
function pushRange(condition: Condition, { wire, property, equals }: FilterTarget): Pushed | undefined {
  if (condition.kind !== 'compare') return undefined;
  const isAmount = property.of?.some(({ type }) => type === 'integer') === true || property.type === 'integer';
  const bound = isAmount ? (typeof condition.value === 'number' ? condition.value : undefined) : secondsOf(condition.value);
  if (bound === undefined || bound < EARLIEST || bound > LATEST) return undefined;
  const isWhole = Number.isInteger(bound);
  const range = (key: string, value: number): Pushed => ({ parameters: { [`${wire}[${key}]`]: value }, settles: true });
  switch (condition.operator) {
    case '>':
      return isWhole ? range('gt', bound) : range('gte', Math.ceil(bound));
    case '>=':
      return range('gte', Math.ceil(bound));
    case '<':
      return isWhole ? range('lt', bound) : range('lte', Math.floor(bound));
    case '<=':
      return range('lte', Math.floor(bound));
    case '=':
      if (!isWhole) return undefined;
      return equals ? { parameters: { [wire]: bound }, settles: true } : { parameters: { [`${wire}[gte]`]: bound, [`${wire}[lte]`]: bound }, settles: true };
    case '!=':
      return undefined;
  }
}

/**
 * `created_after=t`: Stripe does not say whether t itself belongs to it, so one second more is asked for, and nothing counts
 * as settled.
 */
function pushOneSided(condition: Condition, { wire, comparison }: FilterTarget): Pushed | undefined {
  if (condition.kind !== 'compare' || (condition.operator !== '=' && !condition.operator.startsWith(comparison ?? ''))) return undefined;
  const bound = condition.operator === '!=' ? undefined : secondsOf(condition.value);
  if (bound === undefined || bound < 1 || bound > LATEST) return undefined;
  const value = comparison === '>' ? Math.floor(bound) - 1 : Math.ceil(bound) + 1;
  return { parameters: { [wire]: value }, settles: false };
}

/** JSON text, laid out as parameters. */
function pushWhole(value: Scalar, { wire }: FilterTarget): Pushed | undefined {
  try {
    const parsed: unknown = JSON.parse(String(value));
    if (!Array.isArray(parsed) && !isObject(parsed)) return undefined;
    const pairs = new URLSearchParams(encodeForm({ [wire]: anything(parsed) }));
    return { parameters: Object.fromEntries(pairs), settles: true };
  } catch {
    return undefined;
  }
}
