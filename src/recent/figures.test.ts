import { describe, expect, it } from 'vitest';
import type { ObservedEvent } from '../observe/events.ts';
import { createRecentFigures, type RecentFigures } from './figures.ts';

const call = (milliseconds: number, code: 'OK' | 'NOT_FOUND' | 'RESOURCE_EXHAUSTED' = 'OK', connection = 'c'): ObservedEvent =>
  ({ kind: 'transaction', requestId: 'r', connection, operation: 'LIST', target: 'Customer', code, reason: code === 'RESOURCE_EXHAUSTED' ? 'RATE_LIMIT_EXCEEDED' : '', milliseconds });
const attempt = (status: number): ObservedEvent => ({ kind: 'outbound', method: 'GET', origin: 'https://x', connection: 'c', status, attempt: 1, milliseconds: 20, requestId: 'r', sourceRequestId: undefined });

/** Figures on a clock that is turned by hand. */
function kept(): { readonly figures: RecentFigures; at: number } {
  const clock = { at: Date.parse('2026-01-02T03:04:00Z') };
  return Object.assign(clock, { figures: createRecentFigures(() => clock.at) });
}

describe('figures of a connection', () => {
  it('count calls by outcome, attempts by status, and who was refused', () => {
    const { figures } = kept();
    for (const event of [call(5), call(7, 'NOT_FOUND'), call(1, 'RESOURCE_EXHAUSTED'), attempt(200), attempt(429), attempt(503)]) figures.observe(event);
    figures.observe({ kind: 'outboundFailure', method: 'GET', origin: 'https://x', connection: 'c', attempt: 1, milliseconds: 3, requestId: 'r', error: 'reset' });
    figures.look([{ connection: 'c', nodes: 3, waiting: 4 }]);
    figures.look([{ connection: 'c', nodes: 2, waiting: 1 }]);
    expect(figures.ofConnection('c', 'LAST_15_MINUTES')).toMatchObject([{
      calls: { OK: 1, NOT_FOUND: 1, RESOURCE_EXHAUSTED: 1 }, throttled: 1, sourceCalls: { '2xx': 1, '429': 1, '5xx': 1, failed: 1 }, latency: { most: 7 }, nodes: 2, waiting: 4,
    }]);
    expect(figures.totals(300)).toEqual([{ connection: 'c', calls: 3, errors: 2, throttled: 1, sourceCalls: 4 }]);
  });

  it('have percentiles within a twentieth, while an interval lasts and when it is over', () => {
    const world = kept();
    for (let index = 1; index <= 1_000; index += 1) world.figures.observe(call(index));
    const near = (wanted: number): { asymmetricMatch(found: unknown): boolean } => ({ asymmetricMatch: (found) => Math.abs(Number(found) - wanted) <= wanted / 20 });
    const wanted = { p50: near(500), p95: near(950), p99: near(990), most: 1_000 };
    expect(world.figures.ofConnection('c', 'LAST_15_MINUTES')[0]?.latency).toEqual(wanted);
    world.at += 5_000;
    world.figures.observe(call(1));
    expect(world.figures.ofConnection('c', 'LAST_15_MINUTES').map(({ latency }) => latency?.most)).toEqual([1_000, 1]);
    expect(world.figures.ofConnection('c', 'LAST_15_MINUTES')[0]?.latency).toEqual(wanted);
    expect(world.figures.ofConnection('c', 'LAST_DAY')).toMatchObject([{ calls: { OK: 1_001 } }]);
  });

  it('go when their time is over, however long nobody called', () => {
    const world = kept();
    for (let index = 0; index < 400; index += 1) {
      world.figures.observe(call(1));
      world.at += 5_000;
    }
    expect(world.figures.ofConnection('c', 'LAST_15_MINUTES').length).toBeLessThanOrEqual(180);
    world.at += 16 * 60_000;
    expect(world.figures.ofConnection('c', 'LAST_15_MINUTES')).toEqual([]);
    expect(world.figures.totals(300)).toEqual([]);
    expect(world.figures.ofConnection('c', 'LAST_DAY').length).toBeGreaterThan(30);
  });

  it('are kept of the connections that were called last', () => {
    const { figures } = kept();
    for (let index = 0; index < 250; index += 1) figures.observe(call(1, 'OK', `c${index}`));
    expect([figures.ofConnection('c0', 'LAST_DAY').length, figures.ofConnection('c249', 'LAST_DAY').length]).toEqual([0, 1]);
    figures.forget('c249');
    expect(figures.ofConnection('c249', 'LAST_DAY')).toEqual([]);
  });
});
