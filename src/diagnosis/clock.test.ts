import { expect, it } from 'vitest';
import { compareClocks } from './clock.ts';

const AT = Date.parse('2026-11-29T09:00:00Z');
/** An answer of a source whose clock is so far from ours, which wrote its date after this part of the time that the answer took. */
const answer = (skewSeconds: number, milliseconds: number, part: number) => compareClocks({ date: new Date(AT + part * milliseconds + skewSeconds * 1_000).toUTCString(), receivedAt: new Date(AT + milliseconds), milliseconds });

it.each([20, 900, 3_000, 14_000])('takes clocks for the same that are, whenever in the %i ms of an answer its date was written', (milliseconds) => {
  for (const part of [0, 0.25, 0.5, 0.75, 1]) expect(answer(0, milliseconds, part), String(part)).toMatchObject({ outcome: 'ok', finding: 'CLOCK_AGREES' });
});

it('tells how far they are apart, and in which direction', () => {
  expect(answer(-3, 20, 0.5)).toMatchObject({ outcome: 'ok', finding: 'CLOCK_AHEAD' });
  expect(answer(-60, 20, 0.5)).toMatchObject({ outcome: 'warning', finding: 'CLOCK_AHEAD' });
  expect(answer(3_600, 3_000, 0)).toMatchObject({ outcome: 'failed', finding: 'CLOCK_BEHIND' });
  expect(compareClocks({ date: 'noon', receivedAt: new Date(AT), milliseconds: 20 })).toMatchObject({ outcome: 'skipped', finding: 'CLOCK_UNTOLD' });
});
