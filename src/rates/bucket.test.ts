import { describe, expect, it } from 'vitest';
import { createBucket } from './bucket.ts';

describe('a bucket', () => {
  it('has half a second saved up, then one each time that one has become due', () => {
    const bucket = createBucket(0, 12);
    for (let count = 0; count < 6; count += 1) {
      expect(bucket.wait(0)).toBe(0);
      bucket.take(0);
    }
    expect(bucket.wait(0)).toBeCloseTo(1_000 / 12);
    expect(bucket.wait(84)).toBe(0);
    bucket.take(84);
    expect(bucket.wait(84)).toBeGreaterThan(80);
  });

  it('gives neither more nor less than its rate, asked as often as one likes', () => {
    const bucket = createBucket(0, 7);
    let count = 0;
    for (let now = 0; now < 60_000; now += 1) {
      if (bucket.wait(now) > 0) continue;
      bucket.take(now);
      count += 1;
    }
    expect(count).toBeGreaterThanOrEqual(420);
    expect(count).toBeLessThanOrEqual(424);
  });

  it('goes on at another rate with what it has', () => {
    const bucket = createBucket(0, 2);
    bucket.take(0);
    bucket.setRate(0, 100);
    expect(bucket.wait(0)).toBeCloseTo(10);
    expect(bucket.wait(11)).toBe(0);
    bucket.setRate(1_000, 1);
    bucket.take(1_000);
    expect(bucket.wait(1_000)).toBeCloseTo(1_000);
  });
});
