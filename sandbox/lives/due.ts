// What happens when time comes, by collection: when a row next has something to do, and what it does then. The order of the entries
// decides between things that are due at the same second.
import type { DeadlineOf } from '../agenda.ts';
import type { Call } from '../call.ts';
import { CLOCKS, clockIn } from '../clock.ts';
import type { JsonObject } from '../json.ts';
import { number, text } from '../json.ts';
import { DELIVERIES, POST_CLOCK } from '../webhooks/destinations.ts';
import { invoiceDue, invoiceTurn } from './invoice-time.ts';
import { subscriptionDue, subscriptionTurn } from './subscription-time.ts';
import { expireClock } from './test-clocks.ts';

/** Work that waits. `at` is a function of the row alone (seconds since 1970), and must move on when `run` has run. */
export interface Work {
  readonly at: (row: JsonObject) => number | undefined;
  readonly run: (call: Call, row: JsonObject) => void;
}

/** The work of each collection that has any. */
export const WORK: ReadonlyMap<string, Work> = new Map([
  [CLOCKS, { at: (row) => number(row, 'deletes_after'), run: expireClock }],
  ['/v1/subscriptions', { at: subscriptionDue, run: subscriptionTurn }],
  ['/v1/invoices', { at: invoiceDue, run: invoiceTurn }],
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
