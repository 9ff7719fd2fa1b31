// The sandbox's own time, which tests may move forward, and which time rules a request: that of the test clock its rows belong to, or
// the sandbox's own. What is moved and set is kept in the store, beside the accounts.
import { invalidRequest } from './errors.ts';
import type { Billing } from './call.ts';
import type { JsonObject } from './json.ts';
import { number, text } from './json.ts';
import type { Operation, Scope, Store } from './store.ts';
import type { Transaction } from './transaction.ts';

/** The scope of what belongs to the sandbox and to no account. */
export const SELF = '_sandbox';
/** Where test clocks lie. */
export const CLOCKS = '/v1/test_helpers/test_clocks';
const SETTINGS = '/_settings';

function setting(store: Store, key: string): JsonObject | undefined {
  return store.scopes.get(SELF)?.collections.get(SETTINGS)?.byKey.get(key)?.row;
}

/** A clock that goes ahead of another by as much as it was moved. */
export function movable(store: Store, base: () => number): () => number {
  return () => base() + (number(setting(store, 'clock'), 'ahead') ?? 0);
}

/** What moves the sandbox's clock forward by some seconds. */
export function moved(store: Store, seconds: number): Operation {
  if (!Number.isFinite(seconds) || seconds < 0) throw invalidRequest('`advance_seconds` must be a number that is not negative: time goes forward.', 'advance_seconds');
  return ['put', SETTINGS, 'clock', { ahead: (number(setting(store, 'clock'), 'ahead') ?? 0) + Math.round(seconds * 1000) }];
}

/** How many seconds search lags behind what was written. */
export function searchDelayOf(store: Store): number {
  return number(setting(store, 'search'), 'delay_seconds') ?? 0;
}

/** What makes search lag. */
export function searchDelaySet(seconds: number): Operation {
  if (!Number.isFinite(seconds) || seconds < 0) throw invalidRequest('`delay_seconds` must be a number that is not negative.', 'delay_seconds');
  return ['put', SETTINGS, 'search', { delay_seconds: seconds }];
}

const AFTER = ['cancel', 'unpaid', 'past_due'] as const;

/** How failed collections go on. */
export function billingOf(store: Store): Billing {
  const row = setting(store, 'billing');
  const days = row?.['retry_days'];
  return {
    retryDays: Array.isArray(days) ? days.filter((one) => typeof one === 'number') : [3, 5, 7],
    afterFailures: AFTER.find((one) => one === text(row, 'after_failures')) ?? 'cancel',
  };
}

/** What changes how failed collections go on. */
export function billingSet(store: Store, wanted: JsonObject): Operation {
  const { retry_days: days, after_failures: after } = wanted;
  if (days !== undefined && (!Array.isArray(days) || days.some((one) => typeof one !== 'number' || one <= 0))) throw invalidRequest('`retry_days` must be an array of positive numbers.', 'retry_days');
  if (after !== undefined && !AFTER.some((one) => one === after)) throw invalidRequest(`\`after_failures\` must be one of ${AFTER.join(', ')}.`, 'after_failures');
  return ['put', SETTINGS, 'billing', { ...setting(store, 'billing'), ...wanted }];
}

/** The test clock that a row belongs to; empty if to none. */
export function clockIn(row: JsonObject | undefined): string {
  return text(row, 'test_clock') ?? text(row, '_clock') ?? '';
}

/** Parameters whose rows tell which clock rules. */
const NAMING: Readonly<Record<string, string>> = {
  charge: '/v1/charges', customer: '/v1/customers', from_subscription: '/v1/subscriptions', invoice: '/v1/invoices', payment_intent: '/v1/payment_intents',
  quote: '/v1/quotes', schedule: '/v1/subscription_schedules', subscription: '/v1/subscriptions', test_clock: CLOCKS,
};

function byClock(transaction: Transaction, collection: string, key: string): JsonObject | undefined {
  const row = transaction.find(collection, key);
  const clock = collection === CLOCKS ? key : clockIn(row) || clockIn(transaction.find('/v1/customers', text(row, 'customer') ?? ''));
  return clock === '' ? undefined : transaction.find(CLOCKS, clock);
}

/** The test clock that rules a request to a path with ids and parameters. */
export function rulingClock(transaction: Transaction, path: string, ids: readonly string[], params: JsonObject): JsonObject | undefined {
  if ((transaction.scope.collections.get(CLOCKS)?.order.length ?? 0) === 0) return undefined;
  const [first] = ids;
  if (path.startsWith(CLOCKS)) return undefined;
  const named = first === undefined ? undefined : byClock(transaction, path.slice(0, path.indexOf('/{}')).replace('/v1/test_helpers/', '/v1/'), first);
  if (named !== undefined) return named;
  for (const [name, collection] of Object.entries(NAMING)) {
    const id = text(params, name);
    const found = id === undefined ? undefined : byClock(transaction, collection, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The test clocks of a scope. */
export function clocksOf(scope: Scope): readonly JsonObject[] {
  return (scope.collections.get(CLOCKS)?.order ?? []).map((entry) => entry.row);
}
