// What refused callers were told: come back then. Each caller is given moments as far apart as its turns are, and one that comes
// back at its moment finds that it was kept. It knows callers by name and decides nothing about queues.

export interface Returns {
  /** A moment for one more call of this caller, `interval` ms after its last one. @returns ms from now. */
  promise(now: number, caller: string, interval: number): number;
  /** Whether the caller was told to be here now; a moment is used up by one call. */
  keep(now: number, caller: string): boolean;
  /** How many of a caller's calls may come any moment now. */
  due(now: number, caller: string): number;
  /** No caller is expected. */
  empty(now: number): boolean;
}

/** A caller may be this late: its clock, its way here. */
const GRACE_MS = 2_000;
/** Timers of callers run early by fractions. */
const EARLY_MS = 5;
const SHORTEST_MS = 100;
/** Nobody is told to come back later than this; what would be later than this is not kept. */
const LONGEST_MS = 60_000;

export function createReturns(): Returns {
  /** Moments, rising. */
  const promised = new Map<string, number[]>();

  function current(now: number, caller: string): readonly number[] {
    const moments = promised.get(caller);
    if (moments === undefined) return [];
    let old = 0;
    while (old < moments.length && (moments[old] ?? 0) < now - GRACE_MS) old += 1;
    if (old > 0) moments.splice(0, old);
    if (moments.length === 0) promised.delete(caller);
    return moments;
  }

  return {
    promise(now, caller, interval) {
      const moments = current(now, caller);
      const wait = Math.max(SHORTEST_MS, interval, (moments.at(-1) ?? now) + interval - now);
      if (wait > LONGEST_MS) return LONGEST_MS;
      // Told in whole milliseconds, and so kept in them.
      const told = Math.ceil(wait);
      const known = promised.get(caller);
      if (known === undefined) promised.set(caller, [now + told]);
      else known.push(now + told);
      return told;
    },
    keep(now, caller) {
      const moments = current(now, caller);
      if ((moments[0] ?? Infinity) > now + EARLY_MS) return false;
      promised.get(caller)?.shift();
      return true;
    },
    due(now, caller) {
      const moments = current(now, caller);
      let count = 0;
      while (count < moments.length && (moments[count] ?? Infinity) <= now + EARLY_MS) count += 1;
      return count;
    },
    empty(now) {
      for (const caller of promised.keys()) if (current(now, caller).length > 0) return false;
      return true;
    },
  };
}
