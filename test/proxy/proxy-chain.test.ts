// The way through proxy-chain, a proxy of npm's in this process: it needs no installation, so that this is tested everywhere.
import { randomUUID } from 'node:crypto';
import { Server } from 'proxy-chain';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTrace } from '../../src/engine/outbound/trace.ts';
import type { ProxyRoute } from '../../src/engine/outbound/proxy.ts';
import type { ObservedEvent } from '../../src/observe/events.ts';
import { createAuthority } from './certificates.ts';
import { CONNECTION, startSource, wayOut, type Source, type WayOut } from './source.ts';

const PASSWORD = 'rahasia:"panjang"';
const authority = createAuthority('Authority of tests');
let [plain, secure]: [Source?, Source?] = [];
let proxy: Server;
let way: WayOut;

beforeAll(async () => {
  [plain, secure] = await Promise.all([startSource(), startSource(authority.issue(['localhost']))]);
  proxy = new Server({
    port: 0, host: '127.0.0.1',
    prepareRequestFunction: ({ username, password, port }) => ({ requestAuthentication: username !== 'budi' || password !== PASSWORD, ...(port === 9 ? { failMsg: 'no' } : {}) }),
  });
  await proxy.listen();
  way = wayOut([plain.origin, secure.origin], [authority.certificate]);
});
afterAll(async () => {
  await way.outbound.close();
  await Promise.all([plain?.stop(), secure?.stop(), proxy.close(true)]);
});

function route(ssl: ProxyRoute['ssl'], password = PASSWORD): ProxyRoute {
  return { key: randomUUID(), ssl, servers: [{ host: '127.0.0.1', port: proxy.port }], credentials: { scheme: 'BASIC', user: 'budi', password: async () => password } };
}

describe('proxy-chain', () => {
  it.each([['AUTO', 'http'], ['NEVER', 'http'], ['TUNNEL', 'http'], ['AUTO', 'https'], ['NEVER', 'https'], ['TUNNEL', 'https']] as const)('%s, to %s', async (ssl, target) => {
    const [origin, one] = [(target === 'http' ? plain : secure)?.origin ?? '', route(ssl)];
    const answers = await Promise.all(Array.from({ length: 10 }, (_, index) => way.ask(origin, one, { method: 'POST', body: 'x'.repeat(index) })));
    expect(answers).toEqual(answers.map((_, index) => ({ status: 200, method: 'POST', url: '/v1/things?limit=1', bytes: index })));
    await expect(way.ask(origin, route(ssl, 'salah'))).rejects.toMatchObject({ reason: 'PROXY_UNAUTHENTICATED' });
  });

  it('tells a connection of verbosity 5 each step, and no secret', async () => {
    const events: ObservedEvent[] = [];
    const trace = createTrace((event) => events.push(event), CONNECTION, 5);
    await way.ask(secure?.origin ?? '', route('AUTO'), { method: 'POST', headers: { authorization: 'Bearer sk_test_1234567890abcdef', 'content-type': 'application/x-www-form-urlencoded' }, body: 'card[number]=4242424242424242&amount=5', sensitive: ['number'] }, trace);
    way.outbound.forget(CONNECTION);
    await expect.poll(() => events.some((event) => event.kind === 'trace' && event.what === 'socketClosed')).toBe(true);
    const told = events.flatMap((event) => (event.kind === 'trace' ? [event] : []));
    expect([...new Set(told.map(({ verbosity, what }) => `${verbosity} ${what}`))].toSorted()).toEqual([
      '2 sourceRequest', '2 sourceResponse', '3 sourceRequestBody', '3 sourceResponseBody', '4 connected', '4 handshake', '4 tunnel', '5 socketClosed', '5 socketTimings', '5 sourceTimings',
    ]);
    expect(new Set(told.map(({ connection, requestId }) => `${connection} ${requestId ?? ''}`))).toEqual(new Set([`${CONNECTION} r`]));
    const facts = (what: string): unknown => told.find((one) => one.what === what)?.facts;
    expect(facts('handshake')).toMatchObject({
      role: 'source', protocol: 'TLSv1.3', cipher: expect.stringMatching(/^TLS_/), authorized: true,
      certificates: [{ subject: 'CN=localhost', issuer: 'CN=Authority of tests', fingerprint256: expect.stringMatching(/^([0-9A-F]{2}:){31}/), validTo: expect.stringMatching(/GMT$/), names: 'DNS:localhost' }, { subject: 'CN=Authority of tests' }],
    });
    expect(facts('sourceTimings')).toMatchObject({ turnMs: expect.any(Number), socketMs: expect.any(Number), firstByteMs: expect.any(Number), wholeMs: expect.any(Number), bytesSent: 38, remote: expect.stringMatching(/:\d+$/), carriedBefore: 0 });
    expect(facts('socketTimings')).toMatchObject({ connectMs: expect.any(Number) });
    expect(facts('sourceRequestBody')).toMatchObject({ body: 'card[number]=…&amount=5' });
    const text = JSON.stringify(told);
    for (const secret of ['1234567890', '4242424242424242', PASSWORD, 'rahasia', Buffer.from(`budi:${PASSWORD}`).toString('base64')]) expect(text).not.toContain(secret);
  });

  it.each([1, 2, 3, 4])('tells a connection of verbosity %i no more than that', async (level) => {
    const events: ObservedEvent[] = [];
    const trace = level === 1 ? undefined : createTrace((event) => events.push(event), CONNECTION, level);
    await way.ask(plain?.origin ?? '', route('TUNNEL'), {}, trace);
    expect(Math.max(1, ...events.map((event) => (event.kind === 'trace' ? event.verbosity : 0)))).toBe(level);
  });
});
