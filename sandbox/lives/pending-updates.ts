// Updates that wait to be paid (`payment_behavior: pending_if_incomplete`): where the invoice of a change cannot be collected, the subscription
// stays as it was and says what it will be; paid it changes, after a day the change is dropped and its invoice taken back.
import type { Call } from '../call.ts';
import { emit, idOf } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import { withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text } from '../json.ts';
import { itemsOf, noteRenewal, SUBSCRIPTION_ITEMS } from './subscription-items.ts';

const SUBSCRIPTIONS = '/v1/subscriptions';
const HOURS = 23 * 3600;
/** What of a subscription a change may change; all of it waits. */
const WAITING = ['status', 'billing_cycle_anchor', 'trial_end', 'trial_start', '_trial_told', '_renews_at', '_period_began'] as const;
/** What such an update may ask for. */
const SUPPORTED = new Set(['expand', 'payment_behavior', 'proration_behavior', 'proration_date', 'billing_cycle_anchor', 'items', 'trial_end', 'trial_from_plan', 'add_invoice_items', 'price', 'quantity', 'subscription']);

/** Refuses what cannot wait. */
export function checkPending(call: Call, row: JsonObject): void {
  if (call.params['payment_behavior'] !== 'pending_if_incomplete') return;
  const wrong = Object.keys(call.params).filter((name) => !SUPPORTED.has(name));
  if (wrong.length > 0) throw invalidRequest(`When \`payment_behavior\` is set to \`pending_if_incomplete\`, only parameters that can be pending may be passed. Unsupported: ${wrong.join(', ')}.`, wrong[0]);
  if (row['collection_method'] === 'send_invoice') throw invalidRequest('`payment_behavior` can only be set to `pending_if_incomplete` if `collection_method` is `charge_automatically`.', 'payment_behavior');
}

/** A subscription as it was before a change. */
export interface Was {
  readonly row: JsonObject;
  readonly items: readonly JsonObject[];
}

/** What a subscription is, to be gone back to. */
export function remember(call: Call, row: JsonObject): Was {
  return { row: Object.fromEntries(WAITING.map((name) => [name, clone(row[name] ?? null)])), items: itemsOf(call, row).map((item) => clone(item)) };
}

function setItems(call: Call, row: JsonObject, items: readonly JsonObject[]): void {
  const wanted = new Set(items.map(idOf));
  for (const item of itemsOf(call, row).filter((one) => !wanted.has(idOf(one)))) call.transaction.remove(SUBSCRIPTION_ITEMS, idOf(item));
  for (const item of items) call.transaction.restore(SUBSCRIPTION_ITEMS, clone(item));
}

/** Takes a change back and keeps it as what waits for an invoice. */
export function postpone(call: Call, row: JsonObject, was: Was, invoice: JsonObject): void {
  const wanted = remember(call, row);
  setItems(call, row, was.items);
  Object.assign(row, clone(was.row));
  noteRenewal(call, row);
  const ends = was.items.map((item) => number(item, 'current_period_end') ?? Number.POSITIVE_INFINITY);
  const changed = (name: 'billing_cycle_anchor' | 'trial_end'): number | null => (wanted.row[name] === was.row[name] ? null : (number(wanted.row, name) ?? null));
  row['pending_update'] = {
    billing_cycle_anchor: changed('billing_cycle_anchor'), cancel_at_period_end: null, discount: null, discounts: null, expires_at: Math.min(call.now + HOURS, number(was.row, 'trial_end') ?? Number.POSITIVE_INFINITY, ...ends),
    metadata: null, subscription_items: wanted.items.map((item) => withoutHidden(clone(item))), trial_end: changed('trial_end'), trial_from_plan: null,
  };
  // A failed payment has no part in what is wanted.
  row['_pending'] = { row: { ...wanted.row, status: wanted.row['status'] === 'trialing' ? 'trialing' : 'active' }, items: [...wanted.items], invoice: idOf(invoice) };
}

/** The change that waits for an invoice is made now that it is paid. */
export function applyPending(call: Call, row: JsonObject | undefined, invoice: JsonObject): void {
  const pending = object(row, '_pending');
  if (row === undefined || pending === undefined || text(pending, 'invoice') !== idOf(invoice)) return;
  const before = itemsOf(call, row).map((item) => withoutHidden(clone(item)));
  setItems(call, row, objects(pending, 'items'));
  Object.assign(row, clone(object(pending, 'row') ?? {}), { pending_update: null, _pending: null });
  noteRenewal(call, row);
  emit(call, 'customer.subscription.pending_update_applied', { collection: SUBSCRIPTIONS, key: idOf(row) });
  emit(call, 'customer.subscription.updated', { collection: SUBSCRIPTIONS, key: idOf(row) }, { items: { data: before } });
}

/** When a change that waits is dropped. */
export function pendingDue(row: JsonObject): number | undefined {
  return number(object(row, 'pending_update'), 'expires_at');
}

/** Drops the change that waits, if one does, and takes its invoice back. */
export function dropPending(call: Call, row: JsonObject, takeBack: (invoice: JsonObject) => void): void {
  const pending = object(row, '_pending');
  if (pending === undefined) return;
  Object.assign(row, { pending_update: null, _pending: null });
  const invoice = call.transaction.edit('/v1/invoices', text(pending, 'invoice') ?? '');
  if (invoice?.['status'] === 'open') takeBack(invoice);
  emit(call, 'customer.subscription.pending_update_expired', { collection: SUBSCRIPTIONS, key: idOf(row) });
}
