// What time does to a subscription: trials end, periods begin, it ends when it was to end, first payments that never came expire.
import type { Call } from '../call.ts';
import { editNamed, emit, idOf } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, text } from '../json.ts';
import { cutPeriod } from './endings.ts';
import { INVOICES, pendingItems } from './invoice-lines.ts';
import { defaultMethod, endSubscription } from './invoice-payment.ts';
import { voidInvoice } from './invoices.ts';
import { notePause } from './pause-notes.ts';
import { dropPending, pendingDue } from './pending-updates.ts';
import { boundaryAfter } from './periods.ts';
import { tellItems } from './subscription-changes.ts';
import { cycleInvoice, draftOf } from './subscription-invoices.ts';
import { editItems, isMetered, itemsOf, noteRenewal } from './subscription-items.ts';

const SUBSCRIPTIONS = '/v1/subscriptions';
const CUSTOMERS = '/v1/customers';
const HOUR = 3600;
const THREE_DAYS = 3 * 24 * HOUR;
const FIRST_PAYMENT = 23 * HOUR;
const RUNNING = new Set(['active', 'past_due', 'unpaid']);

/** When a subscription next has something to do. */
export function subscriptionDue(row: JsonObject): number | undefined {
  const status = text(row, 'status') ?? '';
  if (status === 'incomplete') return (number(row, 'created') ?? 0) + FIRST_PAYMENT;
  const times: (number | undefined)[] = [];
  if (status === 'trialing') times.push(trialDue(row), number(row, 'cancel_at'));
  else if (RUNNING.has(status)) times.push(number(row, '_renews_at'), number(row, 'cancel_at'), number(object(row, 'pause_collection'), 'resumes_at'));
  times.push(pendingDue(row));
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : Math.min(...known);
}

function trialDue(row: JsonObject): number | undefined {
  const end = number(row, 'trial_end');
  if (end === undefined || flag(row, '_trial_told')) return end;
  return Math.max(number(row, 'trial_start') ?? 0, end - THREE_DAYS);
}

/** Does what is due. */
export function subscriptionTurn(call: Call, row: JsonObject): void {
  const status = text(row, 'status') ?? '';
  const resumes = number(object(row, 'pause_collection'), 'resumes_at');
  if (status === 'incomplete') expire(call, row);
  else if ((pendingDue(row) ?? Number.POSITIVE_INFINITY) <= call.now) dropPending(call, row, (invoice) => voidInvoice(call, invoice));
  else if ((number(row, 'cancel_at') ?? Number.POSITIVE_INFINITY) <= call.now) end(call, row);
  else if (status === 'trialing' && !flag(row, '_trial_told')) warn(call, row);
  else if (status === 'trialing') endTrial(call, row);
  else if ((number(row, '_renews_at') ?? Number.POSITIVE_INFINITY) <= call.now) renew(call, row);
  else if (resumes !== undefined && resumes <= call.now) row['pause_collection'] = null;
}

/** A first payment that never came: the invoice is taken back, and the subscription was never more than an attempt. */
function expire(call: Call, row: JsonObject): void {
  row['status'] = 'incomplete_expired';
  row['ended_at'] = call.now;
  const invoice = call.transaction.edit(INVOICES, text(row, 'latest_invoice') ?? '');
  if (invoice !== undefined && invoice['status'] === 'open') voidInvoice(call, invoice);
}

/** Ends as agreed; what was used and what still waits is billed on a last invoice. */
function end(call: Call, row: JsonObject): void {
  endSubscription(call, row, 'cancellation_requested');
  const owner = text(row, 'customer') ?? '';
  const used = itemsOf(call, row).filter((item) => isMetered(item));
  if (used.length === 0 && pendingItems(call, owner, text(row, 'currency') ?? 'usd', idOf(row)).length === 0) return;
  const from = Math.min(call.now, ...used.map((item) => number(item, 'current_period_start') ?? call.now));
  draftOf(call, row, editNamed(call, CUSTOMERS, owner, 'customer'), { reason: 'subscription_cycle', items: used, from, to: call.now, usage: true });
}

function warn(call: Call, row: JsonObject): void {
  row['_trial_told'] = true;
  emit(call, 'customer.subscription.trial_will_end', { collection: SUBSCRIPTIONS, key: idOf(row) });
}

function endTrial(call: Call, row: JsonObject): void {
  const customer = editNamed(call, CUSTOMERS, text(row, 'customer') ?? '', 'customer');
  const without = row['collection_method'] !== 'send_invoice' && defaultMethod(call, undefined, row, customer) === undefined;
  const then = text(object(object(row, 'trial_settings'), 'end_behavior'), 'missing_payment_method');
  if (without && then === 'cancel') {
    endSubscription(call, row, 'payment_failed');
  } else if (without && then === 'pause') {
    notePause(call, row, 'trial_end_without_payment_method');
  } else {
    row['status'] = 'active';
    renew(call, row);
  }
}

/** Begins the next period of every item whose period is over, and bills it. */
export function renew(call: Call, row: JsonObject): void {
  const at = number(row, '_renews_at') ?? call.now;
  const items = editItems(call, row);
  const before = items.map((item) => clone(item));
  const over = items.filter((item) => (number(item, 'current_period_end') ?? 0) <= at);
  const from = Math.min(...over.map((item) => number(item, 'current_period_start') ?? at));
  for (const item of over) {
    Object.assign(item, { current_period_start: at, current_period_end: boundaryAfter(object(item, 'price'), number(row, 'billing_cycle_anchor') ?? at, at), _whole_end: null });
    cutPeriod(row, item);
  }
  noteRenewal(call, row);
  tellItems(call, row, before);
  cycleInvoice(call, row, editNamed(call, CUSTOMERS, text(row, 'customer') ?? '', 'customer'), over, from);
}
