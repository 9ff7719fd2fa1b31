// The way through a real squid: each scheme, each way to speak to it, each way it can fail.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ProxyRoute, ProxySsl } from '../../src/engine/outbound/proxy.ts';
import { createAuthority } from './certificates.ts';
import { CONNECTION, startSource, wayOut, type Source, type WayOut } from './source.ts';
import { findSquid, startSquid, type Squid } from './squid.ts';

const found = findSquid();
const [USER, PASSWORD] = ['budi', 'rahasia dan "panjang"'];
const SSL: readonly ProxySsl[] = ['AUTO', 'ALWAYS', 'NEVER', 'TUNNEL'];

describe.skipIf(found === undefined)('squid', () => {
  const authority = createAuthority('Authority of tests');
  const proxyCertificate = authority.issue(['localhost'], ['127.0.0.1']);
  let [plain, secure]: [Source?, Source?] = [];
  let squids: Readonly<Record<'BASIC' | 'DIGEST', Squid>>;
  let way: WayOut;
  let refused = 0;

  beforeAll(async () => {
    if (found === undefined) return;
    [plain, secure] = await Promise.all([startSource(), startSource(authority.issue(['localhost']))]);
    const closed = await startSource();
    refused = closed.port;
    await closed.stop();
    const options = { user: USER, password: PASSWORD, certificate: proxyCertificate, refused: [refused] };
    const [BASIC, DIGEST] = await Promise.all([startSquid(found, { ...options, scheme: 'BASIC' }), startSquid(found, { ...options, scheme: 'DIGEST', nonceSeconds: 1 })]);
    squids = { BASIC, DIGEST };
    way = wayOut([plain.origin, secure.origin, `http://127.0.0.1:${refused}`, `https://localhost:${refused}`], [authority.certificate]);
  });
  afterAll(async () => {
    await way.outbound.close();
    await Promise.all([plain?.stop(), secure?.stop(), squids.BASIC.stop(), squids.DIGEST.stop()]);
  });

  function route(scheme: 'BASIC' | 'DIGEST', ssl: ProxySsl, more: { readonly password?: string; readonly servers?: ProxyRoute['servers'] } = {}): ProxyRoute {
    const { port, tlsPort } = squids[scheme];
    return {
      key: randomUUID(), ssl, servers: more.servers ?? [{ host: 'localhost', port: ssl === 'ALWAYS' ? tlsPort : port }],
      credentials: { scheme, user: USER, password: async () => more.password ?? PASSWORD },
    };
  }

  const originOf = (kind: 'http' | 'https'): string => (kind === 'http' ? plain : secure)?.origin ?? '';
  const cases = (['BASIC', 'DIGEST'] as const).flatMap((scheme) => SSL.flatMap((ssl) => (['http', 'https'] as const).map((target) => [scheme, ssl, target] as const)));

  it.each(cases)('%s, proxy_ssltype %s, to %s', async (scheme, ssl, target) => {
    const [origin, one] = [originOf(target), route(scheme, ssl)];
    const before = squids[scheme].requests().length;
    for (let call = 0; call < 3; call += 1) expect(await way.ask(origin, one)).toEqual({ status: 200, method: 'GET', url: '/v1/things?limit=1', bytes: 0 });
    const answers = await Promise.all(Array.from({ length: 20 }, (_, index) => way.ask(origin, one, { method: 'POST', body: 'x'.repeat(index) })));
    expect(answers).toEqual(answers.map((_, index) => ({ status: 200, method: 'POST', url: '/v1/things?limit=1', bytes: index })));
    const tunnels = target === 'https' || ssl === 'TUNNEL';
    // squid writes of a tunnel when it ends.
    way.outbound.forget(CONNECTION);
    const seen = (): ReadonlySet<string | undefined> => new Set(squids[scheme].requests().slice(before).filter((line) => line.endsWith(USER) && line.includes(`:${new URL(origin).port}`)).map((line) => line.split(' ')[0]));
    await expect.poll(seen).toEqual(new Set(tunnels ? ['CONNECT'] : ['GET', 'POST']));
  });

  it('never tells the source who asks the proxy', () => {
    const headers = [...(plain?.seen ?? []), ...(secure?.seen ?? [])];
    expect(headers.length).toBeGreaterThan(100);
    expect(headers.filter((one) => one['proxy-authorization'] !== undefined)).toEqual([]);
  });

  it.each(['AUTO', 'TUNNEL'] as const)('follows nonces that have grown stale (%s)', async (ssl) => {
    const one = route('DIGEST', ssl);
    for (let call = 0; call < 3; call += 1) {
      expect(await way.ask(originOf('http'), one)).toMatchObject({ status: 200 });
      await sleep(1_300);
    }
  });

  it.each(cases)('a wrong password is named: %s, %s, %s', async (scheme, ssl, target) => {
    await expect(way.ask(originOf(target), route(scheme, ssl, { password: 'salah' }))).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'PROXY_UNAUTHENTICATED' });
  });

  it.each(['http://127.0.0.1', 'https://localhost'])('a way that it refuses is named: %s', async (host) => {
    await expect(way.ask(`${host}:${refused}`, route('BASIC', 'AUTO'))).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'PROXY_REFUSED', message: expect.stringContaining(String(refused)) });
  });

  it.each(['NEVER', 'TUNNEL'] as const)('a source that it does not reach is told from a proxy that is away (%s)', async (ssl) => {
    const away = await startSource();
    await away.stop();
    const own = wayOut([away.origin]);
    await expect(own.ask(away.origin, route('BASIC', ssl), { deadline: new Date(Date.now() + 2_000) })).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'BACKEND_UNAVAILABLE', message: expect.stringContaining('does not reach') });
    await own.outbound.close();
  });

  it.each(['NEVER', 'TUNNEL'] as const)('the next one is tried where the first is away (%s)', async (ssl) => {
    const servers = [{ host: '127.0.0.1', port: 9 }, { host: '127.0.0.1', port: squids.BASIC.port }];
    const one = route('BASIC', ssl, { servers });
    for (let call = 0; call < 3; call += 1) expect(await way.ask(originOf('http'), one)).toMatchObject({ status: 200 });
  });

  it('a certificate of an authority that is not known is named, the proxy\'s and the source\'s', async () => {
    const trusting = wayOut([originOf('https')]);
    await expect(trusting.ask(originOf('https'), route('BASIC', 'ALWAYS'))).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'CERTIFICATE_NOT_TRUSTED', message: expect.stringContaining('proxy') });
    await expect(trusting.ask(originOf('https'), route('BASIC', 'AUTO'))).rejects.toMatchObject({ reason: 'CERTIFICATE_NOT_TRUSTED', message: expect.stringContaining('localhost') });
    await expect(trusting.ask(originOf('https'))).rejects.toMatchObject({ reason: 'CERTIFICATE_NOT_TRUSTED' });
    await trusting.outbound.close();
  });
});
