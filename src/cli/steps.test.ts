import { describe, expect, it } from 'vitest';
import { printStep, summarize, type ShownStep } from './steps.ts';

const LONG: ShownStep = {
  id: 'database', title: 'Database', outcome: 'warning', message: 'Embedded, answers in 0.8 ms. It survives the death of the process, not of the power: it does not wait for the disk.',
  hint: 'Set DATABASE_URL to a PostgreSQL where that matters, and back up: konektor backup.',
};

function widest(columns: number): number {
  let text = '';
  printStep({ out: { isTTY: true, columns, write: (part: string) => { text += part; return true; } }, environment: { NO_COLOR: '1' } }, LONG);
  return Math.max(...text.split('\n').map((line) => line.length));
}

describe('the sum of steps', () => {
  it('counts one and several', () => {
    expect([summarize([LONG]), summarize([LONG, { ...LONG, outcome: 'ok' }])]).toEqual(['1 step: 1 warning.', '2 steps: 1 ok, 1 warning.']);
  });
});

describe('a step on a terminal', () => {
  it('is no wider than it, and no wider than reads well', () => {
    expect(widest(80)).toBeLessThanOrEqual(80);
    expect(widest(80)).toBeGreaterThan(70);
    expect(widest(300)).toBeLessThanOrEqual(100);
  });
});
