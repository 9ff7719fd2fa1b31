// How often Stripe may be asked, as it publishes it, and what its refusals say of which limit was met. That calls keep to it is
// not decided here.
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { readFault } from './errors.ts';
import type { Host } from './table.ts';

/** Calls a second; 0 for no limit. */
export interface StripeRates {
  /** Of one account, by mode. */
  readonly live: number;
  readonly test: number;
  /** Of one endpoint of an account, whatever the ids in its path. */
  readonly endpoint: number;
  readonly search: number;
  readonly files: number;
}

/** Stripe's own (docs.stripe.com/rate-limits). */
export const STRIPE_RATES: StripeRates = { live: 100, test: 25, endpoint: 25, search: 20, files: 20 };

export type Limit = OutboundRequest['limits'][number];

interface Asked {
  readonly method: string;
  /** The path with its slots. */
  readonly endpoint: string;
  readonly host?: Host;
}

/** Streams of meter events are counted apart from everything else. */
const METER_EVENTS = 1_000;

/** The limits that a call counts against; the endpoint's last. */
export function limitsOf({ method, endpoint, host }: Asked, mode: 'test' | 'live', rates: StripeRates): readonly Limit[] {
  if (host === 'meter-events') return [{ scope: 'meter-events', perSecond: METER_EVENTS }];
  const perSecond = endpoint.endsWith('/search') ? rates.search : host === 'files' ? rates.files : rates.endpoint;
  return [{ scope: 'account', perSecond: rates[mode] }, { scope: `endpoint:${method} ${endpoint}`, perSecond }].filter((limit) => limit.perSecond > 0);
}

/** The scopes of which a reply says that they were exceeded: none where Stripe refused for another reason. */
export function exceededBy(reply: OutboundResponse, limits: readonly Limit[]): readonly string[] {
  if (reply.status !== 429) return [];
  const reason = reply.headers['stripe-rate-limited-reason'];
  // Locks and limits of one object answer 429 too, and asking less often of everything else does not help them.
  if (reason === 'resource-specific' || (reason === undefined && readFault(reply).code === 'lock_timeout')) return [];
  const scopes = limits.map(({ scope }) => scope);
  if (reason === undefined) return scopes;
  return scopes.filter((scope) => scope.startsWith('endpoint:') === reason.startsWith('endpoint'));
}
