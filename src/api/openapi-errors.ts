// Errors in the description of the API: the google.rpc.Status that every one of them is, and which HTTP statuses a row can
// answer with.
import { CODES, isCode, type Code } from '../errors/codes.ts';
import type { HeaderObject, JsonSchema, Reference, ResponseObject } from './openapi-model.ts';
import type { ApiOperation } from './operation.ts';

const text: JsonSchema = { type: 'string' };
const typed = (name: string): JsonSchema => ({ const: `type.googleapis.com/google.rpc.${name}` });
const detail = (name: string, description: string, properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object', description, required: ['@type', ...Object.keys(properties)], properties: { '@type': typed(name), ...properties },
});

export const ERROR_SCHEMAS: Readonly<Record<string, JsonSchema>> = {
  Error: { type: 'object', description: 'What every call answers that fails.', required: ['error'], properties: { error: { $ref: '#/components/schemas/Status' } } },
  Status: {
    type: 'object', description: 'A google.rpc.Status.', required: ['code', 'message', 'status', 'details'],
    properties: {
      code: { type: 'integer', description: 'The HTTP status.' }, message: { type: 'string', description: 'For people; it may change.' },
      status: { enum: Object.keys(CODES), description: 'The code of google.rpc.' },
      details: { type: 'array', items: { anyOf: ['ErrorInfo', 'BadRequest', 'RetryInfo', 'RequestInfo'].map((name) => ({ $ref: `#/components/schemas/${name}` })) } },
    },
  },
  ErrorInfo: detail('ErrorInfo', 'Why, for programs.', {
    reason: { type: 'string', pattern: '^[A-Z][A-Z0-9_]*$', description: 'Stable: what a program may branch on. docs/reference/errors.md has them all.' }, domain: { const: 'konektor' },
    metadata: { type: 'object', description: 'What is known of the cause; hint says what to do next.', required: ['hint'], properties: { hint: text }, additionalProperties: text },
  }),
  BadRequest: detail('BadRequest', 'Every fault of the request.', {
    fieldViolations: { type: 'array', items: { type: 'object', required: ['field', 'description'], properties: { field: text, description: text } } },
  }),
  RetryInfo: detail('RetryInfo', 'When to try again.', { retryDelay: { type: 'string', pattern: '^[0-9]+(\\.[0-9]+)?s$' } }),
  RequestInfo: detail('RequestInfo', 'The id by which the log knows the request.', { requestId: text }),
};

interface ErrorAnswer {
  readonly name: string;
  readonly description: string;
  readonly headers?: Readonly<Record<string, HeaderObject>>;
}

const codesOf = (http: number): readonly Code[] => Object.keys(CODES).filter(isCode).filter((code) => CODES[code].http === http);

const ANSWERS: Readonly<Record<number, ErrorAnswer>> = {
  400: { name: 'BadRequest', description: 'The request is not well-formed, or the resource is not in a state that allows it.' },
  401: { name: 'Unauthenticated', description: 'No token, or one that is nobody\'s.', headers: { 'WWW-Authenticate': { description: 'Bearer realm="konektor"', schema: text } } },
  403: { name: 'PermissionDenied', description: 'The caller lacks the permission, or the source refuses.' },
  404: { name: 'NotFound', description: 'A resource of the path, or the row, is not there.' },
  409: { name: 'Conflict', description: 'It is there already, or was changed in the meantime, or something is working on it.' },
  429: { name: 'ResourceExhausted', description: 'Over a rate or a limit.', headers: { 'Retry-After': { description: 'Whole seconds, where waiting helps.', schema: { type: 'integer' } } } },
  500: { name: 'Internal', description: 'The server failed; its log knows the request by its id.' },
  501: { name: 'Unimplemented', description: 'This is not served, or the entity type has no such operation.' },
  503: { name: 'Unavailable', description: 'The source, the way to it, or the database is disturbed: try again, a write with the same Idempotency-Key.' },
  504: { name: 'DeadlineExceeded', description: 'It took too long; a write may have been done: send it again with the same Idempotency-Key.' },
};

export function errorResponses(): Readonly<Record<string, ResponseObject>> {
  return Object.fromEntries(Object.entries(ANSWERS).map(([http, { name, description, headers }]) => [name, {
    description: `${codesOf(Number(http)).join(', ')}. ${description}`, ...(headers === undefined ? {} : { headers }),
    content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
  }]));
}

export function errorReferences(statuses: readonly number[]): Readonly<Record<string, Reference>> {
  return Object.fromEntries(statuses.toSorted((a, b) => a - b).map((http) => [String(http), { $ref: `#/components/responses/${ANSWERS[http]?.name ?? 'Internal'}` }]));
}

/** Of every row: who calls is looked at first, then what they sent. */
const ALWAYS: readonly number[] = [400, 401, 403, 500, 503];

/** The HTTP statuses that a row may end with when it fails. */
export function errorStatuses({ http: { path }, effect, callsRows }: Pick<ApiOperation, 'http' | 'effect' | 'callsRows'>): readonly number[] {
  const speaksToSource = path.startsWith('/v2/') || callsRows === true || /:(diagnose|reconcile)$/.test(path);
  return [
    ...ALWAYS, ...(path.includes('{') ? [404] : []), ...(effect === 'read' ? [] : [409]), ...(effect !== 'read' || speaksToSource ? [429] : []),
    ...(speaksToSource ? [501, 504] : []),
  ];
}
