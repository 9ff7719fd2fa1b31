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
  /** Of searches of all kinds. */
  readonly search: number;
  /** Of files read, and of files written. */
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
  return [{ scope: 'account', perSecond: rates[mode] }, endpointLimit(method, endpoint, host, rates)].filter(({ perSecond }) => perSecond > 0);
}

/** Searches of all kinds are counted as one, and so are files, those read and those written. */
function endpointLimit(method: string, endpoint: string, host: Host | undefined, rates: StripeRates): Limit {
  if (endpoint.endsWith('/search')) return { scope: 'endpoint:search', perSecond: rates.search };
  if (host === 'files') return { scope: `endpoint:files ${method}`, perSecond: rates.files };
  return { scope: `endpoint:${method} ${endpoint}`, perSecond: rates.endpoint };
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
