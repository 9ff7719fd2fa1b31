// A token bucket: so many a second, with some saved up for a burst. It knows the time it is told and no queue.

/** Something of which a call needs one before it may go. */
export interface Meter {
  /** Milliseconds until one may be had: 0 for now, Infinity where whoever holds one will say. */
  wait(now: number): number;
  /** Takes one; to be asked for only where `wait` said 0. */
  take(now: number): void;
}

export interface Bucket extends Meter {
  /** Goes on at another rate with what it holds. */
  setRate(now: number, perSecond: number): void;
}

/** How much is saved up: half a second's worth keeps a second of calls that come together within two hundredths of the rate over half a minute. */
const BURST_SECONDS = 0.5;
/** Sums of fractions fall short of a whole by this much. */
const SLACK = 1e-6;

/** A full bucket. @param perSecond above 0. */
export function createBucket(now: number, perSecond: number): Bucket {
  let rate = perSecond;
  let burst = burstOf(perSecond);
  let level = burst;
  let at = now;

  function fill(time: number): void {
    if (time <= at) return;
    level = Math.min(burst, level + ((time - at) / 1_000) * rate);
    at = time;
  }

  return {
    wait(time) {
      fill(time);
      return level >= 1 - SLACK ? 0 : ((1 - level) / rate) * 1_000;
    },
    take(time) {
      fill(time);
      level -= 1;
    },
    setRate(time, next) {
      fill(time);
      rate = next;
      burst = burstOf(next);
      level = Math.min(level, burst);
    },
  };
}

function burstOf(perSecond: number): number {
  return Math.max(1, perSecond * BURST_SECONDS);
}
