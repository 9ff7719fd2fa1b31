// The life of a subscription: items, the first invoice, trials, pausing and ending. Renewals and proration are not done yet.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { StripeError, invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text, texts } from '../json.ts';
import { DISCOUNTS, costOf, discountsFrom, nameOf, priceOf, rateIds } from './amounts.ts';
import { planOf } from './catalog.ts';
import { INVOICES, insertLine, recompute } from './invoice-lines.ts';
import { defaultMethod, pay } from './invoice-payment.ts';
import { finalize, openDraft } from './invoices.ts';
import { usePaymentMethod } from './payment-methods.ts';
import { periodEnd } from './periods.ts';

/** Where subscriptions and their items lie. */
export const SUBSCRIPTIONS = '/v1/subscriptions';
/** Where items lie, under their subscription. */
export const SUBSCRIPTION_ITEMS = '/v1/subscription_items';
const CUSTOMERS = '/v1/customers';
const DAY = 24 * 3600;
const NO_METHOD = 'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.';

/** Inserts an item into a subscription. */
function insertItem(call: Call, subscription: JsonObject, params: JsonObject, path: string): JsonObject {
  const price = priceOf(call, params, path);
  if (price['type'] !== 'recurring') throw invalidRequest('The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.', `${path}[price]`);
  const currency = text(subscription, 'currency');
  if (currency !== undefined && currency !== '' && currency !== price['currency']) throw invalidRequest('All prices on a subscription must have the same currency.', `${path}[price]`);
  subscription['currency'] = price['currency'] ?? 'usd';
  const row = makeRow(call, 'subscription_item', {});
  const start = number(subscription, '_period_start') ?? call.now;
  Object.assign(row, {
    current_period_start: start, current_period_end: number(subscription, 'trial_end') ?? periodEnd(price, start), metadata: clone(params['metadata'] ?? {}),
    plan: withoutHidden(planOf(call, price)), price: withoutHidden(clone(price)), subscription: idOf(subscription),
    tax_rates: rateIds(params, 'tax_rates').map((id) => clone(findNamed(call, '/v1/tax_rates', id, `${path}[tax_rates]`))),
    discounts: discountsFrom(call, objects(params, 'discounts'), { subscription: idOf(subscription), subscription_item: idOf(row) }).map(idOf), _parent: idOf(subscription),
  });
  if (object(price, 'recurring')?.['usage_type'] !== 'metered') row['quantity'] = number(params, 'quantity') ?? 1;
  return call.transaction.insert(SUBSCRIPTION_ITEMS, row);
}

function itemsOf(call: Call, subscription: JsonObject): JsonObject[] {
  return call.transaction.children(SUBSCRIPTION_ITEMS, idOf(subscription));
}

/** Creation, change. */
export const subscriptionLife: Life = {
  created: (call, row) => {
    const customer = customerOf(call);
    begin(call, row, customer, call.params);
    settleMethod(call, row);
    const items = objects(call.params, 'items');
    if (items.length === 0) throw invalidRequest('Missing required param: items.', 'items', 'parameter_missing');
    items.forEach((item, at) => insertItem(call, row, item, `items[${at}]`));
    const given = [...objects(call.params, 'discounts'), ...oldDiscounts(call)];
    row['discounts'] = discountsFrom(call, given, { subscription: idOf(row), customer: idOf(customer) }).map(idOf);
    firstInvoice(call, row, customer);
  },
  updated: (call, row, before) => {
    if (before['status'] === 'canceled') throw unexpectedState('A canceled subscription can only update its cancellation_details and metadata.');
    settleMethod(call, row);
    settleEnding(call, row);
    objects(call.params, 'items').forEach((item, at) => changeItem(call, row, item, at));
    if (call.params['trial_end'] === 'now') Object.assign(row, { trial_end: call.now, status: 'active' });
    if (call.params['discounts'] !== undefined) row['discounts'] = discountsFrom(call, objects(call.params, 'discounts'), { subscription: idOf(row) }).map(idOf);
  },
};

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

/** Sets what a subscription has from its first moment. */
export function begin(call: Call, row: JsonObject, customer: JsonObject, params: JsonObject): void {
  const days = number(params, 'trial_period_days');
  const end = number(params, 'trial_end') ?? (days === undefined || days === 0 ? undefined : call.now + days * DAY);
  Object.assign(row, {
    customer: idOf(customer), metadata: row['metadata'] ?? {}, start_date: call.now, billing_cycle_anchor: number(params, 'billing_cycle_anchor') ?? end ?? call.now,
    status: end === undefined ? 'active' : 'trialing', trial_start: end === undefined ? null : call.now, trial_end: end ?? null, test_clock: customer['test_clock'] ?? null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null }, default_tax_rates: texts(params, 'default_tax_rates').map((id) => clone(findNamed(call, '/v1/tax_rates', id, 'default_tax_rates'))),
    payment_settings: { payment_method_options: null, payment_method_types: null, save_default_payment_method: 'off', ...object(row, 'payment_settings') },
    trial_settings: { end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice', ...object(object(row, 'trial_settings'), 'end_behavior') } }, _period_start: call.now,
  });
  if (object(params, 'invoice_settings')?.['issuer'] === undefined) row['invoice_settings'] = { ...object(row, 'invoice_settings'), issuer: { type: 'self' } };
  settleEnding(call, row);
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

function settleEnding(call: Call, row: JsonObject): void {
  const atEnd = call.params['cancel_at_period_end'];
  if (atEnd === true) {
    const [first] = itemsOf(call, row);
    Object.assign(row, { cancel_at_period_end: true, cancel_at: number(first, 'current_period_end') ?? null, canceled_at: call.now });
    row['cancellation_details'] = { ...object(row, 'cancellation_details'), reason: 'cancellation_requested' };
  } else if (atEnd === false) {
    Object.assign(row, { cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    row['cancellation_details'] = { ...object(row, 'cancellation_details'), reason: null };
  }
}

/** The invoice of the first period: finalized and paid at once where that can be. */
export function firstInvoice(call: Call, row: JsonObject, customer: JsonObject, quote?: string): void {
  const invoice = makeRow(call, 'invoice', { currency: text(row, 'currency') ?? 'usd', collection_method: text(row, 'collection_method') ?? 'charge_automatically' });
  openDraft(call, invoice, customer, { reason: 'subscription_create', subscription: row, ...(quote === undefined ? {} : { quote }) });
  const send = row['collection_method'] === 'send_invoice';
  if (send) invoice['due_date'] = call.now + (number(row, 'days_until_due') ?? 30) * DAY;
  call.transaction.insert(INVOICES, invoice);
  emit(call, 'invoice.created', { collection: INVOICES, key: idOf(invoice) });
  for (const item of itemsOf(call, row)) insertSubscriptionLine(call, invoice, row, item);
  invoice['discounts'] = texts(row, 'discounts');
  invoice['default_tax_rates'] = clone(row['default_tax_rates'] ?? []);
  invoice['auto_advance'] = true;
  recompute(call, invoice);
  row['latest_invoice'] = idOf(invoice);
  if (send && (number(invoice, 'total') ?? 0) > 0) return;
  finalize(call, invoice);
  if (invoice['status'] === 'open') collectFirst(call, row, customer, invoice);
}

function insertSubscriptionLine(call: Call, invoice: JsonObject, row: JsonObject, item: JsonObject): void {
  const price = object(item, 'price') ?? {};
  const quantity = number(item, 'quantity') ?? 0;
  const trial = row['status'] === 'trialing';
  const name = nameOf(call, price);
  const interval = text(object(price, 'recurring'), 'interval') ?? 'month';
  insertLine(call, idOf(invoice), {
    amount: trial ? 0 : costOf(price, quantity), currency: text(price, 'currency') ?? 'usd',
    description: trial ? `Trial period for ${name}` : `${quantity} × ${name} (at ${((number(price, 'unit_amount') ?? 0) / 100).toFixed(2)} / ${interval})`,
    price, quantity, period: { end: number(item, 'current_period_end') ?? call.now, start: number(item, 'current_period_start') ?? call.now },
    taxRates: rateIds(item, 'tax_rates'), discounts: texts(item, 'discounts'), subscription: idOf(row),
    parent: { invoice_item_details: null, subscription_item_details: { invoice_item: null, proration: false, proration_details: null, subscription: idOf(row), subscription_item: idOf(item) }, type: 'subscription_item_details' },
  });
}

function collectFirst(call: Call, row: JsonObject, customer: JsonObject, invoice: JsonObject): void {
  const behavior = text(call.params, 'payment_behavior') ?? 'allow_incomplete';
  if (behavior === 'default_incomplete') {
    row['status'] = 'incomplete';
    return;
  }
  if (defaultMethod(call, invoice, row, customer) === undefined) throw invalidRequest(NO_METHOD, undefined, 'resource_missing');
  row['status'] = 'incomplete';
  try {
    pay(call, invoice);
  } catch (error) {
    if (!(error instanceof StripeError) || error.status !== 402) throw error;
    if (behavior === 'error_if_incomplete') throw new StripeError(402, error.body);
  }
}

/** Changes, adds or removes one item of a subscription. */
function changeItem(call: Call, row: JsonObject, params: JsonObject, at: number): void {
  const id = text(params, 'id');
  if (id === undefined) {
    insertItem(call, row, params, `items[${at}]`);
    return;
  }
  const item = call.transaction.edit(SUBSCRIPTION_ITEMS, id);
  if (item === undefined || text(item, 'subscription') !== idOf(row)) throw missing('subscription_item', id, `items[${at}][id]`);
  if (flag(params, 'deleted')) call.transaction.remove(SUBSCRIPTION_ITEMS, id);
  else settleItem(call, item, params, `items[${at}]`);
}

function settleItem(call: Call, item: JsonObject, params: JsonObject, path: string): void {
  if (params['price'] !== undefined || params['price_data'] !== undefined || params['plan'] !== undefined) {
    const price = priceOf(call, params, path);
    if (price['type'] !== 'recurring') throw invalidRequest('The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.', `${path}[price]`);
    Object.assign(item, { price: withoutHidden(clone(price)), plan: withoutHidden(planOf(call, price)), current_period_end: periodEnd(price, number(item, 'current_period_start') ?? call.now) });
  }
  if (params['quantity'] !== undefined) item['quantity'] = params['quantity'];
}

/** Items by their own path. */
export const subscriptionItemLife: Life = {
  created: (call, row) => {
    const subscription = editNamed(call, SUBSCRIPTIONS, text(call.params, 'subscription') ?? '', 'subscription');
    const made = insertItem(call, subscription, call.params, '');
    call.transaction.remove(SUBSCRIPTION_ITEMS, idOf(made));
    Object.assign(row, made, { id: idOf(row) });
    emit(call, 'customer.subscription.updated', { collection: SUBSCRIPTIONS, key: idOf(subscription) });
  },
  updated: (call, row) => settleItem(call, row, call.params, ''),
};

/** Ends a subscription now. */
export function cancelSubscription(call: Call, row: JsonObject): void {
  Object.assign(row, { status: 'canceled', canceled_at: number(row, 'canceled_at') ?? call.now, ended_at: call.now, cancel_at_period_end: false, cancel_at: null });
  const details = object(call.params, 'cancellation_details');
  row['cancellation_details'] = { ...object(row, 'cancellation_details'), ...(details === undefined ? {} : clone(details)), reason: 'cancellation_requested' };
  emit(call, 'customer.subscription.deleted', { collection: SUBSCRIPTIONS, key: idOf(row) });
}

/** A customer that is deleted takes their subscriptions along. */
export function endSubscriptionsOf(call: Call, customer: JsonObject): void {
  for (const subscription of call.transaction.rows(SUBSCRIPTIONS).filter((one) => text(one, 'customer') === idOf(customer) && one['status'] !== 'canceled')) {
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

/** `POST /v1/subscriptions/{}/resume` */
export function resumeVerb(call: Call): Answer {
  const row = editAddressed(call, SUBSCRIPTIONS, 'subscription');
  if (row['status'] !== 'paused') throw unexpectedState('The subscription cannot be resumed because it is not paused.');
  row['status'] = 'active';
  emit(call, 'customer.subscription.resumed', { collection: SUBSCRIPTIONS, key: idOf(row) });
  return place(SUBSCRIPTIONS, idOf(row));
}

/** `POST /v1/subscriptions/{}/pause` */
export function pauseVerb(call: Call): Answer {
  const row = editAddressed(call, SUBSCRIPTIONS, 'subscription');
  if (row['status'] !== 'active' && row['status'] !== 'trialing') throw unexpectedState(`The subscription cannot be paused because it has a status of ${text(row, 'status') ?? ''}.`);
  row['status'] = 'paused';
  emit(call, 'customer.subscription.paused', { collection: SUBSCRIPTIONS, key: idOf(row) });
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
    return { kind: 'row', row: { ...withoutHidden(known), deleted: true } };
  };
}

/** A subscription that something else makes, a quote or a session. */
export function insertSubscription(call: Call, customer: JsonObject, items: readonly JsonObject[], fields: JsonObject, quote?: string): JsonObject {
  const row = makeRow(call, 'subscription', {});
  change(call, row, fields);
  begin(call, row, customer, fields);
  for (const item of items) insertItem(call, row, item, 'line_items');
  row['discounts'] = texts(fields, 'discounts');
  call.transaction.insert(SUBSCRIPTIONS, row);
  emit(call, 'customer.subscription.created', { collection: SUBSCRIPTIONS, key: idOf(row) });
  firstInvoice(call, row, customer, quote);
  return row;
}
