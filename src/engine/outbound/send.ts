// The only door out: calls hosts that are allowed and no others, attempts again what may be repeated, and tells what it saw.
// It does not know what the source is.
import { setTimeout as sleep } from 'node:timers/promises';
import { StatusError } from '../../errors/status-error.ts';
import type { Observe } from '../../observe/events.ts';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { ExchangeError } from './exchange.ts';
import { failureOf, withUnknownOutcome } from './failure.ts';
import { openPassage, passageKey, type Passage } from './passage.ts';
import { delayBeforeNext, mayHaveHadEffect, type Attempted } from './retry.ts';
import { exchangeTraced } from './request-trace.ts';
import { createTrust } from './trust.ts';
import type { Way } from './way.ts';

export interface Outbound {
  /** @throws StatusError UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED or FAILED_PRECONDITION; with `outcome: unknown` for a write that may have had its effect. */
  send(request: OutboundRequest, way?: Way): Promise<OutboundResponse>;
  /** Lets go of the sockets that are a connection's own, once what is on them has ended. */
  forget(owner: string): void;
  close(): Promise<void>;
}

export interface OutboundParts {
  /** `https://api.stripe.com`, …: scheme, host and port. */
  readonly allowed: ReadonlySet<string>;
  readonly observe: Observe;
  /** Sockets per host. */
  readonly connections?: number;
  /** PEM of authorities to trust besides the usual ones. */
  readonly authorities?: readonly string[];
}

export function createOutbound({ allowed, observe, connections = 64, authorities = [] }: OutboundParts): Outbound {
  const passages = new Map<string, Passage>();
  const trust = createTrust(authorities);

  function passageTo(origin: string, way: Way | undefined): Passage {
    const key = passageKey(origin, way);
    const known = passages.get(key);
    if (known !== undefined) return known;
    if (!allowed.has(origin)) {
      throw new StatusError('FAILED_PRECONDITION', 'BACKEND_HOST_NOT_ALLOWED', { message: `${origin} is not a host that this server may call.`, metadata: { origin } });
    }
    const opened = openPassage(origin, way, { connections, trust });
    passages.set(key, opened);
    return opened;
  }

  /** One attempt: its turn first, then the exchange, told either way. @throws StatusError where its turn does not come. */
  async function attempt(origin: string, path: string, request: OutboundRequest, number: number, way: Way | undefined): Promise<Attempted> {
    // Looked up each time: between two attempts the connection may have changed and let its sockets go.
    const passage = passageTo(origin, way);
    const asked = way?.trace === undefined ? 0 : performance.now();
    const turn = way?.shape?.(request);
    const pass = turn instanceof Promise ? await turn : turn;
    let answer: OutboundResponse | undefined;
    const { method, requestId } = request;
    const [connection, started] = [way?.connection, performance.now()];
    try {
      const reply = await (way?.trace === undefined ? passage.exchange(path, request) : exchangeTraced(way.trace, passage, path, request, { attempt: number, waited: started - asked }));
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
      let unknown = false;
      for (let number = 1; ; number += 1) {
        const result = await attempt(origin, path, request, number, way).catch((error: unknown) => {
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
      for (const [key, passage] of passages) {
        if (passage.owner !== owner) continue;
        passages.delete(key);
        passage.close().catch(() => undefined);
      }
    },

    async close() {
      await Promise.all([...passages.values()].map((passage) => passage.destroy()));
      passages.clear();
    },
  };
}

/** Scheme, host and port of a URL, without parsing all of it: this runs on every call. */
function originOf(url: string): string {
  const slash = url.indexOf('/', url.indexOf('://') + 3);
  return slash === -1 ? url : url.slice(0, slash);
}
