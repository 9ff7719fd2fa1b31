// The one policy of retries: what is attempted again, after which delay, and when it is enough. It knows replies and failures,
// not the source; what a reply of the source means is told by the request's own `classify`.
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { ExchangeError } from './exchange.ts';
import { ProxyError } from './proxy-error.ts';
import { untrusted } from './trust.ts';

/** The deadline of the call comes first; this bounds a call that has time for more. */
export const MOST_ATTEMPTS = 6;
export const FIRST_DELAY_MS = 200;
export const LONGEST_DELAY_MS = 5_000;
/** A longer wait than the source may ask for: the caller is told instead. */
const LONGEST_ASKED_MS = 60_000;

export type Attempted = OutboundResponse | ExchangeError;

/**
 * How many milliseconds to wait before the next attempt; undefined where there is to be none.
 * @param attempt the number of the one that has ended, from 1.
 * @param chance from 0 to 1.
 */
export function delayBeforeNext(attempt: number, result: Attempted, request: OutboundRequest, now = Date.now(), chance = Math.random()): number | undefined {
  if (attempt >= MOST_ATTEMPTS || !mayRepeat(result, request)) return undefined;
  const delay = askedDelay(result, now) ?? backoff(attempt, chance);
  const left = request.deadline === undefined ? LONGEST_ASKED_MS : Math.min(request.deadline.getTime() - now, LONGEST_ASKED_MS);
  return delay < left ? delay : undefined;
}

/** Whether the source may have done what an attempt asked for, as far as the attempt itself tells. */
export function mayHaveHadEffect(result: Attempted, { method }: OutboundRequest): boolean {
  if (method === 'GET') return false;
  if (result instanceof ExchangeError) return result.sent;
  return result.status < 300 || result.status >= 500;
}

function mayRepeat(result: Attempted, request: OutboundRequest): boolean {
  if (result instanceof ExchangeError) return result.kind === 'network' && mayHelp(result.cause) && (request.idempotent || !result.sent);
  return request.idempotent && request.classify(result) === 'retry';
}

/** A proxy that refuses does so again, and a certificate is the same the next time. */
function mayHelp(cause: unknown): boolean {
  if (cause instanceof ProxyError) return cause.kind === 'unreachable' || cause.kind === 'stuck';
  return untrusted(cause) === undefined;
}

/** Doubling from the first delay, half of it by chance so that callers spread. */
function backoff(attempt: number, chance: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS) * (0.5 + chance / 2);
}

/** What the source itself asks for: seconds, or a date (RFC 9110 §10.2.3). */
function askedDelay(result: Attempted, now: number): number | undefined {
  const asked = result instanceof ExchangeError ? undefined : result.headers['retry-after'];
  if (asked === undefined) return undefined;
  const delay = /^\d+(\.\d+)?$/.test(asked) ? Number(asked) * 1_000 : Date.parse(asked) - now;
  return delay > 0 ? delay : undefined;
}
