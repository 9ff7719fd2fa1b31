// Tunnels through proxies (CONNECT). What is spoken inside one the proxy cannot read.
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { Client, Pool } from 'undici';
import { CONNECT_TIMEOUT_MS, createConnector } from './connector.ts';
import { exchange } from './exchange.ts';
import type { Passage } from './passage.ts';
import { createProxyAuthorizer, type ProxyAuthorizer } from './proxy-credentials.ts';
import { ProxyError, unreachable } from './proxy-error.ts';
import { Proxies, type ProxyRoute } from './proxy.ts';
import type { Trace } from './trace.ts';
import { traceSocket } from './transport-trace.ts';
import type { Trust } from './trust.ts';

const MOST_TRIES = 3;

interface TunnelParts {
  readonly target: URL;
  readonly authority: string;
  readonly trust: Trust;
  readonly trace: Trace | undefined;
  readonly toProxy: ReturnType<typeof createConnector>;
}

export function openTunnel(target: URL, route: ProxyRoute, options: Pool.Options, trust: Trust, trace: Trace | undefined): Passage {
  const proxies = new Proxies(route);
  const authorizers = new Map(proxies.origins.map((origin) => [origin, route.credentials === undefined ? undefined : createProxyAuthorizer(route.credentials)]));
  const port = target.port === '' ? (target.protocol === 'https:' ? '443' : '80') : target.port;
  const parts: TunnelParts = { target, authority: `${target.hostname}:${port}`, trust, trace, toProxy: createConnector(trust, trace, 'proxy') };

  const connect = async (): Promise<Duplex> => {
    const socket = await proxies.first((proxy) => connectThrough(proxy, authorizers.get(proxy), parts), (error) => (error instanceof ProxyError ? error.kind : undefined));
    return target.protocol === 'https:' ? secure(socket, parts) : socket;
  };
  const pool = new Pool(target.origin, {
    ...options,
    connect: (_request, done) => {
      // undici wants a Socket and uses of it what every stream of bytes has.
      connect().then((socket) => done(null, socket as TLSSocket), (error: unknown) => done(error instanceof Error ? error : new ProxyError('unreachable', 'the proxy failed'), null));
    },
  });
  return { exchange: (path, request, probe) => exchange(pool, path, request, probe), close: () => pool.close(), destroy: () => pool.destroy() };
}

async function connectThrough(proxy: string, authorizer: ProxyAuthorizer | undefined, { authority, toProxy, trace }: TunnelParts): Promise<Duplex> {
  for (let attempt = 1; ; attempt += 1) {
    const client = new Client(proxy, { connect: toProxy, headersTimeout: CONNECT_TIMEOUT_MS });
    const header = await authorizer?.header('CONNECT', authority);
    const { statusCode, headers, socket } = await client.connect({
      path: authority, headers: { host: authority, ...(header === undefined ? {} : { 'proxy-authorization': header }) },
    }).catch(async (error: unknown) => {
      await client.destroy();
      throw unreachable(proxy, error);
    });
    trace?.tell(4, 'tunnel', { proxy, target: authority, status: statusCode, asked: header === undefined ? 'without credentials' : header.slice(0, header.indexOf(' ')) });
    if (statusCode >= 200 && statusCode < 300) return socket;
    socket.destroy();
    await client.destroy();
    if (statusCode >= 500) throw new ProxyError('stuck', `the proxy ${proxy} does not reach ${authority} (${statusCode})`);
    if (statusCode !== 407) throw new ProxyError('refused', `the proxy ${proxy} refused the way to ${authority} (${statusCode})`);
    const challenges = headers['proxy-authenticate'];
    const again = authorizer?.learn(Array.isArray(challenges) ? challenges.join(', ') : challenges) ?? false;
    if (!again || attempt >= MOST_TRIES) throw new ProxyError('unauthenticated', `the proxy ${proxy} did not accept the connection's proxy_user and proxy_password`);
  }
}

function secure(socket: Duplex, { target, trust, trace }: TunnelParts): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const host = target.hostname.replace(/^\[|\]$/g, '');
    // An address is no name of a server that may be asked for (RFC 6066 §3); its certificate is checked all the same.
    const secured = connectTls({ socket, host, ...(isIP(host) === 0 ? { servername: host } : {}), ALPNProtocols: ['http/1.1'], ...trust });
    if (trace !== undefined) traceSocket(secured, trace, { role: 'source', host: target.host, through: 'tunnel' });
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
