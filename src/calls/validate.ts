// Checks of queries and bodies by the schemas of the rows. Queries are text and are read as what the schema wants; bodies
// are taken as they are, so that null never becomes 0 and an unknown key never vanishes.
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { invalidFields } from '../errors/status-error.ts';
import { isStorable } from '../api/storable.ts';

const queries = (): Ajv => new Ajv({ coerceTypes: 'array', allErrors: true, removeAdditional: false, useDefaults: false, strict: false });
const bodies = (): Ajv => new Ajv({ verbose: true, coerceTypes: false, allErrors: true, removeAdditional: false, useDefaults: false, strict: false });

export interface Validators {
  /** A check of queries; the query is changed to the types of the schema. @throws StatusError INVALID_ARGUMENT with every fault. */
  query(schema: object): (value: unknown) => void;
  /** @throws StatusError INVALID_ARGUMENT with every fault. */
  body(schema: object): (value: unknown) => void;
}

export function createValidators(): Validators {
  const [forQueries, forBodies] = [queries(), bodies()];
  return {
    query: (schema) => {
      const byName = check(forQueries, schema);
      const known = new Set([...Object.keys('properties' in schema && typeof schema.properties === 'object' ? (schema.properties ?? {}) : {}), ...SYSTEM_PARAMETERS]);
      return (value) => {
        refuseDoubtful(value, known);
        byName(value);
      };
    },
    body: (schema) => check(forBodies, schema),
  };
}

/** What the platform's clients may add to any call. */
const SYSTEM_PARAMETERS = ['$.xgafv', '$alt', 'access_token', 'alt', 'callback', 'fields', 'key', 'oauth_token', 'prettyPrint', 'quotaUser', 'uploadType', 'upload_protocol', 'userIp'];

/** A mistyped `conditions` would otherwise mean every row; and what no database takes is no fault of the server. */
function refuseDoubtful(query: unknown, known: ReadonlySet<string>): void {
  const unknown = Object.keys(query ?? {}).filter((name) => !known.has(name)).slice(0, 20);
  if (unknown.length > 0) throw invalidFields(unknown.map((name) => ({ field: name.slice(0, 100), description: `is no parameter of this call, ${takes(known)}` })), 'INVALID_REQUEST');
  const doubtful = Object.entries(query ?? {}).filter(([, value]) => !isStorable(String(value)));
  if (doubtful.length > 0) throw invalidFields(doubtful.map(([name]) => ({ field: name, description: 'holds a NUL, or half of a character' })), 'INVALID_REQUEST');
}

function takes(known: ReadonlySet<string>): string {
  const own = [...known].filter((name) => !SYSTEM_PARAMETERS.includes(name));
  return own.length === 0 ? 'which takes none' : `which takes ${own.join(', ')}`;
}

/** A schema is compiled when it is first used: compiling all of them would be a sixth of a start. */
function check(ajv: Ajv, schema: object): (value: unknown) => void {
  let validate: ValidateFunction | undefined;
  return (value) => {
    validate ??= ajv.compile(schema);
    if (validate(value)) return;
    throw invalidFields((validate.errors ?? []).map(violation), 'INVALID_REQUEST');
  };
}

function violation({ instancePath, message, keyword, params, parentSchema }: ErrorObject): { readonly field: string; readonly description: string } {
  const path = instancePath.slice(1).replaceAll('/', '.');
  const missing: unknown = keyword === 'required' ? params['missingProperty'] : undefined;
  if (typeof missing === 'string') return { field: path === '' ? missing : `${path}.${missing}`, description: 'is missing' };
  const unknown: unknown = keyword === 'additionalProperties' ? params['additionalProperty'] : undefined;
  if (typeof unknown === 'string') {
    const known = Object.keys(parentSchema?.['properties'] ?? {});
    return { field: (path === '' ? unknown : `${path}.${unknown}`).slice(0, 200), description: `is not known here${known.length === 0 ? '' : `; there is ${known.join(', ')}`}` };
  }
  const words = Object.hasOwn(WORDS, keyword) ? WORDS[keyword] : undefined;
  return { field: path, description: words?.(params) ?? message ?? 'is not valid' };
}

/** What a keyword of a schema asks for; null, which leaves an input open, is not told of. */
const WORDS: Readonly<Record<string, (params: Readonly<Record<string, unknown>>) => string | undefined>> = {
  type: ({ type }) => `must be ${listed(type).join(' or ')}`,
  enum: ({ allowedValues }) => `must be one of ${listed(allowedValues).join(', ')}`,
  minLength: ({ limit }) => (limit === 1 ? 'is empty' : undefined),
  minItems: ({ limit }) => (limit === 1 ? 'is empty' : undefined),
  maxLength: ({ limit }) => `must have at most ${String(limit)} characters`,
  maxItems: ({ limit }) => `must name at most ${String(limit)}`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
};

function listed(given: unknown): readonly unknown[] {
  return (Array.isArray(given) ? given : [given]).filter((one) => one !== null && one !== 'null');
}
