// What each list filter means: by default that a property of the same name equals it, and by name where Stripe means something else;
// and what lists hide when nothing is asked. It must not know pages.
import type { Json, JsonObject } from './json.ts';
import { asText, flag, idIn, isObject, number, object, objects, text, texts } from './json.ts';
import { byProperty, positionAt } from './row-order.ts';
import type { Entry, ValuesOf } from './row-order.ts';
import type { Rows } from './store.ts';

/** Whether a row passes. */
export type Test = (row: JsonObject) => boolean;

/** What some filters need besides the row: rows of other collections. */
export interface Surroundings {
  readonly now: number;
  children(collection: string, parent: string): readonly JsonObject[];
}

type Special = (value: Json, row: JsonObject, around: Surroundings) => boolean;

const PAGING = new Set(['limit', 'starting_after', 'ending_before', 'expand', 'page', 'include', 'order_by']);
const EVENT_LIFETIME = 30 * 24 * 3600;

const items = (row: JsonObject, around: Surroundings): readonly JsonObject[] => around.children('/v1/subscription_items', text(row, 'id') ?? '');
const includes = (value: Json, found: string | undefined): boolean => found !== undefined && Array.isArray(value) && value.includes(found);

const SPECIAL: Readonly<Record<string, Special>> = {
  '/v1/balance_transactions payout': (value, row) => row['_payout'] === value,
  '/v1/billing/alerts meter': (value, row) => idIn(object(row, 'usage_threshold'), 'meter') === value,
  '/v1/billing/credit_balance_transactions customer': (value, row) => row['_customer'] === value,
  '/v1/billing/credit_balance_transactions customer_account': () => false,
  '/v1/billing/meters/{}/event_summaries start_time': (value, row) => (number(row, 'start_time') ?? 0) >= Number(value),
  '/v1/billing/meters/{}/event_summaries end_time': (value, row) => (number(row, 'end_time') ?? 0) <= Number(value),
  '/v1/billing/meters/{}/event_summaries customer': (value, row) => row['_customer'] === value,
  '/v1/billing/meters/{}/event_summaries value_grouping_window': () => true,
  '/v1/checkout/sessions customer_details': (value, row) => isObject(value) && text(object(row, 'customer_details'), 'email') === value['email'],
  '/v1/entitlements/active_entitlements customer': (value, row) => row['_customer'] === value,
  '/v1/entitlements/features archived': (value, row) => flag(row, 'active') !== value,
  '/v1/events delivery_success': (value, row) => (row['pending_webhooks'] === 0) === value,
  '/v1/events type': (value, row) => matchesType(asText(value), text(row, 'type') ?? ''),
  '/v1/events types': (value, row) => Array.isArray(value) && value.some((one) => matchesType(asText(one), text(row, 'type') ?? '')),
  '/v1/file_links expired': (value, row) => flag(row, 'expired') === value,
  '/v1/financial_connections/accounts session': (value, row) => row['_session'] === value,
  '/v1/invoiceitems created': (value, row) => inRange(number(row, 'date'), value),
  '/v1/invoiceitems pending': (value, row) => (row['invoice'] === null) === value,
  '/v1/invoices subscription': (value, row) => idIn(object(object(row, 'parent'), 'subscription_details'), 'subscription') === value,
  '/v1/issuing/personalization_designs lookup_keys': (value, row) => includes(value, text(row, 'lookup_key')),
  '/v1/payment_records created_after': (value, row) => (number(row, 'created') ?? 0) > Number(value),
  '/v1/payment_records created_before': (value, row) => (number(row, 'created') ?? 0) < Number(value),
  '/v1/prices lookup_keys': (value, row) => includes(value, text(row, 'lookup_key')),
  '/v1/product_catalog/trial_offers created': (value, row) => inRange(number(row, '_created'), value),
  '/v1/product_catalog/trial_offers prices': (value, row) => includes(value, idIn(row, 'price')),
  '/v1/products ids': (value, row) => includes(value, text(row, 'id')),
  '/v1/promotion_codes coupon': (value, row) => idIn(object(row, 'promotion'), 'coupon') === value,
  '/v1/radar/value_lists contains': (value, row, around) =>
    around.children('/v1/radar/value_list_items', text(row, 'id') ?? '').some((item) => text(item, 'value') === value),
  '/v1/shipping_rates currency': (value, row) => text(object(row, 'fixed_amount'), 'currency') === value,
  '/v1/subscription_schedules scheduled': (value, row) => (row['status'] === 'not_started') === value,
  '/v1/subscriptions current_period_end': (value, row, around) => items(row, around).some((item) => inRange(number(item, 'current_period_end'), value)),
  '/v1/subscriptions current_period_start': (value, row, around) => items(row, around).some((item) => inRange(number(item, 'current_period_start'), value)),
  '/v1/subscriptions plan': (value, row, around) => items(row, around).some((item) => idIn(item, 'plan') === value),
  '/v1/subscriptions price': (value, row, around) => items(row, around).some((item) => idIn(item, 'price') === value),
  '/v1/subscriptions status': (value, row) => {
    if (value === 'all') return true;
    return value === 'ended' ? row['status'] === 'canceled' || row['status'] === 'incomplete_expired' : row['status'] === value;
  },
  '/v1/tax_ids owner': (value, row) => isObject(value) && Object.entries(value).every(([key, wanted]) => equals(object(row, 'owner')?.[key], wanted)),
  '/v1/tax/registrations status': (value, row) => value === 'all' || row['status'] === value,
  '/v1/treasury/debit_reversals resolution': (value, row) => text(object(row, 'linked_flows'), 'issuing_dispute') === undefined && value === 'lost',
  '/v2/commerce/product_catalog/imports created_gt': (value, row) => asText(row['created']) > asText(value),
  '/v2/commerce/product_catalog/imports created_gte': (value, row) => asText(row['created']) >= asText(value),
  '/v2/commerce/product_catalog/imports created_lt': (value, row) => asText(row['created']) < asText(value),
  '/v2/commerce/product_catalog/imports created_lte': (value, row) => asText(row['created']) <= asText(value),
  '/v2/core/events object_id': (value, row) => text(object(row, 'related_object'), 'id') === value,
  '/v2/core/events types': (value, row) => includes(value, text(row, 'type')),
  '/v2/core/vault/us_bank_accounts verification_status': (value, row) => text(object(row, 'verification'), 'status') === value,
  '/v2/money_management/financial_accounts statuses': (value, row) => includes(value, text(row, 'status')),
  '/v2/money_management/outbound_payments recipient': (value, row) => text(object(row, 'to'), 'recipient') === value,
};

/** What rows are found by where a filter means something else than the property of its name. */
const FOUND_BY: Readonly<Record<string, ValuesOf>> = {
  '/v1/events type': byProperty('type'),
  '/v1/invoices subscription': (row) => [idIn(object(object(row, 'parent'), 'subscription_details'), 'subscription')].filter((id) => id !== undefined),
  '/v1/promotion_codes coupon': (row) => [idIn(object(row, 'promotion'), 'coupon')].filter((id) => id !== undefined),
};

/** Of the rows of a collection, oldest first, those that its filters can pass without looking at each: the fewest that one filter finds. */
export function narrowed(collection: string, rows: Rows, params: JsonObject): readonly Entry[] {
  let fewest: readonly Entry[] = rows.order;
  for (const [name, value] of Object.entries(params)) {
    const key = `${collection} ${name}`;
    if (typeof value !== 'string' || value.includes('*') || PAGING.has(name) || (SPECIAL[key] !== undefined && FOUND_BY[key] === undefined)) continue;
    const found = rows.where(name, value, FOUND_BY[key]);
    if (found.length < fewest.length) fewest = found;
  }
  const created = SPECIAL[`${collection} created`] === undefined ? params['created'] : undefined;
  return created === undefined ? fewest : within(fewest, created);
}

/** The part of rows that a range of times, or one time, leaves. */
function within(rows: readonly Entry[], wanted: Json): readonly Entry[] {
  const time = (name: string): number | undefined => (isObject(wanted) ? (wanted[name] === undefined ? undefined : Number(wanted[name])) : Number(wanted));
  const [gt, gte, lt, lte] = [isObject(wanted) ? time('gt') : undefined, time('gte'), isObject(wanted) ? time('lt') : undefined, time('lte')];
  const from = Math.max(gte ?? Number.NEGATIVE_INFINITY, gt === undefined ? Number.NEGATIVE_INFINITY : Math.floor(gt) + 1);
  const to = Math.min(lt ?? Number.POSITIVE_INFINITY, lte === undefined ? Number.POSITIVE_INFINITY : Math.floor(lte) + 1);
  return Number.isNaN(from) || Number.isNaN(to) ? rows : rows.slice(positionAt(rows, from), positionAt(rows, to));
}

const ofClock = (row: JsonObject, params: JsonObject): boolean => (row['test_clock'] ?? null) === null || params['test_clock'] !== undefined;

type Hidden = (row: JsonObject, params: JsonObject, now: number) => boolean;

/** What lists show when no filter says otherwise: true for rows that are shown. */
const SHOWN: Readonly<Record<string, Hidden>> = {
  '/v1/customers': ofClock,
  '/v1/quotes': ofClock,
  '/v1/subscriptions': (row, params) => ofClock(row, params) && (params['status'] !== undefined || row['status'] !== 'canceled'),
  '/v1/subscription_schedules': ofClock,
  '/v1/prices': (row, params) => row['_inline'] !== true && (params['active'] !== undefined || flag(row, 'active')),
  '/v1/tax_ids': (row, params) => params['owner'] !== undefined || text(object(row, 'owner'), 'type') === 'self',
  '/v1/events': (row, _params, now) => (number(row, 'created') ?? 0) >= now - EVENT_LIFETIME,
  '/v1/billing/feedback_options': () => true,
};

/** The test that a list's parameters make. */
export function filterOf(collection: string, params: JsonObject, around: Surroundings, parents: readonly string[]): Test | undefined {
  const tests: Test[] = [];
  const shown = SHOWN[collection];
  if (shown !== undefined) tests.push((row) => shown(row, params, around.now));
  for (const [name, value] of Object.entries(params)) {
    if (PAGING.has(name) || value === null) continue;
    const special = SPECIAL[`${collection} ${name}`];
    tests.push(special === undefined ? testOf(name, value) : (row) => special(value, row, around));
  }
  if (parents.length > 1) tests.push((row) => text(row, '_grandparent') === parents[0]);
  if (tests.length === 0) return undefined;
  const [only] = tests;
  return tests.length === 1 && only !== undefined ? only : (row) => tests.every((test) => test(row));
}

/** That a property equals a value; most properties are plain, and long lists are walked with this. */
function testOf(name: string, wanted: Json): Test {
  if (typeof wanted === 'object') return (row) => equals(row[name], wanted);
  return (row) => {
    const found = row[name];
    return found === wanted || (typeof found === 'object' && found !== null && equals(found, wanted));
  };
}

function matchesType(pattern: string, type: string): boolean {
  return pattern === '*' || (pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : pattern === type);
}

const BOUNDS = new Set(['gt', 'gte', 'lt', 'lte']);

function isRange(value: Json): value is JsonObject {
  return isObject(value) && Object.keys(value).every((key) => BOUNDS.has(key));
}

/** Whether a number lies where an exact value or `gt`, `gte`, `lt`, `lte` say. */
export function inRange(found: Json | undefined, wanted: Json): boolean {
  if (!isRange(wanted)) return found === wanted;
  const at = typeof found === 'string' ? Date.parse(found) / 1000 : found;
  if (typeof at !== 'number' || Number.isNaN(at)) return false;
  const bound = (key: string): number => Number(wanted[key]);
  return !(
    (wanted['gt'] !== undefined && !(at > bound('gt'))) || (wanted['gte'] !== undefined && !(at >= bound('gte'))) ||
    (wanted['lt'] !== undefined && !(at < bound('lt'))) || (wanted['lte'] !== undefined && !(at <= bound('lte')))
  );
}

/** Whether a property is what a filter asks for; objects are compared part by part, expandable ones by id. */
function equals(found: Json | undefined, wanted: Json): boolean {
  if (isRange(wanted)) return inRange(found, wanted);
  if (Array.isArray(wanted)) return typeof found === 'string' && wanted.includes(found);
  if (isObject(wanted)) return isObject(found) && Object.entries(wanted).every(([key, part]) => equals(found[key], part));
  if (isObject(found)) return text(found, 'id') === wanted;
  if (Array.isArray(found)) return texts({ found }, 'found').includes(String(wanted)) || objects({ found }, 'found').some((one) => text(one, 'id') === wanted);
  return found === wanted;
}
