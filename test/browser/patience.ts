// How long a test of the console waits for a state that comes sooner or later: long enough for a machine that has much else to do,
// and no measure of how fast a page is.
import { expect } from 'vitest';

export const PATIENCE_MS = 30_000;

/** Looks until what is seen is what is expected. */
export const eventually = <Value>(look: () => Value, message?: string) => expect.poll(look, { timeout: PATIENCE_MS, ...(message === undefined ? {} : { message }) });
