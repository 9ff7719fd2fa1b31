// Checks parameters against the table and gives them types, complaining in Stripe's words and codes.
// It must not know any resource: the shape says all there is to say.
import type { Json, JsonObject } from './json.ts';
import { asText, isObject } from './json.ts';
import { invalidRequest } from './errors.ts';
import type { StripeError } from './errors.ts';
import type { Field, Shape, Type } from './sdk.ts';
import { COLLECTIONS, enumValues, shapeOf } from './sdk.ts';

const FRACTIONS = new Set(['application_fee_percent', 'amount_percent', 'percent_off', 'percentage', 'percent_ownership', 'percentages', 'metric_tons']);
const CURRENCIES = new Set(Intl.supportedValuesOf('currency').map((code) => code.toLowerCase()));
const OBJECT_NAMES = new Set([...COLLECTIONS.values()].filter((one) => one.operations.has('create')).map((one) => one.object));

/** How strictly values are read: forms carry only strings, JSON bodies carry types. */
export type Wire = 'form' | 'json';

/** The parameters with their types; the first fault is thrown. An unset parameter is null. */
export function validate(shape: Shape, params: JsonObject, wire: Wire): JsonObject {
  return coerceObject(shape, params, '', wire);
}

function inside(path: string, name: string): string {
  return path === '' ? name : `${path}[${name}]`;
}

function coerceObject(shape: Shape, value: JsonObject, path: string, wire: Wire): JsonObject {
  const unknown = Object.keys(value).filter((name) => !shape.has(name));
  if (unknown.length > 0) throw unknownParameters(shape, unknown, path);
  const result: JsonObject = {};
  for (const field of shape.values()) {
    const given = value[field.name];
    const name = inside(path, field.name);
    if (given === undefined) {
      if (field.required) throw invalidRequest(`Missing required param: ${name}.`, name, 'parameter_missing');
    } else {
      result[field.name] = coerceField(field, given, name, wire);
    }
  }
  return result;
}

function unknownParameters(shape: Shape, names: readonly string[], path: string): StripeError {
  const [first = ''] = names;
  if (names.length > 1) {
    const all = names.map((name) => inside(path, name)).join(', ');
    return invalidRequest(`Received unknown parameters: ${all}`, inside(path, first), 'parameter_unknown');
  }
  const close = [...shape.keys()].find((name) => nearly(name, first));
  const hint = close === undefined ? '' : `. Did you mean ${inside(path, close)}?`;
  return invalidRequest(`Received unknown parameter: ${inside(path, first)}${hint}`, inside(path, first), 'parameter_unknown');
}

/** Whether two names differ by one letter or two swapped ones. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let from = 0;
  while (from < a.length && a[from] === b[from]) from += 1;
  const [restA, restB] = [a.slice(from), b.slice(from)];
  const swapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return swapped || restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1);
}

function coerceField(field: Field, value: Json, path: string, wire: Wire): Json {
  if (value === null || value === '') {
    if (field.empty || (value === null && wire === 'json')) return null;
    const plain = field.type === 'string' && !field.required && !OBJECT_NAMES.has(field.name);
    if (plain) return null;
    if (value === '' && wire === 'json' && field.type === 'string') return value;
    throw invalidRequest(
      `You passed an empty string for '${path}'. We assume empty values are an attempt to unset a parameter; however '${path}' cannot be unset. You should remove '${path}' from your request or supply a non-empty value.`,
      path, 'parameter_invalid_empty');
  }
  if (field.name === 'currency' && typeof value === 'string' && field.type === 'string') return currency(value, path);
  return coerce(field.type, value, path, wire);
}

function currency(value: string, path: string): string {
  const code = value.toLowerCase();
  if (CURRENCIES.has(code)) return code;
  throw invalidRequest(`Invalid currency: ${value}. Stripe currently supports these currencies: ${[...CURRENCIES].join(', ')}`, path);
}

function coerce(type: Type, value: Json, path: string, wire: Wire): Json {
  if (typeof type === 'string') return coerceWord(type, value, path, wire);
  switch (type[0]) {
    case 'enum': return oneOf(enumValues(type[1]), value, path);
    case 'array': return coerceArray(type[1], value, path, wire);
    case 'map': return coerceMap(type[1], value, path, wire);
    case 'object':
      if (!isObject(value)) throw invalidRequest('Invalid object', path);
      return coerceObject(shapeOf(type[1]), value, path, wire);
    case 'or': return coerceUnion(type.slice(1) as Type[], value, path, wire);
    case 'row':
    case 'list': return value;
  }
}

function oneOf(values: readonly string[], value: Json, path: string): Json {
  if (typeof value === 'string' && values.includes(value)) return value;
  const list = values.length < 3 ? values.join(' or ') : `${values.slice(0, -1).join(', ')}, or ${values.at(-1) ?? ''}`;
  throw invalidRequest(values.length === 1 ? `Invalid ${path}: must be ${list}` : `Invalid ${path}: must be one of ${list}`, path);
}

function coerceWord(type: string, value: Json, path: string, wire: Wire): Json {
  switch (type) {
    case 'string':
      if (typeof value === 'string') return value;
      throw invalidRequest(`Invalid string: ${JSON.stringify(value)}`, path);
    case 'number': return coerceNumber(value, path);
    case 'decimal':
      if (/^-?\d+(\.\d{1,12})?$/.test(asText(value))) return asText(value);
      throw invalidRequest(`Invalid decimal: ${asText(value)}; must contain at maximum 12 decimal places.`, path, 'parameter_invalid_decimal');
    case 'boolean':
      if (typeof value === 'boolean') return value;
      if (wire === 'form' && (value === 'true' || value === 'false')) return value === 'true';
      throw invalidRequest(`Invalid boolean: ${asText(value)}`, path, 'parameter_invalid_boolean');
    case 'file':
      if (isObject(value)) return value;
      throw invalidRequest('Invalid file: must be sent as multipart/form-data', path);
    default: return value;
  }
}

function coerceNumber(value: Json, path: string): number {
  const last = /\[?(\w+)\]?$/.exec(path)?.[1] ?? path;
  const parsed = typeof value === 'number' ? value : typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : Number.NaN;
  if (FRACTIONS.has(last) && Number.isFinite(parsed)) return parsed;
  if (Number.isSafeInteger(parsed) && !asText(value).includes('.')) return parsed;
  throw invalidRequest(`Invalid integer: ${asText(value)}`, path, 'parameter_invalid_integer');
}

function coerceArray(type: Type, value: Json, path: string, wire: Wire): Json[] {
  const indices = isObject(value) ? Object.keys(value) : [];
  if (!Array.isArray(value) && (!isObject(value) || indices.some((one) => !/^\d+$/.test(one)))) throw invalidRequest('Invalid array', path);
  const items = Array.isArray(value) ? value : indices.sort((a, b) => Number(a) - Number(b)).map((one) => value[one] ?? null);
  return items.map((item, index) => {
    if (item === '' && type === 'string') throw invalidRequest(`Invalid array: ${path} has an empty value`, `${path}[${index}]`, 'parameter_invalid_empty');
    return coerce(type, item, `${path}[${index}]`, wire);
  });
}

function coerceMap(type: Type, value: Json, path: string, wire: Wire): JsonObject {
  if (!isObject(value)) throw invalidRequest('Invalid object', path);
  const result: JsonObject = {};
  for (const [key, item] of Object.entries(value)) result[key] = item === '' || item === null ? '' : coerceMapValue(type, item, inside(path, key), wire);
  if (path === 'metadata' || path.endsWith('[metadata]')) checkMetadata(result, path);
  return result;
}

function coerceMapValue(type: Type, item: Json, path: string, wire: Wire): Json {
  if (typeof item !== 'object' && (type === 'string' || type[0] === 'or')) return String(item);
  return coerce(type, item, path, wire);
}

function checkMetadata(metadata: JsonObject, path: string): void {
  const keys = Object.keys(metadata);
  if (keys.length > 50) throw invalidRequest(`You can only have up to 50 keys in metadata, and you passed ${keys.length}.`, path);
  for (const key of keys) {
    const value = asText(metadata[key]);
    if (key.length > 40) throw invalidRequest(`Metadata keys can have up to 40 characters, but you passed in a key that is ${key.length} characters. Invalid key: ${key}`, path);
    if (/[[\]]/.test(key)) throw invalidRequest(`Metadata keys cannot contain square brackets. Invalid key: ${key}`, path);
    if (value.length > 500) throw invalidRequest(`Metadata values can have up to 500 characters, but you passed in a value that is ${value.length} characters. Invalid value: ${value}`, path);
  }
}

/** The first alternative that fits what the value looks like. */
function coerceUnion(types: readonly Type[], value: Json, path: string, wire: Wire): Json {
  const nested = typeof value === 'object';
  const fitting = types.filter((type) => (typeof type !== 'string' && ['object', 'array', 'map'].includes(type[0])) === nested);
  const candidates = fitting.length > 0 ? fitting : types;
  let fault: unknown;
  for (const type of candidates) {
    try {
      return coerce(type, value, path, wire);
    } catch (error) {
      fault ??= error;
    }
  }
  throw fault;
}
