// The rates put together: how many transactions connections take.
import type { Observe } from '../observe/events.ts';
import { machineClock } from '../rates/clock.ts';
import { createTransactions, type Transactions } from '../rates/transactions.ts';
import type { Settings } from '../settings.ts';
import type { GaugeSource } from './observability.ts';

export interface ComposedRates {
  readonly transactions: Transactions;
}

export interface RatesParts {
  readonly settings: Settings;
  readonly observe: Observe;
}

export function composeRates({ settings, observe }: RatesParts): ComposedRates {
  const clock = machineClock();
  const transactions = createTransactions({
    clock, observe,
    settings: { perNode: settings.nodeRate, longestWaitMs: settings.queueSeconds * 1_000, mostWaiting: settings.queueLength, idleSeconds: settings.nodeIdleSeconds },
  });
  return { transactions };
}

/** Gauges of connections that are in use. */
export function rateGauges({ transactions }: ComposedRates): GaugeSource {
  return async () => {
    const all = transactions.all();
    return {
      nodes: all.map(({ connection, nodes }) => ({ labels: { connection }, value: nodes })),
      queue: all.map(({ connection, waiting }) => ({ labels: { connection }, value: waiting })),
    };
  };
}
