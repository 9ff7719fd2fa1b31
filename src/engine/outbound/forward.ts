// Proxies that read the requests: the whole address in the first line, and an answer for this server where the proxy wants to
// know who asks. Used for http alone.
import { Pool } from 'undici';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { createConnector } from './connector.ts';
import { exchange, ExchangeError } from './exchange.ts';
import type { Passage } from './passage.ts';
import { createProxyAuthorizer, type ProxyAuthorizer } from './proxy-credentials.ts';
import { ProxyError, unreachable } from './proxy-error.ts';
import { Proxies, type ProxyRoute } from './proxy.ts';
import type { Trace } from './trace.ts';
import type { Probe } from './traced-client.ts';
import type { Trust } from './trust.ts';

const MOST_TRIES = 3;

interface Forwarder {
  readonly proxy: string;
  readonly pool: Pool;
  readonly authorizer: ProxyAuthorizer | undefined;
}

export function openForward(target: URL, route: ProxyRoute, options: Pool.Options, trust: Trust, trace: Trace | undefined): Passage {
  const proxies = new Proxies(route);
  const connect = createConnector(trust, trace, 'proxy');
  const forwarders = new Map(proxies.origins.map((proxy): [string, Forwarder] => [proxy, {
    proxy, authorizer: route.credentials === undefined ? undefined : createProxyAuthorizer(route.credentials),
    pool: new Pool(proxy, { ...options, connect: (request, done) => connect(request, (error, socket) => (error === null ? done(null, socket) : done(unreachable(proxy, error), null))) }),
  }]));
  const pools = [...forwarders.values()].map(({ pool }) => pool);
  const through = (proxy: string, path: string, request: OutboundRequest, probe: Probe | undefined): Promise<OutboundResponse> => {
    const forwarder = forwarders.get(proxy);
    if (forwarder === undefined) throw new ProxyError('unreachable', 'no proxy server is named');
    return exchangeThrough(forwarder, target, `${target.origin}${path}`, request, probe);
  };
  return {
    exchange: (path, request, probe) => proxies.first((proxy) => through(proxy, path, request, probe), kindOf).catch((error: unknown) => {
      throw error instanceof ProxyError ? new ExchangeError('network', false, error) : error;
    }),
    close: async () => void (await Promise.all(pools.map((pool) => pool.close()))),
    destroy: async () => void (await Promise.all(pools.map((pool) => pool.destroy()))),
  };
}

/** Only what was never sent may go to the next proxy here; whether the rest may is for the policy of retries. */
function kindOf(error: unknown): ProxyError['kind'] | undefined {
  const cause = error instanceof ExchangeError && !error.sent ? error.cause : error;
  return cause instanceof ProxyError ? cause.kind : undefined;
}

async function exchangeThrough({ proxy, pool, authorizer }: Forwarder, target: URL, url: string, request: OutboundRequest, probe: Probe | undefined): Promise<OutboundResponse> {
  for (let attempt = 1; ; attempt += 1) {
    const header = await authorizer?.header(request.method, url);
    const headers = { ...request.headers, host: target.host, ...(header === undefined ? {} : { 'proxy-authorization': header }) };
    const reply = await exchange(pool, url, { ...request, headers }, probe);
    if (reply.status !== 407) {
      const failure = failureIn(reply, proxy, target);
      if (failure === undefined) return reply;
      throw failure;
    }
    if (attempt === MOST_TRIES || authorizer?.learn(reply.headers['proxy-authenticate']) !== true) {
      throw new ExchangeError('network', false, new ProxyError('unauthenticated', `the proxy ${proxy} did not accept the connection's proxy_user and proxy_password`));
    }
  }
}

/** Errors of squid after which the request cannot have reached the source. */
const NEVER_SENT = /^ERR_(CONNECT_FAIL|DNS_FAIL|CANNOT_FORWARD|ACCESS_DENIED)/;

/** An answer of the proxy's own, told from the source's by the headers that proxies mark theirs with (squid's, RFC 9209's). */
function failureIn({ status, headers }: OutboundResponse, proxy: string, target: URL): ExchangeError | undefined {
  const mark = headers['x-squid-error'] ?? headers['proxy-status'];
  if (mark === undefined || status < 400) return undefined;
  if (status < 500) return new ExchangeError('network', false, new ProxyError('refused', `the proxy ${proxy} refused the way to ${target.host} (${status})`));
  return new ExchangeError('network', !NEVER_SENT.test(mark), new ProxyError('stuck', `the proxy ${proxy} does not reach ${target.host} (${status})`));
}
