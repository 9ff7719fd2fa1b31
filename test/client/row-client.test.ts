// The row client against the caller within the process: the same input reaches a row, the same answer and the same error come
// back; and what it says of servers that are none, gone, slow or cut short.
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RowCaller, RowCallOptions, RowId, RowInput } from '../../src/api/row-caller.ts';
import { AnsweredError } from '../../src/client/answered-error.ts';
import { everyItem, everyPage } from '../../src/client/pages.ts';
import { createRowClient, createRowStreams } from '../../src/client/row-client.ts';
import { StatusError, type StatusDetails } from '../../src/errors/status-error.ts';
import { bothCallers, CONNECTION, ended, TOKEN, type BothCallers } from './both-callers.ts';
import type { Reached } from './every-row.ts';

const CUSTOMERS = { connection: CONNECTION, entityType: 'Customer' };
let both: BothCallers;
let answer: (reached: Reached) => Promise<object> = async () => ({});
beforeAll(async () => { both = await bothCallers((reached) => answer(reached)); });
afterAll(async () => both.close());

/** What reached the row, and how the call ended, either way. */
async function through<Id extends RowId>(call: RowCaller, id: Id, input: RowInput<Id>, options?: RowCallOptions): Promise<unknown> {
  both.reached.length = 0;
  const end = await ended(call(id, input, options));
  return { end, reached: both.reached.map((one) => ({ row: one.row, input: one.input, key: one.call.headers['idempotency-key'] })) };
}

async function same<Id extends RowId>(id: Id, input: RowInput<Id>, options?: RowCallOptions): Promise<unknown> {
  const here = await through(both.here, id, input, options);
  expect(await through(both.remote, id, input, options)).toEqual(here);
  return here;
}

describe('a row called over HTTP and in the process', () => {
  it('gets the same input, whatever its names, query and body hold', async () => {
    answer = async () => ({ entities: [] });
    await same('entities.list', { path: CUSTOMERS, query: { conditions: 'Name = \'A&B +=%?#/ü 漢\' AND Balance > 1', pageSize: 3, sortBy: ['Created'], sortOrder: ['DESC'] } });
    await same('entities.list', { path: CUSTOMERS, query: { sortBy: ['Created', 'Id, x'] } });
    await same('operations.list', { path: { location: 'projects/p/locations/l' }, query: { returnPartialSuccess: true, filter: '' } });
    await same('entities.get', { path: { ...CUSTOMERS, entity: 'cus_1/txi_2' } });
    await same('entities.get', { path: { ...CUSTOMERS, entity: 'a b:c?d#e%2Fü/..x' } });
    await same('entities.create', { path: CUSTOMERS, body: { fields: { Name: 'ü"\n', Balance: -5, Metadata: { a: null } } } }, { headers: { 'idempotency-key': 'k-1' } });
    await same('actions.execute', { path: { connection: CONNECTION, action: 'CancelQuote' }, body: {} });
    expect(both.reached).toHaveLength(1);
    await same('entities.delete', { path: { ...CUSTOMERS, entity: 'cus_1' } });
  });

  it('gets every name and every query through as it is', async () => {
    answer = async () => ({ name: 'x' });
    const part = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }).filter((text) => text.isWellFormed());
    await fc.assert(fc.asyncProperty(fc.array(part, { minLength: 1, maxLength: 3 }), fc.string({ unit: 'grapheme' }), async (parts, conditions) => {
      await same('entities.get', { path: { ...CUSTOMERS, entity: parts.join('/') } });
      await same('entities.list', { path: CUSTOMERS, query: { conditions } });
    }), { numRuns: 60 });
  });

  it.each([{ connection: '' }, { connection: 'projects/p/locations/l/connections/..' }, { connection: 'projects/p/secrets/s' }, { entityType: 'a/b' }, { entityType: '.' }, { entityType: 'a\u0000' }])('refuses %j before anything is sent', async (names) => {
    answer = async () => ({});
    const here = await same('entities.list', { path: { ...CUSTOMERS, ...names } });
    expect(here).toMatchObject({ end: { code: 'INVALID_ARGUMENT', reason: 'INVALID_REQUEST' }, reached: [] });
  });

  it('is told the same of a query and a body that are not well-formed', async () => {
    expect(await same('entities.list', { path: CUSTOMERS, query: { pageSize: -1 } })).toMatchObject({ end: { code: 'INVALID_ARGUMENT', violations: [{ field: 'pageSize' }] } });
    // @ts-expect-error: callers without types may send it
    expect(await same('entities.create', { path: CUSTOMERS, body: { fields: 'x' } })).toMatchObject({ end: { violations: [{ field: 'fields' }] } });
  });

  it.each<StatusDetails & { readonly code: 'NOT_FOUND' | 'RESOURCE_EXHAUSTED' | 'INVALID_ARGUMENT' | 'INTERNAL' }>([
    { code: 'NOT_FOUND', message: 'There is no such row.' },
    { code: 'RESOURCE_EXHAUSTED', message: 'Wait.', retryAfterMs: 1_500, metadata: { limit: '12' } },
    { code: 'RESOURCE_EXHAUSTED', message: 'Wait.', retryAfterMs: 0 },
    { code: 'INVALID_ARGUMENT', message: 'Two faults.', violations: [{ field: 'Email', description: 'is no address' }, { field: '', description: 'lacks all' }] },
    { code: 'INTERNAL', message: 'The server failed on this request.' },
  ])('gets the same error: $code $message', async ({ code, ...details }) => {
    answer = async () => Promise.reject(new StatusError(code, code === 'INTERNAL' ? 'INTERNAL' : 'ROW_NOT_FOUND', details));
    expect(await same('entities.get', { path: { ...CUSTOMERS, entity: 'x' } })).toMatchObject({ end: { code, message: details.message } });
  });

  it('is CANCELLED by its signal, and the row hears of it', async () => {
    const heard: Promise<unknown>[] = [];
    for (const call of [both.here, both.remote]) {
      const control = new AbortController();
      answer = async (reached) => new Promise((_resolve, reject) => {
        heard.push(new Promise((resolve) => { reached.call.signal.addEventListener('abort', resolve); }));
        reached.call.signal.addEventListener('abort', () => reject(new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before the answer came.' })));
        control.abort();
      });
      expect(await ended(call('entities.get', { path: { ...CUSTOMERS, entity: 'x' } }, { signal: control.signal }))).toMatchObject({ code: 'CANCELLED', reason: 'CALLER_LEFT' });
    }
    expect(await Promise.all(heard)).toHaveLength(2);
    await expect(both.remote('entities.get', { path: { ...CUSTOMERS, entity: 'x' } }, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('gives every page of a list', async () => {
    for (const call of [both.here, both.remote]) {
      const asked: unknown[] = [];
      answer = async ({ input }) => {
        const { query } = input as { readonly query: { readonly pageToken?: string; readonly conditions?: string } };
        asked.push([query.pageToken, query.conditions]);
        const at = Number(query.pageToken ?? 0);
        return { entities: [{ fields: { Id: at } }, { fields: { Id: at + 1 } }], ...(at < 4 ? { nextPageToken: String(at + 2) } : {}) };
      };
      const found: unknown[] = [];
      for await (const entity of everyItem(call, 'entities.list', 'entities', { path: CUSTOMERS, query: { conditions: 'x' } })) found.push(entity.fields['Id']);
      expect(found).toEqual([0, 1, 2, 3, 4, 5]);
      expect(asked).toEqual([[undefined, 'x'], ['2', 'x'], ['4', 'x']]);
      for await (const page of everyPage(call, 'entities.list', { path: CUSTOMERS })) {
        expect(page.entities).toHaveLength(2);
        break;
      }
      expect(asked).toHaveLength(4);
    }
  });
});

describe('what only comes over HTTP', () => {
  it('names the request that failed, and who calls', async () => {
    answer = async () => Promise.reject(new StatusError('NOT_FOUND', 'ROW_NOT_FOUND', { message: 'no' }));
    const error: unknown = await both.remote('entities.get', { path: { ...CUSTOMERS, entity: 'x' } }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(AnsweredError);
    expect(error).toMatchObject({ requestId: both.reached.at(-1)?.call.requestId });
    expect(both.reached.at(-1)?.call.headers['user-agent']).toBe('konektor-client');
    await createRowClient({ server: `${both.server}/`, token: () => TOKEN, userAgent: 'another' })('entities.get', { path: { ...CUSTOMERS, entity: 'x' } }).catch(() => undefined);
    expect(both.reached.at(-1)?.call.headers['user-agent']).toBe('another');
    await expect(createRowClient({ server: both.server, token: 'wrong' })('entities.get', { path: { ...CUSTOMERS, entity: 'x' } })).rejects.toMatchObject({ code: 'UNAUTHENTICATED', reason: 'UNAUTHENTICATED' });
  });

  it('gives what a token could not be had for as it is, and sends nothing', async () => {
    both.reached.length = 0;
    const fault = new Error('no login');
    await expect(createRowClient({ server: both.server, token: async () => Promise.reject(fault) })('entities.get', { path: { ...CUSTOMERS, entity: 'x' } })).rejects.toBe(fault);
    expect(both.reached).toEqual([]);
  });

  it('gives lines one by one, and stops where the reader stops', async () => {
    let given = 0;
    let closed = false;
    async function* lines(): AsyncGenerator<object> {
      try {
        for (; given < 100_000; given += 1) yield { name: `ü${given}` };
      } finally {
        closed = true;
      }
    }
    answer = async () => lines();
    const names: string[] = [];
    for await (const entry of both.streams.objects('auditEntries.exportAll', { path: {} })) {
      names.push(entry.name);
      if (names.length === 3_000) break;
    }
    expect(names).toEqual(Array.from({ length: 3_000 }, (_, index) => `ü${index}`));
    await expect.poll(() => closed).toBe(true);
    expect(given).toBeLessThan(100_000);
  });

  it('throws where lines break off in the middle, and where there are none', async () => {
    async function* lines(): AsyncGenerator<object> {
      yield { name: 'first' };
      throw new Error('broken');
    }
    answer = async () => lines();
    await expect(Array.fromAsync(both.streams.objects('auditEntries.exportAll', { path: {} }))).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'SERVER_UNREACHABLE' });
    answer = async () => Promise.reject(new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message: 'no' }));
    await expect(Array.fromAsync(both.streams.bytes('backup.get', { path: {} }))).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  });
});

describe('what is no Konektor', () => {
  async function withServer(listener: RequestListener, use: (server: string) => Promise<void>): Promise<void> {
    const server = createServer(listener);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    try {
      await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  }
  const list = async (server: string, timeoutMs?: number): Promise<unknown> => ended(createRowClient({ server, token: 't', timeoutMs })('entities.list', { path: CUSTOMERS }));

  it.each<[number, string, string, string, string?]>([
    [502, '<html>Bad gateway</html>', 'text/html', 'UNAVAILABLE'], [200, '<html>Sign in</html>', 'text/html; charset=utf-8', 'UNKNOWN', ': it is text/html, and no JSON'],
    [200, '{"entities":', 'application/json', 'UNKNOWN', ': it is no JSON'], [200, '"text"', 'application/json', 'UNKNOWN', ': it is no object'], [200, '[]', 'application/json', 'UNKNOWN', ': it is no object'],
    [200, '{"status":"ok"}', 'application/json', 'UNKNOWN', ': entities is missing'], [200, '{"entities":{}}', 'application/json', 'UNKNOWN', ': entities is no array'],
    [401, '{"error":"invalid_token"}', 'application/json', 'UNAUTHENTICATED'], [404, '', 'text/plain', 'NOT_FOUND'], [500, '{"error":{"status":"toString","details":[]}}', 'application/json', 'UNKNOWN'],
  ])('is told from what it answered: %d %s', async (status, body, type, code, why = '') => {
    await withServer((_request, reply) => void reply.writeHead(status, { 'content-type': type }).end(body), async (server) => {
      expect(await list(server)).toMatchObject({ code, reason: 'ANSWER_NOT_UNDERSTOOD', message: `${server} answered ${status}, and not as Konektor does${why}.` });
      await expect(Array.fromAsync(createRowStreams({ server, token: 't' }).objects('backup.get', { path: {} }))).rejects.toMatchObject({ code, reason: 'ANSWER_NOT_UNDERSTOOD' });
    });
  });

  it('is told from lines that are none of its row', async () => {
    for (const line of ['{"name":"first"', '17', '{"name":"first"}']) {
      await withServer((_request, reply) => void reply.writeHead(200, { 'content-type': 'application/x-ndjson' }).end(`${line}\n`), async (server) => {
        await expect(Array.fromAsync(createRowStreams({ server, token: 't' }).objects('auditEntries.exportAll', { path: {} }))).rejects.toMatchObject({ code: 'UNKNOWN', reason: 'ANSWER_NOT_UNDERSTOOD' });
      });
    }
  });

  it('is not followed elsewhere with the token', async () => {
    let others = 0;
    await withServer((_request, reply) => { others += 1; reply.end('{}'); }, async (other) => {
      await withServer((_request, reply) => void reply.writeHead(307, { location: `${other}/v1/projects` }).end(), async (server) => {
        expect(await list(server)).toMatchObject({ code: 'UNKNOWN', reason: 'ANSWER_NOT_UNDERSTOOD' });
      });
    });
    expect(others).toBe(0);
  });

  it('may be gone, or slow, or leave in the middle', async () => {
    expect(await list('http://127.0.0.1:9')).toMatchObject({ code: 'UNAVAILABLE', reason: 'SERVER_UNREACHABLE', message: expect.stringMatching(/^http:\/\/127\.0\.0\.1:9 cannot be reached: .+\.$/) });
    await withServer(() => undefined, async (server) => {
      const withTls = server.replace('http:', 'https:');
      expect(await list(withTls)).toMatchObject({ reason: 'SERVER_UNREACHABLE', message: `${withTls} cannot be reached: what answers there speaks no TLS, so that http:// may be meant.` });
      expect(await list(server, 50)).toMatchObject({ code: 'DEADLINE_EXCEEDED', reason: 'TIMED_OUT', message: `${server} did not answer within 0.05 s.` });
    });
    await withServer((_request, reply) => { reply.writeHead(200).write('{"proj'); setTimeout(() => reply.destroy(), 20); }, async (server) => {
      expect(await list(server)).toMatchObject({ code: 'UNAVAILABLE', reason: 'SERVER_UNREACHABLE' });
    });
  });

  it.each(['localhost:8080', 'ftp://host', 'http://a:b@host', 'http://host?x=1', ''])('has no address such as "%s"', (server) => {
    expect(() => createRowClient({ server })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', violations: [{ field: 'server', description: 'must be an address such as http://host:8080' }] }));
  });

  it('may know reasons that this client does not', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'NEWLY_MADE', domain: 'konektor', metadata: { hint: 'Do this.', why: 'so' } }];
    await withServer((_request, reply) => void reply.writeHead(400).end(JSON.stringify({ error: { code: 400, status: 'FAILED_PRECONDITION', message: 'New.', details } })), async (server) => {
      expect(await list(server)).toEqual({ code: 'FAILED_PRECONDITION', reason: 'NEWLY_MADE', message: 'New.', hint: 'Do this.', metadata: { why: 'so' }, violations: [], retryAfterMs: undefined });
    });
  });
});
