// Small things that time does: what was offered expires, what was under way arrives, what was undecided is decided. One entry for each
// collection: when it is due, and what happens then.
import type { Call } from '../call.ts';
import { emit, idOf } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text, texts } from '../json.ts';
import { insertTransaction } from './balance-transactions.ts';
import { DISCOUNTS } from './amounts.ts';
import { disputeDue, disputeTurn } from './disputes.ts';
import { followFailure, followIntent } from './invoice-payment.ts';
import { INTENTS, cancelIntent, settleProcessing } from './payment-intents.ts';

/** Work that waits: when, told from the row alone, and what. */
export interface Work {
  readonly at: (row: JsonObject) => number | undefined;
  readonly run: (call: Call, row: JsonObject) => void;
}

/** A row of these statuses is due at the time in a field. */
function whenIn(statuses: readonly string[], field: string): Work['at'] {
  return (row) => (statuses.includes(text(row, 'status') ?? '') ? number(row, field) : undefined);
}

const QUOTES = '/v1/quotes';
const SESSIONS = '/v1/checkout/sessions';
const PAYOUTS = '/v1/payouts';
const TOPUPS = '/v1/topups';

function cancelQuote(call: Call, row: JsonObject): void {
  row['status'] = 'canceled';
  row['status_transitions'] = { ...object(row, 'status_transitions'), canceled_at: call.now };
  emit(call, 'quote.canceled', { collection: QUOTES, key: idOf(row) });
}

function expireSession(call: Call, row: JsonObject): void {
  Object.assign(row, { status: 'expired', url: null });
  emit(call, 'checkout.session.expired', { collection: SESSIONS, key: idOf(row) });
}

/** Money under way arrives or does not; an authorisation that nobody captured lapses. */
function turnIntent(call: Call, row: JsonObject): void {
  if (row['status'] === 'requires_capture') {
    cancelIntent(call, row, 'automatic');
    return;
  }
  const method = call.transaction.edit('/v1/payment_methods', text(row, 'payment_method') ?? '');
  row['_settles_at'] = null;
  if (method === undefined) return;
  if (settleProcessing(call, row, method)) followIntent(call, row);
  else followFailure(call, row);
}

function payOut(call: Call, row: JsonObject): void {
  row['status'] = 'paid';
  emit(call, 'payout.paid', { collection: PAYOUTS, key: idOf(row) });
}

function topUp(call: Call, row: JsonObject): void {
  const transaction = insertTransaction(call, { amount: number(row, 'amount') ?? 0, currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'topup', description: row['description'] ?? null });
  Object.assign(row, { status: 'succeeded', balance_transaction: idOf(transaction) });
  emit(call, 'topup.succeeded', { collection: TOPUPS, key: idOf(row) });
}

/** A discount for some months leaves whatever it was on. */
function endDiscount(call: Call, row: JsonObject): void {
  row['_ended'] = true;
  const holder = call.transaction.edit('/v1/subscriptions', text(row, 'subscription') ?? '');
  if (holder === undefined || !texts(holder, 'discounts').includes(idOf(row))) return;
  holder['discounts'] = texts(holder, 'discounts').filter((id) => id !== idOf(row));
  emit(call, 'customer.discount.deleted', { collection: DISCOUNTS, key: idOf(row) });
}

/** The work of each of these collections. */
export const EXPIRATIONS: Readonly<Record<string, Work>> = {
  '/v1/balance_transactions': {
    at: whenIn(['pending'], 'available_on'),
    run: (_call, row) => {
      row['status'] = 'available';
    },
  },
  '/v1/coupons': {
    at: (row) => (flag(row, 'valid') ? number(row, 'redeem_by') : undefined),
    run: (_call, row) => {
      row['valid'] = false;
    },
  },
  '/v1/promotion_codes': {
    at: (row) => (flag(row, 'active') ? number(row, 'expires_at') : undefined),
    run: (_call, row) => {
      row['active'] = false;
    },
  },
  '/v1/file_links': {
    at: (row) => (flag(row, 'expired') ? undefined : number(row, 'expires_at')),
    run: (_call, row) => {
      row['expired'] = true;
    },
  },
  [DISCOUNTS]: { at: (row) => (flag(row, '_ended') ? undefined : number(row, 'end')), run: endDiscount },
  [INTENTS]: {
    at: (row) => (row['status'] === 'processing' ? number(row, '_settles_at') : row['status'] === 'requires_capture' ? number(row, '_capture_by') : undefined),
    run: turnIntent,
  },
  '/v1/disputes': { at: disputeDue, run: disputeTurn },
  [PAYOUTS]: { at: whenIn(['pending', 'in_transit'], 'arrival_date'), run: payOut },
  [TOPUPS]: { at: whenIn(['pending'], 'expected_availability_date'), run: topUp },
  [QUOTES]: { at: whenIn(['draft', 'open'], 'expires_at'), run: cancelQuote },
  [SESSIONS]: { at: whenIn(['open'], 'expires_at'), run: expireSession },
};
