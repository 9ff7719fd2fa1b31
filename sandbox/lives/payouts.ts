// Money to the bank and from it: payouts and top-ups.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { number, text } from '../json.ts';
import { checkAvailable } from './account.ts';
import { insertTransaction } from './balance-transactions.ts';
import { checkPositive } from './transfers.ts';

const TWO_DAYS = 2 * 24 * 3600;

/** Payouts to the bank, under way until their day comes. */
export const payoutLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    checkAvailable(call, number(row, 'amount') ?? 0, text(row, 'currency') ?? 'usd');
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
