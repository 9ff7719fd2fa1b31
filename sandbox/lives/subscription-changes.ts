// Changes of a running subscription: what they are worth in the present period, whether the period begins again, and what is billed at
// once. It must not know what asked for the change: an update, an item's own path, or a schedule.
import type { Call } from '../call.ts';
import { editNamed, emit, idOf } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text } from '../json.ts';
import { withoutHidden } from '../generic.ts';
import { costOf } from './amounts.ts';
import { defaultMethod } from './invoice-payment.ts';
import { voidInvoice } from './invoices.ts';
import { notePause } from './pause-notes.ts';
import { boundaryAfter, rhythmOf } from './periods.ts';
import { checkPending, dropPending, postpone, remember } from './pending-updates.ts';
import { prorate, prorationTime } from './prorations.ts';
import { addOnce, invoiceNow } from './subscription-invoices.ts';
import { editItems, itemsOf, noteRenewal } from './subscription-items.ts';

/** How a change is to be settled, in the words of the parameters. */
export interface Settlement {
  readonly proration_behavior?: string | undefined;
  readonly proration_date?: number | undefined;
  readonly billing_cycle_anchor?: string | undefined;
  readonly trial_end?: number | 'now' | undefined;
}

/** The settlement that a request's parameters ask for. */
export function settlementIn(params: JsonObject): Settlement {
  const trial = params['trial_end'];
  return {
    proration_behavior: text(params, 'proration_behavior'), proration_date: number(params, 'proration_date'), billing_cycle_anchor: text(object(params, 'billing_cycle_anchor'), 'type'),
    trial_end: trial === 'now' || typeof trial === 'number' ? trial : undefined,
  };
}

const worth = (items: readonly JsonObject[]): number => items.reduce((total, item) => total + costOf(object(item, 'price') ?? {}, number(item, 'quantity') ?? 0), 0);

/** Whether the billing cycle begins anew with a change: asked for, another rhythm, from free to paid, a trial that begins or ends. */
function beginsAnew(row: JsonObject, before: readonly JsonObject[], after: readonly JsonObject[], settlement: Settlement): boolean {
  if (settlement.billing_cycle_anchor === 'now' || settlement.trial_end !== undefined) return true;
  if (row['status'] === 'trialing') return false;
  const rhythms = (items: readonly JsonObject[]): Set<string> => new Set(items.map((item) => rhythmOf(object(item, 'price')).join()));
  const was = rhythms(before);
  return (before.length > 0 && [...rhythms(after)].some((rhythm) => !was.has(rhythm))) || (before.length > 0 && worth(before) === 0 && worth(after) > 0);
}

/** Changes a subscription's items by `mutate`, and settles what the change is worth. */
export function amend(call: Call, row: JsonObject, settlement: Settlement, mutate: () => void): void {
  checkPending(call, row);
  dropPending(call, row, (invoice) => voidInvoice(call, invoice));
  const was = remember(call, row);
  const before = itemsOf(call, row).map((item) => clone(item));
  mutate();
  const after = itemsOf(call, row);
  if (after.length === 0) throw invalidRequest('A subscription must have at least one active plan. Please remove the subscription instead.', 'items');
  const changed = JSON.stringify(before) !== JSON.stringify(after);
  if (row['status'] === 'paused' || row['status'] === 'canceled' || row['status'] === 'incomplete') {
    noteRenewal(call, row);
    return;
  }
  const at = prorationTime(call, before, settlement.proration_date);
  const behavior = settlement.proration_behavior ?? 'create_prorations';
  const anew = beginsAnew(row, before, after, settlement);
  const ending = row['status'] === 'trialing' && settlement.trial_end === 'now';
  if (ending && pausesWithout(row) && defaultMethod(call, undefined, row, editNamed(call, '/v1/customers', text(row, 'customer') ?? '', 'customer')) === undefined) {
    Object.assign(row, { trial_end: call.now, _trial_told: true });
    notePause(call, row, 'trial_end_without_payment_method');
    noteRenewal(call, row);
    return;
  }
  const trialing = row['status'] === 'trialing';
  if (behavior !== 'none' && !trialing) prorate(call, row, before, after, at, anew);
  const customer = editNamed(call, '/v1/customers', text(row, 'customer') ?? '', 'customer');
  if (call.endpoint.kind === 'update') addOnce(call, row, customer);
  if (anew) beginAnew(call, row, settlement.trial_end);
  noteRenewal(call, row);
  if (changed || anew) tellItems(call, row, before);
  const invoice = anew ? invoiceNow(call, row, customer, itemsOf(call, row)) : behavior === 'always_invoice' && changed && !trialing ? invoiceNow(call, row, customer, []) : undefined;
  if (invoice?.['status'] === 'open' && call.params['payment_behavior'] === 'pending_if_incomplete') postpone(call, row, was, invoice);
}

/** Whether the end of a trial pauses a subscription that nothing pays. */
function pausesWithout(row: JsonObject): boolean {
  const then = text(object(object(row, 'trial_settings'), 'end_behavior'), 'missing_payment_method');
  return row['collection_method'] !== 'send_invoice' && then === 'pause';
}

function beginAnew(call: Call, row: JsonObject, trial: Settlement['trial_end']): void {
  if (row['status'] === 'trialing' && (trial === 'now' || trial === undefined)) {
    Object.assign(row, { status: 'active', trial_end: call.now, _trial_told: true });
    emit(call, 'customer.subscription.trial_will_end', { collection: '/v1/subscriptions', key: idOf(row) });
  }
  if (typeof trial === 'number') Object.assign(row, { status: 'trialing', trial_start: number(row, 'trial_start') ?? call.now, trial_end: trial, _trial_told: false });
  const anchor = typeof trial === 'number' ? trial : call.now;
  row['billing_cycle_anchor'] = anchor;
  for (const item of editItems(call, row)) Object.assign(item, { current_period_start: call.now, current_period_end: typeof trial === 'number' ? trial : boundaryAfter(object(item, 'price'), anchor, call.now), _whole_end: null });
}

/** Says that a subscription's items changed, with what they were. */
export function tellItems(call: Call, row: JsonObject, before: readonly JsonObject[]): void {
  emit(call, 'customer.subscription.updated', { collection: '/v1/subscriptions', key: idOf(row) }, { items: { data: before.map((item) => withoutHidden(item)) } });
}
