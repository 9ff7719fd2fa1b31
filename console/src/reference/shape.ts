// What a JSON Schema says, in the words of people: its kind, its members, an example. Pure.
import type { Schema } from '../api/description.ts';
import { nameOf } from './listed.ts';

export type Schemas = Readonly<Record<string, Schema>>;

export interface Member {
  readonly name: string;
  readonly schema: Schema;
  readonly isRequired: boolean;
}

const isSchema = (value: unknown): value is Schema => typeof value === 'object' && value !== null && !Array.isArray(value);
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const alternativesOf = (schema: Schema): readonly Schema[] => listOf(schema['anyOf'] ?? schema['oneOf']).filter(isSchema);

function referenceOf(schema: Schema): string | undefined {
  const { $ref } = schema;
  return typeof $ref === 'string' ? nameOf({ $ref }) : undefined;
}

/** The schema itself, wherever it stands in the document. */
export function resolved(schema: Schema, schemas: Schemas): Schema {
  const name = referenceOf(schema);
  return name === undefined ? schema : { ...schemas[name], ...(typeof schema['description'] === 'string' ? { description: schema['description'] } : {}) };
}

/** `Connection`, `Secret[]`, `map of string`, `string (date-time)`. */
export function kindOf(schema: Schema): string {
  const name = referenceOf(schema);
  if (name !== undefined) return name;
  const alternatives = alternativesOf(schema);
  if (alternatives.length > 0) return [...new Set(alternatives.map(kindOf))].join(' | ');
  if ('const' in schema) return JSON.stringify(schema['const']);
  const { type, format, items, additionalProperties } = schema;
  if (type === 'array') return `${isSchema(items) ? kindOf(items) : 'any'}[]`;
  if (type === 'object' && isSchema(additionalProperties) && membersOf(schema).length === 0) return `map of ${kindOf(additionalProperties)}`;
  const kinds = listOf(type ?? []).length > 0 ? listOf(type).join(' | ') : typeof type === 'string' ? type : schema['enum'] === undefined ? 'any' : 'enum';
  return typeof format === 'string' ? `${kinds} (${format})` : kinds;
}

/** What a value must fulfil beside its kind: `1 … 50`, `length 0 … 255`. */
export function boundsOf({ minimum, maximum, minLength, maxLength, maxItems, pattern, default: usual }: Schema): readonly string[] {
  const bounds: string[] = [];
  if (minimum !== undefined || maximum !== undefined) bounds.push(`${minimum === undefined ? '' : JSON.stringify(minimum)} … ${maximum === undefined ? '' : JSON.stringify(maximum)}`.trim());
  if (minLength !== undefined || maxLength !== undefined) bounds.push(`length ${JSON.stringify(minLength ?? 0)} … ${maxLength === undefined ? '' : JSON.stringify(maxLength)}`.trim());
  if (maxItems !== undefined) bounds.push(`items … ${JSON.stringify(maxItems)}`);
  if (typeof pattern === 'string') bounds.push(pattern);
  if (usual !== undefined) bounds.push(`= ${JSON.stringify(usual)}`);
  return bounds;
}

export function valuesOf({ enum: values }: Schema): readonly string[] {
  return listOf(values).map((value) => (typeof value === 'string' ? value : JSON.stringify(value)));
}

/** The members of an object; none of anything else. */
export function membersOf(schema: Schema): readonly Member[] {
  const { properties } = schema;
  const required = listOf(schema['required']);
  return isSchema(properties) ? Object.entries(properties).filter((entry): entry is [string, Schema] => isSchema(entry[1])).map(([name, one]) => ({ name, schema: one, isRequired: required.includes(name) })) : [];
}

const DEEPEST = 6;

/** The object that a schema stands for, or that its list, its map, or one of its alternatives holds. */
export function innerOf(given: Schema, schemas: Schemas, depth = 0): Schema | undefined {
  const schema = resolved(given, schemas);
  if (membersOf(schema).length > 0) return schema;
  if (depth > DEEPEST) return undefined;
  return [schema['items'], schema['additionalProperties'], ...alternativesOf(schema)].filter(isSchema).map((one) => innerOf(one, schemas, depth + 1)).find((one) => one !== undefined);
}

/** A value of the schema's kind, with what it requires and nothing more; patterns and bounds are not kept to. */
export function exampleOf(given: Schema, schemas: Schemas, depth = 0): unknown {
  const schema = resolved(given, schemas);
  const { example, default: usual, type, items, format } = schema;
  for (const known of [example, listOf(schema['examples'])[0], usual, schema['const'], listOf(schema['enum'])[0]]) if (known !== undefined) return known;
  if (depth > DEEPEST) return {};
  const [first] = alternativesOf(schema);
  if (first !== undefined) return exampleOf(first, schemas, depth + 1);
  const kind = listOf(type)[0] ?? type;
  if (kind === 'object') return Object.fromEntries(membersOf(schema).filter(({ isRequired }) => isRequired).map(({ name, schema: one }) => [name, exampleOf(one, schemas, depth + 1)]));
  if (kind === 'array') return isSchema(items) ? [exampleOf(items, schemas, depth + 1)] : [];
  if (kind === 'integer' || kind === 'number') return 1;
  if (kind === 'boolean') return true;
  return format === 'date-time' ? '2026-01-31T12:00:00Z' : '…';
}
