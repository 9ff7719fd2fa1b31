// What time does to an invoice: a draft that advances by itself is finalized and collected or sent, a failed collection is tried again,
// one that was sent and not paid becomes overdue.
import type { Call } from '../call.ts';
import { emit, idOf } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, text } from '../json.ts';
import { INVOICES } from './invoice-lines.ts';
import { collectDue, subscriptionOf } from './invoice-payment.ts';
import { finalize } from './invoices.ts';

/** When an invoice next has something to do. */
export function invoiceDue(row: JsonObject): number | undefined {
  if (row['status'] === 'draft') return flag(row, 'auto_advance') ? number(row, 'automatically_finalizes_at') : undefined;
  if (row['status'] !== 'open') return undefined;
  if (row['collection_method'] === 'send_invoice') return flag(row, '_overdue') ? undefined : number(row, 'due_date');
  return flag(row, 'auto_advance') ? number(row, 'next_payment_attempt') : undefined;
}

/** Does what is due. */
export function invoiceTurn(call: Call, row: JsonObject): void {
  const sent = row['collection_method'] === 'send_invoice';
  if (call.transaction.find('/v1/customers', text(row, 'customer') ?? '') === undefined) {
    // Whoever was to pay was deleted: nothing happens by itself any more.
    Object.assign(row, { auto_advance: false, automatically_finalizes_at: null, next_payment_attempt: null, _overdue: true });
  } else if (row['status'] === 'draft') {
    finalize(call, row);
    if (text(row, 'status') !== 'open') return;
    if (sent) emit(call, 'invoice.sent', { collection: INVOICES, key: idOf(row) });
    else collectDue(call, row);
  } else if (sent) {
    row['_overdue'] = true;
    emit(call, 'invoice.overdue', { collection: INVOICES, key: idOf(row) });
    const subscription = subscriptionOf(call, row);
    if (subscription !== undefined && subscription['status'] === 'active') subscription['status'] = 'past_due';
  } else {
    row['next_payment_attempt'] = null;
    collectDue(call, row);
  }
}
