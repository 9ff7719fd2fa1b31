// How a schedule moves on: its first phase makes the subscription, each later one changes it, after the last it lets go of it or ends it.
import type { Call } from '../call.ts';
import { editNamed, emit, idOf } from '../call.ts';
import { change } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text, texts } from '../json.ts';
import { rateIds } from './amounts.ts';
import { endSubscription } from './invoice-payment.ts';
import { amend } from './subscription-changes.ts';
import { addOnce } from './subscription-invoices.ts';
import { SUBSCRIPTION_ITEMS, changeItem, itemsOf } from './subscription-items.ts';
import { SUBSCRIPTIONS, insertSubscription } from './subscriptions.ts';

const SCHEDULES = '/v1/subscription_schedules';
const WEEK = 7 * 24 * 3600;
/** What a phase hands to its subscription as it is. */
const HANDED = ['collection_method', 'default_payment_method', 'description', 'on_behalf_of', 'application_fee_percent', 'transfer_data', 'billing_thresholds'] as const;

/** When a schedule next has something to do. */
export function scheduleDue(row: JsonObject): number | undefined {
  if (row['status'] === 'not_started') return number(objects(row, 'phases')[0], 'start_date');
  if (row['status'] !== 'active') return undefined;
  const next = number(object(row, 'current_phase'), 'end_date');
  const last = number(objects(row, 'phases').at(-1), 'end_date');
  const told = flag(row, '_expiring_told') || last === undefined ? undefined : Math.max(last - WEEK, number(row, 'created') ?? 0);
  return next === undefined ? told : Math.min(next, told ?? next);
}

/** Does what is due. */
export function scheduleTurn(call: Call, row: JsonObject): void {
  const end = number(object(row, 'current_phase'), 'end_date') ?? Number.POSITIVE_INFINITY;
  if (call.transaction.find('/v1/customers', text(row, 'customer') ?? '') === undefined) {
    Object.assign(row, { status: 'canceled', canceled_at: call.now, current_phase: null });
    emit(call, 'subscription_schedule.canceled', { collection: SCHEDULES, key: idOf(row) });
  } else if (row['status'] === 'not_started') {
    beginSchedule(call, row);
  } else if (end > call.now) {
    row['_expiring_told'] = true;
    emit(call, 'subscription_schedule.expiring', { collection: SCHEDULES, key: idOf(row) });
  } else {
    const phases = objects(row, 'phases');
    const start = number(object(row, 'current_phase'), 'start_date');
    const next = phases[phases.findIndex((phase) => number(phase, 'start_date') === start && number(phase, 'end_date') === end) + 1];
    if (next === undefined) finish(call, row);
    else enter(call, row, next);
  }
}

/** When a phase begins and ends. */
export function phaseTimes(phase: JsonObject | undefined): JsonObject {
  return { end_date: number(phase, 'end_date') ?? 0, start_date: number(phase, 'start_date') ?? 0 };
}

/** The terms of a phase; where it says nothing, those of the schedule. */
function handed(row: JsonObject, phase: JsonObject): JsonObject {
  const fields: JsonObject = { metadata: clone(phase['metadata'] ?? {}) };
  const settings = object(row, 'default_settings');
  for (const name of HANDED) {
    const value = phase[name] ?? settings?.[name];
    if (value !== undefined && value !== null) fields[name] = clone(value);
  }
  const days = number(object(phase, 'invoice_settings'), 'days_until_due') ?? number(object(settings, 'invoice_settings'), 'days_until_due');
  if (fields['collection_method'] === 'send_invoice') fields['days_until_due'] = days ?? 30;
  return fields;
}

/** An item as a subscription takes it. */
function sold(item: JsonObject): JsonObject {
  return {
    price: item['price'] ?? '', quantity: item['quantity'] ?? 1, metadata: clone(item['metadata'] ?? {}), tax_rates: rateIds(item, 'tax_rates'), discounts: discountsOf(item).map((discount): JsonObject => ({ discount })),
    ...(object(item, 'billing_thresholds') === undefined ? {} : { billing_thresholds: clone(item['billing_thresholds'] ?? null) }),
  };
}

/** Begins the first phase: its subscription is made. */
export function beginSchedule(call: Call, row: JsonObject): void {
  const [phase] = objects(row, 'phases');
  const trial = number(phase, 'trial_end');
  const fields: JsonObject = { collection_method: 'charge_automatically', ...handed(row, phase ?? {}), default_tax_rates: rateIds(phase ?? {}, 'default_tax_rates'), discounts: discountsOf(phase), ...(trial === undefined || trial <= call.now ? {} : { trial_end: trial }) };
  const customer = editNamed(call, '/v1/customers', text(row, 'customer') ?? '', 'customer');
  const once = objects(phase, 'add_invoice_items').map(sold);
  const subscription = insertSubscription(call, customer, objects(phase, 'items').map(sold), fields, { once });
  subscription['schedule'] = idOf(row);
  Object.assign(row, { status: 'active', subscription: idOf(subscription), current_phase: phaseTimes(phase) });
}

function discountsOf(phase: JsonObject | undefined): string[] {
  return objects(phase, 'discounts').flatMap((one) => texts({ ids: [one['discount'] ?? null] }, 'ids'));
}

/** Makes the subscription what a phase says. */
function enter(call: Call, row: JsonObject, phase: JsonObject): void {
  const subscription = editNamed(call, SUBSCRIPTIONS, text(row, 'subscription') ?? '', 'subscription');
  const before = clone(subscription);
  change(call, subscription, handed(row, phase));
  if (objects(phase, 'discounts').length > 0) subscription['discounts'] = discountsOf(phase);
  subscription['default_tax_rates'] = clone(phase['default_tax_rates'] ?? []);
  const begins = object(row, 'current_phase')?.['start_date'] !== phase['start_date'];
  if (begins) addOnce(call, subscription, editNamed(call, '/v1/customers', text(row, 'customer') ?? '', 'customer'), objects(phase, 'add_invoice_items').map(sold));
  const anchor = (phase['billing_cycle_anchor'] ?? object(row, 'default_settings')?.['billing_cycle_anchor']) === 'phase_start' ? 'now' : undefined;
  amend(call, subscription, { proration_behavior: text(phase, 'proration_behavior'), billing_cycle_anchor: anchor }, () => setItems(call, subscription, objects(phase, 'items')));
  if (before['status'] !== 'canceled') subscription['schedule'] = idOf(row);
  row['current_phase'] = phaseTimes(phase);
}

/** Items that a phase goes on selling stay who they are; others go, or come. */
function setItems(call: Call, subscription: JsonObject, wanted: readonly JsonObject[]): void {
  const known = itemsOf(call, subscription);
  const kept = new Set<string>();
  wanted.forEach((item, at) => {
    const same = known.find((one) => text(object(one, 'price'), 'id') === text(item, 'price') && !kept.has(idOf(one)));
    if (same !== undefined) kept.add(idOf(same));
    const { price, ...terms } = sold(item);
    changeItem(call, subscription, same === undefined ? { ...terms, price: price ?? '' } : { ...terms, id: idOf(same) }, at);
  });
  for (const item of known.filter((one) => !kept.has(idOf(one)))) call.transaction.remove(SUBSCRIPTION_ITEMS, idOf(item));
}

/** After its phases were changed, a running schedule's subscription is what the present one says. */
export function catchUp(call: Call, row: JsonObject): void {
  const present = objects(row, 'phases').find((phase) => (number(phase, 'start_date') ?? 0) <= call.now && (number(phase, 'end_date') ?? 0) > call.now);
  if (present === undefined) return;
  const behavior = text(call.params, 'proration_behavior');
  enter(call, row, behavior === undefined ? present : { ...present, proration_behavior: behavior });
}

function finish(call: Call, row: JsonObject): void {
  const subscription = call.transaction.edit(SUBSCRIPTIONS, text(row, 'subscription') ?? '');
  if (row['end_behavior'] === 'cancel') {
    Object.assign(row, { status: 'completed', completed_at: call.now, current_phase: null });
    emit(call, 'subscription_schedule.completed', { collection: SCHEDULES, key: idOf(row) });
    if (subscription !== undefined && subscription['status'] !== 'canceled') endSubscription(call, subscription, 'cancellation_requested');
    return;
  }
  Object.assign(row, { status: 'released', released_at: call.now, released_subscription: row['subscription'] ?? null, subscription: null, current_phase: null });
  if (subscription !== undefined) subscription['schedule'] = null;
  // All phases are over and the subscription is let go: the official CLI waits for the first of these.
  for (const what of ['completed', 'released']) emit(call, `subscription_schedule.${what}`, { collection: SCHEDULES, key: idOf(row) });
}
