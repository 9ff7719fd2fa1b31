// Test clocks: a time of their own for some customers, which goes forward when asked. Going forward is work for afterwards: the answer
// says `advancing`, and the clock is `ready` when everything that was due has happened.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, idOf, place } from '../call.ts';
import { CLOCKS, clockIn } from '../clock.ts';
import { invalidRequest } from '../errors.ts';
import type { Life } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text } from '../json.ts';
import { addInterval } from './periods.ts';

const WEEK = 7 * 24 * 3600;
const ITEMS = '/v1/subscription_items';
const ENDED = new Set(['canceled', 'incomplete_expired']);

/** Creation, deletion. */
export const testClockLife: Life = {
  check: (call) => {
    if (call.livemode) throw invalidRequest('Test clocks can only be used in test mode.');
  },
  created: (call, row) => {
    Object.assign(row, { deletes_after: call.told + WEEK, status_details: {} });
    const id = text(call.params, 'customer');
    if (id === undefined) return;
    const customer = editNamed(call, '/v1/customers', id, 'customer');
    if (clockIn(customer) !== '') throw invalidRequest('This customer already belongs to a test clock.', 'customer');
    Object.assign(customer, { test_clock: idOf(row), _clock: idOf(row) });
  },
  deleted: (call, row) => takeAlong(call, idOf(row)),
};

/** Everything that lived by a clock goes with it; subscriptions are told of as ended, customers as deleted. */
function takeAlong(call: Call, clock: string): void {
  const { transaction } = call;
  for (const collection of transaction.scope.collections.keys()) {
    if (collection === '/v1/events' || collection === CLOCKS) continue;
    for (const row of transaction.rows(collection).filter((one) => clockIn(one) === clock)) {
      const key = idOf(row);
      if (collection === '/v1/subscriptions' && !ENDED.has(text(row, 'status') ?? '')) {
        const draft = transaction.edit(collection, key);
        if (draft !== undefined) Object.assign(draft, { status: 'canceled', canceled_at: call.now, ended_at: call.now });
        transaction.remove(collection, key);
        emit(call, 'customer.subscription.deleted', { collection, key });
        continue;
      }
      transaction.remove(collection, key, collection === '/v1/customers');
      if (collection === '/v1/customers') emit(call, 'customer.deleted', { collection, key });
    }
  }
}

/** A clock that nobody deleted goes by itself. */
export function expireClock(call: Call, row: JsonObject): void {
  takeAlong(call, idOf(row));
  call.transaction.remove(CLOCKS, idOf(row), true);
  emit(call, 'test_helpers.test_clock.deleted', { collection: CLOCKS, key: idOf(row) });
}

/** The farthest time a clock may be set to: two intervals of its shortest subscription, or two years. */
function farthest(call: Call, clock: JsonObject): number {
  const frozen = number(clock, 'frozen_time') ?? 0;
  const running = new Set(call.transaction.rows('/v1/subscriptions').filter((row) => clockIn(row) === idOf(clock) && !ENDED.has(text(row, 'status') ?? '')).map(idOf));
  const ends = call.transaction.rows(ITEMS).filter((item) => running.has(text(item, 'subscription') ?? '')).map((item) => {
    const recurring = object(object(item, 'price'), 'recurring');
    return addInterval(frozen, text(recurring, 'interval') ?? 'month', 2 * (number(recurring, 'interval_count') ?? 1));
  });
  return ends.length === 0 ? addInterval(frozen, 'year', 2) : Math.min(...ends);
}

/** `POST /v1/test_helpers/test_clocks/{}/advance` */
export function advanceVerb(call: Call): Answer {
  const row = editAddressed(call, CLOCKS, 'test_clock');
  const target = number(call.params, 'frozen_time') ?? 0;
  if (row['status'] !== 'ready') throw invalidRequest('Test clock advancement underway - cannot perform modifications');
  if (target <= (number(row, 'frozen_time') ?? 0)) throw invalidRequest("The `frozen_time` of a test clock can only go forward: it must be after the clock's current `frozen_time`.", 'frozen_time');
  if (target > farthest(call, row)) {
    throw invalidRequest('Cannot advance the test clock this far: it can be advanced by at most two intervals of the shortest subscription that belongs to it (two years where there is none).', 'frozen_time');
  }
  Object.assign(row, { status: 'advancing', status_details: { advancing: { target_frozen_time: target } } });
  emit(call, 'test_helpers.test_clock.advancing', { collection: CLOCKS, key: idOf(row) });
  return place(CLOCKS, idOf(row));
}
