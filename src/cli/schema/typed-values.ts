// `--set Balance=700` as a value of the type that its column has, and `--set Metadata.tier=gold` as an object within one. What is
// no value of the type stays a text: the server says what is wrong with it, together with all other faults.
import { CommandError } from '../command-error.ts';
import { field } from '../members.ts';
import { findColumn, type ShapeColumn } from './entity-shape.ts';

type Values = Readonly<Record<string, unknown>>;
type Assigned = Record<string, unknown> | unknown[];

/** @param before what a file gave; what is set takes the place of it. @param assignments as they were read: texts, or values given as JSON. */
export function withAssignments(before: Values, assignments: Values, columns: readonly ShapeColumn[]): Values {
  const made: Record<string, unknown> = structuredClone({ ...before });
  for (const [name, given] of Object.entries(assignments)) {
    const whole = findColumn(columns, name);
    const [outer = '', ...inner] = name.split('.');
    const column = whole ?? (inner.length === 0 ? undefined : findColumn(columns, outer));
    if (column === undefined || whole !== undefined) made[whole?.name ?? name] = typeof given === 'string' ? typed(given, column?.schema) : given;
    else place(made, [column.name, ...inner], given, { properties: { [column.name]: column.schema } });
  }
  return made;
}

function place(at: Assigned, [key = '', ...rest]: readonly string[], given: unknown, schema: unknown): void {
  const inner = innerSchema(schema, key);
  // A map of texts has keys of any letters, dots too.
  const end = rest.length === 0 || isMapOfScalars(schema) ? [key, ...rest].join('.') : undefined;
  if (end !== undefined) {
    put(at, end, typeof given === 'string' ? typed(given, inner) : given);
    return;
  }
  const there: unknown = Reflect.get(at, key);
  const next: Assigned = isContainer(there) ? there : typesOf(inner).includes('array') && /^\d+$/.test(rest[0] ?? '') ? [] : {};
  put(at, key, next);
  place(next, rest, given, inner);
}

function put(at: Assigned, key: string, value: unknown): void {
  if (key === '__proto__') throw new CommandError('INVALID_ARGUMENT', '__proto__ is the name of no column.');
  if (Array.isArray(at)) {
    const index = /^\d{1,4}$/.test(key) ? Number(key) : at.length + 1;
    if (index > at.length) throw new CommandError('INVALID_ARGUMENT', `"${key}" is no place in a list of ${at.length}: count from 0, without gaps.`);
    at[index] = value;
  } else at[key] = value;
}

function isContainer(value: unknown): value is Assigned {
  return typeof value === 'object' && value !== null;
}

function isMapOfScalars(schema: unknown): boolean {
  const values = field(schema, 'additionalProperties');
  return isContainer(values) && field(schema, 'properties') === undefined && !typesOf(values).includes('object');
}

function innerSchema(schema: unknown, key: string): unknown {
  return field(field(schema, 'properties'), key) ?? (/^\d+$/.test(key) ? field(schema, 'items') : undefined) ?? field(schema, 'additionalProperties');
}

function typesOf(schema: unknown): readonly unknown[] {
  const type = field(schema, 'type');
  if (Array.isArray(type)) return type;
  return type === undefined ? [] : [type];
}

/** A text as what a schema asks for, where it is that. */
export function typed(text: string, schema: unknown): unknown {
  const types = typesOf(schema);
  if (types.includes('string') && !types.includes('object') && !types.includes('array')) return text;
  if (types.includes('boolean') && /^(true|false)$/.test(text)) return text === 'true';
  if (types.includes('integer') && /^-?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text);
  if (types.includes('number') && !types.includes('string') && /^-?\d+(\.\d+)?$/.test(text) && String(Number(text)) === text) return Number(text);
  if ((types.includes('object') || types.includes('array')) && /^\s*[[{]/.test(text)) return parsed(text);
  // A list of texts, written with commas.
  if (types.includes('array') && !types.includes('string') && typesOf(field(schema, 'items')).includes('string') && text !== '') return text.split(',').map((one) => one.trim());
  return text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
