// How streams of lines end over HTTP, seen from both sides: what the reader gets, and what the log is told. A real socket; the rows
// are the test's own.
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createHttpServer } from '../../src/http/server.ts';
import type { ObservedEvent } from '../../src/observe/events.ts';
import { bareServer } from './bare-server.ts';
import { everyRow } from './every-row.ts';

const FOLLOW = '/v1/projects/p/locations/l/connections/c:followLog';
const GONE = new Error('the disk is gone');

let server: FastifyInstance;
let url: string;
let rows: string[] = [];
let faults: ObservedEvent[] = [];
let requests: string[] = [];
let lines: () => AsyncIterable<object>;
beforeAll(async () => {
  const handlers = everyRow(async ({ row }) => {
    rows.push(row);
    return row === 'connections.followLog' ? lines() : {};
  });
  const observe = (event: ObservedEvent): void => {
    if (event.kind === 'fault') faults.push(event);
    if (event.kind === 'request') requests.push(event.requestId);
  };
  server = createHttpServer(bareServer(handlers, { observe }));
  url = await server.listen({ port: 0, host: '127.0.0.1' });
});
beforeEach(() => { [rows, faults, requests] = [[], [], []]; });
afterAll(() => server.close());

it('that fail half-way break off for their reader, and are told to the log by the id of their request', async () => {
  lines = async function* broken() {
    yield { entries: [] };
    throw GONE;
  };
  const reply = await fetch(`${url}${FOLLOW}`);
  expect(reply.status).toBe(200);
  await expect(reply.text()).rejects.toThrow('terminated');
  expect(faults).toEqual([{ kind: 'fault', requestId: requests[0], error: GONE }]);
});

it('that fail before their first line are answered, and told once', async () => {
  // oxlint-disable-next-line require-yield -- it fails before
  lines = async function* broken() { throw GONE; };
  const reply = await fetch(`${url}${FOLLOW}`);
  expect([reply.status, await reply.text()]).toEqual([500, expect.not.stringContaining('disk')]);
  expect(faults).toHaveLength(1);
});

it('whose reader leaves are ended, and are no fault', async () => {
  const ended = Promise.withResolvers<void>();
  lines = async function* endless() {
    try {
      for (;;) yield { entries: [], text: 'x'.repeat(100_000) };
    } finally {
      ended.resolve();
    }
  };
  const control = new AbortController();
  const reply = await fetch(`${url}${FOLLOW}`, { signal: control.signal });
  control.abort();
  await expect(reply.text()).rejects.toThrow('aborted');
  await ended.promise;
  expect(faults).toEqual([]);
});

it('are begun for nobody who asks for the head alone, as rows with one answer are', async () => {
  expect((await fetch(`${url}${FOLLOW}`, { method: 'HEAD' })).status).toBe(404);
  expect(rows).toEqual([]);
  const one = await fetch(`${url}/v1/projects/p/locations/l/connections/c`, { method: 'HEAD' });
  expect([one.status, await one.text(), rows]).toEqual([200, '', ['connections.get']]);
});
