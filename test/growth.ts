// How much more work more data is, for what must not grow faster than it. Counted is the processor's time of this process, which
// others do not lengthen, and the least of several runs, which nothing disturbed.

const RUNS = 3;

/** @returns how many times as long the work takes with `more` as with `few` */
export function growth(work: (size: number) => void, few: number, more: number): number {
  // The first run is the compiler's.
  work(few);
  return leastOf(() => work(more)) / leastOf(() => work(few));
}

/** Microseconds, of which there is at least one. */
function leastOf(work: () => void): number {
  return Math.max(1, Math.min(...Array.from({ length: RUNS }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return user + system;
  })));
}
