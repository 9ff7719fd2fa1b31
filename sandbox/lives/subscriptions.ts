// The life of a subscription as requests drive it: creation, change, pausing and ending. What time does to it lies in subscription-time.ts.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, emitFor, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text, texts } from '../json.ts';
import { DISCOUNTS, costOf, discountsFrom } from './amounts.ts';
import { settleEnding } from './endings.ts';
import { endSubscription } from './invoice-payment.ts';
import { usePaymentMethod } from './payment-methods.ts';
import { addInterval } from './periods.ts';
import { prorate } from './prorations.ts';
import { amend, settlementIn } from './subscription-changes.ts';
import type { Begun } from './subscription-invoices.ts';
import { firstInvoice, invoiceNow } from './subscription-invoices.ts';
import { SUBSCRIPTION_ITEMS, changeItem, insertItem, itemsOf, noteRenewal, settleItem } from './subscription-items.ts';

/** Where subscriptions lie. */
export const SUBSCRIPTIONS = '/v1/subscriptions';
const CUSTOMERS = '/v1/customers';
const DAY = 24 * 3600;

/** Creation, change. */
export const subscriptionLife: Life = {
  created: (call, row) => {
    const customer = customerOf(call);
    begin(call, row, customer, { ...call.params, ...planTrial(call) });
    settleMethod(call, row);
    const items = objects(call.params, 'items');
    if (items.length === 0) throw invalidRequest('Missing required param: items.', 'items', 'parameter_missing');
    const made = items.map((item, at) => insertItem(call, row, item, `items[${at}]`));
    settleEnding(call, row, true);
    const given = [...objects(call.params, 'discounts'), ...oldDiscounts(call)];
    discount(call, row, given);
    firstInvoice(call, row, customer, made);
  },
  updated: (call, row, before) => {
    if (before['status'] === 'canceled') throw unexpectedState('A canceled subscription can only update its cancellation_details and metadata.');
    settleMethod(call, row);
    if (call.params['discounts'] !== undefined) discount(call, row, objects(call.params, 'discounts'));
    row['trial_end'] = before['trial_end'] ?? null;
    row['billing_cycle_anchor'] = before['billing_cycle_anchor'] ?? call.now;
    amend(call, row, settlementIn(call.params), () => objects(call.params, 'items').forEach((item, at) => changeItem(call, row, item, at)));
    settleEnding(call, row, false);
  },
};

/** Puts discounts on a subscription, and says of each that it was not there before. */
function discount(call: Call, row: JsonObject, given: readonly JsonObject[]): void {
  const items = itemsOf(call, row);
  const worth = { amount: items.reduce((total, item) => total + costOf(object(item, 'price') ?? {}, number(item, 'quantity') ?? 0), 0), currency: text(row, 'currency') ?? 'usd' };
  row['discounts'] = discountsFrom(call, given, { subscription: idOf(row), customer: text(row, 'customer') ?? '' }, 'discounts', worth).map(idOf);
  for (const id of texts(row, 'discounts')) {
    if (call.transaction.scope.collections.get(DISCOUNTS)?.byKey.has(id) !== true) emitFor(call, 'discount', 'created', { collection: DISCOUNTS, key: id });
  }
}

/** The trial that the prices themselves come with, where the request asks for it. */
function planTrial(call: Call): JsonObject {
  if (!flag(call.params, 'trial_from_plan') || call.params['trial_end'] !== undefined || call.params['trial_period_days'] !== undefined) return {};
  const days = objects(call.params, 'items').map((item) => number(object(call.transaction.find('/v1/prices', text(item, 'price') ?? text(item, 'plan') ?? ''), 'recurring'), 'trial_period_days') ?? 0);
  return { trial_period_days: Math.max(0, ...days) };
}

function customerOf(call: Call): JsonObject {
  const id = text(call.params, 'customer');
  if (id === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
  return editNamed(call, CUSTOMERS, id, 'customer');
}

function oldDiscounts(call: Call): JsonObject[] {
  const coupon = text(call.oldParams, 'coupon');
  const code = text(call.oldParams, 'promotion_code');
  return [...(coupon === undefined ? [] : [{ coupon }]), ...(code === undefined ? [] : [{ promotion_code: code }])];
}

/** Where the billing cycle hangs: where it was told to, after the trial, or here and now. */
function anchorOf(call: Call, params: JsonObject, trialEnd: number | undefined): number {
  const config = object(params, 'billing_cycle_anchor_config');
  const given = number(params, 'billing_cycle_anchor');
  if (given !== undefined && given < call.now) throw invalidRequest('`billing_cycle_anchor` must be in the future.', 'billing_cycle_anchor');
  if (config === undefined) return given ?? trialEnd ?? call.now;
  const now = new Date(call.now * 1000);
  const part = (name: string, or: number): number => number(config, name) ?? or;
  const first = Date.UTC(now.getUTCFullYear() - 1, part('month', now.getUTCMonth() + 1) - 1, 1, part('hour', now.getUTCHours()), part('minute', now.getUTCMinutes()), part('second', now.getUTCSeconds())) / 1000;
  const step = number(config, 'month') === undefined ? 'month' : 'year';
  for (let count = 0; ; count += 1) {
    const month = new Date(addInterval(first, step, count) * 1000);
    const last = new Date(Date.UTC(month.getUTCFullYear(), month.getUTCMonth() + 1, 0)).getUTCDate();
    const day = month.getTime() / 1000 + (Math.min(part('day_of_month', 1), last) - 1) * DAY;
    if (day > call.now) return day;
  }
}

/** Sets what a subscription has from its first moment. */
export function begin(call: Call, row: JsonObject, customer: JsonObject, params: JsonObject): void {
  const days = number(params, 'trial_period_days');
  const end = number(params, 'trial_end') ?? (days === undefined || days === 0 ? undefined : call.now + days * DAY);
  if (end !== undefined && end <= call.now) throw invalidRequest('Invalid timestamp: must be an integer Unix timestamp in the future.', 'trial_end');
  const past = number(params, 'backdate_start_date');
  if (past !== undefined && past > call.now) throw invalidRequest('`backdate_start_date` must be in the past.', 'backdate_start_date');
  Object.assign(row, {
    customer: idOf(customer), metadata: row['metadata'] ?? {}, start_date: number(params, 'backdate_start_date') ?? call.now, billing_cycle_anchor: anchorOf(call, params, end),
    status: end === undefined ? 'active' : 'trialing', trial_start: end === undefined ? null : call.now, trial_end: end ?? null, test_clock: customer['test_clock'] ?? null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null }, default_tax_rates: texts(params, 'default_tax_rates').map((id) => clone(findNamed(call, '/v1/tax_rates', id, 'default_tax_rates'))),
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off', ...object(row, 'payment_settings') },
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice', ...object(object(row, 'trial_settings'), 'end_behavior') } },
  });
  if (object(params, 'invoice_settings')?.['issuer'] === undefined) row['invoice_settings'] = { ...object(row, 'invoice_settings'), issuer: { type: 'self' } };
}

function settleMethod(call: Call, row: JsonObject): void {
  const method = text(call.params, 'default_payment_method');
  if (method === undefined) return;
  const found = usePaymentMethod(call, method, 'default_payment_method');
  if (text(found, 'customer') !== text(row, 'customer')) {
    throw invalidRequest(`The customer does not have a payment method with the ID ${idOf(found)}. The payment method must be attached to the customer.`, 'default_payment_method', 'resource_missing');
  }
  row['default_payment_method'] = idOf(found);
}

/** Items by their own path. */
export const subscriptionItemLife: Life = {
  created: (call, row) => {
    const subscription = editNamed(call, SUBSCRIPTIONS, text(call.params, 'subscription') ?? '', 'subscription');
    amend(call, subscription, settlementIn(call.params), () => {
      const made = insertItem(call, subscription, call.params, '');
      call.transaction.remove(SUBSCRIPTION_ITEMS, idOf(made));
      Object.assign(row, made, { id: idOf(row) });
    });
  },
  updated: (call, row, before) => {
    const subscription = editNamed(call, SUBSCRIPTIONS, text(row, 'subscription') ?? '', 'subscription');
    const after = clone(row);
    Object.assign(row, clone(before));
    amend(call, subscription, settlementIn(call.params), () => {
      Object.assign(row, after);
      settleItem(call, row, call.params, '');
    });
  },
  deleted: (call, row) => {
    const subscription = editNamed(call, SUBSCRIPTIONS, text(row, 'subscription') ?? '', 'subscription');
    amend(call, subscription, settlementIn(call.params), () => call.transaction.remove(SUBSCRIPTION_ITEMS, idOf(row)));
  },
};

/** Ends a subscription now; what is left of its period may be given back, and what waits be billed. */
export function cancelSubscription(call: Call, row: JsonObject): void {
  if (flag(call.params, 'prorate') && row['status'] === 'active') prorate(call, row, itemsOf(call, row), [], call.now, false);
  if (flag(call.params, 'invoice_now')) invoiceNow(call, row, editNamed(call, CUSTOMERS, text(row, 'customer') ?? '', 'customer'), []);
  const details = object(call.params, 'cancellation_details');
  row['cancellation_details'] = { ...object(row, 'cancellation_details'), ...(details === undefined ? {} : clone(details)), reason: 'cancellation_requested' };
  Object.assign(row, { cancel_at_period_end: false, cancel_at: null });
  endSubscription(call, row, 'cancellation_requested');
}

/** A customer that is deleted takes their subscriptions along. */
export function endSubscriptionsOf(call: Call, customer: JsonObject): void {
  for (const subscription of call.transaction.rowsWhere(SUBSCRIPTIONS, 'customer', idOf(customer)).filter((one) => one['status'] !== 'canceled')) {
    cancelSubscription(call, editNamed(call, SUBSCRIPTIONS, idOf(subscription), 'subscription'));
  }
}

/** `DELETE /v1/subscriptions/{}` answers the whole, canceled row. */
export function cancelVerb(call: Call): Answer {
  const row = editAddressed(call, SUBSCRIPTIONS);
  if (row['status'] === 'canceled') throw missing('subscription', idOf(row), 'id', 404);
  cancelSubscription(call, row);
  return place(SUBSCRIPTIONS, idOf(row));
}

/** `DELETE /v1/subscriptions/{}/discount`, `DELETE /v1/customers/{}/discount` */
export function removeDiscount(collection: string): (call: Call) => Answer {
  return (call) => {
    const row = editAddressed(call, collection);
    const [id] = texts(row, 'discounts');
    const known = object(row, 'discount') ?? call.transaction.find(DISCOUNTS, id ?? '');
    if (known === undefined) throw unexpectedState('No active discount for this object.', 'resource_missing');
    if (collection === SUBSCRIPTIONS) row['discounts'] = [];
    else row['discount'] = null;
    if (call.transaction.find(DISCOUNTS, idOf(known)) !== undefined) emitFor(call, 'discount', 'deleted', { collection: DISCOUNTS, key: idOf(known) });
    return { kind: 'row', row: { ...withoutHidden(known), deleted: true } };
  };
}

/** A subscription that something else makes: a quote, a schedule. */
export function insertSubscription(call: Call, customer: JsonObject, items: readonly JsonObject[], fields: JsonObject, of: Begun = {}): JsonObject {
  const row = makeRow(call, 'subscription', {});
  change(call, row, fields);
  begin(call, row, customer, fields);
  const made = items.map((item) => insertItem(call, row, item, 'line_items'));
  noteRenewal(call, row);
  row['discounts'] = texts(fields, 'discounts');
  call.transaction.insert(SUBSCRIPTIONS, row);
  emit(call, 'customer.subscription.created', { collection: SUBSCRIPTIONS, key: idOf(row) });
  firstInvoice(call, row, customer, made, of);
  return row;
}
