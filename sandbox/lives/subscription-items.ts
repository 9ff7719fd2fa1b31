// The items of a subscription: what is sold, how many, and the period that each is in. It must not know invoices.
import type { Call } from '../call.ts';
import { findNamed, idOf } from '../call.ts';
import { invalidRequest, missing } from '../errors.ts';
import { change, makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text } from '../json.ts';
import { discountsFrom, priceOf, rateIds } from './amounts.ts';
import { planOf } from './catalog.ts';
import { boundaryAfter, rhythmOf } from './periods.ts';

/** Where items lie, under their subscription. */
export const SUBSCRIPTION_ITEMS = '/v1/subscription_items';

/** The items of a subscription, oldest first; not to be changed. */
export function itemsOf(call: Call, subscription: JsonObject): JsonObject[] {
  return call.transaction.children(SUBSCRIPTION_ITEMS, idOf(subscription));
}

/** The items of a subscription, to be changed in place. */
export function editItems(call: Call, subscription: JsonObject): JsonObject[] {
  return call.transaction.editAll(SUBSCRIPTION_ITEMS, itemsOf(call, subscription));
}

/** Whether an item is billed by use and not by its quantity. */
export function isMetered(item: JsonObject): boolean {
  return text(object(object(item, 'price'), 'recurring'), 'usage_type') === 'metered';
}

function recurringPrice(call: Call, params: JsonObject, path: string): JsonObject {
  const price = priceOf(call, params, path);
  if (price['type'] !== 'recurring') throw invalidRequest('The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.', `${path}[price]`);
  return price;
}

/** The period that a fresh item is in: that of its siblings with the same rhythm, or one of its own up to the next boundary. */
function periodFor(call: Call, subscription: JsonObject, price: JsonObject): JsonObject {
  const rhythm = rhythmOf(price).join();
  const sibling = itemsOf(call, subscription).find((item) => rhythmOf(object(item, 'price')).join() === rhythm);
  if (sibling !== undefined) return { current_period_start: number(sibling, 'current_period_start') ?? call.now, current_period_end: number(sibling, 'current_period_end') ?? call.now };
  const trial = subscription['status'] === 'trialing' ? number(subscription, 'trial_end') : undefined;
  return { current_period_start: call.now, current_period_end: trial ?? boundaryAfter(price, number(subscription, 'billing_cycle_anchor') ?? call.now, call.now) };
}

function thresholdsIn(params: JsonObject): JsonObject | null {
  const most = number(object(params, 'billing_thresholds'), 'usage_gte');
  return most === undefined ? null : { usage_gte: most };
}

/** Inserts an item into a subscription. */
export function insertItem(call: Call, subscription: JsonObject, params: JsonObject, path: string): JsonObject {
  const price = recurringPrice(call, params, path);
  const currency = text(subscription, 'currency');
  if (currency !== undefined && currency !== '' && currency !== price['currency']) throw invalidRequest('All prices on a subscription must have the same currency.', `${path}[price]`);
  subscription['currency'] = price['currency'] ?? 'usd';
  const row = makeRow(call, 'subscription_item', {});
  Object.assign(row, {
    ...periodFor(call, subscription, price), billing_thresholds: thresholdsIn(params), metadata: clone(params['metadata'] ?? {}),
    plan: withoutHidden(planOf(call, price)), price: withoutHidden(clone(price)), subscription: idOf(subscription),
    tax_rates: rateIds(params, 'tax_rates').map((id) => clone(findNamed(call, '/v1/tax_rates', id, `${path}[tax_rates]`))),
    discounts: discountsFrom(call, objects(params, 'discounts'), { subscription: idOf(subscription), subscription_item: idOf(row) }).map(idOf), _parent: idOf(subscription),
  });
  if (!isMetered(row)) row['quantity'] = number(params, 'quantity') ?? 1;
  return call.transaction.insert(SUBSCRIPTION_ITEMS, row);
}

/** Changes, adds or removes one item of a subscription. */
export function changeItem(call: Call, subscription: JsonObject, params: JsonObject, at: number): void {
  const id = text(params, 'id');
  if (id === undefined) {
    insertItem(call, subscription, params, `items[${at}]`);
    return;
  }
  const item = call.transaction.edit(SUBSCRIPTION_ITEMS, id);
  if (item === undefined || text(item, 'subscription') !== idOf(subscription)) throw missing('subscription_item', id, `items[${at}][id]`);
  if (flag(params, 'deleted')) call.transaction.remove(SUBSCRIPTION_ITEMS, id);
  else settleItem(call, item, params, `items[${at}]`);
}

/** Gives an item another price or quantity; its period is whoever's who changes the subscription. */
export function settleItem(call: Call, item: JsonObject, params: JsonObject, path: string): void {
  if (params['price'] !== undefined || params['price_data'] !== undefined || params['plan'] !== undefined) {
    const price = recurringPrice(call, params, path);
    Object.assign(item, { price: withoutHidden(clone(price)), plan: withoutHidden(planOf(call, price)) });
    if (isMetered(item)) delete item['quantity'];
    else item['quantity'] = number(params, 'quantity') ?? number(item, 'quantity') ?? 1;
  }
  if (params['quantity'] !== undefined && !isMetered(item)) item['quantity'] = params['quantity'];
  if (params['metadata'] !== undefined) change(call, item, { metadata: params['metadata'] });
  if (params['billing_thresholds'] !== undefined) item['billing_thresholds'] = thresholdsIn(params);
  if (params['tax_rates'] !== undefined) item['tax_rates'] = rateIds(params, 'tax_rates').map((id) => clone(findNamed(call, '/v1/tax_rates', id, `${path}[tax_rates]`)));
  if (params['discounts'] !== undefined) item['discounts'] = discountsFrom(call, objects(params, 'discounts'), { subscription: text(item, 'subscription') ?? '', subscription_item: idOf(item) }).map(idOf);
}

/** Notes on a subscription when its next period begins, so that its own row tells when it is due. */
export function noteRenewal(call: Call, subscription: JsonObject): void {
  const ends = itemsOf(call, subscription).map((item) => number(item, 'current_period_end') ?? 0);
  subscription['_renews_at'] = ends.length === 0 ? null : Math.min(...ends);
  subscription['_period_began'] = Math.max(0, ...itemsOf(call, subscription).map((item) => number(item, 'current_period_start') ?? 0));
}
