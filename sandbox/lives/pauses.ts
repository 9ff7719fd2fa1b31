// Subscriptions that pause and go on: what was paid for and will not be used is given back, what was used is billed.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text } from '../json.ts';
import { costOf, nameOf } from './amounts.ts';
import { ITEMS, pricingOf } from './invoice-lines.ts';
import { usageOf } from './metering.ts';
import { SUBSCRIPTIONS, notePause } from './pause-notes.ts';
import { boundaryAfter } from './periods.ts';
import { prorateSpan } from './prorations.ts';
import { settlementIn } from './subscription-changes.ts';
import { invoiceNow } from './subscription-invoices.ts';
import { editItems, isMetered, noteRenewal } from './subscription-items.ts';

/** What was used of a metered price so far, as an item for the next invoice. */
function billUsage(call: Call, row: JsonObject, item: JsonObject): void {
  const price = object(item, 'price') ?? {};
  const start = number(item, '_usage_from') ?? number(item, 'current_period_start') ?? call.now;
  const customer = text(row, 'customer') ?? '';
  const quantity = usageOf(call, text(object(price, 'recurring'), 'meter'), customer, start, call.now);
  item['_usage_from'] = call.now;
  if (quantity === 0) return;
  const made = makeRow(call, 'invoiceitem', {});
  Object.assign(made, {
    amount: costOf(price, quantity), currency: price['currency'] ?? 'usd', customer, description: `${quantity} × ${nameOf(call, price)}`, discountable: true, discounts: [], metadata: {},
    parent: { subscription_details: { subscription: idOf(row), subscription_item: idOf(item) }, type: 'subscription_details' }, period: { end: call.now, start }, pricing: pricingOf(price),
    proration: false, quantity, quantity_decimal: String(quantity), tax_rates: [], test_clock: row['test_clock'] ?? null,
  });
  call.transaction.insert(ITEMS, made);
  emit(call, 'invoiceitem.created', { collection: ITEMS, key: idOf(made) });
}

/** Settles the present period: the rest of what was paid is given back, what was used is billed. */
function settlePeriod(call: Call, row: JsonObject): void {
  const wanted = object(call.params, 'bill_for');
  const unused = text(object(wanted, 'unused_time_from'), 'type') ?? 'now';
  const used = text(object(wanted, 'outstanding_usage_through'), 'type') ?? 'now';
  for (const item of editItems(call, row)) {
    const end = number(item, 'current_period_end') ?? call.now;
    const from = unused === 'item_current_period_start' ? (number(item, 'current_period_start') ?? call.now) : call.now;
    if (isMetered(item)) {
      if (used !== 'none') billUsage(call, row, item);
    } else if (unused !== 'none' && from < end) {
      prorateSpan(call, row, item, from, end, 'Unused');
      row['_given_back'] = true;
    }
  }
}

/** `POST /v1/subscriptions/{}/pause` */
export function pauseVerb(call: Call): Answer {
  const row = editAddressed(call, SUBSCRIPTIONS, 'subscription');
  if (row['status'] !== 'active' && row['status'] !== 'trialing') throw unexpectedState(`The subscription cannot be paused because it has a status of ${text(row, 'status') ?? ''}.`);
  if (row['status'] === 'active') {
    settlePeriod(call, row);
    if (text(call.params, 'invoicing_behavior') === 'invoice') invoiceNow(call, row, customerOf(call, row), []);
  }
  notePause(call, row, 'pause_requested');
  return place(SUBSCRIPTIONS, idOf(row));
}

function customerOf(call: Call, row: JsonObject): JsonObject {
  return editNamed(call, '/v1/customers', text(row, 'customer') ?? '', 'customer');
}

/** `POST /v1/subscriptions/{}/resume`: a new period from now on, unless the old one is to go on. */
export function resumeVerb(call: Call): Answer {
  const row = editAddressed(call, SUBSCRIPTIONS, 'subscription');
  if (row['status'] !== 'paused') throw unexpectedState('The subscription cannot be resumed because it is not paused.');
  row['status'] = 'active';
  delete row['status_details'];
  emit(call, 'customer.subscription.resumed', { collection: SUBSCRIPTIONS, key: idOf(row) });
  const items = editItems(call, row);
  const settlement = settlementIn(call.params);
  const anchor = settlement.billing_cycle_anchor ?? text(call.params, 'billing_cycle_anchor');
  const goesOn = anchor === 'unchanged' && items.every((item) => (number(item, 'current_period_end') ?? 0) > call.now);
  const behavior = settlement.proration_behavior ?? 'create_prorations';
  if (goesOn && flag(row, '_given_back') && behavior !== 'none') {
    for (const item of items.filter((one) => !isMetered(one))) prorateSpan(call, row, item, settlement.proration_date ?? call.now, number(item, 'current_period_end') ?? call.now, 'Remaining');
    if (behavior === 'always_invoice') invoiceNow(call, row, customerOf(call, row), []);
  }
  row['_given_back'] = false;
  if (goesOn) return place(SUBSCRIPTIONS, idOf(row));
  row['billing_cycle_anchor'] = call.now;
  for (const item of items) Object.assign(item, { current_period_start: call.now, current_period_end: boundaryAfter(object(item, 'price'), call.now, call.now), _usage_from: null });
  noteRenewal(call, row);
  const invoice = invoiceNow(call, row, customerOf(call, row), items);
  if (invoice['status'] === 'open' && row['collection_method'] !== 'send_invoice') row['status'] = 'paused';
  return place(SUBSCRIPTIONS, idOf(row));
}
