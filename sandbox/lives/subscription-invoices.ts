// The invoices of a subscription: the first, one for each period, and those that a change asks for. It must not know when they are due.
import type { Call } from '../call.ts';
import { emit, idOf } from '../call.ts';
import { StripeError, invalidRequest } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text, texts } from '../json.ts';
import { DISCOUNTS, costOf, nameOf, rateIds } from './amounts.ts';
import { billPast } from './backdating.ts';
import { INVOICES, insertLine, itemFromPrice, pendingItems, pull, recompute } from './invoice-lines.ts';
import { defaultMethod, pay } from './invoice-payment.ts';
import { finalize, openDraft, uncollectible, voidInvoice } from './invoices.ts';
import { usageOf } from './metering.ts';
import { boundaryBefore } from './periods.ts';
import { isMetered } from './subscription-items.ts';

const DAY = 24 * 3600;
const HOUR = 3600;
const NO_METHOD = 'This customer has no attached payment source or default payment method. Please consider adding a default payment method. For more information, visit https://stripe.com/docs/billing/subscriptions/payment-methods-setting#payment-method-priority.';

/** What an invoice of a subscription is for. */
export interface Billed {
  readonly reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  /** The items whose present period it bills. */
  readonly items: readonly JsonObject[];
  /** The period that the invoice looks back on. */
  readonly from: number;
  readonly to: number;
  /** What was used in that period is billed too. */
  readonly usage?: true;
  /** The time since the subscription's start is billed too, where that lies before. */
  readonly since?: true;
  readonly quote?: string;
}

/** What a subscription that something else makes comes from: a quote, and what is sold once with it. */
export interface Begun {
  readonly quote?: string;
  readonly once?: readonly JsonObject[];
}

/** The discounts of a subscription that still count; those that count once drop out after the invoice that they were on. */
function discountsOf(call: Call, row: JsonObject): string[] {
  const left = texts(row, 'discounts').filter((id) => {
    const discount = call.transaction.find(DISCOUNTS, id);
    return discount?.['_used'] !== true && (number(discount, 'end') ?? Number.POSITIVE_INFINITY) > call.now;
  });
  row['discounts'] = left;
  return left;
}

function useUp(call: Call, invoice: JsonObject): void {
  if ((number(invoice, 'subtotal') ?? 0) <= 0) return;
  for (const id of texts(invoice, 'discounts')) {
    const discount = call.transaction.edit(DISCOUNTS, id);
    const coupon = call.transaction.find('/v1/coupons', text(object(discount, 'source'), 'coupon') ?? '');
    if (discount !== undefined && coupon?.['duration'] === 'once') discount['_used'] = true;
  }
}

/** A draft with the customer's waiting items and the periods of the subscription's own. */
export function draftOf(call: Call, row: JsonObject, customer: JsonObject, of: Billed): JsonObject {
  const invoice = makeRow(call, 'invoice', { currency: text(row, 'currency') ?? 'usd', collection_method: text(row, 'collection_method') ?? 'charge_automatically' });
  openDraft(call, invoice, customer, { reason: of.reason, subscription: row, ...(of.quote === undefined ? {} : { quote: of.quote }) });
  Object.assign(invoice, { period_start: of.from, period_end: of.to, auto_advance: true, automatically_finalizes_at: call.now + HOUR, next_payment_attempt: row['collection_method'] === 'send_invoice' ? null : call.now + HOUR, default_tax_rates: clone(row['default_tax_rates'] ?? []), description: row['description'] ?? null });
  if (row['collection_method'] === 'send_invoice') invoice['due_date'] = call.now + (number(row, 'days_until_due') ?? 30) * DAY;
  call.transaction.insert(INVOICES, invoice);
  emit(call, 'invoice.created', { collection: INVOICES, key: idOf(invoice) });
  for (const item of pendingItems(call, idOf(customer), text(row, 'currency') ?? 'usd', idOf(row))) pull(call, item, invoice);
  if (of.since === true) billPast(call, invoice, row, of.items, of.from);
  for (const item of of.items) insertPeriodLine(call, invoice, row, item, of);
  invoice['discounts'] = discountsOf(call, row);
  recompute(call, invoice);
  useUp(call, invoice);
  row['latest_invoice'] = idOf(invoice);
  return invoice;
}

function insertPeriodLine(call: Call, invoice: JsonObject, row: JsonObject, item: JsonObject, of: Billed): void {
  const price = object(item, 'price') ?? {};
  const used = isMetered(item) && of.usage === true;
  const quantity = used ? usageOf(call, text(object(price, 'recurring'), 'meter'), text(row, 'customer') ?? '', Math.max(of.from, number(item, '_usage_from') ?? 0), of.to) : (number(item, 'quantity') ?? 0);
  const trial = row['status'] === 'trialing';
  const name = nameOf(call, price);
  const [start, end] = used ? [of.from, of.to] : [number(item, 'current_period_start') ?? call.now, number(item, 'current_period_end') ?? call.now];
  const share = used ? 1 : shareOf(call, row, item, start, end);
  const interval = text(object(price, 'recurring'), 'interval') ?? 'month';
  insertLine(call, idOf(invoice), {
    amount: trial ? 0 : Math.round(costOf(price, quantity) * share), currency: text(price, 'currency') ?? 'usd',
    description: trial ? `Trial period for ${name}` : `${isMetered(item) && !used ? '' : `${quantity} × `}${name} (at ${((number(price, 'unit_amount') ?? 0) / 100).toFixed(2)} / ${interval})`,
    price, quantity, period: { end, start }, taxRates: rateIds(item, 'tax_rates'), discounts: texts(item, 'discounts'), subscription: idOf(row),
    parent: { invoice_item_details: null, subscription_item_details: { invoice_item: null, proration: !trial && share !== 1, proration_details: null, subscription: idOf(row), subscription_item: idOf(item) }, type: 'subscription_item_details' },
  });
}

/** How much of a whole period an item's period is: less than all before an anchor that lies ahead, and where the subscription ends in it. */
function shareOf(call: Call, row: JsonObject, item: JsonObject, start: number, end: number): number {
  if (row['status'] === 'trialing') return 1;
  const natural = number(item, '_whole_end');
  if (natural !== undefined) {
    const first = call.endpoint.kind === 'create' && call.params['proration_behavior'] === 'none';
    return first ? 1 : (end - start) / (natural - boundaryBefore(object(item, 'price'), number(row, 'billing_cycle_anchor') ?? start, natural));
  }
  const whole = boundaryBefore(object(item, 'price'), number(row, 'billing_cycle_anchor') ?? start, end);
  if (start <= whole) return 1;
  return call.params['proration_behavior'] === 'none' ? 0 : (end - start) / (end - whole);
}

/** Puts what is sold besides, by a request unless it is given, onto the next invoice. */
export function addOnce(call: Call, row: JsonObject, customer: JsonObject, items: readonly JsonObject[] = objects(call.params, 'add_invoice_items')): void {
  items.forEach((given, at) => itemFromPrice(call, given, { customer: idOf(customer), subscription: idOf(row) }, `add_invoice_items[${at}]`));
}

/** The invoice of the first period: finalized and paid at once where somebody asked for it, after an hour where time or a schedule did. */
export function firstInvoice(call: Call, row: JsonObject, customer: JsonObject, items: readonly JsonObject[], of: Begun = {}): void {
  addOnce(call, row, customer, of.once);
  const invoice = draftOf(call, row, customer, { reason: 'subscription_create', items, from: call.now, to: call.now, since: true, ...(of.quote === undefined ? {} : { quote: of.quote }) });
  const send = row['collection_method'] === 'send_invoice';
  const bySchedule = call.endpoint.collection === '/v1/subscription_schedules' && defaultMethod(call, invoice, row, customer) === undefined;
  if (call.requestId === null || bySchedule || (send && (number(invoice, 'total') ?? 0) > 0)) return;
  finalize(call, invoice);
  if (invoice['status'] !== 'open') return;
  const behavior = text(call.params, 'payment_behavior') ?? 'allow_incomplete';
  if (behavior === 'pending_if_incomplete') throw invalidRequest('`payment_behavior` can only be set to `pending_if_incomplete` when a subscription is updated.', 'payment_behavior');
  if (behavior === 'default_incomplete') {
    row['status'] = 'incomplete';
    return;
  }
  if (defaultMethod(call, invoice, row, customer) === undefined) throw invalidRequest(NO_METHOD, undefined, 'resource_missing');
  row['status'] = 'incomplete';
  tryToPay(call, invoice, behavior);
}

/** Pays; a decline stays with the invoice unless the request wants to fail with it. */
function tryToPay(call: Call, invoice: JsonObject, behavior: string): void {
  try {
    pay(call, invoice);
  } catch (error) {
    if (!(error instanceof StripeError) || error.status !== 402) throw error;
    if (behavior === 'error_if_incomplete') throw new StripeError(402, error.body);
  }
}

/** An invoice that a change asks for now: the waiting items, and new periods where they begin anew; a draft where time made the change. */
export function invoiceNow(call: Call, row: JsonObject, customer: JsonObject, items: readonly JsonObject[]): JsonObject {
  const invoice = draftOf(call, row, customer, { reason: 'subscription_update', items, from: call.now, to: call.now });
  if (call.requestId === null) return invoice;
  finalize(call, invoice);
  if (invoice['status'] !== 'open') return invoice;
  if (row['collection_method'] === 'send_invoice') {
    emit(call, 'invoice.sent', { collection: INVOICES, key: idOf(invoice) });
    return invoice;
  }
  const behavior = text(call.params, 'payment_behavior') ?? 'allow_incomplete';
  if (behavior === 'default_incomplete') return invoice;
  if (defaultMethod(call, invoice, row, customer) === undefined) throw invalidRequest(NO_METHOD, undefined, 'resource_missing');
  tryToPay(call, invoice, behavior);
  return invoice;
}

/** The invoice of a new period: a draft for an hour, unless collection is paused or was given up. */
export function cycleInvoice(call: Call, row: JsonObject, customer: JsonObject, items: readonly JsonObject[], from: number): void {
  const invoice = draftOf(call, row, customer, { reason: 'subscription_cycle', items, from, to: call.now, usage: true });
  const paused = text(object(row, 'pause_collection'), 'behavior');
  if (paused === undefined && row['status'] !== 'unpaid') return;
  Object.assign(invoice, { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null });
  if (paused !== 'void' && paused !== 'mark_uncollectible') return;
  finalize(call, invoice);
  if (invoice['status'] !== 'open') return;
  if (paused === 'void') voidInvoice(call, invoice);
  else uncollectible(call, invoice);
}
