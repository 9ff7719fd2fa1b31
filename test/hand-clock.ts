// A clock that is moved by hand, for what hangs on time: to the microsecond the same in every run.
import type { Clock } from '../src/rates/clock.ts';

export interface HandClock extends Clock {
  /** Lets time pass, running what falls due in its order, each with everything that follows from it. */
  pass(milliseconds: number): Promise<void>;
  /** Resolves when so much time has passed. */
  sleep(milliseconds: number): Promise<void>;
  /** A time of day, so many ms from now. */
  later(milliseconds: number): Date;
  /** Timers that are set. */
  readonly timers: number;
}

interface Timer {
  readonly at: number;
  readonly number: number;
  readonly work: () => void;
}

export function handClock(): HandClock {
  let now = 0;
  let made = 0;
  const timers = new Set<Timer>();

  function next(end: number): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of timers) {
      if (timer.at <= end && (first === undefined || timer.at < first.at || (timer.at === first.at && timer.number < first.number))) first = timer;
    }
    return first;
  }

  const clock: HandClock = {
    now: () => now,
    until: (time) => time.getTime() - now,
    later: (milliseconds) => new Date(now + milliseconds),
    after(milliseconds, work) {
      // Timers have whole milliseconds, as those of the machine.
      const timer = { at: now + Math.ceil(milliseconds), number: made++, work };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    sleep: (milliseconds) => new Promise((resolve) => void clock.after(milliseconds, resolve)),
    get timers() {
      return timers.size;
    },
    async pass(milliseconds) {
      const end = now + milliseconds;
      await settled();
      for (let timer = next(end); timer !== undefined; timer = next(end)) {
        timers.delete(timer);
        now = Math.max(now, timer.at);
        timer.work();
        await settled();
      }
      now = end;
    },
  };
  return clock;
}

/** Everything that promises have to do is done. */
function settled(): Promise<void> {
  return new Promise((resolve) => void setImmediate(resolve));
}
