// A tool as the rows list it, in the form of the Model Context Protocol, and so that every client can read its schemas: one type
// to each value. Columns that are null are left out of results, so that no type has to say that it may be.
import type { CallToolResult, Tool as McpTool } from '@modelcontextprotocol/server';
import type { Tool } from '../api/tools.ts';

export function toMcpTool({ name, description, annotations, inputSchema = {}, outputSchema = {} }: Tool): McpTool {
  return { name, title: annotations.title, description, annotations, inputSchema: objectSchema(inputSchema, taken), outputSchema: objectSchema(outputSchema, given) };
}

type Schema = Readonly<Record<string, unknown>>;
type ObjectSchema = McpTool['inputSchema'];

function objectSchema(schema: Schema, typeOf: TypeOf): ObjectSchema {
  const { $schema: _draft, ...rest } = plain(schema, typeOf);
  return { ...rest, type: 'object' };
}

/** What a list of types becomes. */
type TypeOf = (types: readonly unknown[]) => Schema;

/** Of what a tool takes: one, or one of several. */
const taken: TypeOf = (types) => (types.length === 1 ? { type: types[0] } : { anyOf: types.map((type) => ({ type })) });
/** Of what a tool gives, from which null is left out. */
const given: TypeOf = (types) => taken(types.filter((type) => type !== 'null'));

/** Undoes what the platform's form of schemas asks for: lists of types, and `{"not": {}}` for what is never true. */
function plain(schema: Schema, typeOf: TypeOf): Record<string, unknown> {
  return Object.fromEntries(Object.entries(schema).flatMap(([key, value]) => {
    if (key === 'type' && Array.isArray(value)) return Object.entries(typeOf(value));
    if (key === 'properties' && isObject(value)) return [[key, Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, isObject(inner) ? plain(inner, typeOf) : inner]))]];
    if (key === 'additionalProperties' && isObject(value) && isObject(value['not']) && Object.keys(value['not']).length === 0) return [[key, false]];
    if ((key === 'items' || key === 'additionalProperties') && isObject(value)) return [[key, plain(value, typeOf)]];
    if (key === 'anyOf' && Array.isArray(value)) return [[key, value.map((inner: unknown) => (isObject(inner) ? plain(inner, typeOf) : inner))]];
    return [[key, value]];
  }));
}

function isObject(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A result as data and as text, both without what is null: hundreds of columns may be. */
export function succeeded(result: Schema): CallToolResult {
  const structuredContent = withoutNull(result);
  return { content: [{ type: 'text', text: JSON.stringify(structuredContent) }], structuredContent };
}

function withoutNull(fields: Schema): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).flatMap(([key, value]) => (value === null || value === undefined ? [] : [[key, withoutNullWithin(value)]])));
}

/** In a list null keeps its place. */
function withoutNullWithin(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNullWithin);
  return isObject(value) ? withoutNull(value) : value;
}
