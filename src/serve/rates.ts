// The rates put together: how many transactions connections take, and how often the source is called for them.
import { createHmac } from 'node:crypto';
import type { StripeRates } from '../connectors/stripe/limits.ts';
import type { Observe } from '../observe/events.ts';
import { machineClock } from '../rates/clock.ts';
import { createShaping, type Shaping } from '../rates/shaping.ts';
import type { SharedRates } from '../rates/shared.ts';
import { createTransactions, type Transactions } from '../rates/transactions.ts';
import { deriveKey } from '../secrets/seal.ts';
import type { Settings } from '../settings.ts';
import type { OutboundRequest } from '../spi/connector.ts';
import type { GaugeSource } from './observability.ts';

export interface ComposedRates {
  readonly transactions: Transactions;
  readonly shaping: Shaping;
  readonly stripe: StripeRates;
}

export interface RatesParts {
  readonly settings: Settings;
  readonly masterKey: Uint8Array;
  readonly observe: Observe;
  /** Where several processes keep the limits together. */
  readonly shared?: SharedRates;
}

export function composeRates({ settings, masterKey, observe, shared }: RatesParts): ComposedRates {
  const clock = machineClock();
  const common = { clock, observe, ...(shared === undefined ? {} : { shared }) };
  const transactions = createTransactions({
    ...common, settings: { perNode: settings.nodeRate, longestWaitMs: settings.queueSeconds * 1_000, mostWaiting: settings.queueLength, idleSeconds: settings.nodeIdleSeconds },
  });
  const shaping = createShaping({
    ...common, accountOf: accountNames(masterKey),
    // A stand-in for Stripe is reached without TLS, on this machine, and has no limits unless it is told to.
    applies: (url) => settings.limitSandbox || url.startsWith('https:'),
  });
  const { stripeLiveRate: live, stripeTestRate: test, stripeEndpointRate: endpoint, stripeSearchRate: search, stripeFilesRate: files } = settings;
  return { transactions, shaping, stripe: { live, test, endpoint, search, files } };
}

/** A name for the account that a request opens: connections with one key share it, and nobody can tell the key by it. */
function accountNames(masterKey: Uint8Array): (request: OutboundRequest) => string {
  const key = deriveKey(masterKey, 'names of accounts');
  return ({ url, headers }) => {
    const place = url.startsWith('https:') ? 'stripe' : new URL(url).origin;
    return createHmac('sha256', key).update(`${place}\n${headers['authorization'] ?? ''}`).digest('base64url').slice(0, 22);
  };
}

/** Gauges of connections that are in use. */
export function rateGauges({ transactions, shaping }: ComposedRates): GaugeSource {
  return async () => {
    const all = transactions.all();
    return {
      nodes: all.map(({ connection, nodes }) => ({ labels: { connection }, value: nodes })),
      queue: all.map(({ connection, waiting }) => ({ labels: { connection }, value: waiting })),
      sourceQueue: [{ labels: {}, value: shaping.waiting }],
    };
  };
}
