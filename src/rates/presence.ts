// How many processes take part in something, as they tell one another now and then. Only as good as it needs to be: a process that
// cannot reach the database keeps to its share by it, and callers are told by it how long they will wait.
import type { Clock } from './clock.ts';
import { orNothing, type SharedRates } from './shared.ts';

export interface Presence {
  /** This process takes part; told to the others at most every three seconds. */
  here(): void;
  /** 1 or more. */
  readonly processes: number;
}

const WINDOW_MS = 3_000;

export function createPresence(key: string, shared: SharedRates | undefined, clock: Clock): Presence {
  let toldAt = -Infinity;
  /** What was heard last and the time before: windows of processes do not begin together. */
  let heard: readonly [last: number, before: number] = [1, 1];

  return {
    get processes() {
      return Math.max(1, ...heard);
    },
    here() {
      const now = clock.now();
      if (shared === undefined || now - toldAt < WINDOW_MS) return;
      toldAt = now;
      void orNothing(shared.add(key, 1, WINDOW_MS), (ms, end) => clock.after(ms, end)).then((count) => {
        if (count !== undefined) heard = [count, heard[0]];
      });
    },
  };
}
