// Transfers to connected accounts: what leaves the platform arrives there as a payment of its own, and what is reversed is refunded there.
import type { Call } from '../call.ts';
import { editAddressed, emit, emitFor, idOf } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { number, text } from '../json.ts';
import { checkAvailable } from './account.ts';
import { insertTransaction } from './balance-transactions.ts';
import { inAccount, isAccount } from './elsewhere.ts';

/** Where transfers and their reversals lie. */
export const TRANSFERS = '/v1/transfers';
const REVERSALS = '/v1/transfers/{}/reversals';
const CHARGES = '/v1/charges';
const REFUNDS = '/v1/refunds';

/** Refuses an amount that is none. */
export function checkPositive(call: Call): void {
  const amount = number(call.params, 'amount');
  if (amount !== undefined && amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer');
}

/** The payment that a transfer is to the account it goes to; `fee` is what the platform takes of it. */
function arrive(call: Call, transfer: JsonObject, fee: number): string {
  const account = text(transfer, 'destination');
  const id = `py_1${randomLetters(23)}`;
  if (!isAccount(account)) return id;
  const there = inAccount(call, account);
  const amount = number(transfer, 'amount') ?? 0;
  const currency = text(transfer, 'currency') ?? 'usd';
  const row = makeRow(there, 'charge', { amount, currency });
  const source = call.transaction.find('/v1/balance_transactions', text(call.transaction.find(CHARGES, text(transfer, 'source_transaction') ?? ''), 'balance_transaction') ?? '');
  const transaction = insertTransaction(there, { amount, currency, fee: 0, source: id, type: 'payment', description: null, applicationFee: fee, availableOn: number(source, 'available_on') ?? there.now });
  Object.assign(row, {
    id, amount_captured: amount, balance_transaction: idOf(transaction), captured: true, paid: true, status: 'succeeded', source_transfer: idOf(transfer), metadata: {}, fraud_details: {},
    payment_method_details: { stripe_account: {}, type: 'stripe_account' }, application: null, ...(fee === 0 ? {} : { application_fee_amount: fee }),
  });
  there.transaction.insert(CHARGES, row);
  emit(there, 'charge.succeeded', { collection: CHARGES, key: id });
  return id;
}

/** Completes a fresh transfer: the money leaves here and arrives there. */
function complete(call: Call, row: JsonObject, fee: number): void {
  const amount = number(row, 'amount') ?? 0;
  const source = call.transaction.find('/v1/balance_transactions', text(call.transaction.find(CHARGES, text(row, 'source_transaction') ?? ''), 'balance_transaction') ?? '');
  const transaction = insertTransaction(call, {
    amount: -amount, currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'transfer', description: row['description'] ?? null, availableOn: number(source, 'available_on') ?? call.now,
  });
  Object.assign(row, { balance_transaction: idOf(transaction), metadata: row['metadata'] ?? {}, destination_payment: arrive(call, row, fee) });
}

/** Transfers that are asked for; of a charge's money no more than there was. */
export const transferLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    const source = text(call.params, 'source_transaction');
    const charge = source === undefined ? undefined : call.transaction.edit(CHARGES, source);
    const amount = number(call.params, 'amount') ?? number(charge, 'amount');
    if (amount === undefined) throw invalidRequest('Missing required param: amount.', 'amount', 'parameter_missing');
    if (charge === undefined) checkAvailable(call, amount, text(row, 'currency') ?? 'usd');
    if (charge !== undefined) {
      const moved = call.transaction.rowsWhere(TRANSFERS, 'source_transaction', idOf(charge)).filter((one) => one !== row).reduce((all, one) => all + (number(one, 'amount') ?? 0) - (number(one, 'amount_reversed') ?? 0), 0);
      const most = (number(charge, 'amount') ?? 0) - moved;
      if (amount > most) throw invalidRequest(`Transfers using this transaction as a source must not exceed the source amount of ${number(charge, 'amount') ?? 0}. (The source transaction already has existing transfers of ${moved} against it.)`, 'amount');
      charge['transfer_group'] ??= text(call.params, 'transfer_group') ?? `group_${idOf(charge)}`;
    }
    Object.assign(row, { amount, transfer_group: text(call.params, 'transfer_group') ?? charge?.['transfer_group'] ?? null });
    complete(call, row, 0);
  },
};

/** The transfer of a charge that is for another account; the platform keeps its fee of it. */
export function insertTransfer(call: Call, charge: JsonObject, destination: string, amount: number, fee: number): JsonObject {
  const row = makeRow(call, 'transfer', {});
  charge['transfer_group'] ??= `group_${text(charge, 'payment_intent') ?? idOf(charge)}`;
  Object.assign(row, { amount, currency: charge['currency'] ?? 'usd', destination, source_transaction: idOf(charge), source_type: 'card', transfer_group: charge['transfer_group'] });
  call.transaction.insert(TRANSFERS, row);
  complete(call, row, fee);
  emitFor(call, 'transfer', 'created', { collection: TRANSFERS, key: idOf(row) });
  return row;
}

/** The refund that a reversal is in the account that the transfer went to; `fee` is what the platform gives back of its own. */
function leave(call: Call, transfer: JsonObject, reversal: JsonObject, fee: number): string | null {
  const account = text(transfer, 'destination');
  if (!isAccount(account)) return null;
  const there = inAccount(call, account);
  const payment = there.transaction.edit(CHARGES, text(transfer, 'destination_payment') ?? '');
  if (payment === undefined) return null;
  const amount = number(reversal, 'amount') ?? 0;
  const currency = text(transfer, 'currency') ?? 'usd';
  const row = makeRow(there, 'refund', {});
  const id = `pyr_1${randomLetters(23)}`;
  const transaction = insertTransaction(there, { amount: -amount, currency, fee: 0, source: id, type: 'payment_refund', description: null, applicationFee: -fee, availableOn: there.now });
  Object.assign(row, { id, amount, balance_transaction: idOf(transaction), charge: idOf(payment), currency, metadata: {}, payment_intent: null, source_transfer_reversal: idOf(reversal), status: 'succeeded', destination_details: null });
  there.transaction.insert(REFUNDS, row);
  const refunded = (number(payment, 'amount_refunded') ?? 0) + amount;
  Object.assign(payment, { amount_refunded: refunded, refunded: refunded >= (number(payment, 'amount') ?? 0) });
  emit(there, 'charge.refunded', { collection: CHARGES, key: idOf(payment) });
  return id;
}

/** Completes a fresh reversal of a part of a transfer. */
function reverse(call: Call, row: JsonObject, transfer: JsonObject, amount: number, fee: number): void {
  const taken = (number(transfer, 'amount_reversed') ?? 0) + amount;
  Object.assign(transfer, { amount_reversed: taken, reversed: taken >= (number(transfer, 'amount') ?? 0) });
  const currency = transfer['currency'] ?? 'usd';
  Object.assign(row, { amount, currency, metadata: row['metadata'] ?? {}, transfer: idOf(transfer), _parent: idOf(transfer) });
  row['balance_transaction'] = idOf(insertTransaction(call, { amount, currency: text(transfer, 'currency') ?? 'usd', fee: 0, source: idOf(transfer), type: 'transfer_refund', description: null, availableOn: call.now }));
  row['destination_payment_refund'] = leave(call, transfer, row, fee);
  emit(call, 'transfer.reversed', { collection: TRANSFERS, key: idOf(transfer) });
}

/** Reversals that are asked for. */
export const reversalLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    const transfer = editAddressed(call, TRANSFERS);
    const left = (number(transfer, 'amount') ?? 0) - (number(transfer, 'amount_reversed') ?? 0);
    if (left <= 0) throw unexpectedState(`Transfer ${idOf(transfer)} is already fully reversed.`);
    const amount = number(call.params, 'amount') ?? left;
    if (amount > left) throw invalidRequest(`Reversal amount (${amount}) is greater than unreversed amount on transfer (${left}).`, 'amount', 'amount_too_large');
    reverse(call, row, transfer, amount, 0);
  },
};

/** The reversal that goes with a refund of the transfer's charge. */
export function insertReversal(call: Call, transfer: JsonObject, amount: number, fee: number, refund: string): JsonObject {
  const row = makeRow(call, 'transfer_reversal', {});
  call.transaction.insert(REVERSALS, row);
  row['source_refund'] = refund;
  reverse(call, row, transfer, amount, fee);
  return row;
}
