// A value that a caller gave → what Stripe takes, by the type of its parameter. Every fault is noted and conversion goes on, so
// that a caller sees all of them at once. Nothing is rounded, scaled or guessed.
import type { FieldViolation } from '../../errors/status-error.ts';
import { canonicalTime, instantOf } from '../../filter/instant.ts';
import { inSmallestUnit, looksLikeLargeUnit } from '../../filter/minor-units.ts';
import { FileContent, type Value } from './form.ts';
import { resolveKey } from './resolve.ts';
import { isObject } from './response.ts';
import { columnName, snake } from './spelling.ts';
import type { Property } from './table.ts';
import { shapeNamed } from './tables.ts';

export interface Conversion {
  readonly api: 'v1' | 'v2';
  /** On UPDATE null clears; on CREATE it is as if absent; an action clears what can be cleared and leaves the rest out. */
  readonly mode: 'CREATE' | 'UPDATE' | 'ACTION';
  /** Names and values that the table does not know are passed on: the connection speaks another API version. */
  readonly passthrough: boolean;
  readonly faults: FieldViolation[];
}

export const MAX_FILE_BYTES = 10 * 1024 * 1024;

const WHOLE = /^[+-]?\d+(?:\.0*)?$/;
const DECIMAL = /^-?\d+(?:\.\d{1,12})?$/;
const LATEST_SECONDS = 100_000_000_000;

/** The value as Stripe takes it; undefined for one that is not sent. */
export function convert(property: Property, value: unknown, at: string, conversion: Conversion): Value | undefined {
  if (value === null || value === undefined || value === '') return unset(property, at, conversion);
  switch (property.type) {
    case 'string':
    case 'enum':
      return text(value, at, conversion);
    case 'integer':
      return integer(property, value, at, conversion);
    case 'number':
    case 'decimal':
      return decimal(property, value, at, conversion);
    case 'boolean':
      return truth(value, at, conversion);
    case 'timestamp':
      return time(property, value, at, conversion);
    case 'file':
      return file(value, at, conversion);
    case 'array':
      return list(property, value, at, conversion);
    case 'map':
      return map(property, value, at, conversion);
    case 'object':
      return object(property, value, at, conversion);
    case 'union':
      return union(property, value, at, conversion);
  }
}

function fault(conversion: Conversion, field: string, description: string): undefined {
  conversion.faults.push({ field, description });
}

/** API v1 knows no null on the wire: nothing behind "=" clears. */
function unset(property: Property, at: string, conversion: Conversion): Value | undefined {
  const { mode, api } = conversion;
  if (mode === 'CREATE') return undefined;
  if (property.emptyable === true || (mode === 'UPDATE' && property.type === 'string')) return api === 'v2' ? null : '';
  if (mode === 'ACTION') return undefined;
  return fault(conversion, at, 'cannot be cleared; leave it out to keep it as it is');
}

function text(value: unknown, at: string, conversion: Conversion): Value | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return fault(conversion, at, 'must be text');
}

function integer(property: Property, value: unknown, at: string, conversion: Conversion): Value | undefined {
  const isMoney = property.format === 'minor-units';
  const number = typeof value === 'string' && WHOLE.test(value.trim()) && !(isMoney && looksLikeLargeUnit(value)) ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isInteger(number)) return fault(conversion, at, isMoney ? noAmount(value) : `must be a whole number, not ${shown(value)}`);
  if (!Number.isSafeInteger(number)) return fault(conversion, at, 'is too large to be exact');
  return property.format === 'int64' ? String(number) : number === 0 ? 0 : number;
}

function noAmount(value: unknown): string {
  const advice = typeof value === 'string' || typeof value === 'number' ? inSmallestUnit(String(value)) : '';
  return `must be a whole number of the currency's smallest unit, not ${shown(value)}${advice === '' ? '' : `; ${advice}`}`;
}

/** Digits are kept as they were written: a float would change them. */
function decimal(property: Property, value: unknown, at: string, conversion: Conversion): Value | undefined {
  const digits = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : '';
  if (!DECIMAL.test(digits)) return fault(conversion, at, `must be a decimal number with at most 12 places, not ${shown(value)}`);
  return property.type === 'number' && conversion.api === 'v2' ? Number(digits) : digits;
}

function truth(value: unknown, at: string, conversion: Conversion): Value | undefined {
  if (typeof value === 'boolean') return value;
  const word = typeof value === 'string' ? value.trim().toLowerCase() : '';
  if (word === 'true' || word === 'false') return word === 'true';
  return fault(conversion, at, `must be true or false, not ${shown(value)}`);
}

function time(property: Property, value: unknown, at: string, conversion: Conversion): Value | undefined {
  const written = typeof value === 'string' || typeof value === 'number' ? value : '';
  const instant = instantOf(typeof written === 'string' ? written.trim() : written);
  if (instant === null) return fault(conversion, at, `must be a time: RFC 3339, YYYY-MM-DD or unix seconds, not ${shown(value)}`);
  const seconds = instant / 1000;
  if (Math.abs(seconds) > LATEST_SECONDS) return fault(conversion, at, 'looks like milliseconds; times are in seconds');
  if (property.format === 'date-time') return canonicalTime(written) ?? fault(conversion, at, 'is no time that can be written');
  if (property.format === 'unix-milliseconds') return Math.round(instant);
  return Number.isInteger(seconds) ? seconds : fault(conversion, at, 'must be a whole second');
}

function file(value: unknown, at: string, conversion: Conversion): Value | undefined {
  const given = isObject(value) ? value : { data: value };
  const [data, name, type] = ['data', 'name', 'type'].map((key) => given[key] ?? given[columnName([key])]);
  const base64 = typeof data === 'string' ? data.replace(/\s+/g, '') : '';
  if (base64 === '' || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(base64)) return fault(conversion, at, 'must be the bytes of the file as base64');
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.byteLength > MAX_FILE_BYTES) return fault(conversion, at, `is larger than ${MAX_FILE_BYTES} bytes`);
  return new FileContent(bytes, typeof name === 'string' ? name : 'file', typeof type === 'string' ? type : 'application/octet-stream');
}

/** JSON may arrive as text. */
function parsed(value: unknown, opening: string): unknown {
  if (typeof value !== 'string' || !value.trimStart().startsWith(opening)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function list(property: Property, given: unknown, at: string, conversion: Conversion): Value | undefined {
  const value = parsed(parsed(given, '['), '{');
  const elements: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (elements.length === 0) return unset(property, at, conversion);
  // An element of a list is made anew each time: there is nothing in it to clear.
  const inner: Conversion = { ...conversion, mode: 'CREATE' };
  const items = property.items ?? { type: 'object' };
  return elements.flatMap((element, index) => convert(items, element, `${at}[${index}]`, inner) ?? []);
}

/** Keys of a map are its owner's: kept to the letter. */
function map(property: Property, given: unknown, at: string, conversion: Conversion): Value | undefined {
  const value = parsed(given, '{');
  if (!isObject(value)) return fault(conversion, at, 'must be an object of names and values');
  const keys = Object.keys(value);
  if (keys.length === 0) return unset(property, at, conversion);
  const items = property.items;
  const made: Record<string, Value> = Object.create(null);
  for (const key of keys) {
    const element = items === undefined ? anything(value[key]) : mapValue(items, value[key], `${at}.${key}`, conversion);
    if (element !== undefined) made[key] = element;
  }
  return made;
}

/** A key of a map can always be cleared, which removes it. */
function mapValue(items: Property, value: unknown, at: string, conversion: Conversion): Value | undefined {
  return convert(items.type === 'string' || items.type === 'enum' ? { ...items, emptyable: true } : items, value, at, conversion);
}

function object(property: Property, given: unknown, at: string, conversion: Conversion): Value | undefined {
  const value = parsed(given, '{');
  if (!isObject(value)) return fault(conversion, at, `must be an object, not ${typeof given === 'string' ? 'a text that is no JSON' : shown(given)}`);
  const keys = Object.keys(value);
  if (keys.length === 0) return unset(property, at, conversion);
  if (property.shape === undefined) return anything(value);
  const made: Record<string, Value> = Object.create(null);
  for (const key of keys) {
    const found = resolveKey(property.shape, key);
    const label = `${at}.${key}`;
    if (found === undefined) {
      const raw = conversion.passthrough ? anything(value[key]) : fault(conversion, label, `there is no ${key.slice(0, 100)} here`);
      if (raw !== undefined) made[snake(key)] = raw;
      continue;
    }
    if (isCardData(found.owner, found.path)) refuseCardData(conversion, label);
    const element = convert(found.property, value[key], label, conversion);
    if (element !== undefined) put(made, found.path, element, label, conversion);
  }
  return made;
}

/** Puts a value at its place in the parameters; two spellings of one parameter must agree. */
export function put(target: Record<string, Value>, path: readonly string[], value: Value, at: string, conversion: Conversion): void {
  const [key = '', ...rest] = path;
  const known = target[key];
  const fresh = rest.length === 0 ? value : nest(rest, value);
  if (known === undefined) target[key] = fresh;
  else if (isMap(known) && isMap(fresh)) for (const [name, inner] of Object.entries(fresh)) put(known, [name], inner, at, conversion);
  else if (JSON.stringify(known) !== JSON.stringify(fresh)) fault(conversion, at, `${columnName([key])} is given twice with different values`);
}

function nest(path: readonly string[], value: Value): Value {
  return path.reduceRight<Value>((inner, key) => Object.assign(Object.create(null), { [key]: inner }), value);
}

function isMap(value: Value): value is Record<string, Value> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof FileContent);
}

/** The alternative that the value fits; where it fits none, the faults of the one that came closest. */
function union(property: Property, value: unknown, at: string, conversion: Conversion): Value | undefined {
  const { of = [] } = property;
  let fewest: readonly FieldViolation[] | undefined;
  for (const alternative of of.toSorted((a, b) => rank(a, value) - rank(b, value))) {
    const faults: FieldViolation[] = [];
    const made = convert(alternative, value, at, { ...conversion, faults });
    if (faults.length === 0) return made;
    if (fewest === undefined || faults.length < fewest.length) fewest = faults;
  }
  conversion.faults.push(...(fewest ?? []));
  return undefined;
}

/** Known words first, then what is read strictly, then plain text and open enums. */
function rank({ type, enum: known }: Property, value: unknown): number {
  if (type === 'enum' && typeof value === 'string' && known?.includes(value) === true) return 0;
  if (type === 'object') return typeof value === 'string' && !value.trimStart().startsWith('{') ? 4 : 1;
  return type === 'string' || type === 'enum' ? 3 : 2;
}

const CARD_DATA = new Set(['number', 'cvc']);

/** Numbers and security codes of cards have no business here: whoever handles them must be certified for it. */
export function isCardData(owner: string, path: readonly string[]): boolean {
  return CARD_DATA.has(path.at(-1) ?? '') && 'exp_month' in shapeNamed(owner);
}

export function refuseCardData(conversion: Conversion, at: string): void {
  fault(conversion, at, 'card numbers and security codes are not taken; collect them with Stripe.js, or use a test payment method such as pm_card_visa');
}

/** JSON of which no table knows anything, as it is. */
export function anything(value: unknown): Value {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(anything);
  if (!isObject(value)) return null;
  const made: Record<string, Value> = Object.create(null);
  for (const [key, inner] of Object.entries(value)) made[key] = anything(inner);
  return made;
}

function shown(value: unknown): string {
  const written = typeof value === 'object' ? 'JSON' : JSON.stringify(value) ?? 'nothing';
  return written.length > 60 ? `${written.slice(0, 60)}…` : written;
}
