// When a subscription is to end: with a period, at a time, or not at all any more; and what an end in the middle of a period is worth.
import type { Call } from '../call.ts';
import { editNamed } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text } from '../json.ts';
import { prorateSpan } from './prorations.ts';
import { invoiceNow } from './subscription-invoices.ts';
import { editItems, isMetered, itemsOf, noteRenewal } from './subscription-items.ts';

function noteEnding(call: Call, row: JsonObject, at: number, withPeriod: boolean): void {
  Object.assign(row, { cancel_at_period_end: withPeriod, cancel_at: at, canceled_at: call.now });
  row['cancellation_details'] = { ...object(row, 'cancellation_details'), reason: 'cancellation_requested' };
}

/** The end that an item's period would have if the subscription went on. */
function wholeEnd(item: JsonObject): number {
  return number(item, '_whole_end') ?? number(item, 'current_period_end') ?? 0;
}

/** Ends an item's period early, where the subscription ends before it; what it would be else is remembered. */
export function cutPeriod(row: JsonObject, item: JsonObject): void {
  const whole = wholeEnd(item);
  const at = flag(row, 'cancel_at_period_end') ? undefined : number(row, 'cancel_at');
  const end = at !== undefined && at < whole ? at : whole;
  item['current_period_end'] = end;
  if (end < whole) item['_whole_end'] = whole;
  else delete item['_whole_end'];
}

/** Fits the periods to the end; time that falls away is given back, time that comes back is charged. */
function fitPeriods(call: Call, row: JsonObject): void {
  const behavior = text(call.params, 'proration_behavior') ?? 'create_prorations';
  let changed = false;
  for (const item of editItems(call, row)) {
    const before = number(item, 'current_period_end') ?? 0;
    cutPeriod(row, item);
    const end = number(item, 'current_period_end') ?? 0;
    if (end === before) continue;
    changed = true;
    if (behavior !== 'none' && row['status'] === 'active' && !isMetered(item)) prorateSpan(call, row, item, Math.min(end, before), Math.max(end, before), end < before ? 'Unused' : 'Remaining');
  }
  if (!changed) return;
  noteRenewal(call, row);
  if (behavior === 'always_invoice' && row['status'] === 'active') invoiceNow(call, row, editNamed(call, '/v1/customers', text(row, 'customer') ?? '', 'customer'), []);
}

/** Settles when a subscription is to end, as a request asks. A fresh one's first period is simply shorter. */
export function settleEnding(call: Call, row: JsonObject, fresh: boolean): void {
  const { cancel_at: at, cancel_at_period_end: atEnd } = call.params;
  const ends = itemsOf(call, row).map(wholeEnd);
  if (atEnd === true) {
    noteEnding(call, row, Math.min(...ends), true);
  } else if (typeof at === 'number' || typeof at === 'string') {
    const time = typeof at === 'number' ? at : at === 'max_period_end' ? Math.max(...ends) : Math.min(...ends);
    if (time <= call.now) throw invalidRequest('`cancel_at` must be in the future.', 'cancel_at');
    noteEnding(call, row, time, false);
  } else if (atEnd === false || at === null) {
    Object.assign(row, { cancel_at_period_end: false, cancel_at: null, canceled_at: null });
    row['cancellation_details'] = { ...object(row, 'cancellation_details'), reason: null };
  } else if (flag(row, 'cancel_at_period_end')) {
    row['cancel_at'] = Math.min(...ends);
  }
  if (!fresh) {
    fitPeriods(call, row);
    return;
  }
  for (const item of editItems(call, row)) cutPeriod(row, item);
  noteRenewal(call, row);
}
