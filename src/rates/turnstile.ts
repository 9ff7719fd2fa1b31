// Whoever must wait stands in a line; lines take turns, one each, so that a caller with a thousand calls keeps nobody with one
// waiting. What is waited for are meters; who the callers are and what they are told is not known here.
import type { Meter } from './bucket.ts';
import type { Clock } from './clock.ts';

export interface Entering {
  readonly line: string;
  /** What this one needs besides what all need. */
  readonly meters?: readonly Meter[];
  /** By the clock: from then on it waits no longer. */
  readonly until: number;
  readonly signal?: AbortSignal;
}

/** Why someone did not come through: no room, or pushed out by one with fewer calls; no longer willing to wait; gone. */
export type Refusal = 'full' | 'late' | 'left';

export interface Turnstile {
  /** Through at once where nobody waits and the meters allow it: nothing is made or waited for then. */
  tryNow(now: number, meters?: readonly Meter[]): boolean;
  /** Through, with undefined, when the turn has come. */
  wait(entering: Entering): Promise<Refusal | undefined>;
  /** How many come before one that is put at the end of a line behind `more` that are still to come. */
  ahead(line: string, more?: number): number;
  /** A meter that said Infinity may allow one now. */
  wake(): void;
  readonly waiting: number;
  /** Lines in which somebody waits. */
  readonly lines: number;
}

export interface TurnstileParts {
  readonly clock: Clock;
  /** What everyone needs. */
  readonly meters: readonly Meter[];
  readonly mostWaiting: number;
}

interface Waiter {
  readonly line: string;
  readonly meters: readonly Meter[];
  readonly settle: (refusal: Refusal | undefined) => void;
}

const NONE: readonly Meter[] = [];

export function createTurnstile({ clock, meters: shared, mostWaiting }: TurnstileParts): Turnstile {
  /** In the order of their turns: a line that had its turn goes to the end. */
  const lines = new Map<string, Waiter[]>();
  let waiting = 0;
  let cancelTimer: (() => void) | undefined;

  const waitOf = (meters: readonly Meter[], now: number): number => {
    let longest = 0;
    for (const meter of meters) longest = Math.max(longest, meter.wait(now));
    return longest;
  };

  function take(meters: readonly Meter[], now: number): void {
    for (const meter of shared) meter.take(now);
    for (const meter of meters) meter.take(now);
  }

  function remove(waiter: Waiter): void {
    const line = lines.get(waiter.line);
    const index = line?.indexOf(waiter) ?? -1;
    if (line === undefined || index < 0) return;
    line.splice(index, 1);
    waiting -= 1;
    if (line.length === 0) lines.delete(waiter.line);
  }

  /** Lets through whoever may; then waits for the next moment at which somebody may. */
  function turn(): void {
    cancelTimer?.();
    cancelTimer = undefined;
    let soonest = Infinity;
    // A line that is put at the end comes by again in this walk; one that is blocked stays where it is, first in turn.
    for (const [key, line] of lines) {
      const now = clock.now();
      const common = waitOf(shared, now);
      if (common > 0) {
        soonest = Math.min(soonest, common);
        break;
      }
      const [first] = line;
      if (first === undefined) continue;
      const own = waitOf(first.meters, now);
      if (own > 0) {
        soonest = Math.min(soonest, own);
        continue;
      }
      take(first.meters, now);
      line.shift();
      waiting -= 1;
      lines.delete(key);
      if (line.length > 0) lines.set(key, line);
      first.settle(undefined);
    }
    if (waiting > 0 && soonest < Infinity) cancelTimer = clock.after(soonest, turn);
  }

  /** The last of the longest line, where that line is longer than the newcomer's would be. */
  function displaced(line: string): Waiter | undefined {
    let longest: readonly Waiter[] = [];
    for (const one of lines.values()) if (one.length > longest.length) longest = one;
    return longest.length > (lines.get(line)?.length ?? 0) + 1 ? longest.at(-1) : undefined;
  }

  return {
    get waiting() {
      return waiting;
    },
    get lines() {
      return lines.size;
    },

    tryNow(now, meters = NONE) {
      if (waiting > 0 || waitOf(shared, now) > 0 || waitOf(meters, now) > 0) return false;
      take(meters, now);
      return true;
    },

    wait({ line, meters = NONE, until, signal }) {
      if (signal?.aborted === true) return Promise.resolve('left');
      if (waiting >= mostWaiting) {
        const pushed = displaced(line);
        if (pushed === undefined) return Promise.resolve('full');
        remove(pushed);
        pushed.settle('full');
      }
      return new Promise((resolve) => {
        const leave = (): void => waiter.settle('left');
        const cancelEnd = clock.after(Math.max(0, until - clock.now()), () => waiter.settle('late'));
        const waiter: Waiter = {
          line, meters,
          settle(refusal) {
            cancelEnd();
            signal?.removeEventListener('abort', leave);
            if (refusal !== undefined) remove(waiter);
            resolve(refusal);
          },
        };
        signal?.addEventListener('abort', leave, { once: true });
        const known = lines.get(line);
        if (known === undefined) lines.set(line, [waiter]);
        else known.push(waiter);
        waiting += 1;
        // Where others wait, the moment of the next turn is known already, unless this one needs other meters than they.
        if (waiting === 1 || meters.length > 0) turn();
      });
    },

    ahead(line, more = 0) {
      const own = (lines.get(line)?.length ?? 0) + more;
      let count = own;
      for (const [key, { length }] of lines) if (key !== line) count += Math.min(length, own + 1);
      return count;
    },

    wake: turn,
  };
}
