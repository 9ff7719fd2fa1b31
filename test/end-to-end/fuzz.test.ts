// Whatever comes over the socket: random bytes, random JSON, and every parameter at its limits against every route. The answer is
// a status with a reason, never a 500; the server goes on, its log stays empty, and no answer tells what is inside.
import { once } from 'node:events';
import { connect } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RESOURCE_PATTERNS, type ApiOperation } from '../../src/api/operation.ts';
import { API } from '../../src/api/table.ts';
import { UNSERVED } from '../../src/api/unserved.ts';
import { BODIES, placesOf, replaced, TEXTS, VALUES } from './limits.ts';
import { DEMO, TOKEN, withServer, type RunningServer } from './running-server.ts';

interface Row {
  readonly id: string;
  readonly http: { readonly method: string; readonly path: string };
  readonly effect: ApiOperation['effect'];
  readonly parameters: readonly string[];
  /** It answers with lines, of which there may be no last one. */
  readonly stream?: true;
}

const parametersOf = ({ query }: ApiOperation): readonly string[] => Object.keys(query.properties);
const ROWS: readonly Row[] = [
  ...Object.values(API).map((row: ApiOperation): Row => ({ ...row, parameters: parametersOf(row) })),
  // They share one handler.
  ...UNSERVED.filter((_row, index) => index % 6 === 0).map((row): Row => ({ ...row, effect: 'read', parameters: ['pageSize', 'filter'] })),
];
/** With a seed of one's own all are sent; else each fifth, which is another one for each place. */
const EVERY = process.env['KONEKTOR_TEST_SEED'] === undefined ? 5 : 1;
const IN_FLIGHT = 24;

/** Where a row is called: reads and rows of data at the demo, what manages in a project of its own, so that each finds what it needs. */
const PATTERNS: Readonly<Record<string, string>> = RESOURCE_PATTERNS;
const NAMES: Readonly<Record<string, string>> = {
  locationId: 'us-central1', connectionId: 'stripe-sandbox', operationId: 'none', providerId: 'stripe', connectorId: 'stripe', versionId: '1', secretId: 's', serviceId: 'connectors.googleapis.com',
  serviceAccountId: 'connections@fuzz.iam.gserviceaccount.com', entityType: 'Customer', entity: 'cus_none', action: 'ConfirmPaymentIntent', integration: 'ExecuteConnection',
};
const isOfData = ({ http, effect }: Row): boolean => effect === 'read' || http.path.startsWith('/v2/');

/** The names that stand in a path, resources spelled out. */
function slotsOf({ http }: Row): readonly string[] {
  return [...spelled(http.path).matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
}
function spelled(path: string): string {
  return path.replace(/\{(\w+)\}/g, (whole, name: string) => PATTERNS[name] ?? whole);
}
function pathOf(row: Row, changed?: { readonly slot: string; readonly by: string }): string {
  return spelled(row.http.path).replace(/\{(\w+)\}/g, (_whole, name: string) => {
    if (name === changed?.slot) return encodeURIComponent(changed.by.toWellFormed());
    return encodeURIComponent(name === 'projectId' ? (isOfData(row) ? 'demo' : 'fuzz') : (NAMES[name] ?? 'none'));
  });
}

function bodyOf({ id, http }: Row): unknown {
  if (!['POST', 'PATCH', 'PUT'].includes(http.method)) return undefined;
  if (id.endsWith('setIamPolicy')) return BODIES['policy'];
  return id.endsWith('testIamPermissions') ? BODIES['permissions'] : (BODIES[id] ?? {});
}

/** What no answer may hold: the insides of the server, and what it keeps. */
const INSIDES = [/\bat (?:async )?[\w.<>]+ \(|file:\/\/|node_modules|\.ts:\d+/, /\b(?:select|insert into|update) [\w"*, ]+ (?:from|values|set)\b/, /pglite|pg-boss|kysely|postgres/i, new RegExp(TOKEN), /sk_test_\w{8,}/, /-----BEGIN/];

let server: RunningServer;
const faults: string[] = [];
withServer(async (started) => {
  server = started;
  expect((await server.call('POST', '/v1/projects', { projectId: 'fuzz' })).status).toBe(200);
});

interface Sent {
  readonly row: Row;
  readonly path: string;
  readonly body?: string | Uint8Array<ArrayBuffer>;
  readonly headers?: Readonly<Record<string, string>>;
}

async function send({ row: { id, stream, http: { method } }, path, body, headers = {} }: Sent): Promise<void> {
  const said = `${id}: ${method} ${path.slice(0, 300)} ${typeof body === 'string' ? body.slice(0, 500) : ''} ${JSON.stringify(headers).slice(0, 200)}`;
  let reply: Response;
  try {
    reply = await fetch(`${server.url}${path}`, { method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body }) });
  } catch (error) {
    faults.push(`${said} → no answer: ${String(error)}`);
    return;
  }
  if (reply.ok && stream === true) {
    await reply.body?.cancel();
    return;
  }
  const text = await reply.text();
  // A call that asks for a second of time may be told that it is over.
  const isOver = reply.status === 504 && typeof body === 'string' && body.includes('"timeout":');
  if (reply.status >= 500 && reply.status !== 501 && !isOver) faults.push(`${said} → ${reply.status} ${text.slice(0, 500)}`);
  // The catalogue and the log of calls tell of what was sent; errors and everything else do not tell of the insides.
  if (reply.status >= 400) {
    const inside = INSIDES.find((one) => one.test(text));
    if (inside !== undefined) faults.push(`${said} → tells ${inside.source}: ${text.slice(0, 500)}`);
    if (!isStatus(text, reply.status)) faults.push(`${said} → is no status: ${text.slice(0, 300)}`);
  }
}

function isStatus(text: string, status: number): boolean {
  try {
    const { error } = JSON.parse(text) as { readonly error?: { readonly code?: unknown; readonly status?: unknown; readonly message?: unknown; readonly details?: unknown } };
    return error?.code === status && typeof error.status === 'string' && typeof error.message === 'string' && Array.isArray(error.details);
  } catch {
    return false;
  }
}

async function sendAll(all: readonly Sent[], every: number = EVERY): Promise<void> {
  const rest = all.filter((_sent, index) => index % every === 0).values();
  const worker = async (): Promise<void> => {
    for (let next = rest.next(); next.done !== true; next = rest.next()) await send(next.value);
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

function expectSound(): void {
  expect(faults.slice(0, 10), `${faults.length} faults`).toEqual([]);
  expect(server.output(), 'nothing is in the log of errors').not.toMatch(/"level":(50|60)/);
  expect(server.process.exitCode).toBeNull();
}

describe('every route', () => {
  it('takes every name of its path at its limits', { timeout: 400_000 }, async () => {
    await sendAll(ROWS.flatMap((row) => slotsOf(row).flatMap((slot) => TEXTS.map((by): Sent => {
      const body = bodyOf(row);
      return { row, path: pathOf(row, { slot, by }), ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    }))));
    expectSound();
  });

  it('takes every parameter at its limits', { timeout: 400_000 }, async () => {
    await sendAll(ROWS.flatMap((row) => row.parameters.flatMap((name) => TEXTS.map((text): Sent => {
      const body = bodyOf(row);
      return { row, path: `${pathOf(row)}?${new URLSearchParams([[name, text.toWellFormed()]]).toString()}`, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    }))));
    expectSound();
  });

  it('takes every place of its body at its limits', { timeout: 400_000 }, async () => {
    await sendAll(ROWS.flatMap((row) => {
      const body = bodyOf(row);
      if (body === undefined) return [];
      const query = row.parameters.includes('connectionId') ? '?connectionId=limits' : row.parameters.includes('secretId') ? '?secretId=limits' : row.parameters.includes('conditions') ? "?conditions=Name%20%3D%20'none'" : row.parameters.includes('triggerId') ? '?triggerId=api_trigger/ExecuteConnection' : '';
      return placesOf(body).flatMap((place) => VALUES.map((value): Sent => ({ row, path: `${pathOf(row)}${query}`, body: JSON.stringify(replaced(body, place, value)) ?? '' })));
    }));
    expectSound();
  });

  it('takes random bytes and random JSON', { timeout: 400_000 }, async () => {
    const withBody = ROWS.filter((row) => bodyOf(row) !== undefined);
    const types = fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/json', 'application/octet-stream', 'multipart/form-data; boundary=x', '', 'x');
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 400 }), fc.json({ maxDepth: 6 }).map((text) => Buffer.from(text)), fc.json().map((text) => Buffer.from(text.slice(0, -1))), fc.string({ unit: 'binary' }).map((text) => Buffer.from(`{"fields":{"Name":"${text}"}}`)));
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.constantFrom(...withBody), bytes, types), { minLength: 20, maxLength: 20 }), async (batch) => {
      await sendAll(batch.map(([row, body, type]): Sent => ({ row, path: `${pathOf(row)}?connectionId=random`, body: new Uint8Array(body), headers: { 'content-type': type } })), 1);
      expect(faults).toEqual([]);
    }), { numRuns: 40 });
    expectSound();
  });

  it('takes headers at their limits', { timeout: 400_000 }, async () => {
    const rows = ROWS.filter(({ id }) => ['entities.list', 'entities.create', 'actions.execute', 'connections.get', 'connections.patch'].includes(id));
    const headers = ['idempotency-key', 'x-konektor-output', 'x-server-timeout', 'traceparent', 'tracestate', 'authorization', 'content-type', 'content-encoding', 'accept', 'expect-ct', 'x-forwarded-for', 'user-agent', 'if-match', 'range'];
    // What no HTTP client sends is sent by the next test.
    const texts = TEXTS.filter((text) => /^[\t\u0020-\u007e\u0080-\u00ff]*$/.test(text));
    await sendAll(rows.flatMap((row) => headers.flatMap((name) => texts.map((text): Sent => {
      const body = bodyOf(row);
      return { row, path: pathOf(row), headers: { [name]: text }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    }))));
    expectSound();
  });
});

describe('the socket', () => {
  /** Sends bytes as they are. @returns what came back before the server closed, or for a moment where it did not */
  async function raw(chunks: readonly (string | Uint8Array)[]): Promise<string> {
    const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
    let answer = '';
    socket.on('data', (chunk: Buffer) => { answer += chunk.toString('latin1'); });
    socket.on('error', () => undefined);
    await once(socket, 'connect');
    for (const chunk of chunks) socket.write(chunk);
    const timer = setTimeout(() => socket.destroy(), 150);
    await once(socket, 'close');
    clearTimeout(timer);
    return answer;
  }

  it.each([
    ['nothing', []],
    ['a garbled first line', ['GARBAGE\r\n\r\n']],
    ['a bare line feed', ['GET / HTTP/1.1\nHost: x\n\n']],
    ['another version', ['GET / HTTP/9.9\r\nHost: x\r\n\r\n']],
    ['a method that is none', ['BREW /v1/projects HTTP/1.1\r\nHost: x\r\n\r\n']],
    ['a header without an end', [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(300_000)}`]],
    ['control characters in a header', ['GET /v1/projects HTTP/1.1\r\nHost: x\r\nX: a\u0001b\r\n\r\n']],
    ['two lengths', ['POST /v1/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}']],
    ['a length and chunks', ['POST /v1/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n{}']],
    ['a chunk of a size that is none', ['POST /v1/tokens HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n']],
    ['a body that never comes', [`POST /v1/tokens HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{`]],
    ['an address with raw bytes', ['GET /v1/\u00ff\u00fe%zz HTTP/1.1\r\nHost: x\r\n\r\n']],
    ['an upgrade', ['GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\n\r\n']],
    ['a tunnel', ['CONNECT api.stripe.com:443 HTTP/1.1\r\nHost: api.stripe.com:443\r\n\r\n']],
    ['the whole address', [`GET http://169.254.169.254/ HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`]],
    ['TLS', [Uint8Array.from([0x16, 0x03, 0x01, 0x00, 0xa5, 0x01, 0x00, 0x00, 0xa1, 0x03, 0x03])]],
    ['forty requests at once', [Array.from({ length: 40 }, () => `GET /v1/${DEMO} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${TOKEN}\r\n\r\n`).join('')]],
  ])('with %s', async (_what, chunks) => {
    const answer = await raw(chunks);
    expect(answer).not.toMatch(/HTTP\/1\.1 (500|502|503|504)/);
    for (const inside of INSIDES) expect(answer).not.toMatch(inside);
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expectSound();
  });

  it('with random bytes', { timeout: 400_000 }, async () => {
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 600 }), fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(`GET /v1/${text} HTTP/1.1\r\nHost: x\r\n\r\n`)), fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(`POST /v1/tokens HTTP/1.1\r\nHost: x\r\n${text}\r\n\r\n{}`)));
    await fc.assert(fc.asyncProperty(fc.array(bytes, { minLength: 12, maxLength: 12 }), async (batch) => {
      const answers = await Promise.all(batch.map((one) => raw([one])));
      for (const answer of answers) expect(answer).not.toMatch(/HTTP\/1\.1 (500|502|503|504)/);
    }), { numRuns: 25 });
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
    expectSound();
  });

  it('and leaves none open', async () => {
    const openFiles = async (): Promise<number> => {
      const text = await (await fetch(`${server.url}/metrics`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
      return Number(/^process_open_fds (\d+)/m.exec(text)?.[1]);
    };
    const before = await openFiles();
    await Promise.all(Array.from({ length: 60 }, () => raw(['POST /v1/tokens HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n{'])));
    await expect.poll(openFiles).toBeLessThan(before + 20);
  });
});
