// Time as rates see it: what it is, and being told when some of it has passed. Handed in, so that tests make their own.

export interface Clock {
  /** Milliseconds that only go forward; from where is nobody's business. */
  now(): number;
  /** Milliseconds until a time of day; below 0 for one that has passed. */
  until(time: Date): number;
  /** Does the work after some milliseconds. @returns what calls it off. */
  after(milliseconds: number, work: () => void): () => void;
}

/** The longest wait that a timer can hold. */
const LONGEST_TIMER = 2_147_483_647;

/** The clock of the machine. Its timers keep no process alive. */
export function machineClock(): Clock {
  return {
    now: () => performance.now(),
    until: (time) => time.getTime() - Date.now(),
    after(milliseconds, work) {
      const timer = setTimeout(work, Math.min(Math.ceil(milliseconds), LONGEST_TIMER)).unref();
      return () => clearTimeout(timer);
    },
  };
}
