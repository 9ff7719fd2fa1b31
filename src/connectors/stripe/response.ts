// Stripe's objects → rows: typed values under the columns of the table, every column in its place, null where Stripe has none.
// The way is worked out once per entity and walks what the object has, not what the table could have.
import { canonicalTime } from '../../filter/instant.ts';
import { columnName, pascal } from './spelling.ts';
import type { Property } from './table.ts';

export type StripeObject = Readonly<Record<string, unknown>>;

export interface MappedColumn {
  readonly name: string;
  readonly path: readonly string[];
  readonly property: Property;
}

/** @param passthrough on another API version than the table's: keys that the table does not know become columns, too. */
export type RowMapper = (object: StripeObject, passthrough: boolean) => Record<string, unknown>;

type Step =
  | { readonly kind: 'value' | 'time' | 'millis' | 'id' | 'int64' | 'json'; readonly name: string }
  | { readonly kind: 'nested'; readonly name: string; readonly steps: Map<string, Step> };

/**
 * A mapper for these columns.
 * @param added columns behind the first one that the caller sets; null until then.
 * @param unseen columns that Stripe never shows (they can only be written): null, so that every row has every column.
 */
export function createRowMapper(columns: readonly MappedColumn[], added: readonly string[], unseen: readonly string[]): RowMapper {
  let made: { readonly steps: Map<string, Step>; readonly template: Readonly<Record<string, unknown>> } | undefined;
  return (object, passthrough) => {
    made ??= { steps: stepsOf(columns), template: templateOf(columns, added, unseen) };
    const row = { ...made.template };
    fill(row, object, made.steps, passthrough ? '' : undefined);
    return row;
  };
}

/**
 * One object with every column, copied for each row: far cheaper than adding them one by one. It is made from entries: a copy of
 * an object that JSON.parse made takes forty times as long where there are hundreds of columns.
 */
function templateOf(columns: readonly MappedColumn[], added: readonly string[], unseen: readonly string[]): Readonly<Record<string, unknown>> {
  const [first, ...rest] = columns.map(({ name }) => name);
  const names = [...(first === undefined ? [] : [first]), ...added, ...rest, ...unseen];
  return Object.fromEntries(names.map((name) => [name, null]));
}

function stepsOf(columns: readonly MappedColumn[]): Map<string, Step> {
  const steps = new Map<string, Step>();
  for (const column of columns) addStep(steps, column, 0);
  return steps;
}

function addStep(steps: Map<string, Step>, column: MappedColumn, depth: number): void {
  const [key = ''] = column.path.slice(depth);
  if (depth === column.path.length - 1) {
    steps.set(key, { kind: kindOf(column.property), name: column.name });
    return;
  }
  let known = steps.get(key);
  if (known?.kind !== 'nested') {
    known = { kind: 'nested', name: columnName(column.path.slice(0, depth + 1)), steps: new Map() };
    steps.set(key, known);
  }
  addStep(known.steps, column, depth + 1);
}

function kindOf({ type, expands, format }: Property): Exclude<Step['kind'], 'nested'> {
  if (expands !== undefined) return 'id';
  if (type === 'timestamp') return format === 'date-time' ? 'value' : format === 'unix-milliseconds' ? 'millis' : 'time';
  if (format === 'int64') return 'int64';
  return ['object', 'array', 'map', 'union'].includes(type) ? 'json' : 'value';
}

/** @param prefix what unknown keys are prefixed with; undefined where they are left out. */
function fill(row: Record<string, unknown>, object: StripeObject, steps: ReadonlyMap<string, Step>, prefix: string | undefined): void {
  for (const key in object) {
    const value = object[key];
    const step = steps.get(key);
    if (step === undefined) {
      if (prefix !== undefined && value !== undefined) row[prefix + pascal(key)] = value;
      continue;
    }
    if (value === null || value === undefined) continue;
    switch (step.kind) {
      case 'value':
      case 'json':
        row[step.name] = value;
        break;
      case 'time':
        row[step.name] = typeof value === 'number' ? timeOf(value) : value;
        break;
      case 'millis':
        row[step.name] = typeof value === 'number' ? timeOf(value / 1000) : value;
        break;
      case 'id':
        row[step.name] = idOf(value);
        break;
      case 'int64':
        row[step.name] = numberOf(value);
        break;
      case 'nested':
        if (isObject(value)) fill(row, value, step.steps, prefix === undefined ? undefined : step.name);
        // On another API version an object may still be the id it once was.
        else if (prefix !== undefined) row[step.name] = value;
        break;
    }
  }
}

/** Unix seconds as RFC 3339 in UTC. */
export function timeOf(seconds: number): string | number {
  return canonicalTime(seconds) ?? seconds;
}

/** The id, also where Stripe was asked to expand it. */
export function idOf(value: unknown): unknown {
  return isObject(value) && typeof value['id'] === 'string' ? value['id'] : value;
}

/** Whole numbers of API v2 travel as text; those too large for a number stay text. */
function numberOf(value: unknown): unknown {
  if (typeof value !== 'string' || !/^-?\d+$/.test(value)) return value;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

export function isObject(value: unknown): value is StripeObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Stripe answers for a deleted object with a stub that no list shows. */
export function isDeleted(object: StripeObject): boolean {
  return object['deleted'] === true;
}

