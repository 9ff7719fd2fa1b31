// From the schemas of rows to those of a document: one with a title stands in the document once, under that name, and is
// referred to everywhere else.
import type { JsonSchema } from './openapi-model.ts';

export interface SchemaBook {
  /** The schema as it stands where it is used. @throws Error where two different schemas have one title */
  of(schema: object): JsonSchema;
  /** The schemas that are referred to, in order of name. */
  named(): Readonly<Record<string, JsonSchema>>;
}

/** Where keys of an object are names of the user's and not words of JSON Schema. */
const MAPS = new Set(['properties', '$defs']);
const LISTS = new Set(['anyOf', 'oneOf', 'allOf', 'prefixItems']);
const SINGLE = new Set(['items', 'additionalProperties', 'not']);
/** As what a record of any key is written. */
const ANY_KEY = new Set(['^.*$', '^(.*)$']);

export function createSchemaBook(): SchemaBook {
  const named = new Map<string, { readonly text: string; readonly schema: JsonSchema }>();

  function of(schema: object): JsonSchema {
    if (!('title' in schema) || typeof schema.title !== 'string') return written(schema);
    const { title, ...rest } = schema;
    const made = written(rest);
    const text = JSON.stringify(made);
    const known = named.get(title);
    if (known === undefined) named.set(title, { text, schema: made });
    else if (known.text !== text) throw new Error(`Two schemas of the API are called ${title}.`);
    return { $ref: `#/components/schemas/${title}` };
  }

  function written(schema: object): JsonSchema {
    return Object.fromEntries(Object.entries(schema).filter(([key]) => !key.startsWith('~')).map(([key, value]: [string, unknown]) => {
      if (key === 'patternProperties' && isObject(value)) return ofPatterns(value);
      return [key, ofPart(key, value)];
    }));
  }

  function ofPart(key: string, value: unknown): unknown {
    if (MAPS.has(key) && isObject(value)) return Object.fromEntries(Object.entries(value).map(([name, one]: [string, unknown]) => [name, isObject(one) ? of(one) : one]));
    if (LISTS.has(key) && Array.isArray(value)) return value.map((one: unknown) => (isObject(one) ? of(one) : one));
    return SINGLE.has(key) && isObject(value) ? of(value) : value;
  }

  function ofPatterns(patterns: object): [string, unknown] {
    const [[pattern, value] = ['', undefined], ...others] = Object.entries(patterns) as [string, unknown][];
    if (others.length > 0 || !ANY_KEY.has(pattern)) return ['patternProperties', ofPart('properties', patterns)];
    return ['additionalProperties', isObject(value) && Object.keys(value).length > 0 ? of(value) : true];
  }

  return {
    of,
    named: () => Object.fromEntries([...named].map(([name, { schema }]): [string, JsonSchema] => [name, schema]).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
