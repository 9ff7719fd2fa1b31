// Balance transactions: each movement of an account's money, with what it cost. It must not know why money moves.
import type { Call } from '../call.ts';
import { makeRow } from '../generic.ts';
import type { Json, JsonObject } from '../json.ts';

/** Where balance transactions lie. */
export const TRANSACTIONS = '/v1/balance_transactions';
const TWO_DAYS = 2 * 24 * 3600;
/** The application of the platform, in whose name fees are taken. */
export const APPLICATION = 'ca_sandbox';

/** Types that reports know by another name. */
const REPORTED: Readonly<Record<string, string>> = {
  application_fee: 'platform_earning', application_fee_refund: 'platform_earning_refund', payment: 'charge', payment_refund: 'refund', payout_cancel: 'payout_reversal', topup_cancel: 'topup_reversal', transfer_refund: 'transfer_reversal',
};

/** What a balance transaction is of. */
export interface TransactionOf {
  readonly amount: number;
  readonly currency: string;
  /** What Stripe takes. */
  readonly fee: number;
  readonly source: string;
  readonly type: string;
  readonly description: Json;
  /** What the platform takes besides, or gives back where it is less than nothing. */
  readonly applicationFee?: number;
  /** The kind that reports know it as, where its type does not tell. */
  readonly reporting?: string;
  /** When the money can be used; in two days unless given. */
  readonly availableOn?: number;
}

/** Inserts a balance transaction. */
export function insertTransaction(call: Call, of: TransactionOf): JsonObject {
  const row = makeRow(call, 'balance_transaction', {});
  const application = of.applicationFee ?? 0;
  const fee = of.fee + application;
  const details: JsonObject[] = [];
  if (application !== 0) details.push({ amount: application, application: APPLICATION, currency: of.currency, description: `${call.account} application fee`, type: 'application_fee' });
  if (of.fee !== 0) details.push({ amount: of.fee, application: null, currency: of.currency, description: 'Stripe processing fees', type: 'stripe_fee' });
  const availableOn = of.availableOn ?? call.now + TWO_DAYS;
  Object.assign(row, {
    amount: of.amount, available_on: availableOn, balance_type: 'payments', currency: of.currency, description: of.description, fee, fee_details: details, net: of.amount - fee, reporting_category: of.reporting ?? REPORTED[of.type] ?? of.type,
    source: of.source, status: availableOn <= call.now ? 'available' : 'pending', type: of.type,
  });
  return call.transaction.insert(TRANSACTIONS, row);
}
