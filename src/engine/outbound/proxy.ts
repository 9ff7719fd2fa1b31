// The way through a proxy: a tunnel (CONNECT) for https and where it is asked for, else requests with the whole address in
// their first line. Several proxies are tried in order. What is spoken inside a tunnel the proxy cannot read.
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { Duplex } from 'node:stream';
import { buildConnector, Client, Pool } from 'undici';
import { createProxyAuthorizer, type ProxyAuthorizer, type ProxyCredentials } from './proxy-credentials.ts';
import { ProxyError } from './proxy-error.ts';

export type ProxySsl = 'AUTO' | 'ALWAYS' | 'NEVER' | 'TUNNEL';

/** How a connection leaves: made from its configuration. */
export interface ProxyRoute {
  /** Connections with the same key share sockets, so it names everything that is said to the proxy. */
  readonly key: string;
  /** The connection it belongs to. */
  readonly owner: string;
  readonly servers: readonly { readonly host: string; readonly port: number }[];
  readonly ssl: ProxySsl;
  readonly credentials?: ProxyCredentials;
  /** PEM of authorities that a proxy's certificate may come from, besides the usual ones. */
  readonly authorities?: readonly string[];
}

const CONNECT_TIMEOUT_MS = 10_000;
const MOST_TRIES = 3;

/** A pool of sockets to a source through a proxy, and how requests are written on them. */
export interface ProxiedPool {
  readonly pool: Pool;
  readonly owner?: string;
  /** The headers and the path to send; set where the proxy reads requests itself. */
  readonly forward?: { path(path: string): string; header(method: string, path: string): Promise<string | undefined>; learn(challenges: string | undefined): boolean };
}

/** @param connections sockets at a time. */
export function openProxied(origin: string, route: ProxyRoute, connections: number): ProxiedPool {
  const target = new URL(origin);
  const authorizer = route.credentials === undefined ? undefined : createProxyAuthorizer(route.credentials);
  const options = { connections, pipelining: 1, headersTimeout: 120_000, bodyTimeout: 120_000 } as const;
  const tunnels = target.protocol === 'https:' || route.ssl === 'TUNNEL';
  if (tunnels) {
    const pool = new Pool(origin, { ...options, connect: (_request, done) => {
      tunnel(target, route, authorizer).then((socket) => done(null, socket), (error: unknown) => done(error instanceof Error ? error : new ProxyError('unreachable', 'the proxy failed'), null));
    } });
    return { pool, owner: route.owner };
  }
  // Without a tunnel there is one proxy to speak to; the first that is named.
  const proxy = proxyOrigin(route, 0);
  const connect = buildConnector(tlsOf(route));
  const pool = new Pool(proxy, { ...options, connect: (request, done) => connect(request, (error, socket) => (error === null ? done(null, socket) : done(unreachable(proxy, error), null))) });
  const whole = (path: string): string => `${origin}${path}`;
  return {
    pool, owner: route.owner,
    forward: {
      path: whole,
      header: async (method, path) => authorizer?.header(method, whole(path)),
      learn: (challenges) => authorizer?.learn(challenges) ?? false,
    },
  };
}

function proxyOrigin({ servers, ssl }: ProxyRoute, at: number): string {
  const server = servers[at];
  if (server === undefined) throw new ProxyError('unreachable', 'no proxy server is named');
  const host = server.host.includes(':') && !server.host.startsWith('[') ? `[${server.host}]` : server.host;
  return `${ssl === 'ALWAYS' ? 'https' : 'http'}://${host}:${server.port}`;
}

function tlsOf({ authorities }: ProxyRoute): { timeout: number; ca?: string[] } {
  return { timeout: CONNECT_TIMEOUT_MS, ...(authorities === undefined ? {} : { ca: [...authorities] }) };
}

/** A socket to the target through the first proxy that gives one. @throws ProxyError of the last one tried. */
async function tunnel(target: URL, route: ProxyRoute, authorizer: ProxyAuthorizer | undefined): Promise<TLSSocket> {
  let failure: unknown = new ProxyError('unreachable', 'no proxy server is named');
  for (const [at] of route.servers.entries()) {
    try {
      const socket = await connectThrough(proxyOrigin(route, at), target, route, authorizer);
      return target.protocol === 'https:' ? await secure(socket, target) : (socket as TLSSocket);
    } catch (error) {
      failure = error;
      // A wrong password is wrong at the next proxy too, and would be tried in vain there.
      if (error instanceof ProxyError && error.kind === 'unauthenticated') break;
    }
  }
  throw failure;
}

async function connectThrough(proxy: string, target: URL, route: ProxyRoute, authorizer: ProxyAuthorizer | undefined): Promise<Duplex> {
  const authority = `${target.hostname}:${target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port}`;
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client(proxy, { connect: tlsOf(route), headersTimeout: CONNECT_TIMEOUT_MS });
    const header = await authorizer?.header('CONNECT', authority);
    const { statusCode, headers, socket } = await client.connect({
      path: authority, headers: { host: authority, ...(header === undefined ? {} : { 'proxy-authorization': header }) },
    }).catch(async (error: unknown) => {
      await client.destroy();
      throw unreachable(proxy, error);
    });
    if (statusCode >= 200 && statusCode < 300) return socket;
    socket.destroy();
    await client.destroy();
    if (statusCode !== 407) throw new ProxyError('refused', `the proxy ${proxy} refused the way to ${authority} (${statusCode})`);
    const challenges = headers['proxy-authenticate'];
    const again = authorizer?.learn(Array.isArray(challenges) ? challenges.join(', ') : challenges) ?? false;
    if (!again || attempt >= MOST_TRIES) throw new ProxyError('unauthenticated', `the proxy ${proxy} did not accept the connection's proxy_user and proxy_password`);
  }
}

function secure(socket: Duplex, target: URL): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connectTls({ socket, servername: target.hostname, ALPNProtocols: ['http/1.1'] });
    const timer = setTimeout(() => secured.destroy(new Error('the TLS handshake took too long')), CONNECT_TIMEOUT_MS);
    secured.once('secureConnect', () => {
      clearTimeout(timer);
      secured.off('error', reject);
      resolve(secured);
    });
    secured.once('error', reject);
    secured.once('close', () => clearTimeout(timer));
  });
}

function unreachable(proxy: string, error: unknown): ProxyError {
  return new ProxyError('unreachable', `the proxy ${proxy} could not be reached: ${reasonOf(error)}`, error);
}

/** What a person can act on: without addresses, ports or times that change from try to try. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' ? 'it gave no answer' : code;
}
