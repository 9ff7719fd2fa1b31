// What several processes on one database know together. Declared here by who needs it; how it is kept is not known.

/** Every method may fail, and may take its time: nobody who calls it lets a caller wait for longer than a moment. */
export interface SharedRates {
  /**
   * Takes up to `wanted` of the `most` that all processes have together in the window that runs.
   * @returns how many were had, and in how many ms the next window begins.
   */
  take(key: string, wanted: number, most: number, windowMs: number): Promise<{ readonly granted: number; readonly nextMs: number }>;
  /** Adds to what all say together in the window that runs. @returns what was said in the one before. */
  add(key: string, amount: number, windowMs: number): Promise<number>;
  /** The number that was written last, undefined where its lifetime has passed. */
  read(key: string): Promise<number | undefined>;
  write(key: string, value: number, lifetimeMs: number): Promise<void>;
}

/** Longer than that nobody waits for the database. */
const PATIENCE_MS = 1_000;

/** What came of some work; undefined where it failed or took too long. */
export async function orNothing<T>(work: Promise<T>, after: (milliseconds: number, end: () => void) => () => void): Promise<T | undefined> {
  const late = Promise.withResolvers<undefined>();
  const cancel = after(PATIENCE_MS, () => late.resolve(undefined));
  try {
    return await Promise.race([work, late.promise]);
  } catch {
    return undefined;
  } finally {
    cancel();
  }
}
