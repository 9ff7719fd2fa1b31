import { describe, expect, it } from 'vitest';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { ExchangeError } from './exchange.ts';
import { ProxyError } from './proxy-error.ts';
import { delayBeforeNext, mayHaveHadEffect, MOST_ATTEMPTS } from './retry.ts';

const NOW = Date.parse('2026-01-01T00:00:00Z');

function request(more: Partial<OutboundRequest> = {}): OutboundRequest {
  return { method: 'POST', url: 'https://api.stripe.com/v1/charges', headers: {}, limits: [], idempotent: true, sensitive: [], deadline: new Date(NOW + 120_000), classify: ({ status }) => (status === 200 ? 'done' : 'retry'), ...more };
}

function reply(status: number, headers: Readonly<Record<string, string>> = {}): OutboundResponse {
  return { status, headers, body: new Uint8Array() };
}

describe('delayBeforeNext', () => {
  it('doubles, and leaves half to chance', () => {
    const bounds = [1, 2, 3, 4, 5].map((attempt) => [0, 1].map((chance) => delayBeforeNext(attempt, reply(503), request(), NOW, chance)));
    expect(bounds).toEqual([[100, 200], [200, 400], [400, 800], [800, 1_600], [1_600, 3_200]]);
  });

  it('ends after so many attempts, and where the deadline comes first', () => {
    expect(delayBeforeNext(MOST_ATTEMPTS, reply(503), request(), NOW, 0)).toBeUndefined();
    expect(delayBeforeNext(4, reply(503), request({ deadline: new Date(NOW + 799) }), NOW, 0)).toBeUndefined();
    expect(delayBeforeNext(4, reply(503), request({ deadline: new Date(NOW + 801) }), NOW, 0)).toBe(800);
  });

  it.each([['3', 3_000], ['0.5', 500], ['Thu, 01 Jan 2026 00:00:07 GMT', 7_000], ['61', undefined], ['0', 100], ['soon', 100], ['Wed, 31 Dec 2025 00:00:00 GMT', 100]])('does as the source asks: retry-after %s', (asked, delay) => {
    expect(delayBeforeNext(1, reply(429, { 'retry-after': asked }), request(), NOW, 0)).toBe(delay);
  });

  it('repeats no reply of a request that twice does more than once, and none that is settled', () => {
    expect(delayBeforeNext(1, reply(503), request({ idempotent: false }), NOW)).toBeUndefined();
    expect(delayBeforeNext(1, reply(200), request(), NOW)).toBeUndefined();
    expect(delayBeforeNext(1, reply(500), request({ classify: () => 'unknown' }), NOW)).toBeUndefined();
  });

  it.each<readonly [string, ExchangeError, boolean, boolean]>([
    ['a reset after it was sent', new ExchangeError('network', true), true, false],
    ['a refused socket', new ExchangeError('network', false), true, true],
    ['a proxy that is away', new ExchangeError('network', false, new ProxyError('unreachable', 'x')), true, true],
    ['a proxy that refuses', new ExchangeError('network', false, new ProxyError('refused', 'x')), false, false],
    ['a deadline', new ExchangeError('deadline', true), false, false],
    ['a caller who left', new ExchangeError('aborted', true), false, false],
  ])('after %s', (_what, failure, idempotent, otherwise) => {
    const repeats = [true, false].map((one) => delayBeforeNext(1, failure, request({ idempotent: one }), NOW) !== undefined);
    expect(repeats).toEqual([idempotent, otherwise]);
  });
});

describe('mayHaveHadEffect', () => {
  it('is true of a write that was sent and was not refused', () => {
    const results = [reply(200), reply(500), reply(429), reply(409), reply(400), new ExchangeError('network', true), new ExchangeError('network', false)];
    expect(results.map((one) => mayHaveHadEffect(one, request()))).toEqual([true, true, false, false, false, true, false]);
    expect(results.some((one) => mayHaveHadEffect(one, request({ method: 'GET' })))).toBe(false);
  });
});
