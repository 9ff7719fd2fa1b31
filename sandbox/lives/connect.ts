// Money between accounts and to the bank: transfers and their reversals, application fees and their refunds, payouts, top-ups.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text } from '../json.ts';
import { insertTransaction } from './payments.ts';

const FEES = '/v1/application_fees';
const TRANSFERS = '/v1/transfers';
const TWO_DAYS = 2 * 24 * 3600;

function checkPositive(call: Call): void {
  const amount = number(call.params, 'amount');
  if (amount !== undefined && amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer');
}

/** The application fee of a charge that carries one. */
export function insertFee(call: Call, charge: JsonObject): void {
  const amount = number(charge, 'application_fee_amount') ?? 0;
  if (amount <= 0 || charge['paid'] !== true) return;
  const row = makeRow(call, 'application_fee', {});
  const account = text(object(charge, 'transfer_data'), 'destination') ?? text(charge, 'on_behalf_of') ?? call.account;
  Object.assign(row, {
    account, amount, application: 'ca_sandbox', charge: idOf(charge), currency: charge['currency'] ?? 'usd', originating_transaction: idOf(charge), refunded: false, amount_refunded: 0,
    balance_transaction: idOf(insertTransaction(call, { amount, currency: text(charge, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'application_fee', description: null })),
  });
  call.transaction.insert(FEES, row);
  charge['application_fee'] = idOf(row);
  emit(call, 'application_fee.created', { collection: FEES, key: idOf(row) });
}

/** Takes part of an amount back from the row above: fees are refunded, transfers reversed. */
function takeBack(call: Call, row: JsonObject, collection: string, counted: string, whole: string, type: string): JsonObject {
  const above = editAddressed(call, collection);
  const left = (number(above, 'amount') ?? 0) - (number(above, counted) ?? 0);
  const amount = number(call.params, 'amount') ?? left;
  if (left <= 0) throw unexpectedState(`${idOf(above)} has already been ${whole}.`, whole === 'refunded' ? 'charge_already_refunded' : undefined);
  if (amount > left) throw invalidRequest(`The amount (${amount}) is greater than what is left (${left}).`, 'amount', 'amount_too_large');
  const taken = (number(above, counted) ?? 0) + amount;
  above[counted] = taken;
  above[whole] = taken === number(above, 'amount');
  const sign = type === 'transfer_refund' ? 1 : -1;
  const transaction = insertTransaction(call, { amount: sign * amount, currency: text(above, 'currency') ?? 'usd', fee: 0, source: idOf(row), type, description: null });
  Object.assign(row, { amount, currency: above['currency'] ?? 'usd', metadata: row['metadata'] ?? {}, balance_transaction: idOf(transaction) });
  return above;
}

/** Refunds of application fees. */
export const feeRefundLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    const fee = takeBack(call, row, FEES, 'amount_refunded', 'refunded', 'application_fee_refund');
    row['fee'] = idOf(fee);
    emit(call, 'application_fee.refunded', { collection: FEES, key: idOf(fee) });
  },
};

/** Transfers to connected accounts. */
export const transferLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    const amount = number(call.params, 'amount');
    if (amount === undefined) throw invalidRequest('Missing required param: amount.', 'amount', 'parameter_missing');
    const transaction = insertTransaction(call, { amount: -amount, currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'transfer', description: row['description'] ?? null });
    Object.assign(row, { balance_transaction: idOf(transaction), destination_payment: `py_1${randomLetters(23)}`, metadata: row['metadata'] ?? {}, transfer_group: text(call.params, 'transfer_group') ?? null });
  },
};

/** Reversals of transfers. */
export const reversalLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    const transfer = takeBack(call, row, TRANSFERS, 'amount_reversed', 'reversed', 'transfer_refund');
    row['transfer'] = idOf(transfer);
    emit(call, 'transfer.reversed', { collection: TRANSFERS, key: idOf(transfer) });
  },
};

/** Payouts to the bank, under way until their day comes. */
export const payoutLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    const transaction = insertTransaction(call, { amount: -(number(row, 'amount') ?? 0), currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'payout', description: 'STRIPE PAYOUT' });
    Object.assign(row, { arrival_date: call.now + TWO_DAYS, balance_transaction: idOf(transaction), metadata: row['metadata'] ?? {}, destination: text(row, 'destination') ?? 'ba_1SandboxBankAccount00000' });
  },
};

/** Top-ups of the balance, under way until their day comes. */
export const topupLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    Object.assign(row, { expected_availability_date: call.now + TWO_DAYS, metadata: row['metadata'] ?? {} });
  },
};

/** `POST /v1/payouts/{}/cancel`, `POST /v1/topups/{}/cancel` */
export function cancelPending(collection: string, kind: string): (call: Call) => Answer {
  return (call) => {
    const row = editAddressed(call, collection, kind);
    if (row['status'] !== 'pending') throw unexpectedState(`This ${kind} cannot be canceled because it has a status of ${text(row, 'status') ?? ''}.`);
    row['status'] = 'canceled';
    if (text(row, 'balance_transaction') !== undefined) {
      insertTransaction(call, { amount: number(row, 'amount') ?? 0, currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: `${kind}_cancel`, description: null });
    }
    emit(call, `${kind}.canceled`, { collection, key: idOf(row) });
    return place(collection, idOf(row));
  };
}
