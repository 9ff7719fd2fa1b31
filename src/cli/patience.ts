// Waits where a server says that there were too many calls, as long as it says, and tells so. Only calls that it did not begin, or
// that go out under a key, come here.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RowCaller } from '../api/row-caller.ts';
import { CommandError, interrupted } from './command-error.ts';
import type { Terminal } from './deeds.ts';
import type { Reached } from './transport.ts';

/** Whoever is made to wait longer than this in a row is told so instead. */
const LONGEST_MS = 600_000;

/** The same caller, which waits for its turn. */
export function patient({ call, signal }: Pick<Reached, 'call' | 'signal'>, { err }: Pick<Terminal, 'err'>): RowCaller {
  return async (id, input, options) => {
    for (let waited = 0; ;) {
      try {
        return await call(id, input, options);
      } catch (error) {
        const wait = error instanceof CommandError && error.code === 'RESOURCE_EXHAUSTED' ? error.retryAfterMs : undefined;
        if (wait === undefined || waited + wait > LONGEST_MS) throw error;
        waited += wait;
        const reason = error instanceof CommandError ? error.reason ?? '' : '';
        err.write(`${err.isTTY === true ? '\r\u001b[K' : ''}Too many calls for now (${reason}): going on in ${(wait / 1_000).toFixed(1)} s.\n`);
        await sleep(wait, undefined, { signal }).catch(() => { throw interrupted(); });
      }
    }
  };
}
