// The door out, against a real server that misbehaves on purpose.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StatusError } from '../../errors/status-error.ts';
import type { OutboundRequest } from '../../spi/connector.ts';
import { createOutbound, type Outbound } from './send.ts';
import { createTrace } from './trace.ts';
import type { Pass } from './way.ts';

let server: Server;
let origin: string;
let outbound: Outbound;
let seen: number;
let answer: (attempt: number, request: IncomingMessage, response: ServerResponse) => void;

beforeEach(async () => {
  seen = 0;
  server = createServer((request, response) => {
    seen += 1;
    answer(seen, request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  outbound = createOutbound({ allowed: new Set([origin]), observe: () => undefined });
});
afterEach(async () => {
  await outbound.close();
  server.closeAllConnections();
  await new Promise((closed) => server.close(closed));
});

function request(more: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    method: 'GET', url: `${origin}/v1/things?limit=1`, headers: { accept: 'application/json' }, limits: [], idempotent: true, sensitive: [],
    classify: ({ status }) => (status >= 500 || status === 429 ? 'retry' : 'done'), ...more,
  };
}

describe('send', () => {
  it('gives the reply', async () => {
    answer = (_attempt, { url, headers }, response) => response.writeHead(200, { 'X-One': 'a' }).end(JSON.stringify({ url, accept: headers.accept }));
    const { status, headers, body } = await outbound.send(request());
    expect({ status, one: headers['x-one'], body: JSON.parse(Buffer.from(body).toString()) as unknown }).toEqual({ status: 200, one: 'a', body: { url: '/v1/things?limit=1', accept: 'application/json' } });
  });

  it('calls no host that is not allowed', async () => {
    for (const url of ['http://example.com/', `${origin}@example.com/`, origin.replace('127.0.0.1', 'localhost')]) {
      await expect(outbound.send(request({ url }))).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'BACKEND_HOST_NOT_ALLOWED' });
    }
  });

  it('repeats what may be repeated, until it succeeds', async () => {
    answer = (attempt, _request, response) => {
      if (attempt === 1) response.destroy();
      else response.writeHead(attempt === 2 ? 503 : 200).end('{}');
    };
    expect((await outbound.send(request())).status).toBe(200);
    expect(seen).toBe(3);
  });

  it('does not repeat a write that has no key, and says that its outcome is unknown', async () => {
    answer = (_attempt, _request, response) => response.destroy();
    await expect(outbound.send(request({ method: 'POST', idempotent: false, body: 'a=b' }))).rejects.toMatchObject({ code: 'UNAVAILABLE', metadata: { outcome: 'unknown' } });
    expect(seen).toBe(1);
  });

  it('gives the last reply where trying again does not help', async () => {
    answer = (_attempt, _request, response) => response.writeHead(500).end('{"error":{}}');
    expect((await outbound.send(request({ deadline: new Date(Date.now() + 2_000) }))).status).toBe(500);
    expect(seen).toBeGreaterThan(1);
  });

  it('goes on where the connection lets its sockets go between two attempts', async () => {
    answer = (attempt, _request, response) => {
      if (attempt === 1) outbound.forget('c');
      response.writeHead(attempt === 1 ? 503 : 200).end('{}');
    };
    expect((await outbound.send(request(), { connection: 'c', trace: createTrace(() => undefined, 'c', 4) })).status).toBe(200);
    expect(seen).toBe(2);
  });

  it('ends at the deadline', async () => {
    answer = () => undefined;
    await expect(outbound.send(request({ deadline: new Date(Date.now() + 200) }))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('ends at the deadline also while it waits for a socket', async () => {
    const narrow = createOutbound({ allowed: new Set([origin]), observe: () => undefined, connections: 1 });
    answer = () => undefined;
    const leaving = new AbortController();
    let hasSocket = true;
    const first = narrow.send(request({ signal: leaving.signal })).catch(() => { hasSocket = false; });
    await expect(narrow.send(request({ deadline: new Date(Date.now() + 200) }))).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    expect(hasSocket, 'the only socket is taken still').toBe(true);
    leaving.abort();
    await first;
    await narrow.close();
  });

  it('remembers that an earlier attempt may have had its effect', async () => {
    answer = (_attempt, _request, response) => {
      response.destroy();
      server.close();
      server.closeAllConnections();
    };
    await expect(outbound.send(request({ method: 'POST', body: 'a=b', deadline: new Date(Date.now() + 2_500) }))).rejects.toMatchObject({ metadata: { outcome: 'unknown' } });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });

  it('has a turn for each attempt, tells what came of it, and ends where there is none', async () => {
    const left: (number | undefined)[] = [];
    let turns = 0;
    const shape = (): Promise<Pass> | Pass => {
      turns += 1;
      if (turns === 4) throw new StatusError('RESOURCE_EXHAUSTED', 'BACKEND_RATE_LIMITED', { message: 'no place' });
      const pass: Pass = (reply) => void left.push(reply?.status);
      return turns === 1 ? pass : Promise.resolve(pass);
    };
    answer = (attempt, _request, response) => {
      if (attempt === 1) response.destroy();
      else response.writeHead(503).end('{}');
    };
    await expect(outbound.send(request({ method: 'POST', body: 'a=b' }), { connection: 'c', shape })).rejects.toMatchObject({ reason: 'BACKEND_RATE_LIMITED', metadata: { outcome: 'unknown' } });
    expect(left).toEqual([undefined, 503, 503]);
    expect(seen).toBe(3);
  });

  it('ends when the caller leaves', async () => {
    const control = new AbortController();
    answer = () => control.abort();
    await expect(outbound.send(request({ signal: control.signal }))).rejects.toMatchObject({ code: 'CANCELLED' });
  });

  it('says what could not be reached', async () => {
    await new Promise((closed) => server.close(closed));
    await expect(outbound.send(request({ method: 'POST', idempotent: false, body: '' }))).rejects.toMatchObject({ code: 'UNAVAILABLE', message: expect.stringContaining(origin.slice(7)) });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  });
});
