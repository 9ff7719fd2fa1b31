// The only door out: calls hosts that are allowed and no others, attempts again what may be repeated, and tells what it saw.
// It does not know what the source is.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import { StatusError } from '../../errors/status-error.ts';
import type { Observe } from '../../observe/events.ts';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { exchange, ExchangeError } from './exchange.ts';
import { failureOf, withUnknownOutcome } from './failure.ts';
import { ProxyError } from './proxy-error.ts';
import { openProxied, type ProxiedPool, type ProxyRoute } from './proxy.ts';
import { delayBeforeNext, mayHaveHadEffect, type Attempted } from './retry.ts';
import type { Way } from './way.ts';

export interface Outbound {
  /** @throws StatusError UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED or FAILED_PRECONDITION; with `outcome: unknown` for a write that may have had its effect. */
  send(request: OutboundRequest, way?: Way): Promise<OutboundResponse>;
  /** Lets go of the sockets through a connection's proxies, once what is on them has ended. */
  forget(owner: string): void;
  close(): Promise<void>;
}

export interface OutboundParts {
  /** `https://api.stripe.com`, …: scheme, host and port. */
  readonly allowed: ReadonlySet<string>;
  readonly observe: Observe;
  /** Sockets per host. */
  readonly connections?: number;
}

const MOST_PROXY_TRIES = 3;

export function createOutbound({ allowed, observe, connections = 64 }: OutboundParts): Outbound {
  const pools = new Map<string, ProxiedPool>();

  function poolOf(origin: string, route: ProxyRoute | undefined): ProxiedPool {
    const key = route === undefined ? origin : `${origin} ${route.key}`;
    const known = pools.get(key);
    if (known !== undefined) return known;
    if (!allowed.has(origin)) {
      throw new StatusError('FAILED_PRECONDITION', 'BACKEND_HOST_NOT_ALLOWED', { message: `${origin} is not a host that this server may call.`, metadata: { origin } });
    }
    const opened = route === undefined
      ? { pool: new Pool(origin, { connections, pipelining: 1, headersTimeout: 120_000, bodyTimeout: 120_000 }) }
      : openProxied(origin, route, connections);
    pools.set(key, opened);
    return opened;
  }

  /** One attempt: its turn first, then the exchange, told either way. @throws StatusError where its turn does not come. */
  async function attempt(pool: ProxiedPool, path: string, request: OutboundRequest, number: number, way: Way | undefined): Promise<Attempted> {
    const turn = way?.shape?.(request);
    const pass = turn instanceof Promise ? await turn : turn;
    let answer: OutboundResponse | undefined;
    const { method, requestId } = request;
    const [origin, connection, started] = [originOf(request.url), way?.connection, performance.now()];
    try {
      const reply = await exchangeOn(pool, path, request);
      answer = reply;
      const milliseconds = performance.now() - started;
      if (reply.cutShort === true) observe({ kind: 'outboundFailure', method, origin, connection, attempt: number, milliseconds, requestId, error: 'the answer was cut short' });
      else observe({ kind: 'outbound', method, origin, connection, status: reply.status, attempt: number, milliseconds, requestId, sourceRequestId: reply.headers['request-id'] });
      return reply;
    } catch (error) {
      if (!(error instanceof ExchangeError)) throw error;
      observe({ kind: 'outboundFailure', method, origin, connection, attempt: number, milliseconds: performance.now() - started, requestId, error: error.message });
      return error;
    } finally {
      pass?.(answer);
    }
  }

  return {
    async send(request, way) {
      const origin = originOf(request.url);
      const path = request.url.slice(origin.length) || '/';
      const pool = poolOf(origin, way?.route);
      let unknown = false;
      for (let number = 1; ; number += 1) {
        const result = await attempt(pool, path, request, number, way).catch((error: unknown) => {
          throw unknown ? withUnknownOutcome(error) : error;
        });
        const delay = delayBeforeNext(number, result, request);
        const before = unknown;
        unknown ||= mayHaveHadEffect(result, request);
        if (delay === undefined) {
          if (result instanceof ExchangeError) throw failureOf(result, origin, unknown);
          return before ? { ...result, outcomeBefore: 'unknown' } : result;
        }
        // An abort ends the pause; the next attempt then sees it and says so.
        await sleep(delay, undefined, request.signal === undefined ? {} : { signal: request.signal }).catch(() => undefined);
      }
    },

    forget(owner) {
      for (const [key, { pool, owner: held }] of pools) {
        if (held !== owner) continue;
        pools.delete(key);
        pool.close().catch(() => undefined);
      }
    },

    async close() {
      await Promise.all([...pools.values()].map(({ pool }) => pool.destroy()));
      pools.clear();
    },
  };
}

/** One exchange, answering for this server where a proxy reads the request and wants to know who asks. */
async function exchangeOn({ pool, forward }: ProxiedPool, path: string, request: OutboundRequest): Promise<OutboundResponse> {
  if (forward === undefined) return exchange(pool, path, request);
  for (let attempt = 1; ; attempt += 1) {
    const header = await forward.header(request.method, path);
    const headers = header === undefined ? request.headers : { ...request.headers, 'proxy-authorization': header };
    const reply = await exchange(pool, forward.path(path), { ...request, headers });
    if (reply.status !== 407) return reply;
    if (attempt === MOST_PROXY_TRIES || !forward.learn(reply.headers['proxy-authenticate'])) {
      throw new ExchangeError('network', false, new ProxyError('unauthenticated', 'the proxy did not accept the connection\'s proxy_user and proxy_password'));
    }
  }
}

/** Scheme, host and port of a URL, without parsing all of it: this runs on every call. */
function originOf(url: string): string {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  return slash === -1 ? url : url.slice(0, slash);
}
