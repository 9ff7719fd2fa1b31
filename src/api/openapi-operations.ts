// From a row of the API table to an operation of the document.
import { EXAMPLES } from './openapi-examples.ts';
import { errorReferences, errorStatuses } from './openapi-errors.ts';
import type { JsonSchema, MediaObject, OperationObject, ParameterObject, Reference, RequestBodyObject, ResponseObject } from './openapi-model.ts';
import { spellPath } from './openapi-paths.ts';
import type { SchemaBook } from './openapi-schemas.ts';
import { tagOf } from './openapi-tags.ts';
import { SERVICES, type ApiOperation } from './operation.ts';
import { ExecutionQuery, PageQuery } from './schema.ts';
import type { UnservedOperation } from './unserved.ts';

const shared = (name: string): Reference => ({ $ref: `#/components/parameters/${name}` });

/** Parameters of the query that many rows have, by the very schema. */
const SHARED_QUERY: Readonly<Record<string, object>> = { ...PageQuery, ...ExecutionQuery };

export const HEADERS: Readonly<Record<string, ParameterObject>> = {
  'Idempotency-Key': {
    name: 'Idempotency-Key', in: 'header', schema: { type: 'string', minLength: 1, maxLength: 255 }, example: 'order-17',
    description: 'Drawn by the caller: the same write under the same key is done once and answered alike, also after a restart. Without it the server draws one, and a write that is sent again is another.',
  },
  'x-konektor-output': {
    name: 'x-konektor-output', in: 'header', schema: { enum: ['text', 'typed'], default: 'text' },
    description: 'typed gives the results of actions as native JSON instead of texts.',
  },
};

/** The parameters that are referred to by name. */
export function sharedParameters(book: SchemaBook): Readonly<Record<string, ParameterObject>> {
  return { ...Object.fromEntries(Object.entries(SHARED_QUERY).map(([name, schema]) => [name, queryParameter(name, schema, false, book)])), ...HEADERS };
}

export function describeRow(row: ApiOperation, book: SchemaBook): OperationObject {
  const { id, summary, permission, effect, service } = row;
  const body = bodyOf(row, book);
  return {
    operationId: id, tags: [tagOf(id)], summary, description: descriptionOf(row),
    parameters: [...pathParameters(row.http.path), ...queryOf(row, book), ...headersOf(row)],
    ...(body === undefined ? {} : { requestBody: body }),
    responses: { 200: answerOf(row, book), ...errorReferences(errorStatuses(row)) },
    'x-konektor-permission': permission, 'x-konektor-effect': effect, ...(service === undefined ? {} : { 'x-konektor-service': SERVICES[service] }),
  };
}

export function describeUnserved({ id, http: { path, method }, permission, why }: UnservedOperation): OperationObject {
  return {
    operationId: id, tags: [tagOf(id)], summary: 'Not served: answers 501.', description: why, parameters: pathParameters(path),
    ...(method === 'GET' || method === 'DELETE' ? {} : { requestBody: { required: false, content: json({ type: 'object' }) } }),
    responses: errorReferences([400, 401, 403, 404, 500, 501, 503]), 'x-konektor-permission': permission, 'x-konektor-served': false,
  };
}

function descriptionOf({ permission, service, stream, callsRows }: ApiOperation): string {
  const asks = permission === null
    ? (callsRows === true ? 'Needs the permissions of the operations that it calls.' : 'Open to every known caller; what of it is theirs is decided by what it does.')
    : `Needs the permission ${permission}.`;
  return [
    asks, ...(service === undefined ? [] : [`${SERVICES[service]} must be enabled in the project.`]),
    ...(stream === true ? ['Answers with one JSON object a line, as many as there are.'] : []),
  ].join(' ');
}

function pathParameters(path: string): readonly Reference[] {
  return spellPath(path).parts.map(shared);
}

function queryOf({ query }: ApiOperation, book: SchemaBook): readonly (ParameterObject | Reference)[] {
  const required: readonly string[] = 'required' in query && Array.isArray(query.required) ? query.required : [];
  return Object.entries(query.properties).map(([name, schema]) => (SHARED_QUERY[name] === schema ? shared(name) : queryParameter(name, schema, required.includes(name), book)));
}

function queryParameter(name: string, given: object, required: boolean, book: SchemaBook): ParameterObject {
  const { description, ...schema } = book.of(given);
  return { name, in: 'query', ...(required ? { required } : {}), ...(typeof description === 'string' ? { description } : {}), schema };
}

/** What a write takes a key by, and what executes something an answer's form; what is read of them stands with the deeds. */
function headersOf({ http: { path }, effect, audit }: ApiOperation): readonly Reference[] {
  if (effect === 'read' || audit !== 'DATA_WRITE') return [];
  return [shared('Idempotency-Key'), ...(path.endsWith(':execute') ? [shared('x-konektor-output')] : [])];
}

function bodyOf({ id, body, bodyShape }: ApiOperation, book: SchemaBook): RequestBodyObject | undefined {
  if (body === undefined) return undefined;
  const shape = bodyShape ?? body;
  const required = 'required' in shape && Array.isArray(shape.required) && shape.required.length > 0;
  return { required, content: json(book.of(shape), EXAMPLES[id]?.body) };
}

function answerOf({ id, output, stream }: ApiOperation, book: SchemaBook): ResponseObject {
  const schema = book.of(output);
  if (stream !== true) return { description: 'Done.', content: json(schema, EXAMPLES[id]?.answer) };
  return { description: 'Lines, each an object of this schema.', content: { 'application/x-ndjson': { schema } } };
}

function json(schema: JsonSchema, example?: unknown): Readonly<Record<string, MediaObject>> {
  return { 'application/json': { schema, ...(example === undefined ? {} : { example }) } };
}
