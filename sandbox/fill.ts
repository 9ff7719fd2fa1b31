// Makes rows that have every property of their type, and lays parameters into them. It must not know any one resource.
import { HEALTHY, INITIAL } from './initial.ts';
import type { Json, JsonObject } from './json.ts';
import { clone, isObject } from './json.ts';
import type { Field, Shape, Type } from './sdk.ts';
import { enumValues, rowShape, shapeOf } from './sdk.ts';

/** Finds the row that an id names, where a parameter gives an id and the row holds the whole object. */
export type Resolve = (objects: readonly string[], id: string, param: string) => JsonObject | undefined;

/** A row of this object with nothing in it: null or empty as its type allows. */
export function blankRow(object: string): JsonObject {
  const shape = rowShape(object);
  const row = shape === undefined ? {} : blankObject(shape, 0);
  if (shape?.has('object') === true) row['object'] = object;
  for (const [name, value] of Object.entries(INITIAL[object] ?? {})) {
    if (shape?.has(name) === true) row[name] = clone(value);
  }
  return row;
}

const DEEPEST = 8;

function blankObject(shape: Shape, depth: number): JsonObject {
  const row: JsonObject = {};
  for (const field of shape.values()) {
    if (field.empty) row[field.name] = null;
    else if (field.required) row[field.name] = depth > DEEPEST ? null : blank(field.type, depth + 1);
  }
  return row;
}

/** The empty value of a type that may not be null. */
export function blank(type: Type, depth = 0): Json {
  if (typeof type === 'string') {
    if (type === 'number') return 0;
    if (type === 'decimal') return '0';
    if (type === 'boolean') return false;
    return type === 'string' ? '' : null;
  }
  switch (type[0]) {
    case 'enum': {
      const values = enumValues(type[1]);
      return HEALTHY.find((one) => values.includes(one)) ?? values[0] ?? '';
    }
    case 'array': return [];
    case 'map': return {};
    case 'object': return blankObject(shapeOf(type[1]), depth);
    case 'list': return { object: 'list', data: [], has_more: false, url: '' };
    case 'row': return null;
    case 'or': return (type.slice(1) as Type[]).some((one) => typeof one !== 'string' && one[0] === 'row') ? null : blank(type[1] ?? 'unknown', depth);
  }
}

/** Lays parameters into a row, property by property of the same name; what the row has no property for is left out. */
export function fill(row: JsonObject, shape: Shape, params: JsonObject, resolve: Resolve, path = ''): void {
  for (const [name, value] of Object.entries(params)) {
    const field = shape.get(name);
    if (field === undefined || name === 'object' || (path === '' && name === 'expand')) continue;
    const at = path === '' ? name : `${path}[${name}]`;
    const next = value === null ? unset(field) : convert(field.type, value, row[name], resolve, at);
    if (next !== undefined) row[name] = next;
  }
}

function unset(field: Field): Json {
  return field.empty ? null : blank(field.type);
}

function convert(type: Type, value: Json, current: Json | undefined, resolve: Resolve, path: string): Json | undefined {
  if (typeof type === 'string') return convertWord(type, value);
  switch (type[0]) {
    case 'enum': return typeof value === 'string' ? value : undefined;
    case 'array': {
      if (!Array.isArray(value)) return undefined;
      return value.map((item, index) => convert(type[1], item, undefined, resolve, `${path}[${index}]`)).filter((item) => item !== undefined);
    }
    case 'map': return isObject(value) ? mergeMap(isObject(current) ? current : {}, value) : undefined;
    case 'object': {
      if (!isObject(value)) return undefined;
      const inner = isObject(current) ? current : blankObject(shapeOf(type[1]), 0);
      fill(inner, shapeOf(type[1]), value, resolve, path);
      return inner;
    }
    case 'row': return typeof value === 'string' ? embed(type.slice(1), value, resolve, path) : undefined;
    case 'list': return undefined;
    case 'or': return convertUnion(type.slice(1) as Type[], value, current, resolve, path);
  }
}

function embed(objects: readonly string[], id: string, resolve: Resolve, path: string): JsonObject | undefined {
  const found = resolve(objects, id, path);
  return found === undefined ? undefined : clone(found);
}

function convertUnion(types: readonly Type[], value: Json, current: Json | undefined, resolve: Resolve, path: string): Json | undefined {
  const rows = types.find((type) => typeof type !== 'string' && type[0] === 'row');
  if (rows !== undefined && typeof rows !== 'string' && typeof value === 'string' && types.includes('string')) {
    resolve(rows.slice(1), value, path);
    return value;
  }
  for (const type of types) {
    const converted = convert(type, value, current, resolve, path);
    if (converted !== undefined) return converted;
  }
  return undefined;
}

function convertWord(type: string, value: Json): Json | undefined {
  if (type === 'unknown') return value;
  if (typeof value === 'object') return undefined;
  if (type === 'string') return String(value);
  if (type === 'number') return typeof value === 'number' ? value : Number.isFinite(Number(value)) ? Number(value) : undefined;
  if (type === 'decimal') return String(value);
  if (type === 'boolean') return typeof value === 'boolean' ? value : undefined;
  return undefined;
}

/** A map with keys set, and those given as empty taken out. */
export function mergeMap(current: JsonObject, changes: JsonObject): JsonObject {
  const merged: JsonObject = { ...current };
  for (const [key, value] of Object.entries(changes)) {
    if (value === '' || value === null) delete merged[key];
    else merged[key] = value;
  }
  return merged;
}
