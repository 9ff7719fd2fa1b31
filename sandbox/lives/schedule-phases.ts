// The phases of a schedule, from their parameters: when each begins and ends, what it sells, at which terms. It must not know what
// becomes of them.
import type { Call } from '../call.ts';
import { idOf } from '../call.ts';
import { blank, fill } from '../fill.ts';
import { resolver } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, isObject, number, object, objects, text } from '../json.ts';
import type { Shape, Type } from '../sdk.ts';
import { rowShape, shapeOf } from '../sdk.ts';
import { discountsFrom, priceOf } from './amounts.ts';
import { addInterval, periodEnd } from './periods.ts';

const PHASES: Type | undefined = rowShape('subscription_schedule')?.get('phases')?.type;
const PHASE: Type | undefined = Array.isArray(PHASES) && PHASES[0] === 'array' ? PHASES[1] : undefined;

function shapeIn(type: Type | undefined): Shape {
  if (!Array.isArray(type)) return new Map();
  if (type[0] === 'array') return shapeIn(type[1]);
  return type[0] === 'object' ? shapeOf(type[1]) : new Map();
}

/** What a type has when nothing is said, with parameters laid in. */
function filled(call: Call, type: Type | undefined, params: JsonObject, path: string): JsonObject {
  const empty = type === undefined ? {} : blank(type);
  const row = isObject(empty) ? empty : {};
  fill(row, shapeIn(type), params, resolver(call), path);
  return row;
}

const elementOf = (name: string): Type | undefined => {
  const type = shapeIn(PHASE).get(name)?.type;
  return Array.isArray(type) && type[0] === 'array' ? type[1] : undefined;
};

function shownDiscounts(call: Call, params: JsonObject, path: string): JsonObject[] {
  return discountsFrom(call, objects(params, 'discounts'), {}, `${path}[discounts]`).map((discount) => ({
    coupon: text(object(discount, 'source'), 'coupon') ?? null, discount: idOf(discount), promotion_code: discount['promotion_code'] ?? null,
  }));
}

function itemOf(call: Call, params: JsonObject, path: string): JsonObject {
  const { price: _price, price_data: _data, plan: _plan, discounts: _discounts, ...rest } = params;
  const price = priceOf(call, params, path);
  const row = filled(call, elementOf('items'), rest, path);
  return { ...row, discounts: shownDiscounts(call, params, path), metadata: row['metadata'] ?? {}, plan: idOf(price), price: idOf(price), quantity: row['quantity'] ?? 1, tax_rates: row['tax_rates'] ?? [] };
}

function onceOf(call: Call, params: JsonObject, path: string): JsonObject {
  const { price: _price, price_data: _data, discounts: _discounts, ...rest } = params;
  const price = priceOf(call, params, path);
  const row = filled(call, elementOf('add_invoice_items'), rest, path);
  const period = object(params, 'period') ?? { end: { type: 'phase_end' }, start: { type: 'phase_start' } };
  return { ...row, discounts: shownDiscounts(call, params, path), metadata: row['metadata'] ?? {}, period: clone(period), price: idOf(price), quantity: row['quantity'] ?? 1, tax_rates: row['tax_rates'] ?? [] };
}

/** One phase, beginning at a time. */
function phaseOf(call: Call, params: JsonObject, start: number, path: string): JsonObject {
  const { items: _items, add_invoice_items: _once, discounts: _discounts, duration: _duration, start_date: _start, trial_end: _trial, ...rest } = params;
  const items = objects(params, 'items').map((item, at) => itemOf(call, item, `${path}[items][${at}]`));
  const once = objects(params, 'add_invoice_items').map((item, at) => onceOf(call, item, `${path}[add_invoice_items][${at}]`));
  const first = call.transaction.find('/v1/prices', text(items[0], 'price') ?? '');
  const duration = object(params, 'duration');
  const end = number(params, 'end_date')
    ?? (duration === undefined ? periodEnd(first ?? {}, start) : addInterval(start, text(duration, 'interval') ?? 'month', number(duration, 'interval_count') ?? 1));
  const row = filled(call, PHASE, rest, path);
  return Object.assign(row, {
    add_invoice_items: once, currency: text(params, 'currency') ?? text(first, 'currency') ?? 'usd', default_tax_rates: row['default_tax_rates'] ?? [], discounts: shownDiscounts(call, params, path), end_date: end, items,
    metadata: row['metadata'] ?? {}, proration_behavior: params['proration_behavior'] ?? 'create_prorations', start_date: start,
    trial_end: number(params, 'trial_end') ?? (flag(params, 'trial') ? end : null),
  });
}

/** What a subscription gets where a phase says nothing. */
function settleDefaults(row: JsonObject): void {
  const settings = object(row, 'default_settings');
  const invoices = object(settings, 'invoice_settings');
  row['default_settings'] = {
    ...settings, billing_cycle_anchor: settings?.['billing_cycle_anchor'] || 'automatic', collection_method: settings?.['collection_method'] ?? 'charge_automatically',
    invoice_settings: { ...invoices, account_tax_ids: invoices?.['account_tax_ids'] ?? null, issuer: text(object(invoices, 'issuer'), 'type') === undefined || text(object(invoices, 'issuer'), 'type') === '' ? { type: 'self' } : (invoices?.['issuer'] ?? null) },
  };
}

/** Lays phases into a schedule, one after the other. */
export function setPhases(call: Call, row: JsonObject, phases: readonly JsonObject[], start: number): void {
  let at = start;
  row['phases'] = phases.map((params, index) => {
    const phase = phaseOf(call, params, at, `phases[${index}]`);
    at = number(phase, 'end_date') ?? at;
    return phase;
  });
  if (call.clock !== '') row['test_clock'] = call.clock;
  Object.assign(row, { metadata: row['metadata'] ?? {}, end_behavior: call.params['end_behavior'] ?? 'release', status: start > call.now ? 'not_started' : 'active', subscription: null });
  settleDefaults(row);
}
