// The promises about transactions, exactly: on a clock moved by hand.
import { describe, expect, it } from 'vitest';
import { handClock, type HandClock } from '../../test/hand-clock.ts';
import { StatusError } from '../errors/status-error.ts';
import type { ObservedEvent } from '../observe/events.ts';
import type { NodeLimits } from './nodes.ts';
import { createThrottle, type RateSettings, type Throttle } from './throttle.ts';

const SETTINGS: RateSettings = { perNode: 6, longestWaitMs: 5_000, mostWaiting: 1_000, idleSeconds: 60 };
const NAME = 'projects/p/locations/l/connections/c';

interface World {
  readonly clock: HandClock;
  readonly throttle: Throttle;
  readonly events: ObservedEvent[];
  /** Takes one; undefined when it was let through. */
  readonly take: (id: string, signal?: AbortSignal, withinMs?: number, call?: string) => Promise<StatusError | undefined>;
}

function world(limits: NodeLimits, settings: Partial<RateSettings> = {}): World {
  const clock = handClock();
  const events: ObservedEvent[] = [];
  const throttle = createThrottle({ connection: NAME, limits, settings: { ...SETTINGS, ...settings }, clock, observe: (event) => events.push(event) });
  return {
    clock, throttle, events,
    async take(id, signal = new AbortController().signal, withinMs = 180_000, call = 'call') {
      try {
        await throttle.take({ id, signal, deadline: clock.later(withinMs) }, () => call);
        return undefined;
      } catch (error) {
        if (error instanceof StatusError) return error;
        throw error;
      }
    },
  };
}

interface Seen {
  /** By caller. */
  readonly accepted: Map<string, number>;
  refused: number;
  returned: number;
  /** Refused although they came back when they were told to. */
  refusedAgain: number;
}

/** Ten callers that each send calls at an even pace, whatever becomes of those before; all come back when they are told to. */
async function press({ clock, take }: World, perSecond: number, seconds: number): Promise<Seen> {
  const callers = Array.from({ length: 10 }, (_one, index) => `caller-${index}`);
  const seen: Seen = { accepted: new Map(callers.map((id) => [id, 0])), refused: 0, returned: 0, refusedAgain: 0 };
  const end = clock.now() + seconds * 1_000;
  const count = (id: string): void => {
    if (clock.now() <= end) seen.accepted.set(id, (seen.accepted.get(id) ?? 0) + 1);
  };
  const call = async (id: string, number: number): Promise<void> => {
    const refusal = await take(id, undefined, undefined, `${number}`);
    if (refusal === undefined) return count(id);
    seen.refused += 1;
    // Nobody is back to the millisecond.
    await clock.sleep((refusal.retryAfterMs ?? 0) + (number * 37) % 400);
    if (clock.now() > end - 10_000) return;
    seen.returned += 1;
    if ((await take(id, undefined, undefined, `${number}`)) === undefined) count(id);
    else seen.refusedAgain += 1;
  };
  const caller = async (id: string, index: number): Promise<void> => {
    await clock.sleep(index * 7);
    for (let number = 0; clock.now() < end; number += 1) {
      void call(id, number);
      await clock.sleep(10_000 / perSecond);
    }
  };
  for (const [index, id] of callers.entries()) void caller(id, index);
  await clock.pass(seconds * 1_000);
  return seen;
}

const total = ({ accepted }: Seen): number => [...accepted.values()].reduce((sum, one) => sum + one, 0);

describe('a throttle', () => {
  it('lets a call through at once where it is within the rate', () => {
    const { throttle, clock } = world({ min: 2, max: 2 });
    const taker = { id: 'ani', signal: new AbortController().signal, deadline: clock.later(1_000) };
    expect(Array.from({ length: 6 }, () => throttle.take(taker, () => ''))).toEqual(Array.from({ length: 6 }, () => undefined));
    expect(throttle.take(taker, () => '')).toBeInstanceOf(Promise);
  });

  it.each([1, 2, 5])('at three times the rate of %d nodes takes that rate to two hundredths, serves callers in turn, and its delays work', async (count) => {
    const here = world({ min: count, max: count });
    const seen = await press(here, 3 * 6 * count, 30);
    const permitted = 6 * count * 30;
    expect(Math.abs(total(seen) - permitted) / permitted).toBeLessThanOrEqual(0.02);
    const counts = [...seen.accepted.values()];
    // A single call more or less is no unfairness: with few nodes it is a large part.
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(Math.max(1, Math.floor(Math.min(...counts) * 0.19)));
    expect(seen.refused).toBeGreaterThan(100 * count);
    expect(seen.returned).toBeGreaterThan(40 * count);
    expect(seen.refusedAgain).toBe(0);
  });

  it('has more nodes under demand, up to the most, and the fewest again when it is idle', async () => {
    const here = world({ min: 2, max: 50 });
    const seen = await press(here, 3 * 300, 30);
    const nodes = here.events.flatMap((event) => (event.kind === 'nodes' ? [event.nodes] : []));
    expect(nodes).toEqual([4, 8, 16, 32, 50]);
    expect(here.throttle.facts().nodes).toBe(50);
    // The rate follows: 2 s of 12, then a second each of 24, 48, 96 and 192, and 24 s of 300.
    expect(total(seen)).toBeGreaterThan(7_300);
    expect(total(seen)).toBeLessThan(7_700);
    expect(seen.refusedAgain).toBe(0);
    await here.clock.pass(90_000);
    expect(here.throttle.facts()).toMatchObject({ nodes: 2, waiting: 0 });
    await here.clock.pass(70_000);
    expect(here.throttle.idle()).toBe(true);
    expect(here.clock.timers).toBe(0);
  });

  it('spreads hundreds of callers of one call each, so that each is refused once', async () => {
    const here = world({ min: 2, max: 2 });
    const tries: number[] = [];
    const caller = async (id: string): Promise<void> => {
      for (let count = 1; ; count += 1) {
        const refusal = await here.take(id);
        if (refusal === undefined) return void tries.push(count);
        await here.clock.sleep(refusal.retryAfterMs ?? 0);
      }
    };
    for (let index = 0; index < 600; index += 1) void caller(`caller-${index}`);
    await here.clock.pass(70_000);
    expect(tries).toHaveLength(600);
    expect(Math.max(...tries)).toBe(2);
  });

  it('refuses at once who could not come through in time, with the rate and the nodes', async () => {
    const here = world({ min: 2, max: 2 });
    const waiting = Array.from({ length: 100 }, () => here.take('ani'));
    const refusal = (await Promise.all(waiting.slice(70))).at(-1);
    expect(here.clock.now()).toBe(0);
    expect(refusal).toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'RATE_LIMIT_EXCEEDED', metadata: { connection: NAME, nodes: '2', transactionsPerSecond: '12' } });
    expect(refusal?.retryAfterMs).toBeGreaterThan(0);
    await here.clock.pass(6_000);
    expect((await Promise.all(waiting)).filter((one) => one === undefined)).toHaveLength(65);
    expect(here.clock.now()).toBe(6_000);
  });

  it('gives back the place of a caller that leaves, and respects a deadline', async () => {
    const here = world({ min: 1, max: 1 });
    for (let count = 0; count < 3; count += 1) await here.take('ani');
    const gone = new AbortController();
    const left = here.take('ani', gone.signal);
    const late = here.take('budi', undefined, 400);
    const third = here.take('citra', undefined, 10_000);
    gone.abort();
    expect(await left).toMatchObject({ code: 'CANCELLED', reason: 'CALLER_LEFT' });
    await here.clock.pass(167);
    expect(await late).toBeUndefined();
    await here.clock.pass(167);
    expect(await third).toBeUndefined();
    // Refused at once: its turn would come after its deadline.
    expect(await here.take('dewi', undefined, 100)).toMatchObject({ reason: 'RATE_LIMIT_EXCEEDED' });
    const [, pushedBack] = ['dewi', 'dewi', 'eka', 'fajar'].map((id) => here.take(id, undefined, 500));
    await here.clock.pass(500);
    expect(await pushedBack).toMatchObject({ code: 'DEADLINE_EXCEEDED', reason: 'TIMED_OUT' });
    expect(here.throttle.facts().waiting).toBe(0);
  });
});
