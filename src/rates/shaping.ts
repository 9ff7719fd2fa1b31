// Calls to the source, kept below the limits that it sets: an account's, an endpoint's, and what a connection was narrowed to. All
// connections with one key stand at one turnstile. Which limits a call is under is said by the call; what the source is, is not known.
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import type { OutboundRequest, OutboundResponse } from '../spi/connector.ts';
import type { Meter } from './bucket.ts';
import type { Clock } from './clock.ts';
import { createLease } from './lease.ts';
import { createPresence, type Presence } from './presence.ts';
import type { SharedRates } from './shared.ts';
import { createSlots, type Slots } from './slots.ts';
import { createTurnstile, type Turnstile } from './turnstile.ts';

/** To be called once, when the attempt has ended: with the reply, or without where none came. */
export type Pass = (reply?: OutboundResponse) => void;

export interface ShapedConnection {
  readonly name: string;
  /** `quotaLimit` calls in each `duration` (`16s`) at most. */
  readonly trafficShapingConfigs?: readonly { readonly quotaLimit?: string; readonly duration?: string }[];
}

export interface Shaping {
  /** How the calls of one connection are let out, each attempt by itself. @throws StatusError RESOURCE_EXHAUSTED, CANCELLED */
  of(connection: ShapedConnection): (request: OutboundRequest) => Pass | undefined | Promise<Pass>;
  /** Calls that wait. */
  readonly waiting: number;
}

export interface ShapingParts {
  readonly clock: Clock;
  readonly observe: Observe;
  /** Whose limits a request counts against: the same for the same account, and never its key. */
  readonly accountOf: (request: OutboundRequest) => string;
  /** Whether the source's own limits are kept towards this address. */
  readonly applies: (url: string) => boolean;
  readonly shared?: SharedRates;
}

interface Limit {
  readonly slots: Slots;
  /** The slots, and what all processes have together. */
  readonly meters: readonly Meter[];
}

interface Account {
  readonly turnstile: Turnstile;
  readonly limits: Map<string, Limit>;
  readonly presence: Presence;
}

const SECOND_MS = 1_000;
const MOST_WAITING = 10_000;
/** A call that takes longer was counted by the source long ago. */
const MOST_HELD_MS = 5_000;
const SWEEP_MS = 60_000;
const RETRY_AFTER_MS = 1_000;

export function createShaping({ clock, observe, accountOf, applies, shared }: ShapingParts): Shaping {
  const accounts = new Map<string, Account>();
  let sweeping = false;

  /** Forgets limits that nobody uses: there is one for each endpoint of each account. */
  function sweep(): void {
    const now = clock.now();
    for (const [key, { turnstile, limits }] of accounts) {
      if (turnstile.waiting > 0) continue;
      for (const [scope, { slots }] of limits) if (slots.idle(now)) limits.delete(scope);
      if (limits.size === 0) accounts.delete(key);
    }
    sweeping = accounts.size > 0;
    if (sweeping) clock.after(SWEEP_MS, sweep);
  }

  function accountFor(key: string): Account {
    const known = accounts.get(key);
    if (known !== undefined) return known;
    const made = { turnstile: createTurnstile({ clock, meters: [], mostWaiting: MOST_WAITING }), limits: new Map(), presence: createPresence(`calling ${key}`, shared, clock) };
    accounts.set(key, made);
    if (!sweeping) {
      sweeping = true;
      clock.after(SWEEP_MS, sweep);
    }
    return made;
  }

  /** @param key names the limit among all that processes share. */
  function limitFor({ limits, turnstile, presence }: Account, key: string, most: number, windowMs: number): Limit {
    const known = limits.get(key);
    if (known !== undefined) return known;
    const slots = createSlots(most, windowMs);
    const meters = shared === undefined ? [slots]
      : [slots, createLease({ key: `calls ${key}`, most: () => most, windowMs, processes: () => presence.processes, waiting: () => turnstile.waiting, shared, clock, wake: () => turnstile.wake() })];
    const made = { slots, meters };
    limits.set(key, made);
    return made;
  }

  function leaver(account: Account, held: readonly (readonly [scope: string, limit: Limit])[], request: OutboundRequest): Pass {
    let open = true;
    const leave = (): void => {
      if (!open) return;
      open = false;
      cancel();
      const now = clock.now();
      for (const [, { slots }] of held) slots.leave(now);
      if (account.turnstile.waiting > 0) account.turnstile.wake();
    };
    const cancel = clock.after(MOST_HELD_MS, leave);
    return (reply) => {
      leave();
      const exceeded = reply === undefined ? [] : (request.exceeds?.(reply) ?? []);
      for (const [scope, { slots }] of held) if (exceeded.includes(scope)) slots.slow(clock.now());
    };
  }

  async function waitFor(connection: string, account: Account, meters: readonly Meter[], line: string, request: OutboundRequest): Promise<void> {
    const { deadline, signal } = request;
    const from = clock.now();
    const refusal = await account.turnstile.wait({
      line, meters, until: from + (deadline === undefined ? Infinity : clock.until(deadline)), ...(signal === undefined ? {} : { signal }),
    });
    if (refusal === undefined) return observe({ kind: 'shaped', connection, milliseconds: clock.now() - from });
    if (refusal === 'left') throw new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before the answer came.' });
    throw new StatusError('RESOURCE_EXHAUSTED', 'BACKEND_RATE_LIMITED', {
      message: 'More calls to the source are wanted than its limits allow, and this one found no place in time.', metadata: { connection }, retryAfterMs: RETRY_AFTER_MS,
    });
  }

  return {
    of({ name, trafficShapingConfigs = [] }) {
      const quotas = trafficShapingConfigs.map(({ quotaLimit, duration }) => ({ most: Number(quotaLimit), windowMs: Number.parseFloat(duration ?? '') * SECOND_MS })).filter(({ most, windowMs }) => most > 0 && windowMs > 0);
      return (request) => {
        const kept = applies(request.url);
        if ((!kept || request.limits.length === 0) && quotas.length === 0) return undefined;
        const key = accountOf(request);
        const account = accountFor(key);
        account.presence.here();
        const held: (readonly [string, Limit])[] = [];
        if (kept) for (const { scope, perSecond } of request.limits) held.push([scope, limitFor(account, `${key} ${scope} ${perSecond}`, perSecond, SECOND_MS)]);
        for (const { most, windowMs } of quotas) held.push(['', limitFor(account, `${name} ${most} ${windowMs}`, most, windowMs)]);
        const meters = held.flatMap(([, limit]) => limit.meters);
        if (account.turnstile.tryNow(clock.now(), meters)) return leaver(account, held, request);
        return waitFor(name, account, meters, `${name} ${request.limits.at(-1)?.scope ?? ''}`, request).then(() => leaver(account, held, request));
      };
    },
    get waiting() {
      let count = 0;
      for (const { turnstile } of accounts.values()) count += turnstile.waiting;
      return count;
    },
  };
}
