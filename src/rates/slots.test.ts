import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSlots, type Slots } from './slots.ts';

/** Takes as many as it can at a moment. */
function takeAll(slots: Slots, now: number): number {
  let count = 0;
  for (; slots.wait(now) === 0; count += 1) slots.take(now);
  return count;
}

describe('slots', () => {
  it('are given back a window after the call came back, and not before', () => {
    const slots = createSlots(25, 1_000);
    expect(takeAll(slots, 0)).toBe(25);
    expect(slots.wait(0)).toBe(Infinity);
    slots.leave(300);
    expect(slots.wait(300)).toBeGreaterThanOrEqual(1_000);
    expect(takeAll(slots, 1_299)).toBe(0);
    expect(takeAll(slots, 300 + slots.wait(300))).toBe(1);
  });

  it('never let more than the limit be counted in any window, whenever in its life a call is counted', () => {
    const call = fc.record({ after: fc.integer({ min: 0, max: 120 }), lasts: fc.integer({ min: 0, max: 700 }), counted: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(fc.property(fc.integer({ min: 1, max: 8 }), fc.array(call, { minLength: 20, maxLength: 200 }), (most, calls) => {
      const slots = createSlots(most, 1_000);
      const leaving: number[] = [];
      const counted: number[] = [];
      let now = 0;
      for (const { after, lasts, counted: part } of calls) {
        now += after;
        // Those that are back leave when they are; a call that must wait does.
        for (;;) {
          leaving.sort((a, b) => a - b);
          while ((leaving[0] ?? Infinity) <= now) slots.leave(leaving.shift() ?? now);
          const wait = slots.wait(now);
          if (wait === 0) break;
          now = Math.min(now + wait, leaving[0] ?? Infinity);
        }
        slots.take(now);
        leaving.push(now + lasts);
        counted.push(now + lasts * part);
      }
      counted.sort((a, b) => a - b);
      for (let first = 0; first + most < counted.length; first += 1) expect((counted[first + most] ?? 0) - (counted[first] ?? 0)).toBeGreaterThanOrEqual(1_000);
    }), { numRuns: 200 });
  });

  it('keep near the limit while calls are quick', () => {
    const slots = createSlots(25, 1_000);
    let count = 0;
    for (let now = 0; now < 30_000; now += 1) {
      if (slots.wait(now) > 0) continue;
      slots.take(now);
      slots.leave(now);
      count += 1;
    }
    expect(count).toBeGreaterThan(725);
    expect(count).toBeLessThanOrEqual(775);
  });

  it('are fewer for a moment when the limit was exceeded all the same', () => {
    const slots = createSlots(20, 1_000);
    slots.slow(10_000);
    slots.slow(10_001);
    expect(takeAll(slots, 10_002)).toBe(10);
    expect(takeAll(slots, 11_010)).toBe(10);
    for (let count = 0; count < 20; count += 1) slots.leave(11_020);
    expect(slots.idle(12_019)).toBe(false);
    expect(slots.idle(12_041)).toBe(true);
  });
});
