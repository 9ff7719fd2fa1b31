// What happens when time comes, by collection: when a row next has something to do, and what it does then. The order of the entries
// decides between things that are due at the same second.
import type { DeadlineOf } from '../agenda.ts';
import type { Call } from '../call.ts';
import { CLOCKS, clockIn } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import { number, text } from '../json.ts';
import { DELIVERIES, POST_CLOCK } from '../webhooks/destinations.ts';
import { EXPIRATIONS } from './expirations.ts';
import type { Work } from './expirations.ts';
import { invoiceDue, invoiceTurn } from './invoice-time.ts';
import { scheduleDue, scheduleTurn } from './schedule-time.ts';
import { subscriptionDue, subscriptionTurn } from './subscription-time.ts';
import { settleRefund } from './refund-outcomes.ts';
import { REFUNDS } from './refunds.ts';
import { expireClock } from './test-clocks.ts';
import { tellUpcoming, upcomingDue } from './upcoming.ts';

const earlier = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? (a ?? b) : Math.min(a, b));

/** What comes first of both: telling of the next invoice, or the turn itself. */
function turnSubscription(call: Call, row: JsonObject): void {
  const told = upcomingDue(row);
  if (told !== undefined && told < (subscriptionDue(row) ?? Number.POSITIVE_INFINITY)) tellUpcoming(call, row);
  else subscriptionTurn(call, row);
}

/** The work of each collection that has any. A phase begins before its subscription renews, and an invoice is made before it is due. */
export const WORK: ReadonlyMap<string, Work> = new Map([
  ...Object.entries(EXPIRATIONS),
  ['/v1/subscription_schedules', { at: scheduleDue, run: scheduleTurn }],
  [CLOCKS, { at: (row) => number(row, 'deletes_after'), run: expireClock }],
  ['/v1/subscriptions', { at: (row) => earlier(upcomingDue(row), subscriptionDue(row)), run: turnSubscription }],
  ['/v1/invoices', { at: invoiceDue, run: invoiceTurn }],
  [REFUNDS, { at: (row) => number(row, '_settles_at'), run: settleRefund }],
] satisfies readonly (readonly [string, Work])[]);

const RANKS: ReadonlyMap<string, number> = new Map([...WORK.keys()].map((collection, rank) => [collection, rank]));

/** When a row is due, and by which clock. */
export const deadlineOf: DeadlineOf = (collection, row) => {
  if (collection === DELIVERIES) {
    const at = number(row, 'next_attempt_at');
    return at === undefined || text(row, 'status') !== 'pending' ? undefined : { at, clock: POST_CLOCK, rank: 0 };
  }
  const at = WORK.get(collection)?.at(row);
  if (at === undefined) return undefined;
  return { at, clock: collection === CLOCKS ? '' : clockIn(row), rank: RANKS.get(collection) ?? 0 };
};
