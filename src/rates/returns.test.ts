import { describe, expect, it } from 'vitest';
import { createReturns } from './returns.ts';

describe('returns', () => {
  it('are as far apart as the turns of a caller, and each caller has its own', () => {
    const returns = createReturns();
    expect([1, 2, 3].map((call) => returns.promise(0, 'ani', `${call}`, 500))).toEqual([500, 1_000, 1_500]);
    expect(returns.promise(0, 'budi', '1', 20)).toBe(100);
  });

  it('are kept for the call that was told, from its moment on and for a moment longer', () => {
    const returns = createReturns();
    for (const call of ['a', 'b', 'b', 'c']) returns.promise(0, 'ani', call, 500);
    expect(returns.keep(400, 'ani', 'a')).toBe(false);
    expect(returns.due(500, 'ani')).toBe(1);
    expect([returns.keep(500, 'ani', 'other'), returns.keep(500, 'budi', 'a'), returns.keep(500, 'ani', 'a'), returns.keep(500, 'ani', 'a')]).toEqual([false, false, true, false]);
    expect(returns.due(500, 'ani')).toBe(0);
    expect(returns.due(1_600, 'ani')).toBe(2);
    expect([returns.keep(1_600, 'ani', 'b'), returns.keep(1_600, 'ani', 'b'), returns.keep(1_600, 'ani', 'b')]).toEqual([true, true, false]);
    expect(returns.due(2_000, 'ani')).toBe(1);
    expect(returns.due(4_001, 'ani')).toBe(0);
    expect(returns.keep(12_001, 'ani', 'c')).toBe(false);
    expect(returns.callers).toBe(0);
    returns.promise(20_000, 'budi', 'a', 100);
    returns.promise(20_000, 'citra', 'a', 100);
    expect([returns.callers, returns.sweep(30_000), returns.callers, returns.sweep(30_200), returns.callers]).toEqual([2, false, 2, true, 0]);
  });

  it('are no further off than a minute, and what would be is not kept', () => {
    const returns = createReturns();
    const told = Array.from({ length: 200 }, (_one, call) => returns.promise(0, 'ani', `${call}`, 1_000));
    expect(told.slice(58, 62)).toEqual([59_000, 60_000, 60_000, 60_000]);
    expect(returns.keep(60_000, 'ani', '59')).toBe(true);
    expect(returns.keep(60_000, 'ani', '60')).toBe(false);
  });

  it('cost little however many there are', () => {
    const returns = createReturns();
    for (let now = 0; now < 200_000; now += 1) {
      returns.promise(now, 'ani', `${now}`, 3);
      returns.due(now, 'ani');
      if (now >= 60_000) returns.keep(now, 'ani', `${now - 60_000}`);
    }
    expect(returns.due(200_000, 'ani')).toBeLessThan(700);
  });
});
