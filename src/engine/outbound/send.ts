// The only door out: calls hosts that are allowed and no others, retries what may be repeated within the call's deadline,
// and tells what it saw. It does not know what the source is.
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';
import type { Code } from '../../errors/codes.ts';
import type { Reason } from '../../errors/reasons.ts';
import { StatusError } from '../../errors/status-error.ts';
import type { Observe } from '../../observe/events.ts';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { exchange, ExchangeError } from './exchange.ts';
import { openProxied, ProxyError, type ProxiedPool, type ProxyRoute } from './proxy.ts';

export interface Outbound {
  /** @throws StatusError UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED or FAILED_PRECONDITION; with `outcome: unknown` for a write that may have had its effect. */
  send(request: OutboundRequest, route?: ProxyRoute): Promise<OutboundResponse>;
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

const MOST_ATTEMPTS = 5;
const MOST_PROXY_TRIES = 3;
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;

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

  function failed(error: unknown, { method }: OutboundRequest, origin: string, attempt: number): ExchangeError {
    if (!(error instanceof ExchangeError)) throw error;
    observe({ kind: 'outboundFailure', method, origin, attempt, error: error.message });
    return error;
  }

  return {
    async send(request, route) {
      const origin = originOf(request.url);
      const path = request.url.slice(origin.length) || '/';
      const way = poolOf(origin, route);
      let reached = false;
      for (let number = 1; ; number += 1) {
        const started = performance.now();
        let result: OutboundResponse | ExchangeError;
        try {
          result = await exchangeOn(way, path, request);
          observe({ kind: 'outbound', method: request.method, origin, status: result.status, attempt: number, milliseconds: performance.now() - started, requestId: request.requestId, sourceRequestId: result.headers['request-id'] });
        } catch (error) {
          result = failed(error, request, origin, number);
          reached ||= result.sent;
        }
        if (!mayRepeat(result, request)) return finish(result, request, origin, reached);
        const delay = delayBefore(number, result);
        const left = request.deadline === undefined ? Infinity : request.deadline.getTime() - Date.now();
        if (number >= MOST_ATTEMPTS || delay >= left) return finish(result, request, origin, reached);
        await pause(delay, request.signal);
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

function mayRepeat(result: OutboundResponse | ExchangeError, request: OutboundRequest): boolean {
  if (result instanceof ExchangeError) return result.kind === 'network' && mayHelp(result.cause) && (request.idempotent || !result.sent);
  return request.idempotent && request.classify(result) === 'retry';
}

/** A proxy that refuses does so again. */
function mayHelp(cause: unknown): boolean {
  return !(cause instanceof ProxyError) || cause.kind === 'unreachable';
}

const PROXY_FAILURES = {
  unreachable: ['UNAVAILABLE', 'PROXY_UNREACHABLE'],
  unauthenticated: ['FAILED_PRECONDITION', 'PROXY_UNAUTHENTICATED'],
  refused: ['FAILED_PRECONDITION', 'PROXY_REFUSED'],
} as const satisfies Record<ProxyError['kind'], readonly [Code, Reason]>;

/** @param reached whether this attempt or one before may have had its effect. */
function finish(result: OutboundResponse | ExchangeError, request: OutboundRequest, origin: string, reached: boolean): OutboundResponse {
  if (!(result instanceof ExchangeError)) return result;
  const host = origin.slice(origin.indexOf('://') + 3);
  const unknown = request.method !== 'GET' && reached;
  const metadata = { host, ...(unknown ? { outcome: 'unknown' } : {}) };
  switch (result.kind) {
    case 'aborted':
      throw new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before the answer came.', metadata, cause: result });
    case 'deadline':
      throw new StatusError('DEADLINE_EXCEEDED', 'TIMED_OUT', { message: `${host} did not answer in time.`, metadata, cause: result });
    case 'too large':
      throw new StatusError('RESOURCE_EXHAUSTED', 'PAYLOAD_TOO_LARGE', { message: `${host} answered more than 64 MB.`, metadata, cause: result });
    case 'network':
      if (result.cause instanceof ProxyError) {
        const [code, reason] = PROXY_FAILURES[result.cause.kind];
        throw new StatusError(code, reason, { message: sentence(result.cause.message), metadata, cause: result });
      }
      throw new StatusError('UNAVAILABLE', 'BACKEND_UNAVAILABLE', { message: `${host} could not be reached: ${result.message}.`, metadata, retryAfterMs: 1_000, cause: result });
  }
}

/** Doubling from the first delay, half of it by chance so that callers spread; the source's own word comes first. */
function delayBefore(attempt: number, result: OutboundResponse | ExchangeError): number {
  const asked = result instanceof ExchangeError ? Number.NaN : Number(result.headers['retry-after']);
  if (Number.isFinite(asked) && asked > 0) return Math.min(asked * 1_000, LONGEST_DELAY_MS);
  const full = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return full * (0.5 + Math.random() / 2);
}

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  // An abort ends the pause; the next attempt then sees it and says so.
  await sleep(milliseconds, undefined, signal === undefined ? {} : { signal }).catch(() => undefined);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
