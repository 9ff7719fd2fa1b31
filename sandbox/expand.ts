// `expand[]`: puts whole rows where ids stand, down to four levels. It must not change stored rows, only the copy that leaves.
import type { Call } from './call.ts';
import { HOME } from './call.ts';
import { invalidRequest } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject, text } from './json.ts';
import { NESTED } from './nesting.ts';
import { materialise, nestedList } from './render.ts';
import type { Type } from './sdk.ts';
import { COLLECTIONS, rowShape, shapeOf } from './sdk.ts';
import type { Scope } from './store.ts';
import { LEGACY_REFERENCES } from './versions.ts';

const DEEPEST = 4;

/** The row with every path expanded; in lists paths begin with `data`. */
export function expand(call: Pick<Call, 'transaction' | 'legacy'>, row: JsonObject, paths: readonly string[], within?: 'data'): JsonObject {
  let expanded = row;
  for (const path of paths) {
    const steps = path.split('.');
    if (steps.length > DEEPEST) {
      throw invalidRequest(`You cannot expand more than ${DEEPEST} levels of a property. Property: ${path}`, 'expand', 'property_expansion_max_depth');
    }
    if (within !== undefined && steps.shift() !== within) throw cannot(path.split('.')[0] ?? path);
    if (steps.length > 0) expanded = walk(call, expanded, steps, shapeTypes(text(row, 'object'), call.legacy));
  }
  return expanded;
}

type Fields = ReadonlyMap<string, Type>;

function shapeTypes(object: string | undefined, legacy: boolean): Fields {
  const shape = object === undefined ? undefined : rowShape(object);
  const old = legacy ? Object.entries(LEGACY_REFERENCES[object ?? ''] ?? {}) : [];
  return new Map([...[...(shape?.values() ?? [])].map((field) => [field.name, field.type] as const), ...old.map(([name, to]) => [name, ['row', to]] as const)]);
}

function cannot(property: string): Error {
  return invalidRequest(`This property cannot be expanded (${property}).`, 'expand', 'property_expansion_not_allowed');
}

function walk(call: Pick<Call, 'transaction' | 'legacy'>, row: JsonObject, steps: readonly string[], fields: Fields): JsonObject {
  const [step = '', ...rest] = steps;
  const type = fields.get(step);
  if (type === undefined && row[step] === undefined) {
    throw invalidRequest(`This property cannot be expanded because it doesn't exist: ${step}. You may want to try expanding a different property, or remove it.`, 'expand', 'property_expansion_not_found');
  }
  const value = includable(call, row, step) ?? row[step];
  if (value === undefined) {
    if (type !== undefined && !holdsRows(type)) throw cannot(step);
    return row; // it is not there now, and may be another time
  }
  const next = Array.isArray(value)
    ? value.map((one) => expandValue(call, one, rest, elementOf(type), step))
    : expandValue(call, value, rest, type, step);
  return { ...row, [step]: next };
}

function elementOf(type: Type | undefined): Type | undefined {
  if (type === undefined || typeof type === 'string') return type;
  if (type[0] === 'array') return type[1];
  return type[0] === 'or' ? (type.slice(1) as Type[]).map(elementOf).find((one) => one !== undefined && typeof one !== 'string') : type;
}

/** A nested list that is shown only when asked for. */
function includable(call: Pick<Call, 'transaction' | 'legacy'>, row: JsonObject, step: string): Json | undefined {
  const id = text(row, 'id');
  const collection = HOME.get(text(row, 'object') ?? '');
  const nested = NESTED[collection ?? '']?.find((one) => one.property === step && one.onExpand === true);
  return nested === undefined || id === undefined ? undefined : nestedList(call.transaction.scope, id, nested, call.legacy);
}

function expandValue(call: Pick<Call, 'transaction' | 'legacy'>, value: Json, rest: readonly string[], type: Type | undefined, step: string): Json {
  if (type !== undefined && !holdsRows(type)) throw cannot(step);
  if (value === null) return null;
  if (typeof value === 'string') {
    const objects = rowObjects(type);
    if (objects.length === 0) throw cannot(step);
    const row = find(call.transaction.scope, objects, value, call.legacy);
    if (row === undefined) return value;
    return rest.length === 0 ? row : walk(call, row, rest, shapeTypes(text(row, 'object'), call.legacy));
  }
  if (!isObject(value)) throw cannot(step);
  if (rest.length === 0) return value;
  if (value['object'] === 'list') {
    const inner = rest[0] === 'data' ? rest.slice(1) : rest;
    const data = Array.isArray(value['data']) ? value['data'] : [];
    return { ...value, data: inner.length === 0 ? data : data.map((one) => (isObject(one) ? walk(call, one, inner, shapeTypes(text(one, 'object'), call.legacy)) : one)) };
  }
  return walk(call, value, rest, fieldsOf(type, value, call.legacy));
}

/** Whether rows can stand in a property, or further down in it. */
function holdsRows(type: Type): boolean {
  if (typeof type === 'string') return type === 'unknown';
  return type[0] === 'or' ? (type.slice(1) as Type[]).some(holdsRows) : type[0] !== 'enum' && (type[0] !== 'array' || holdsRows(type[1]));
}

function fieldsOf(type: Type | undefined, value: JsonObject, legacy: boolean): Fields {
  if (text(value, 'object') !== undefined) return shapeTypes(text(value, 'object'), legacy);
  if (type === undefined || typeof type === 'string') return new Map();
  if (type[0] === 'object') return new Map([...shapeOf(type[1]).values()].map((field) => [field.name, field.type]));
  if (type[0] === 'or') return new Map((type.slice(1) as Type[]).flatMap((one) => [...fieldsOf(one, value, legacy)]));
  return new Map();
}

function rowObjects(type: Type | undefined): readonly string[] {
  if (type === undefined || typeof type === 'string') return [];
  if (type[0] === 'row') return type.slice(1);
  if (type[0] === 'array') return rowObjects(type[1]);
  return type[0] === 'or' ? (type.slice(1) as Type[]).flatMap(rowObjects) : [];
}

/** The row that leaves for an id of one of these objects; a stub where only its id is remembered. */
export function find(scope: Scope, objects: readonly string[], id: string, legacy: boolean): JsonObject | undefined {
  for (const object of objects) {
    const rows = scope.collections.get(HOME.get(object) ?? '');
    const entry = rows?.byKey.get(id);
    if (entry !== undefined) return materialise(scope, entry, legacy);
    if (rows?.stubs.has(id) === true) return { id, object, deleted: true };
  }
  for (const path of COLLECTIONS.keys()) {
    const entry = objects.some((object) => COLLECTIONS.get(path)?.objects.includes(object)) ? scope.collections.get(path)?.byKey.get(id) : undefined;
    if (entry !== undefined) return materialise(scope, entry, legacy);
  }
  return undefined;
}
