// `POST /v1/invoices/create_preview`: the invoice that would come, found by doing what would make it on a transaction that is thrown away.
import type { Answer, Call } from '../call.ts';
import { editNamed, idOf } from '../call.ts';
import { StripeError, invalidRequest } from '../errors.ts';
import { makeRow, withoutHidden } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text, texts } from '../json.ts';
import { discountsFrom } from './amounts.ts';
import { INVOICES, ITEMS, LINES, itemFromPrice, pendingItems, recompute } from './invoice-lines.ts';
import { prorate } from './prorations.ts';
import { setPhases } from './schedule-phases.ts';
import { beginSchedule, catchUp } from './schedule-time.ts';
import { amend, settlementIn } from './subscription-changes.ts';
import { draftOf } from './subscription-invoices.ts';
import { changeItem, itemsOf } from './subscription-items.ts';
import { renew } from './subscription-time.ts';
import { SUBSCRIPTIONS, insertSubscription } from './subscriptions.ts';

const CUSTOMERS = '/v1/customers';
const SCHEDULES = '/v1/subscription_schedules';
const ENDED = new Set(['canceled', 'incomplete_expired', 'paused', 'incomplete']);

/** Answers the invoice that would come. */
export function previewVerb(call: Call): Answer {
  const details = object(call.params, 'subscription_details') ?? {};
  // Nobody asked for the things that happen here: they are finalized and paid by nobody, and forgotten.
  const trial: Call = { ...call, transaction: call.transaction.rehearsal(), requestId: null, params: details };
  const invoice = ofSchedule(call, trial) ?? ofSubscription(call, trial, details);
  if (call.params['preview_mode'] === 'recurring') onlyRecurring(trial, invoice);
  return { kind: 'row', row: shown(call, trial, invoice, details) };
}

/** The next invoice of a subscription as it stands. */
export function nextInvoice(call: Call, subscription: string): JsonObject {
  const trial: Call = { ...call, transaction: call.transaction.rehearsal(), requestId: null, params: {} };
  return shown(call, trial, ofRunning(call, trial, editNamed(trial, SUBSCRIPTIONS, subscription, 'subscription'), {}), {});
}

function nothing(customer: string): StripeError {
  return new StripeError(404, { code: 'invoice_upcoming_none', message: `No upcoming invoices for customer: '${customer}'`, type: 'invalid_request_error' });
}

function ofSubscription(call: Call, trial: Call, details: JsonObject): JsonObject {
  const subscription = subscriptionIn(call, trial);
  return subscription === undefined ? ofNew(call, trial, details) : ofRunning(call, trial, subscription, details);
}

/** The invoice of a schedule that has not begun, or that has other phases; undefined where that is not asked, or brings no invoice of its own. */
function ofSchedule(call: Call, trial: Call): JsonObject | undefined {
  const named = text(call.params, 'schedule');
  const details = object(call.params, 'schedule_details');
  if (named === undefined && details === undefined) return undefined;
  const asked: Call = { ...trial, params: details ?? {} };
  const row = named === undefined ? draftSchedule(call, asked) : editNamed(trial, SCHEDULES, named, 'schedule');
  const phases = objects(details, 'phases');
  const status = row['status'] ?? '';
  const begun = text(row, 'subscription');
  if (phases.length > 0) {
    const first = phases[0]?.['start_date'];
    const before = number(objects(row, 'phases')[0], 'start_date');
    const present = row['current_phase'] ?? null;
    setPhases(asked, row, phases, typeof first === 'number' ? first : (before ?? trial.now));
    if (begun !== undefined) Object.assign(row, { status, subscription: begun, current_phase: present });
  }
  if (begun === undefined) {
    const start = number(objects(row, 'phases')[0], 'start_date') ?? trial.now;
    beginSchedule({ ...asked, now: Math.max(start, trial.now) }, row);
    return latestOf(trial, text(row, 'subscription') ?? '');
  }
  const latest = trial.transaction.find(SUBSCRIPTIONS, begun)?.['latest_invoice'];
  if (phases.length > 0) catchUp(asked, row);
  const invoice = latestOf(trial, begun);
  return idOf(invoice) === latest ? undefined : invoice;
}

function latestOf(trial: Call, subscription: string): JsonObject {
  return editNamed(trial, INVOICES, text(trial.transaction.find(SUBSCRIPTIONS, subscription), 'latest_invoice') ?? '', 'invoice');
}

function draftSchedule(call: Call, asked: Call): JsonObject {
  const customer = text(call.params, 'customer');
  if (customer === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
  if (objects(asked.params, 'phases').length === 0) throw invalidRequest('Missing required param: schedule_details[phases].', 'schedule_details[phases]', 'parameter_missing');
  const row = makeRow(asked, 'subscription_schedule', {});
  row['customer'] = idOf(editNamed(asked, CUSTOMERS, customer, 'customer'));
  return asked.transaction.insert(SCHEDULES, row);
}

/** The subscription that is meant: named, by its schedule, or the customer's that renews first. */
function subscriptionIn(call: Call, trial: Call): JsonObject | undefined {
  const { transaction } = trial;
  const schedule = text(call.params, 'schedule');
  const id = text(call.params, 'subscription') ?? (schedule === undefined ? undefined : text(editNamed(trial, '/v1/subscription_schedules', schedule, 'schedule'), 'subscription'));
  if (id !== undefined) return editNamed(trial, SUBSCRIPTIONS, id, 'subscription');
  const customer = text(call.params, 'customer');
  if (customer === undefined || objects(trial.params, 'items').length > 0) return undefined;
  const [first] = transaction.rows(SUBSCRIPTIONS).filter((row) => text(row, 'customer') === customer && !ENDED.has(text(row, 'status') ?? ''))
    .sort((a, b) => (number(a, '_renews_at') ?? 0) - (number(b, '_renews_at') ?? 0));
  return first === undefined ? undefined : transaction.edit(SUBSCRIPTIONS, idOf(first));
}

/** What the request adds to the next invoice. */
function addItems(call: Call, trial: Call, customer: string, currency: string, subscription: string): void {
  objects(call.params, 'invoice_items').forEach((given, at) => {
    if (given['price'] !== undefined || given['price_data'] !== undefined) {
      itemFromPrice(trial, given, { customer, subscription }, `invoice_items[${at}]`);
      return;
    }
    const quantity = number(given, 'quantity') ?? 1;
    const amount = number(given, 'amount') ?? Math.round((number(given, 'unit_amount') ?? Number(text(given, 'unit_amount_decimal') ?? 0)) * quantity);
    const row = makeRow(trial, 'invoiceitem', {});
    Object.assign(row, {
      customer, currency: text(given, 'currency') ?? currency, amount, description: given['description'] ?? null, discountable: given['discountable'] ?? amount > 0, quantity, quantity_decimal: String(quantity),
      metadata: {}, period: clone(given['period'] ?? { end: trial.now, start: trial.now }), tax_rates: [], discounts: [],
    });
    trial.transaction.insert(ITEMS, row);
  });
}

function withDiscounts(call: Call, trial: Call, row: JsonObject): void {
  if (call.params['discounts'] !== undefined) row['discounts'] = discountsFrom(trial, objects(call.params, 'discounts'), { subscription: idOf(row) }).map(idOf);
}

function ofRunning(call: Call, trial: Call, row: JsonObject, details: JsonObject): JsonObject {
  const owner = text(row, 'customer') ?? '';
  const named = text(call.params, 'customer');
  if (named !== undefined && named !== owner) throw invalidRequest(`The subscription ${idOf(row)} does not belong to the customer ${named}.`, 'subscription');
  if (ENDED.has(text(row, 'status') ?? '')) throw nothing(owner);
  const customer = editNamed(trial, CUSTOMERS, owner, 'customer');
  addItems(call, trial, owner, text(row, 'currency') ?? 'usd', idOf(row));
  withDiscounts(call, trial, row);
  const waiting = (): boolean => pendingItems(trial, owner, text(row, 'currency') ?? 'usd', idOf(row)).length > 0;
  if (flag(details, 'cancel_now')) {
    if (details['proration_behavior'] !== 'none') prorate(trial, row, itemsOf(trial, row), [], number(details, 'proration_date') ?? trial.now, false);
    if (!waiting()) throw nothing(owner);
    return draftOf(trial, row, customer, { reason: 'subscription_update', items: [], from: trial.now, to: trial.now });
  }
  const latest = row['latest_invoice'];
  amend(trial, row, settlementIn(details), () => objects(details, 'items').forEach((item, at) => changeItem(trial, row, item, at)));
  if (row['latest_invoice'] !== latest) return editNamed(trial, INVOICES, text(row, 'latest_invoice') ?? '', 'invoice');
  const next = number(row, '_renews_at') ?? trial.now;
  const ending = flag(details, 'cancel_at_period_end') ? next : (number(details, 'cancel_at') ?? (details['cancel_at_period_end'] === false ? undefined : number(row, 'cancel_at')));
  const then: Call = { ...trial, now: next };
  if (ending !== undefined && ending <= next) {
    if (!waiting()) throw nothing(owner);
    return draftOf(then, row, customer, { reason: 'subscription_cycle', items: [], from: trial.now, to: next });
  }
  row['status'] = row['status'] === 'trialing' ? 'active' : (row['status'] ?? 'active');
  renew(then, row);
  return editNamed(trial, INVOICES, text(row, 'latest_invoice') ?? '', 'invoice');
}

/** The first invoice of a subscription that does not exist yet, or what waits for a customer without one. */
function ofNew(call: Call, trial: Call, details: JsonObject): JsonObject {
  const id = text(call.params, 'customer');
  const customer = id === undefined ? trial.transaction.insert(CUSTOMERS, makeRow(trial, 'customer', object(call.params, 'customer_details') ?? {})) : editNamed(trial, CUSTOMERS, id, 'customer');
  const items = objects(details, 'items');
  const currency = text(call.params, 'currency') ?? text(customer, 'currency') ?? 'usd';
  addItems(call, trial, idOf(customer), currency, '');
  if (items.length > 0) {
    const discounts = discountsFrom(trial, objects(call.params, 'discounts'), {}).map(idOf);
    const end = details['trial_end'];
    const anchor = number(object(details, 'billing_cycle_anchor'), 'timestamp');
    const subscription = insertSubscription(trial, customer, items, { collection_method: 'charge_automatically', default_tax_rates: texts(details, 'default_tax_rates'), discounts, ...(typeof end === 'number' ? { trial_end: end } : {}), ...(anchor === undefined ? {} : { billing_cycle_anchor: anchor }) });
    return editNamed(trial, INVOICES, text(subscription, 'latest_invoice') ?? '', 'invoice');
  }
  if (pendingItems(trial, idOf(customer), currency).length === 0) throw nothing(idOf(customer));
  const none = makeRow(trial, 'subscription', {});
  Object.assign(none, { currency, collection_method: 'charge_automatically', discounts: [] });
  withDiscounts(call, trial, none);
  const invoice = draftOf(trial, none, customer, { reason: 'subscription_cycle', items: [], from: trial.now, to: trial.now });
  invoice['parent'] = null;
  return invoice;
}

function onlyRecurring(trial: Call, invoice: JsonObject): void {
  for (const line of trial.transaction.children(LINES, idOf(invoice))) {
    const parent = object(line, 'parent');
    if (text(object(parent, 'invoice_item_details') ?? object(parent, 'subscription_item_details'), 'invoice_item') !== undefined) trial.transaction.remove(LINES, idOf(line));
  }
  recompute(trial, invoice);
}

function shown(call: Call, trial: Call, invoice: JsonObject, details: JsonObject): JsonObject {
  const id = `upcoming_in_1${randomLetters(23)}`;
  const lines = trial.transaction.children(LINES, idOf(invoice)).map((line): JsonObject => ({ ...withoutHidden(line), invoice: id }));
  const row: JsonObject = { ...withoutHidden(invoice), id, billing_reason: 'upcoming', lines: { object: 'list', data: lines, has_more: false, url: `/v1/invoices/${id}/lines` } };
  const date = number(details, 'proration_date');
  const of = object(object(row, 'parent'), 'subscription_details');
  if (date !== undefined && of !== undefined) of['subscription_proration_date'] = date;
  if (details['metadata'] !== undefined && of !== undefined) of['metadata'] = clone(details['metadata']);
  row['on_behalf_of'] = call.params['on_behalf_of'] ?? row['on_behalf_of'] ?? null;
  return row;
}
