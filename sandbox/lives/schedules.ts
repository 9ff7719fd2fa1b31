// Subscription schedules: phases in a row, the first begun where its time has come; canceled with their subscription, released without.
// How time moves them on lies in schedule-time.ts.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import { blank } from '../fill.ts';
import type { Life } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, isObject, number, object, objects, text } from '../json.ts';
import type { Type } from '../sdk.ts';
import { rowShape } from '../sdk.ts';
import { discountsFrom, priceOf } from './amounts.ts';
import { addInterval, periodEnd } from './periods.ts';
import { beginSchedule, catchUp, phaseTimes } from './schedule-time.ts';
import { SUBSCRIPTION_ITEMS } from './subscription-items.ts';
import { SUBSCRIPTIONS, cancelSubscription } from './subscriptions.ts';

/** Where schedules lie. */
export const SCHEDULES = '/v1/subscription_schedules';

/** What an element of a property's array looks like with nothing in it. */
function emptyElement(type: Type | undefined): JsonObject {
  if (!Array.isArray(type) || type[0] !== 'array') return {};
  const empty = blank(type[1] as Type);
  return isObject(empty) ? empty : {};
}

/** One phase, from its parameters, beginning at a time. */
function phaseOf(call: Call, params: JsonObject, start: number, path: string): JsonObject {
  const phases = rowShape('subscription_schedule')?.get('phases')?.type;
  const row = emptyElement(phases);
  const prices = objects(params, 'items').map((item, at) => priceOf(call, item, `${path}[items][${at}]`));
  const duration = object(params, 'duration');
  const end = number(params, 'end_date')
    ?? (duration === undefined ? periodEnd(prices[0] ?? {}, start) : addInterval(start, text(duration, 'interval') ?? 'month', number(duration, 'interval_count') ?? 1));
  for (const name of ['collection_method', 'description', 'default_payment_method', 'on_behalf_of', 'proration_behavior', 'trial_end', 'billing_cycle_anchor', 'application_fee_percent']) {
    if (params[name] !== undefined) row[name] = params[name];
  }
  return Object.assign(row, {
    currency: text(params, 'currency') ?? text(prices[0], 'currency') ?? 'usd', start_date: start, end_date: end, metadata: clone(params['metadata'] ?? {}), add_invoice_items: [],
    proration_behavior: params['proration_behavior'] ?? 'create_prorations', discounts: discountsFrom(call, objects(params, 'discounts'), {}).map(shownDiscount), default_tax_rates: [],
    items: objects(params, 'items').map((item, at): JsonObject => ({
      billing_thresholds: null, discounts: [], metadata: clone(item['metadata'] ?? {}), plan: idOf(prices[at] ?? {}), price: idOf(prices[at] ?? {}), quantity: item['quantity'] ?? 1, tax_rates: [],
    })),
  });
}

function shownDiscount(discount: JsonObject): JsonObject {
  return { coupon: text(object(discount, 'source'), 'coupon') ?? null, discount: idOf(discount), promotion_code: discount['promotion_code'] ?? null };
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
  const settings = object(row, 'default_settings');
  Object.assign(row, {
    metadata: row['metadata'] ?? {}, end_behavior: call.params['end_behavior'] ?? 'release', status: start > call.now ? 'not_started' : 'active', subscription: null,
    default_settings: { ...settings, billing_cycle_anchor: 'automatic', invoice_settings: { ...object(settings, 'invoice_settings'), account_tax_ids: null, issuer: { type: 'self' } } },
  });
}

/** Creation, from phases or from a subscription that runs. */
export const scheduleLife: Life = {
  created: (call, row) => {
    const from = text(call.params, 'from_subscription');
    if (from !== undefined) {
      adopt(call, row, from);
      return;
    }
    const id = text(call.params, 'customer');
    if (id === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
    const phases = objects(call.params, 'phases');
    if (phases.length === 0) throw invalidRequest('Missing required param: phases.', 'phases', 'parameter_missing');
    const start = number(call.params, 'start_date') ?? call.now;
    setPhases(call, row, phases, start);
    if (row['status'] === 'active') beginSchedule(call, row);
  },
  updated: (call, row, before) => {
    if (before['status'] !== 'active' && before['status'] !== 'not_started') throw unexpectedState(`You cannot update a subscription schedule that is ${text(before, 'status') ?? ''}.`);
    const phases = objects(call.params, 'phases');
    const kept = { status: before['status'] ?? 'active', subscription: before['subscription'] ?? null, end_behavior: call.params['end_behavior'] ?? before['end_behavior'] ?? 'release' };
    if (phases.length > 0) setPhases(call, row, phases, number(phases[0], 'start_date') ?? number(objects(before, 'phases')[0], 'start_date') ?? call.now);
    Object.assign(row, kept);
    if (phases.length > 0 && kept.status === 'active') catchUp(call, row);
  },
};

function adopt(call: Call, row: JsonObject, from: string): void {
  const subscription = editNamed(call, SUBSCRIPTIONS, from, 'from_subscription');
  if (text(subscription, 'schedule') !== undefined) throw unexpectedState('You cannot migrate a subscription that is already attached to a schedule.');
  const items = call.transaction.children(SUBSCRIPTION_ITEMS, from);
  const given = items.map((item): JsonObject => ({ price: text(object(item, 'price'), 'id') ?? '', quantity: item['quantity'] ?? 1 }));
  const start = number(items[0], 'current_period_start') ?? call.now;
  setPhases(call, row, [{ items: given, end_date: number(items[0], 'current_period_end') ?? call.now }], start);
  subscription['schedule'] = idOf(row);
  Object.assign(row, { customer: subscription['customer'] ?? null, subscription: from, status: 'active', current_phase: phaseTimes(objects(row, 'phases')[0]) });
  findNamed(call, '/v1/customers', text(row, 'customer') ?? '', 'customer');
}

function end(call: Call, status: 'canceled' | 'released'): readonly [JsonObject, JsonObject | undefined] {
  const row = editAddressed(call, SCHEDULES, 'schedule');
  if (row['status'] !== 'active' && row['status'] !== 'not_started') throw unexpectedState(`You cannot end a subscription schedule that is ${text(row, 'status') ?? ''}. It must be active or not_started.`);
  Object.assign(row, { status, [`${status}_at`]: call.now, current_phase: null });
  emit(call, `subscription_schedule.${status}`, { collection: SCHEDULES, key: idOf(row) });
  return [row, call.transaction.edit(SUBSCRIPTIONS, text(row, 'subscription') ?? '')];
}

/** `POST /v1/subscription_schedules/{}/cancel`: the subscription ends with it. */
export function cancelVerb(call: Call): Answer {
  const begun = call.transaction.find(SCHEDULES, call.ids[0] ?? '')?.['status'] === 'active';
  const [row, subscription] = end(call, 'canceled');
  // The event that the official CLI waits for when it cancels a schedule that has not begun.
  if (!begun) emit(call, 'subscription_schedule.aborted', { collection: SCHEDULES, key: idOf(row) });
  if (subscription !== undefined && subscription['status'] !== 'canceled') cancelSubscription(call, subscription);
  return place(SCHEDULES, idOf(row));
}

/** `POST /v1/subscription_schedules/{}/release`: the subscription goes on by itself. */
export function releaseVerb(call: Call): Answer {
  const [row, subscription] = end(call, 'released');
  row['released_subscription'] = row['subscription'] ?? null;
  row['subscription'] = null;
  if (subscription !== undefined) subscription['schedule'] = null;
  return place(SCHEDULES, idOf(row));
}
