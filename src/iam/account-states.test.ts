import { expect, it } from 'vitest';
import { createAccountStates, type AccountState } from './account-states.ts';

it('are known at once after the first time, until something changes, and what was read before a change is not kept', async () => {
  const stored = new Map<string, AccountState>([['a', 'ENABLED']]);
  let reads = 0;
  let held: Promise<void> | undefined;
  const states = createAccountStates(async (email) => {
    reads += 1;
    const state = stored.get(email) ?? 'MISSING';
    await held;
    return state;
  }, 2);
  expect([await states.of('a'), states.of('a'), await states.of('b'), states.of('b'), reads]).toEqual(['ENABLED', 'ENABLED', 'MISSING', 'MISSING', 2]);
  stored.set('a', 'DISABLED');
  expect(states.of('a')).toBe('ENABLED');
  states.forget();
  const { promise, resolve } = Promise.withResolvers<void>();
  held = promise;
  const asked = states.of('a');
  stored.set('a', 'ENABLED');
  states.forget();
  resolve();
  held = undefined;
  expect(await asked).toBe('DISABLED');
  expect(await states.of('a')).toBe('ENABLED');
  await states.of('b');
  await states.of('c');
  expect(states.of('a'), 'no more are kept than may be').toBeInstanceOf(Promise);
});
