import { describe, expect, it } from 'vitest';
import { readMoment } from './moment.ts';

const NOW = new Date('2026-03-02T09:00:00.000Z');

describe('a moment', () => {
  it.each([
    ['2026-03-01', '2026-03-01T00:00:00.000Z'], ['2026-03-01T09:00:00Z', '2026-03-01T09:00:00.000Z'], ['2026-03-01T09:00:00+07:00', '2026-03-01T02:00:00.000Z'],
    ['90m', '2026-03-02T07:30:00.000Z'], ['7d', '2026-02-23T09:00:00.000Z'],
  ])('%s', (text, expected) => {
    expect(readMoment(text, NOW)).toBe(expected);
  });

  it.each(['', 'yesterday', '2026', '2026-13-01', '0m', '-1d', '2026-03-01T09:00:00', '1 h'])('is not: "%s"', (text) => {
    expect(() => readMoment(text, NOW)).toThrow();
  });
});
