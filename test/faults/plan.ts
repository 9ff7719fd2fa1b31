// How a run is set: which faults strike how often, when the server dies, and how patient callers are.
import type { RunOptions } from './run.ts';

type Plan = Omit<RunOptions, 'progress'>;

/** Faults of writes by chance; reads meet a few as well. */
function faults(rates: Readonly<Record<string, number>>): readonly Readonly<Record<string, unknown>>[] {
  const ofWrites = ['POST', 'DELETE'].flatMap((method, one) => Object.entries(rates).map(([fault, rate], index) => ({ fault, method, path: '/v1/*', rate, seed: 1 + index + one * 100 })));
  return [...ofWrites, { fault: 'rate_limit', method: 'GET', path: '/v1/*', rate: 0.02, seed: 201 }, { fault: 'reset', method: 'GET', path: '/v1/*', rate: 0.02, seed: 202 }];
}

const MANY = { reset: 0.02, reset_after: 0.02, rate_limit: 0.02, lock_timeout: 0.02, server_error: 0.01, server_error_kept: 0.01, server_error_after: 0.01, truncate: 0.015, hang: 0.002 } as const;
const { server_error_kept: _kept, hang: _hang, ...QUICK } = MANY;

export function longPlan(writes: number, callers: number): Plan {
  return {
    writes, callers, connections: 10, death: { afterMs: [3_000, 6_000] }, faults: faults(MANY), graceMs: 11_000,
    patience: { tryMs: 15_000, wholeMs: 120_000, impatience: 2 },
  };
}

/** For the tests. Failures that Stripe keeps without an effect are left to the long run: to be told apart they take ten seconds of waiting. One request hangs until the first death. */
export function shortPlan(): Plan {
  return {
    writes: 240, callers: 12, connections: 1, death: { atWrites: [80, 160] }, faults: [...faults(QUICK), { fault: 'hang', method: 'POST', path: '/v1/*', times: 1 }], graceMs: 0,
    patience: { tryMs: 10_000, wholeMs: 60_000, impatience: 2 },
  };
}
