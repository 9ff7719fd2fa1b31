// The faces through which the examples of the specification are run: the rows of the runtime API and its tools, the Connectors
// task in its two forms, and the command line. What an example says is the same on each; how it is sent, and where the payload comes back, is told here.
import { expect } from 'vitest';
import { CODES } from '../../src/errors/codes.ts';
import { command } from './command-here.ts';
import type { CommandEnd } from './running-command.ts';
import { TOKEN, type Fields, type Reply, type ReplyBody } from './running-server.ts';

/** JSON as the specification writes it: a number keeps the form that it has there. */
export type Payload = string;

export interface Face {
  /** @returns what the specification calls connectorOutputPayload */
  readonly create: (entity: string, payload: Payload) => Promise<Fields>;
  readonly update: (entity: string, id: string, payload: Payload) => Promise<Fields>;
  readonly get: (entity: string, id: string) => Promise<Fields>;
  readonly list: (entity: string, filterClause: string) => Promise<readonly Fields[]>;
  readonly delete: (entity: string, id: string) => Promise<void>;
  readonly execute: (action: string, payload: Payload) => Promise<readonly Fields[]>;
  /** Where it must fail: the status of HTTP and of the error. */
  readonly failure: (what: { readonly operation: 'GET_ENTITY'; readonly entity: string; readonly id: string } | { readonly operation: 'EXECUTE_ACTION'; readonly action: string; readonly payload: Payload }) => Promise<{ readonly http: number; readonly status: string }>;
}

export type MakeFace = (url: string, connection: string) => Face;

export const FACES: Readonly<Record<string, MakeFace>> = { 'the rows of v2': rows, 'the tools of v2': tools, 'the Connectors task': (url, connection) => task(flat(url, connection)), 'the Connectors task of v1': (url, connection) => task(named(url, connection)), 'the command line': commands };

async function send(url: string, method: string, path: string, body?: string): Promise<Reply> {
  const reply = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body }) });
  return { status: reply.status, body: await reply.json() as ReplyBody };
}

function done({ status, body }: Reply): ReplyBody {
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
}

const failed = ({ status, body }: Reply): { readonly http: number; readonly status: string } => ({ http: status, status: body.error?.status ?? '' });

function rows(url: string, connection: string): Face {
  const entities = (entity: string): string => `/v2/${connection}/entityTypes/${entity}/entities`;
  const get = (entity: string, id: string): Promise<Reply> => send(url, 'GET', `${entities(entity)}/${id}`);
  const execute = (action: string, payload: Payload): Promise<Reply> => send(url, 'POST', `/v2/${connection}/actions/${action}:execute`, `{"parameters":${payload}}`);
  return {
    create: async (entity, payload) => done(await send(url, 'POST', entities(entity), `{"fields":${payload}}`)).fields,
    update: async (entity, id, payload) => done(await send(url, 'PATCH', `${entities(entity)}/${id}`, `{"fields":${payload}}`)).fields,
    async get(entity, id) {
      const { name, fields } = done(await get(entity, id));
      expect(name).toBe(`${connection}/entityTypes/${entity}/entities/${id}`);
      return fields;
    },
    list: async (entity, filterClause) => done(await send(url, 'GET', `${entities(entity)}?conditions=${encodeURIComponent(filterClause)}`)).entities.map(({ fields }) => fields),
    async delete(entity, id) {
      expect(done(await send(url, 'DELETE', `${entities(entity)}/${id}`))).toEqual({});
    },
    async execute(action, payload) {
      const body = done(await execute(action, payload));
      expect(Object.keys(body)).toEqual(['results']);
      return body.results;
    },
    failure: async (what) => failed(what.operation === 'GET_ENTITY' ? await get(what.entity, what.id) : await execute(what.action, what.payload)),
  };
}

function tools(url: string, connection: string): Face {
  const call = (tool: string, parameters: Payload): Promise<Reply> => send(url, 'POST', `/v2/${connection}/tools/${tool}:execute`, `{"parameters":${parameters}}`);
  const result = async (tool: string, parameters: Payload): Promise<Fields> => {
    const body = done(await call(tool, parameters));
    expect(Object.keys(body)).toEqual(['result']);
    return body['result'] as Fields;
  };
  return {
    create: (entity, payload) => result(`create_${entity}`, payload),
    update: (entity, id, payload) => result(`update_${entity}`, `{"id":"${id}",${payload.slice(1)}`),
    get: (entity, id) => result(`get_${entity}`, JSON.stringify({ id })),
    list: async (entity, filter) => (await result(`list_${entity}`, JSON.stringify({ filter })))['rows'] as readonly Fields[],
    async delete(entity, id) {
      expect(await result(`delete_${entity}`, JSON.stringify({ id }))).toEqual({ deleted: id });
    },
    execute: async (action, payload) => (await result(action, payload))['results'] as readonly Fields[],
    failure: async (what) => failed(what.operation === 'GET_ENTITY' ? await call(`get_${what.entity}`, JSON.stringify({ id: what.id })) : await call(what.action, what.payload)),
  };
}

type Inputs = Readonly<Record<string, string>>;
/** Calls the task with inputs as texts, and a payload as it stands. */
type CallTask = (inputs: Inputs, payload?: Payload) => Promise<Reply>;

function task(call: CallTask): Face {
  const output = async (inputs: Inputs, payload?: Payload): Promise<unknown> => {
    const body = done(await call(inputs, payload));
    expect(Object.keys(body)).toEqual(['connectorOutputPayload', 'nextPageToken']);
    return body['connectorOutputPayload'];
  };
  return {
    create: async (entity, payload) => await output({ operation: 'CREATE_ENTITY', entity }, payload) as Fields,
    update: async (entity, entityId, payload) => await output({ operation: 'UPDATE_ENTITY', entity, entityId }, payload) as Fields,
    get: async (entity, entityId) => await output({ operation: 'GET_ENTITY', entity, entityId }) as Fields,
    list: async (entity, filterClause) => await output({ operation: 'LIST_ENTITIES', entity, filterClause }) as readonly Fields[],
    async delete(entity, entityId) {
      expect(await output({ operation: 'DELETE_ENTITY', entity, entityId })).toEqual({});
    },
    execute: async (action, payload) => await output({ operation: 'EXECUTE_ACTION', action }, payload) as readonly Fields[],
    failure: async (what) => failed(what.operation === 'GET_ENTITY' ? await call({ operation: what.operation, entity: what.entity, entityId: what.id }) : await call({ operation: what.operation, action: what.action }, what.payload)),
  };
}

const integration = (connection: string): string => `${connection.split('/').slice(0, 4).join('/')}/integrations/ExecuteConnection`;

/** The form of v2, named as agents name it: with the name of their tool behind the address. */
function flat(url: string, connection: string): CallTask {
  return (inputs, payload) => {
    const body = JSON.stringify({ connectionName: connection, ...inputs });
    return send(url, 'POST', `/v2/${integration(connection)}:execute?triggerId=api_trigger/ExecuteConnection#a_tool`, payload === undefined ? body : `${body.slice(0, -1)},"connectorInputPayload":${payload}}`);
  };
}

function named(url: string, connection: string): CallTask {
  return async (inputs, payload) => {
    const texts = { connectionName: connection.split('/').at(-1) ?? '', ...inputs };
    const inputParameters = {
      ...Object.fromEntries(Object.entries(texts).map(([name, stringValue]) => [name, { stringValue }])), ...(payload === undefined ? {} : { connectorInputPayload: { jsonValue: payload } }),
    };
    const reply = await send(url, 'POST', `/v1/${integration(connection)}:execute`, JSON.stringify({ triggerId: 'api_trigger/ExecuteConnection', inputParameters }));
    if (reply.status !== 200) return reply;
    expect(reply.body).toMatchObject({ executionId: expect.stringMatching(/^[0-9a-f-]{36}$/), executionFailed: false });
    return { ...reply, body: reply.body['outputParameters'] as ReplyBody };
  };
}

function commands(url: string, connection: string): Face {
  const variables = { KONEKTOR_SERVER: url, KONEKTOR_TOKEN: TOKEN, KONEKTOR_CONNECTION: connection };
  const type = (words: readonly string[], input = ''): Promise<CommandEnd> => command([...words, '-o', 'json'], variables, { input });
  const printed = ({ exitCode, out, err }: CommandEnd): unknown => {
    expect(exitCode, err).toBe(0);
    return JSON.parse(out);
  };
  const execute = (action: string, payload: Payload): Promise<CommandEnd> => type(['actions', 'run', action, '--data', '-', '--text', '--yes'], payload);
  return {
    create: async (entity, payload) => printed(await type(['rows', 'create', entity, '--data', '-'], payload)) as Fields,
    update: async (entity, id, payload) => printed(await type(['rows', 'update', entity, id, '--data', '-'], payload)) as Fields,
    get: async (entity, id) => printed(await type(['rows', 'get', entity, id])) as Fields,
    list: async (entity, filterClause) => printed(await type(['rows', 'list', entity, '--filter', filterClause, '--all'])) as readonly Fields[],
    async delete(entity, id) {
      expect(printed(await type(['rows', 'delete', entity, id, '--yes']))).toEqual({});
    },
    execute: async (action, payload) => printed(await execute(action, payload)) as readonly Fields[],
    async failure(what) {
      const { exitCode, err } = what.operation === 'GET_ENTITY' ? await type(['rows', 'get', what.entity, what.id]) : await execute(what.action, what.payload);
      const status = Object.entries(CODES).find(([code]) => err.startsWith(`${code}: `));
      expect(exitCode, err).toBe(status?.[1].exit);
      return { http: status?.[1].http ?? 0, status: status?.[0] ?? err };
    },
  };
}
