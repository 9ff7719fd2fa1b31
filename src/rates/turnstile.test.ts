import { describe, expect, it } from 'vitest';
import { handClock, type HandClock } from '../../test/hand-clock.ts';
import { createBucket } from './bucket.ts';
import { createTurnstile, type Turnstile } from './turnstile.ts';

function world(perSecond: number, mostWaiting = 100): { readonly clock: HandClock; readonly turnstile: Turnstile; readonly order: string[]; readonly enter: (line: string, patience?: number, signal?: AbortSignal) => void } {
  const clock = handClock();
  const bucket = createBucket(0, perSecond);
  const turnstile = createTurnstile({ clock, meters: [bucket], mostWaiting });
  while (turnstile.tryNow(0)) { /* what is saved up */ }
  const order: string[] = [];
  const enter = (line: string, patience = 60_000, signal?: AbortSignal): void => {
    void turnstile.wait({ line, until: clock.now() + patience, ...(signal === undefined ? {} : { signal }) }).then((refusal) => order.push(refusal === undefined ? line : `${line} ${refusal}`));
  };
  return { clock, turnstile, order, enter };
}

describe('a turnstile', () => {
  it('gives lines their turns one after the other, however long they are', async () => {
    const { clock, order, enter, turnstile } = world(10);
    for (let count = 0; count < 6; count += 1) enter('a');
    enter('b');
    enter('b');
    enter('c');
    expect(turnstile.waiting).toBe(9);
    await clock.pass(900);
    expect(order).toEqual(['a', 'b', 'c', 'a', 'b', 'a', 'a', 'a', 'a']);
    expect(turnstile).toMatchObject({ waiting: 0, lines: 0 });
    expect(clock.timers).toBe(0);
  });

  it('says how many come before one at the end of a line', () => {
    const { enter, turnstile } = world(10);
    for (let count = 0; count < 6; count += 1) enter('a');
    enter('b');
    expect([turnstile.ahead('a'), turnstile.ahead('b'), turnstile.ahead('c'), turnstile.ahead('c', 3)]).toEqual([7, 3, 2, 8]);
  });

  it('lets nobody past who comes while others wait', async () => {
    const { clock, order, enter, turnstile } = world(10);
    enter('a');
    await clock.pass(99);
    expect(turnstile.tryNow(clock.now())).toBe(false);
    await clock.pass(1);
    expect(order).toEqual(['a']);
    await clock.pass(100);
    expect(turnstile.tryNow(clock.now())).toBe(true);
  });

  it('gives back the place of one who leaves or has waited long enough', async () => {
    const { clock, order, enter } = world(10);
    const gone = new AbortController();
    enter('a', 60_000, gone.signal);
    enter('b', 50);
    enter('c');
    await clock.pass(40);
    gone.abort();
    await clock.pass(60);
    expect(order).toEqual(['a left', 'b late', 'c']);
    enter('d', 60_000, gone.signal);
    await clock.pass(0);
    expect(order.at(-1)).toBe('d left');
  });

  it('is full for who has most there, not for a newcomer', async () => {
    const { clock, order, enter, turnstile } = world(10, 4);
    for (let count = 0; count < 4; count += 1) enter('a');
    enter('a');
    enter('b');
    await clock.pass(0);
    expect(order).toEqual(['a full', 'a full']);
    expect(turnstile.waiting).toBe(4);
    enter('b');
    enter('b');
    await clock.pass(0);
    expect(order).toEqual(['a full', 'a full', 'a full', 'b full']);
    await clock.pass(400);
    expect(order.slice(4)).toEqual(['a', 'b', 'a', 'b']);
  });

  it('lets a line past whose meters are ready where the first in turn waits for another', async () => {
    const clock = handClock();
    const [all, slow, quick] = [createBucket(0, 100), createBucket(0, 1), createBucket(0, 100)];
    slow.take(0);
    const turnstile = createTurnstile({ clock, meters: [all], mostWaiting: 10 });
    const order: string[] = [];
    void turnstile.wait({ line: 'slow', meters: [slow], until: 60_000 }).then(() => order.push(`slow ${clock.now()}`));
    void turnstile.wait({ line: 'quick', meters: [quick], until: 60_000 }).then(() => order.push(`quick ${clock.now()}`));
    await clock.pass(2_000);
    expect(order).toEqual(['quick 0', 'slow 1000']);
  });
});
