// Payouts that are called back: the money returns with a payout of its own.
import type { Answer, Call } from '../call.ts';
import { emit, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import { makeRow } from '../generic.ts';
import { clone, number, text } from '../json.ts';
import { insertTransaction } from './balance-transactions.ts';
import { editIn, mustBe } from './statuses.ts';

const PAYOUTS = '/v1/payouts';

/** `POST /v1/payouts/{}/reverse` */
export function reversePayout(call: Call): Answer {
  const row = editIn(call, PAYOUTS);
  if (text(row, 'reversed_by') !== undefined || text(row, 'original_payout') !== undefined) throw unexpectedState('This payout has already been reversed, or is itself a reversal.');
  if (row['status'] === 'pending' && row['automatic'] !== true) throw unexpectedState('This payout is pending and was made by hand: cancel it instead of reversing it.');
  mustBe(row, ['paid', 'pending', 'in_transit']);
  const amount = -(number(row, 'amount') ?? 0);
  const back = makeRow(call, 'payout', {});
  const transaction = insertTransaction(call, { amount: -amount, currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(back), type: 'payout', description: 'STRIPE PAYOUT REVERSAL' });
  Object.assign(back, {
    amount, arrival_date: row['arrival_date'] ?? call.now, balance_transaction: idOf(transaction), currency: row['currency'] ?? 'usd', destination: row['destination'] ?? null, metadata: clone(call.params['metadata'] ?? {}),
    original_payout: idOf(row), method: row['method'] ?? 'standard', source_type: row['source_type'] ?? 'card', status: 'pending', type: row['type'] ?? 'bank_account',
  });
  call.transaction.insert(PAYOUTS, back);
  row['reversed_by'] = idOf(back);
  emit(call, 'payout.created', { collection: PAYOUTS, key: idOf(back) });
  return place(PAYOUTS, idOf(back));
}
