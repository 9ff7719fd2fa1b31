import { describe, expect, it } from 'vitest';
import { handClock, type HandClock } from '../../test/hand-clock.ts';
import { StatusError } from '../errors/status-error.ts';
import type { OutboundRequest, OutboundResponse } from '../spi/connector.ts';
import { createShaping, type Shaping } from './shaping.ts';

const REPLY: OutboundResponse = { status: 200, headers: {}, body: new Uint8Array() };

interface World {
  readonly clock: HandClock;
  readonly shaping: Shaping;
}

function world(applies = true): World {
  const clock = handClock();
  return { clock, shaping: createShaping({ clock, observe: () => undefined, accountOf: ({ headers }) => headers['authorization'] ?? '', applies: () => applies }) };
}

function request(key: string, endpoint: string, more: Partial<OutboundRequest> = {}): OutboundRequest {
  return {
    method: 'GET', url: `https://api.stripe.com${endpoint}`, headers: { authorization: key }, idempotent: true, sensitive: [], classify: () => 'done',
    limits: [{ scope: 'account', perSecond: 25 }, { scope: `endpoint:${endpoint}`, perSecond: 10 }], ...more,
  };
}

/** Callers that send one call after the other, each of which takes `lasts` ms. @returns when each left. */
function flood({ clock, shaping }: World, connection: string, one: OutboundRequest, callers: number, lasts: number): number[] {
  const left: number[] = [];
  const shape = shaping.of({ name: connection });
  const caller = async (): Promise<void> => {
    for (;;) {
      const pass = await shape(one);
      left.push(clock.now());
      await clock.sleep(lasts);
      pass?.(REPLY);
    }
  };
  for (let count = 0; count < callers; count += 1) void caller();
  return left;
}

const mostInASecond = (times: readonly number[]): number => Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + 1_000).length));

describe('shaping', () => {
  it('lets no more calls to an endpoint and an account leave in any second than they take', async () => {
    const here = world();
    const [one, two, three] = ['/v1/customers', '/v1/prices', '/v1/invoices'].map((path) => flood(here, 'a', request('k', path), 8, 20));
    await here.clock.pass(10_000);
    const all = [...(one ?? []), ...(two ?? []), ...(three ?? [])].toSorted((a, b) => a - b);
    expect(mostInASecond(one ?? [])).toBeLessThanOrEqual(10);
    expect(mostInASecond(all)).toBeLessThanOrEqual(25);
    // Near enough to what is allowed: 25 in each second and the time that they take.
    expect(all.length).toBeGreaterThan(220);
    const counts = [one, two, three].map((times) => times?.length ?? 0);
    expect(Math.max(...counts) / Math.min(...counts)).toBeLessThan(1.15);
  });

  it('counts connections with one key together, and those with another apart', async () => {
    const here = world();
    const [one, two, other] = [flood(here, 'a', request('k', '/v1/customers'), 5, 5), flood(here, 'b', request('k', '/v1/customers'), 5, 5), flood(here, 'c', request('j', '/v1/customers'), 5, 5)];
    await here.clock.pass(5_000);
    expect(mostInASecond([...one, ...two])).toBeLessThanOrEqual(10);
    expect(Math.abs(one.length - two.length)).toBeLessThanOrEqual(1);
    expect(other.length).toBeGreaterThan(40);
    expect(one.length + two.length).toBeGreaterThan(40);
  });

  it('lets an endpoint that has room past one that has none', async () => {
    const here = world();
    flood(here, 'a', request('k', '/v1/customers'), 50, 5);
    await here.clock.pass(100);
    expect(here.shaping.waiting).toBe(50);
    const pass = here.shaping.of({ name: 'a' })(request('k', '/v1/prices'));
    expect(await pass).toBeTypeOf('function');
    expect(here.clock.now()).toBe(100);
  });

  it('narrows a connection by its own configuration, where the source has no limits too', async () => {
    const here = world(false);
    const quota = here.shaping.of({ name: 'a', trafficShapingConfigs: [{ quotaLimit: '3', duration: '16s' }] });
    const left: number[] = [];
    for (let count = 0; count < 7; count += 1) {
      void Promise.resolve(quota(request('k', '/v1/customers'))).then((pass) => {
        left.push(here.clock.now());
        pass?.(REPLY);
      });
    }
    await here.clock.pass(60_000);
    expect(left.slice(0, 3)).toEqual([0, 0, 0]);
    expect(left[3]).toBeGreaterThanOrEqual(16_000);
    expect(left[6]).toBeGreaterThanOrEqual(32_000);
    expect(here.shaping.of({ name: 'b' })(request('k', '/v1/customers'))).toBeUndefined();
  });

  it('slows down for a moment where the source refuses all the same', async () => {
    const here = world();
    const refused = request('k', '/v1/customers', { exceeds: () => ['endpoint:/v1/customers'] });
    const shape = here.shaping.of({ name: 'a' });
    const first = await shape(refused);
    first?.({ ...REPLY, status: 429 });
    const left = flood(here, 'a', request('k', '/v1/customers'), 20, 1);
    await here.clock.pass(900);
    expect(left.length).toBeLessThanOrEqual(5);
    await here.clock.pass(4_000);
    expect(left.length).toBeGreaterThan(30);
  });

  it('respects the deadline of a call and a caller who leaves, and forgets a call that never ends', async () => {
    const here = world();
    const shape = here.shaping.of({ name: 'a' });
    for (let count = 0; count < 10; count += 1) await shape(request('k', '/v1/customers'));
    const gone = new AbortController();
    const outcome = async (one: OutboundRequest): Promise<unknown> => {
      try {
        return await shape(one);
      } catch (error) {
        return error instanceof StatusError ? `${error.code} ${error.reason}` : error;
      }
    };
    const [late, left, last] = [outcome(request('k', '/v1/customers', { deadline: here.clock.later(500) })), outcome(request('k', '/v1/customers', { signal: gone.signal })), outcome(request('k', '/v1/customers'))];
    await here.clock.pass(500);
    gone.abort();
    expect(await Promise.all([late, left])).toEqual(['RESOURCE_EXHAUSTED BACKEND_RATE_LIMITED', 'CANCELLED CALLER_LEFT']);
    await here.clock.pass(6_500);
    expect(await last).toBeTypeOf('function');
    await here.clock.pass(180_000);
    expect(here.clock.timers).toBe(0);
  });
});
