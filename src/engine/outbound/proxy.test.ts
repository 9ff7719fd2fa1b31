// The way through proxies, against proxies on real sockets that check what they are told, by a reading of RFC 7616 of their own.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { OutboundRequest } from '../../spi/connector.ts';
import { createProxyAuthorizer } from './proxy-credentials.ts';
import type { ProxyRoute } from './proxy.ts';
import { createOutbound, type Outbound } from './send.ts';

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function listen(server: Server): Promise<number> {
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  closing.push(() => new Promise((closed) => {
    server.closeAllConnections();
    server.close(closed);
  }));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A source that tells what it was asked. */
async function source(): Promise<string> {
  const port = await listen(createServer(({ url, headers }, response) => response.end(JSON.stringify({ url, proxy: headers['proxy-authorization'] ?? null }))));
  return `http://127.0.0.1:${port}`;
}

type Check = (request: IncomingMessage) => string | undefined;

/** A proxy for both ways. `check` gives the challenge of a 407, or undefined to let the request pass. */
async function proxy(check: Check): Promise<{ readonly port: number; readonly seen: string[] }> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`);
    const challenge = check(request);
    if (challenge !== undefined) {
      response.writeHead(407, { 'proxy-authenticate': challenge }).end();
      return;
    }
    const { host: _host, 'proxy-authorization': _authorization, ...headers } = request.headers;
    const onward = httpRequest(request.url ?? '', { method: request.method, headers }, (reply) => {
      response.writeHead(reply.statusCode ?? 502, reply.headers);
      reply.pipe(response);
    });
    request.pipe(onward);
  });
  server.on('connect', (request, socket: Socket) => {
    seen.push(`CONNECT ${request.url ?? ''}`);
    const challenge = check(request);
    if (challenge !== undefined) {
      socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ${challenge}\r\nContent-Length: 0\r\n\r\n`);
      return;
    }
    const [host, port] = (request.url ?? '').split(':');
    const onward = connect(Number(port), host, () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket);
      socket.pipe(onward);
    });
    for (const one of [onward, socket]) one.on('error', () => one.destroy());
    socket.once('close', () => onward.destroy());
    closing.push(async () => socket.destroy());
  });
  return { port: await listen(server), seen };
}

const fields = (header: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...header.matchAll(/(\w+)=(?:"([^"]*)"|([^,\s]+))/g)].map(([, name, quoted, bare]) => [name, quoted ?? bare ?? '']));

/** Digest as the server side reads it; each nonce is good for `uses` requests. */
function digestCheck(algorithm: string, password: string, uses = Infinity): Check {
  const hash = (text: string): string => createHash(algorithm.startsWith('SHA-256') ? 'sha256' : 'md5').update(text).digest('hex');
  let [nonce, count] = [randomUUID(), 0];
  const challenge = (stale: boolean): string => `Basic realm="x", Digest realm="proxy, \\"own\\"", qop="auth,auth-int", nonce="${nonce}", opaque="o p", algorithm=${algorithm}${stale ? ', stale=true' : ''}`;
  return ({ method, headers }) => {
    const given = headers['proxy-authorization'];
    if (given === undefined) return challenge(false);
    const f = fields(given.replace(/\\"/g, "'"));
    if (f['nonce'] !== nonce) return challenge(true);
    count += 1;
    if (Number.parseInt(f['nc'] ?? '', 16) !== count) return challenge(false);
    const plain = hash(`budi:proxy, "own":${password}`);
    const first = algorithm.endsWith('-sess') ? hash(`${plain}:${nonce}:${f['cnonce'] ?? ''}`) : plain;
    const expected = hash(`${first}:${nonce}:${f['nc'] ?? ''}:${f['cnonce'] ?? ''}:auth:${hash(`${method ?? ''}:${f['uri'] ?? ''}`)}`);
    if (f['response'] !== expected || f['opaque'] !== 'o p') return challenge(false);
    if (count < uses) return undefined;
    [nonce, count] = [randomUUID(), 0];
    return undefined;
  };
}

const basicCheck = (password: string): Check => ({ headers }) => (headers['proxy-authorization'] === `Basic ${Buffer.from(`budi:${password}`).toString('base64')}` ? undefined : 'Basic realm="x"');

function route(port: number, more: Partial<ProxyRoute> = {}): ProxyRoute {
  return { key: randomUUID(), servers: [{ host: '127.0.0.1', port }], ssl: 'AUTO', ...more };
}

const credentials = (scheme: 'BASIC' | 'DIGEST', password = 'rahasia') => ({ credentials: { scheme, user: 'budi', password: async () => password } });

async function get(origin: string, way: ProxyRoute, outbound = newOutbound(origin)): Promise<unknown> {
  const request: OutboundRequest = { method: 'GET', url: `${origin}/v1/things?limit=1`, headers: {}, limits: [], idempotent: true, sensitive: [], classify: () => 'done' };
  const { body } = await outbound.send(request, { connection: 'projects/p/locations/l/connections/c', route: way });
  return JSON.parse(Buffer.from(body).toString()) as unknown;
}

function newOutbound(origin: string): Outbound {
  const outbound = createOutbound({ allowed: new Set([origin]), observe: () => undefined });
  closing.push(() => outbound.close());
  return outbound;
}

const ANSWER = { url: '/v1/things?limit=1', proxy: null };

describe('a proxy', () => {
  it.each(['AUTO', 'NEVER', 'TUNNEL'] as const)('is gone through to an http target with proxy_ssltype %s', async (ssl) => {
    const origin = await source();
    const { port, seen } = await proxy(() => undefined);
    expect(await get(origin, route(port, { ssl }))).toEqual(ANSWER);
    expect(seen).toEqual([ssl === 'TUNNEL' ? `CONNECT ${origin.slice('http://'.length)}` : `GET ${origin}/v1/things?limit=1`]);
  });

  it.each([['AUTO'], ['TUNNEL']] as const)('is told a name and password by Basic, and the source is not (%s)', async (ssl) => {
    const origin = await source();
    const { port } = await proxy(basicCheck('rahasia'));
    expect(await get(origin, route(port, { ssl, ...credentials('BASIC') }))).toEqual(ANSWER);
  });

  it.each([['MD5', 'AUTO'], ['MD5-sess', 'TUNNEL'], ['SHA-256', 'AUTO'], ['SHA-256', 'TUNNEL'], ['SHA-256-sess', 'TUNNEL']] as const)('is answered by Digest with %s (%s), with counted and with stale nonces', async (algorithm, ssl) => {
    const origin = await source();
    const { port } = await proxy(digestCheck(algorithm, 'rahasia', 2));
    const [way, outbound] = [route(port, { ssl, ...credentials('DIGEST') }), newOutbound(origin)];
    for (let call = 1; call <= 5; call += 1) expect(await get(origin, way, outbound)).toEqual(ANSWER);
  });

  it.each([['BASIC', 'AUTO'], ['BASIC', 'TUNNEL'], ['DIGEST', 'AUTO'], ['DIGEST', 'TUNNEL']] as const)('that refuses a password is named, and asked no more than needed (%s, %s)', async (scheme, ssl) => {
    const origin = await source();
    const { port, seen } = await proxy(scheme === 'BASIC' ? basicCheck('rahasia') : digestCheck('SHA-256', 'rahasia'));
    await expect(get(origin, route(port, { ssl, ...credentials(scheme, 'salah') }))).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'PROXY_UNAUTHENTICATED' });
    expect(seen.length).toBeLessThanOrEqual(2);
  });

  it('that cannot be reached is named, and the next one is tried', async () => {
    const origin = await source();
    const { port } = await proxy(() => undefined);
    const dead = { host: '127.0.0.1', port: 9 };
    for (const ssl of ['TUNNEL', 'NEVER'] as const) {
      await expect(get(origin, route(port, { ssl, servers: [dead] })), ssl).rejects.toMatchObject({ code: 'UNAVAILABLE', reason: 'PROXY_UNREACHABLE', message: expect.stringContaining('http://127.0.0.1:9 could not be reached') });
    }
    expect(await get(origin, route(port, { ssl: 'TUNNEL', servers: [dead, { host: '127.0.0.1', port }] }))).toEqual(ANSWER);
  });
});

it('answers the example of RFC 7616', async () => {
  const authorizer = createProxyAuthorizer({ scheme: 'DIGEST', user: 'Mufasa', password: async () => 'Circle of Life' });
  authorizer.learn('Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=MD5, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS", Digest realm="http-auth@example.org", qop="auth, auth-int", algorithm=SHA-256, nonce="7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v", opaque="FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS"');
  const given = fields((await authorizer.header('GET', '/dir/index.html')) ?? '');
  const hash = (text: string): string => createHash('sha256').update(text).digest('hex');
  expect(given).toMatchObject({ algorithm: 'SHA-256', qop: 'auth', nc: '00000001' });
  expect(given['response']).toBe(hash(`${hash('Mufasa:http-auth@example.org:Circle of Life')}:${given['nonce'] ?? ''}:00000001:${given['cnonce'] ?? ''}:auth:${hash('GET:/dir/index.html')}`));
});
