// Boundaries of billing periods, against counting from the anchor one interval after the other.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addInterval, boundaryAfter, boundaryBefore } from './periods.ts';

const at = (date: string): number => Date.parse(`${date}Z`) / 1000;
const day = (time: number): string => new Date(time * 1000).toISOString().slice(0, 10);
const price = (interval: string, count: number): { recurring: { interval: string; interval_count: number } } => ({ recurring: { interval, interval_count: count } });

const anchors = fc.integer({ min: at('2019-12-25T00:00:00'), max: at('2032-03-05T00:00:00') });
const rhythms = fc.tuple(fc.constantFrom('day', 'week', 'month', 'year'), fc.integer({ min: 1, max: 12 }));

describe('billing periods', () => {
  it('keep the day of the anchor where the month has it', () => {
    const monthly = price('month', 1);
    const boundaries: string[] = [];
    for (let time = at('2027-10-31T08:00:00'); boundaries.length < 6; boundaries.push(day(time))) time = boundaryAfter(monthly, at('2027-10-31T08:00:00'), time);
    expect(boundaries).toEqual(['2027-11-30', '2027-12-31', '2028-01-31', '2028-02-29', '2028-03-31', '2028-04-30']);
    expect(day(boundaryAfter(price('year', 1), at('2028-02-29T00:00:00'), at('2028-03-01T00:00:00')))).toBe('2029-02-28');
  });

  it('are the first after and the last before a time, also before the anchor', () => {
    fc.assert(fc.property(anchors, anchors, rhythms, (anchor, time, [interval, count]) => {
      const after = boundaryAfter(price(interval, count), anchor, time);
      const before = boundaryBefore(price(interval, count), anchor, time);
      const seconds = { day: 86_400, week: 604_800, month: 2_629_800, year: 31_557_600 }[interval] ?? 1;
      const middle = Math.round((time - anchor) / (seconds * count));
      const near = Array.from({ length: 9 }, (_, index) => addInterval(anchor, interval, (middle + index - 4) * count));
      expect(after).toBe(Math.min(...near.filter((one) => one > time)));
      expect(before).toBe(Math.max(...near.filter((one) => one < time)));
    }), { numRuns: 2000 });
  });
});
