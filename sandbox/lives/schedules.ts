// Subscription schedules: phases in a row, the first begun where its time has come; canceled with their subscription, released without.
// How time moves them on lies in schedule-time.ts.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { number, object, objects, text, texts } from '../json.ts';
import { rateIds } from './amounts.ts';
import { setPhases } from './schedule-phases.ts';
import { beginSchedule, catchUp, phaseTimes } from './schedule-time.ts';
import { SUBSCRIPTION_ITEMS } from './subscription-items.ts';
import { SUBSCRIPTIONS, cancelSubscription } from './subscriptions.ts';

/** Where schedules lie. */
export const SCHEDULES = '/v1/subscription_schedules';

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
  const given = items.map((item): JsonObject => ({ price: text(object(item, 'price'), 'id') ?? '', quantity: item['quantity'] ?? 1, tax_rates: rateIds(item, 'tax_rates'), metadata: item['metadata'] ?? {} }));
  const start = number(items[0], 'current_period_start') ?? call.now;
  const discounts = texts(subscription, 'discounts').map((discount): JsonObject => ({ discount }));
  setPhases(call, row, [{ items: given, discounts, default_tax_rates: rateIds(subscription, 'default_tax_rates'), end_date: number(items[0], 'current_period_end') ?? call.now }], start);
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
