// What refused calls were told: come back then. Each caller is given moments as far apart as its turns are, and a call that comes
// back at its moment finds that it was kept for it. Calls are known by a text that is the same when they are sent again.

export interface Returns {
  /** A moment for a call of this caller, `interval` ms after the one before. @returns ms from now. */
  promise(now: number, caller: string, call: string, interval: number): number;
  /** Whether the call was told to be here now; a moment is used up by one call. */
  keep(now: number, caller: string, call: string): boolean;
  /** How many of a caller's calls may come any moment now. */
  due(now: number, caller: string): number;
  /** How many callers are expected, as of the last sweep. */
  readonly callers: number;
  /** Forgets whoever did not come. @returns whether nobody is expected any more. */
  sweep(now: number): boolean;
}

/** A call may be this late: its caller was busy, or the way was long. */
const GRACE_MS = 10_000;
/** One that is later than this is not waited for: others have the room. */
const DUE_MS = 2_000;
/** Timers of callers run early by fractions. */
const EARLY_MS = 5;
const SHORTEST_MS = 100;
/** Nobody is told to come back later than this; what would be later than this is not kept. */
const LONGEST_MS = 60_000;

interface Moment {
  readonly at: number;
  readonly call: string;
  used: boolean;
}

/** One caller's moments, in their order. */
interface Expected {
  /** From `first` on they still count. */
  moments: Moment[];
  first: number;
  readonly byCall: Map<string, Moment[]>;
}

export function createReturns(): Returns {
  const callers = new Map<string, Expected>();

  /** What is still expected of a caller; undefined for nothing. */
  function expectedOf(now: number, caller: string): Expected | undefined {
    const expected = callers.get(caller);
    if (expected === undefined) return undefined;
    const { moments, byCall } = expected;
    for (let moment = moments[expected.first]; moment !== undefined && moment.at < now - GRACE_MS; moment = moments[expected.first]) {
      expected.first += 1;
      if (!moment.used) drop(byCall, moment);
    }
    if (expected.first === moments.length) callers.delete(caller);
    // Cut off now and then and not each time, which would copy what is left.
    else if (expected.first > moments.length / 2) {
      expected.moments = moments.slice(expected.first);
      expected.first = 0;
    }
    return expected.first === expected.moments.length ? undefined : expected;
  }

  return {
    promise(now, caller, call, interval) {
      const expected = expectedOf(now, caller);
      const wait = Math.max(SHORTEST_MS, interval, (expected?.moments.at(-1)?.at ?? now) + interval - now);
      if (wait > LONGEST_MS) return LONGEST_MS;
      // Told in whole milliseconds, and so kept in them.
      const told = Math.ceil(wait);
      const moment = { at: now + told, call, used: false };
      if (expected === undefined) callers.set(caller, { moments: [moment], first: 0, byCall: new Map([[call, [moment]]]) });
      else {
        expected.moments.push(moment);
        const same = expected.byCall.get(call);
        if (same === undefined) expected.byCall.set(call, [moment]);
        else same.push(moment);
      }
      return told;
    },
    keep(now, caller, call) {
      const expected = expectedOf(now, caller);
      const moment = expected?.byCall.get(call)?.[0];
      if (expected === undefined || moment === undefined || moment.at > now + EARLY_MS) return false;
      moment.used = true;
      drop(expected.byCall, moment);
      return true;
    },
    due(now, caller) {
      const expected = expectedOf(now, caller);
      if (expected === undefined) return 0;
      const { moments, first } = expected;
      let [low, high] = [first, moments.length];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if ((moments[middle]?.at ?? Infinity) <= now + EARLY_MS) low = middle + 1;
        else high = middle;
      }
      let count = 0;
      for (let index = low - 1; index >= first; index -= 1) {
        const moment = moments[index];
        if (moment === undefined || moment.at < now - DUE_MS) break;
        if (!moment.used) count += 1;
      }
      return count;
    },
    get callers() {
      return callers.size;
    },
    sweep(now) {
      for (const caller of callers.keys()) expectedOf(now, caller);
      return callers.size === 0;
    },
  };
}

function drop(byCall: Map<string, Moment[]>, moment: Moment): void {
  const same = byCall.get(moment.call);
  if (same === undefined || same.length <= 1) byCall.delete(moment.call);
  else same.splice(same.indexOf(moment), 1);
}
