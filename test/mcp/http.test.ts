// How calls over HTTP end before their time: by the connection, which the caller closes, or by a message in another request. A real
// socket and the SDK's client; the rows are the test's own, so that it sees each call and when it is ended.
import { once } from 'node:events';
import { createServer, request as requestOf, type IncomingMessage } from 'node:http';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { FastifyInstance } from 'fastify';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createRowCalls } from '../../src/calls/row-caller.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { createMcpEndpoint } from '../../src/mcp/http.ts';
import type { ObservedEvent } from '../../src/observe/events.ts';
import { bareServer } from '../client/bare-server.ts';
import { everyRow, type Reached } from '../client/every-row.ts';

let server: FastifyInstance;
let address: URL;
let reached: Reached['call'][] = [];
const arrivals = new EventTarget();
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  // A call of a tool lasts until it is ended.
  const parts = bareServer(everyRow(async ({ row, call }) => {
    if (row !== 'tools.execute') return {};
    reached.push(call);
    arrivals.dispatchEvent(new Event('call'));
    if (!call.signal.aborted) await once(call.signal, 'abort');
    throw new Error('ended');
  }));
  server = createHttpServer({ ...parts, mcp: createMcpEndpoint({ ...parts, callsAs: createRowCalls(parts), version: '1.2.3' }) });
  address = new URL('/mcp/projects/p/locations/l/connections/c', await server.listen({ port: 0, host: '127.0.0.1' }));
});
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
  reached = [];
});
afterAll(() => server.close());

async function connected(mode: 'legacy' | 'auto', token = 'ani'): Promise<Client> {
  const client = new Client({ name: 'test', version: '0' }, { versionNegotiation: { mode } });
  await client.connect(new StreamableHTTPClientTransport(address, { requestInit: { headers: { authorization: `Bearer ${token}` } } }));
  closing.push(() => client.close());
  return client;
}

/** A call that has reached its row. */
async function begun(client: Client): Promise<{ readonly call: Reached['call']; readonly cancel: () => void; readonly ended: Promise<unknown> }> {
  const [control, arrived] = [new AbortController(), once(arrivals, 'call')];
  const ended = client.callTool({ name: 'list_Customer', arguments: {} }, { signal: control.signal }).catch((error: unknown) => error);
  await arrived;
  return { call: reached.at(-1) ?? expect.fail(), cancel: () => control.abort(), ended };
}

it.each(['legacy', 'auto'] as const)('ends the call that a client cancels, and no other: %s', async (mode) => {
  const [client, twin] = [await connected(mode), await connected(mode)];
  const [first, second, twins] = [await begun(client), await begun(client), await begun(twin)];
  first.cancel();
  expect(await first.ended).toBeInstanceOf(Error);
  if (!first.call.signal.aborted) await once(first.call.signal, 'abort');
  // A twin has the same token, and counts its requests in the same way.
  expect([second, twins].map(({ call }) => call.signal.aborted)).toEqual([false, false]);
});

it('ends the call whose caller closes the connection', async () => {
  const control = new AbortController();
  const arrived = once(arrivals, 'call');
  const call = fetch(address, {
    method: 'POST', signal: control.signal, headers: { authorization: 'Bearer ani', accept: 'application/json, text/event-stream', 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_Customer', arguments: {} } }),
  }).then((reply) => reply.text());
  await arrived;
  control.abort();
  await expect(call).rejects.toThrow('aborted');
  const signal = reached[0]?.signal ?? expect.fail();
  if (!signal.aborted) await once(signal, 'abort');
});

it('lets nobody cancel for another: each names the caller and the session of the call', async () => {
  const send = async (token: string, session: string | undefined, body: object): Promise<Response> => fetch(address, {
    method: 'POST', headers: { authorization: `Bearer ${token}`, accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...(session === undefined ? {} : { 'mcp-session-id': session }) },
    body: JSON.stringify({ jsonrpc: '2.0', ...body }),
  });
  const opened = await send('ani', undefined, { id: 0, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo: { name: 'test', version: '0' } } });
  await opened.text();
  const session = opened.headers.get('mcp-session-id') ?? expect.fail('no session');
  const arrived = once(arrivals, 'call');
  const call = send('ani', session, { id: 1, method: 'tools/call', params: { name: 'list_Customer', arguments: {} } });
  await arrived;
  const cancel = (token: string, name: string | undefined, requestId: unknown): Promise<Response> => send(token, name, { method: 'notifications/cancelled', params: { requestId } });
  for (const [token, name, id] of [['budi', session, 1], ['ani', 'another', 1], ['ani', undefined, 1], ['ani', session, '1'], ['ani', session, { deep: 1 }]] as const) expect((await cancel(token, name, id)).status).toBeLessThan(500);
  const signal = reached[0]?.signal ?? expect.fail();
  expect(signal.aborted).toBe(false);
  expect((await cancel('ani', session, 1)).status).toBe(202);
  expect(signal.aborted).toBe(true);
  expect(await (await call).text(), 'who waits still is answered').toContain('isError');
});

/** What `fetch` would not send. */
async function sent(url: URL, method: string, headers: Readonly<Record<string, string>>, body?: object): Promise<number> {
  const sending = requestOf(url, { method, headers: { authorization: 'Bearer ani', accept: 'application/json, text/event-stream', 'content-type': 'application/json', ...headers } });
  sending.end(body === undefined ? undefined : JSON.stringify(body));
  const [reply] = await once(sending, 'response') as [IncomingMessage];
  reply.resume();
  await once(reply, 'end');
  return reply.statusCode ?? 0;
}

it('answers callers who have another name for this server, whatever it is', async () => {
  const listed = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} };
  for (const host of ['a b', '[', 'konektor.example.com']) expect(await sent(address, 'POST', { host }, listed), host).toBe(200);
});

it('tells the log once of what the SDK answers with a failure of its own', async () => {
  const events: ObservedEvent[] = [];
  const parts = bareServer(everyRow(async () => ({})));
  const endpoint = createMcpEndpoint({ ...parts, callsAs: createRowCalls(parts), version: '1.2.3', observe: (event) => events.push(event) });
  // No route leads TRACE here; it is one of the few requests that the SDK cannot take in.
  const plain = createServer((request, reply) => {
    void endpoint({ principal: 'ani', requestId: 'r-1', signal: new AbortController().signal, address: '', headers: request.headers }, 'projects/p/locations/l/connections/c', {})(request, reply, undefined);
  }).listen(0, '127.0.0.1');
  await once(plain, 'listening');
  const bound = plain.address();
  const url = new URL(`http://127.0.0.1:${typeof bound === 'object' ? bound?.port : ''}/`);
  expect(await sent(url, 'POST', {}, {})).toBeLessThan(500);
  expect(events).toEqual([]);
  expect(await sent(url, 'TRACE', {})).toBe(500);
  expect(events).toEqual([{ kind: 'fault', requestId: 'r-1', error: expect.objectContaining({ message: expect.stringContaining('TRACE') as unknown }) as unknown }]);
  plain.close();
});
