// Prorations: what a change in the middle of a period is worth, to the second. Of what was sold the unused time is given back, of what
// is sold now the remaining time is charged; both wait as invoice items for the next invoice.
import type { Call } from '../call.ts';
import { emit, idOf } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text, texts } from '../json.ts';
import { costOf, nameOf, rateIds, sum } from './amounts.ts';
import { ITEMS, pricingOf } from './invoice-lines.ts';
import { boundaryBefore } from './periods.ts';
import { isMetered } from './subscription-items.ts';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

function dayOf(time: number): string {
  const at = new Date(time * 1000);
  return `${String(at.getUTCDate()).padStart(2, '0')} ${MONTHS[at.getUTCMonth()] ?? ''} ${at.getUTCFullYear()}`;
}

/** When a change counts from: now, or a time in the present period that the request names. */
export function prorationTime(call: Call, items: readonly JsonObject[], given: number | undefined): number {
  if (given === undefined) return call.now;
  const inside = items.every((item) => given >= (number(item, 'current_period_start') ?? 0) && given <= (number(item, 'current_period_end') ?? 0));
  if (!inside) throw invalidRequest('Cannot specify `proration_date` outside of the current billing period.', 'proration_date');
  return given;
}

/** What items cost for a whole period, each with its discounts and those of the subscription taken off. */
function costsOf(call: Call, subscription: JsonObject, items: readonly JsonObject[]): readonly number[] {
  const lines = items.map((item) => ({ amount: costOf(object(item, 'price') ?? {}, number(item, 'quantity') ?? 0), discountable: true, taxRates: [], discounts: texts(item, 'discounts'), product: text(object(item, 'price'), 'product'), currency: text(object(item, 'price'), 'currency') }));
  const summed = sum(call, lines, texts(subscription, 'discounts'), []);
  return lines.map((line, at) => line.amount - (summed.lines[at]?.discounts ?? []).reduce((total, one) => total + one.amount, 0));
}

/** How many of an item's whole periods a span of its present one is. */
function shareOf(subscription: JsonObject, item: JsonObject, from: number, to: number): number {
  const end = number(item, '_whole_end') ?? number(item, 'current_period_end') ?? to;
  const begin = boundaryBefore(object(item, 'price'), number(subscription, 'billing_cycle_anchor') ?? end, end);
  return end <= begin ? 0 : Math.max(0, to - from) / (end - begin);
}

/** How much of an item's period is left, of a whole one. */
function shareLeft(subscription: JsonObject, item: JsonObject, at: number): number {
  return shareOf(subscription, item, at, number(item, 'current_period_end') ?? at);
}

/** Gives a span of an item's present period back, or charges it. */
export function prorateSpan(call: Call, subscription: JsonObject, item: JsonObject, from: number, to: number, word: 'Unused' | 'Remaining'): void {
  const [cost = 0] = costsOf(call, subscription, [item]);
  const amount = Math.round(cost * shareOf(subscription, item, from, to));
  insertProration(call, subscription, item, word === 'Unused' ? -amount : amount, from, word, to);
}

const same = (a: JsonObject | undefined, b: JsonObject | undefined): boolean =>
  a !== undefined && b !== undefined && text(object(a, 'price'), 'id') === text(object(b, 'price'), 'id') && number(a, 'quantity') === number(b, 'quantity');

/** Inserts the items that make up for a change from some items to others. With `anew` the periods begin again, and are billed as such. */
export function prorate(call: Call, subscription: JsonObject, before: readonly JsonObject[], after: readonly JsonObject[], at: number, anew: boolean): void {
  const old = costsOf(call, subscription, before);
  before.forEach((item, index) => {
    const now = after.find((one) => idOf(one) === idOf(item));
    if (isMetered(item) || (!anew && same(item, now))) return;
    insertProration(call, subscription, item, -Math.round((old[index] ?? 0) * shareLeft(subscription, item, at)), at, 'Unused');
  });
  if (anew) return;
  const fresh = costsOf(call, subscription, after);
  after.forEach((item, index) => {
    const was = before.find((one) => idOf(one) === idOf(item));
    if (isMetered(item) || same(was, item)) return;
    insertProration(call, subscription, item, Math.round((fresh[index] ?? 0) * shareLeft(subscription, item, at)), at, 'Remaining');
  });
}

function insertProration(call: Call, subscription: JsonObject, item: JsonObject, amount: number, at: number, word: 'Unused' | 'Remaining', end = number(item, 'current_period_end') ?? at): void {
  if (amount === 0) return;
  const price = object(item, 'price') ?? {};
  const quantity = number(item, 'quantity') ?? 1;
  const row = makeRow(call, 'invoiceitem', {});
  Object.assign(row, {
    amount, currency: price['currency'] ?? 'usd', customer: text(subscription, 'customer') ?? '', discountable: false, discounts: [], metadata: {},
    description: `${word} time on ${quantity === 1 ? '' : `${quantity} × `}${nameOf(call, price)} after ${dayOf(at)}`,
    parent: { subscription_details: { subscription: idOf(subscription), subscription_item: idOf(item) }, type: 'subscription_details' },
    period: { end, start: at }, pricing: pricingOf(price), proration: true, proration_details: { credited_items: null, discount_amounts: [] },
    quantity, quantity_decimal: String(quantity), tax_rates: rateIds(item, 'tax_rates').map((id) => clone(call.transaction.find('/v1/tax_rates', id) ?? {})), test_clock: subscription['test_clock'] ?? null,
  });
  call.transaction.insert(ITEMS, row);
  emit(call, 'invoiceitem.created', { collection: ITEMS, key: idOf(row) });
}
