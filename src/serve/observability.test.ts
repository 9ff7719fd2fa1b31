import { expect, it } from 'vitest';
import { createPulse } from './observability.ts';

it('takes a database that is slow for one that is there, until it has been silent for too long', async () => {
  let time = 0;
  let answer = (): void => undefined;
  const pulse = createPulse(() => new Promise<void>((resolve) => { answer = resolve; }), () => time);
  expect(await pulse()).toBe('ok');
  time = 9_000;
  expect(await pulse()).toBe('ok');
  time = 11_000;
  expect(await pulse()).toBe('unreachable');
  answer();
  const later = pulse();
  expect(await later).toBe('ok');
});

it('takes one that refuses for away at once, and back when it answers', async () => {
  let isAway = true;
  const pulse = createPulse(() => (isAway ? Promise.reject(new Error('away')) : Promise.resolve()));
  expect(await pulse()).toBe('unreachable');
  isAway = false;
  expect(await pulse()).toBe('ok');
});
