// Requests formed from the document alone reach the rows that the document says they do.
import { gunzipSync } from 'node:zlib';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { operationsOf, type OpenApiDocument, type OperationObject, type ParameterObject } from '../api/openapi-model.ts';
import { bareServer } from '../../test/client/bare-server.ts';
import { everyRow } from '../../test/client/every-row.ts';
import type { CallAudit } from '../calls/recorder.ts';
import type { ApiOperation } from '../api/operation.ts';
import { API } from '../api/table.ts';
import { createHttpServer } from './server.ts';

const TOKEN = 'token';
let server: FastifyInstance;
let document: OpenApiDocument;
let reached: { readonly row: string; readonly input?: unknown }[] = [];

beforeAll(async () => {
  const handlers = everyRow(async ({ row, input }) => {
    reached.push({ row, input });
    return isStream(row) ? (async function* lines() { yield { line: 1 }; })() : {};
  });
  const audit: CallAudit = { admit: () => undefined, ended: ({ row, code }) => { if (code === 'UNIMPLEMENTED') reached.push({ row: row.id }); return undefined; } };
  server = createHttpServer(bareServer(handlers, { audit }));
  await server.ready();
  document = (await server.inject({ url: '/openapi.json' })).json();
});
afterAll(() => server.close());

const isStream = (row: string): boolean => Object.values<ApiOperation>(API).some(({ id, stream }) => id === row && stream === true);
const isReference = (value: object): value is { readonly $ref: string } => '$ref' in value;

function parametersOf({ parameters = [] }: OperationObject): readonly ParameterObject[] {
  return parameters.map((one) => (isReference(one) ? document.components.parameters[one.$ref.split('/').at(-1) ?? ''] : one)).filter((one) => one !== undefined);
}

interface Described {
  readonly $ref?: string;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly required?: readonly string[];
  readonly anyOf?: readonly Described[];
  readonly minItems?: number;
}

/** A value that a schema takes: the least of it. */
function valueFor({ $ref, enum: values, type, properties, required, anyOf, minItems }: Described): unknown {
  if ($ref !== undefined) return valueFor(document.components.schemas[$ref.split('/').at(-1) ?? ''] ?? {});
  if (values !== undefined) return values[0];
  if (anyOf?.[0] !== undefined) return valueFor(anyOf[0]);
  if (type === 'object') return Object.fromEntries((required ?? []).map((name) => [name, valueFor(properties?.[name] ?? {})]));
  if (type === 'array') return minItems === undefined ? [] : [valueFor({})];
  if (type === 'integer' || type === 'number') return 1;
  return type === 'boolean' ? true : 'x';
}

/** Forms a request from an operation as a client that was generated from the document would. */
function requestOf(path: string, operation: OperationObject, entity?: string): { readonly url: string; readonly payload?: string; readonly headers: Record<string, string>; readonly names: Readonly<Record<string, string>> } {
  const parameters = parametersOf(operation);
  const names: Record<string, string> = {};
  for (const { name, example, schema } of parameters.filter((one) => one.in === 'path')) {
    names[name] = name === 'entity' && entity !== undefined ? entity : String(example);
    expect(names[name], `the example of ${name}`).toMatch(new RegExp(String(schema['pattern'])));
  }
  const query = new URLSearchParams(parameters.filter((one) => one.in === 'query' && one.required === true).map(({ name, schema }): [string, string] => [name, String(valueFor(schema))])).toString();
  const body = operation.requestBody?.content['application/json']?.schema;
  return {
    url: `${path.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(names[name] ?? ''))}${query === '' ? '' : `?${query}`}`, names,
    headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { payload: JSON.stringify(valueFor(body)) }),
  };
}

describe('every operation of the document', () => {
  it('is routed to the row that it is named after, with what its path names', async () => {
    for (const { path, method, operation } of operationsOf(document).filter((one) => !one.operation.tags.includes('server') || one.operation.operationId in API)) {
      reached = [];
      const { url, headers, payload, names } = requestOf(path, operation);
      const reply = await server.inject({ method: method.toUpperCase() as 'GET', url, headers, ...(payload === undefined ? {} : { payload }) });
      expect(reply.statusCode, `${operation.operationId} ${url} ${reply.body}`).toBe(operation['x-konektor-served'] === false ? 501 : 200);
      expect(reached.map(({ row }) => row), url).toEqual([operation.operationId]);
      const told = JSON.stringify(reached[0]?.input ?? {});
      if (operation['x-konektor-served'] !== false) for (const value of Object.values(names)) expect(told, `${operation.operationId} is told ${value}`).toContain(value);
    }
  });

  it('takes the id of a child whose slash is encoded', async () => {
    reached = [];
    const { path, operation } = operationsOf(document).find((one) => one.operation.operationId === 'entities.get') ?? expect.fail();
    const { url, headers } = requestOf(path, operation, 'cus_1/txi_2');
    expect(url).toContain('cus_1%2Ftxi_2');
    expect((await server.inject({ url, headers })).statusCode).toBe(200);
    expect(reached).toMatchObject([{ row: 'entities.get', input: { path: { entity: 'cus_1/txi_2' } } }]);
  });

  it('answers probes', async () => {
    for (const path of ['/healthz', '/readyz', '/metrics']) expect((await server.inject({ url: path, headers: { authorization: `Bearer ${TOKEN}` } })).statusCode, path).toBe(200);
  });
});

describe('GET /openapi.json', () => {
  it('is sent once to who keeps it, packed to who takes that', async () => {
    const plain = await server.inject({ url: '/openapi.json' });
    expect(plain.headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-cache', vary: 'accept-encoding' });
    const packed = await server.inject({ url: '/openapi.json', headers: { 'accept-encoding': 'br, gzip;q=0.5' } });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    expect((await server.inject({ url: '/openapi.json', headers: { 'accept-encoding': 'gzip;q=0' } })).headers['content-encoding']).toBeUndefined();
    const again = await server.inject({ url: '/openapi.json', headers: { 'if-none-match': `"other", W/${String(plain.headers.etag)}` } });
    expect([again.statusCode, again.body, again.headers.etag]).toEqual([304, '', plain.headers.etag]);
    expect((await server.inject({ url: '/openapi.json', headers: { 'if-none-match': '"other"' } })).statusCode).toBe(200);
  });

  it('says nothing of the request that asked for it', async () => {
    const reply = await server.inject({ url: '/openapi.json', headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } });
    expect(reply.body).not.toContain('evil.example');
  });
});
