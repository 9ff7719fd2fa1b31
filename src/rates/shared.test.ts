// Several processes on one database, as far as rates go: throttles of their own on what they share, which may be slow or away.
import { describe, expect, it } from 'vitest';
import { handClock, type HandClock } from '../../test/hand-clock.ts';
import { StatusError } from '../errors/status-error.ts';
import type { SharedRates } from './shared.ts';
import { createThrottle, type Throttle } from './throttle.ts';

interface Common extends SharedRates {
  state: 'there' | 'away' | 'silent';
  calls: number;
}

/** What the database does, in memory; each answer takes `lasts` ms. */
function common(clock: HandClock, lasts: number): Common {
  const counts = new Map<string, number>();
  const numbers = new Map<string, { readonly value: number; readonly until: number }>();
  const answer = async <T>(work: () => T): Promise<T> => {
    shared.calls += 1;
    if (shared.state === 'silent') return new Promise(() => undefined);
    if (shared.state === 'away') throw new Error('away');
    await clock.sleep(lasts);
    return work();
  };
  const shared: Common = {
    state: 'there', calls: 0,
    take: (key, wanted, most, windowMs) => answer(() => {
      const window = Math.floor(clock.now() / windowMs);
      const taken = counts.get(`${key} ${window}`) ?? 0;
      counts.set(`${key} ${window}`, taken + wanted);
      return { granted: Math.max(0, Math.min(wanted, most - taken)), nextMs: (window + 1) * windowMs - clock.now() };
    }),
    add: (key, amount, windowMs) => answer(() => {
      const window = Math.floor(clock.now() / windowMs);
      counts.set(`${key} ${window}`, (counts.get(`${key} ${window}`) ?? 0) + amount);
      return counts.get(`${key} ${window - 1}`) ?? 0;
    }),
    read: (key) => answer(() => {
      const found = numbers.get(key);
      return found === undefined || found.until < clock.now() ? undefined : found.value;
    }),
    write: (key, value, lifetimeMs) => answer(() => void numbers.set(key, { value, until: clock.now() + lifetimeMs })),
  };
  return shared;
}

function process(clock: HandClock, shared: SharedRates, min: number, max: number): Throttle {
  return createThrottle({ connection: 'c', limits: { min, max }, settings: { perNode: 6, longestWaitMs: 5_000, mostWaiting: 1_000, idleSeconds: 10 }, clock, observe: () => undefined, shared });
}

interface Seen {
  accepted: number;
  refused: number;
}

/** Callers that send one call after the other, back when they are told to. */
function press(clock: HandClock, throttle: Throttle, callers: number): Seen {
  const seen = { accepted: 0, refused: 0 };
  const caller = async (id: string): Promise<void> => {
    for (;;) {
      try {
        await throttle.take({ id, signal: new AbortController().signal, deadline: clock.later(100_000) }, () => id);
        seen.accepted += 1;
        await clock.sleep(10);
      } catch (error) {
        seen.refused += 1;
        await clock.sleep(error instanceof StatusError ? (error.retryAfterMs ?? 0) : 0);
      }
    }
  };
  for (let count = 0; count < callers; count += 1) void caller(`caller-${count}`);
  return seen;
}

describe('two processes', () => {
  it('take together what the nodes of a connection take, and each its part', async () => {
    const clock = handClock();
    const shared = common(clock, 3);
    const [one, other] = [press(clock, process(clock, shared, 5, 5), 30), press(clock, process(clock, shared, 5, 5), 30)];
    await clock.pass(30_000);
    const total = one.accepted + other.accepted;
    // What is lent while the database is asked comes on top once: a block of three for each.
    expect(total).toBeLessThanOrEqual(30 * 30 * 1.02);
    expect(total).toBeGreaterThanOrEqual(30 * 30 * 0.98);
    expect(Math.max(one.accepted, other.accepted) / Math.min(one.accepted, other.accepted)).toBeLessThan(1.2);
    // A block at a time, and not a call at a time.
    expect(shared.calls).toBeLessThan(total);
  });

  it('leave the whole rate to the one that is left', async () => {
    const clock = handClock();
    const shared = common(clock, 3);
    process(clock, shared, 2, 2);
    const seen = press(clock, process(clock, shared, 2, 2), 10);
    await clock.pass(20_000);
    expect(seen.accepted).toBeGreaterThan(20 * 12 * 0.97);
  });

  it('have the same nodes, up with the demand on either and down again', async () => {
    const clock = handClock();
    const shared = common(clock, 3);
    const [one, other] = [process(clock, shared, 2, 20), process(clock, shared, 2, 20)];
    const taker = { id: 'ani', signal: new AbortController().signal, deadline: new Date(10 ** 9) };
    const demand = async (): Promise<void> => {
      while (clock.now() < 20_000) {
        Promise.resolve(one.take(taker, () => '')).catch(() => undefined);
        await clock.sleep(4);
      }
    };
    const little = async (): Promise<void> => {
      while (clock.now() < 30_000) {
        Promise.resolve(other.take(taker, () => '')).catch(() => undefined);
        await clock.sleep(500);
      }
    };
    void demand();
    void little();
    await clock.pass(18_000);
    expect(one.facts()).toMatchObject({ nodes: 20, processes: 2 });
    expect(other.facts().nodes).toBe(20);
    await clock.pass(80_000);
    expect([one.facts().nodes, other.facts().nodes]).toEqual([2, 2]);
    expect(clock.timers).toBe(0);
  });
});

describe('a call within the rate', () => {
  it('waits for no database, be it there, slow, away or silent', async () => {
    for (const state of ['there', 'away', 'silent'] as const) {
      const clock = handClock();
      const shared = common(clock, 200);
      shared.state = state;
      const throttle = process(clock, shared, 2, 2);
      const taker = { id: 'ani', signal: new AbortController().signal, deadline: new Date(10 ** 9) };
      for (let count = 0; count < 10; count += 1) {
        expect(throttle.take(taker, () => ''), state).toBeUndefined();
        await clock.pass(1_500);
      }
    }
  });
});

describe('without the database', () => {
  it.each(['away', 'silent'] as const)('a process keeps to its share (%s), and comes back to the whole', async (state) => {
    const clock = handClock();
    const shared = common(clock, 3);
    const [one, other] = [press(clock, process(clock, shared, 5, 5), 20), press(clock, process(clock, shared, 5, 5), 20)];
    await clock.pass(25_000);
    shared.state = state;
    await clock.pass(5_000);
    const before = one.accepted + other.accepted;
    await clock.pass(20_000);
    const without = one.accepted + other.accepted - before;
    // Half of 30 a second for each of the two; a little less where now and then a second is spent on a question.
    expect(without).toBeLessThanOrEqual(20 * 30 * 1.05);
    expect(without).toBeGreaterThan(20 * 30 * (state === 'away' ? 0.95 : 0.75));
    shared.state = 'there';
    await clock.pass(10_000);
    const after = one.accepted + other.accepted;
    await clock.pass(10_000);
    expect(one.accepted + other.accepted - after).toBeGreaterThan(10 * 30 * 0.95);
  });
});
