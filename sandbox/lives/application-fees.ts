// What a platform earns: the fee of a charge that an account connected to it takes, or that the platform takes for one; refunds of fees.
import type { Call } from '../call.ts';
import { editAddressed, emit, idOf } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text } from '../json.ts';
import { OWN_ACCOUNT } from '../keys.ts';
import { APPLICATION, insertTransaction } from './balance-transactions.ts';
import { isAccount, onPlatform } from './elsewhere.ts';
import { TRANSFERS, checkPositive, insertReversal, insertTransfer } from './transfers.ts';

const FEES = '/v1/application_fees';
const FEE_REFUNDS = '/v1/application_fees/{}/refunds';

/** Refuses a fee where no other account is paid. */
export function checkFee(call: Call, params: JsonObject): void {
  const fee = number(params, 'application_fee_amount');
  if (fee === undefined || call.account !== OWN_ACCOUNT || text(object(params, 'transfer_data'), 'destination') !== undefined) return;
  throw invalidRequest('Can only apply an application_fee_amount when the PaymentIntent is attempting a direct payment (using an OAuth key or Stripe-Account header) or destination payment (using `transfer_data[destination]`).', 'application_fee_amount');
}

/** What the platform takes of a charge that its account takes itself. */
export function directFee(call: Call, charge: JsonObject): number {
  return call.account === OWN_ACCOUNT ? 0 : (number(charge, 'application_fee_amount') ?? 0);
}

function insertFee(call: Call, charge: JsonObject, amount: number, of: { readonly account: string; readonly charge: string }): JsonObject {
  const platform = onPlatform(call);
  const currency = text(charge, 'currency') ?? 'usd';
  const row = makeRow(platform, 'application_fee', {});
  Object.assign(row, {
    ...of, amount, application: APPLICATION, currency, originating_transaction: idOf(charge), refunded: false, amount_refunded: 0,
    balance_transaction: idOf(insertTransaction(platform, { amount, currency, fee: 0, source: idOf(row), type: 'application_fee', description: null, availableOn: platform.now })),
  });
  platform.transaction.insert(FEES, row);
  emit(platform, 'application_fee.created', { collection: FEES, key: idOf(row) });
  return row;
}

/** Shares a captured charge out: to the account it is for, and to the platform. */
export function shareOut(call: Call, charge: JsonObject): void {
  const fee = number(charge, 'application_fee_amount') ?? 0;
  const data = object(charge, 'transfer_data');
  const destination = text(data, 'destination');
  if (isAccount(destination)) {
    const amount = number(data, 'amount') ?? number(charge, 'amount_captured') ?? 0;
    const transfer = insertTransfer(call, charge, destination, amount, fee);
    charge['transfer'] = idOf(transfer);
    if (fee > 0) charge['application_fee'] = idOf(insertFee(call, charge, fee, { account: destination, charge: text(transfer, 'destination_payment') ?? '' }));
  } else if (directFee(call, charge) > 0) {
    charge['application_fee'] = idOf(insertFee(call, charge, fee, { account: call.account, charge: idOf(charge) }));
  }
}

/** Gives part of a fee back. */
function refundPart(call: Call, row: JsonObject, fee: JsonObject, amount: number): void {
  const taken = (number(fee, 'amount_refunded') ?? 0) + amount;
  Object.assign(fee, { amount_refunded: taken, refunded: taken >= (number(fee, 'amount') ?? 0) });
  const transaction = insertTransaction(call, { amount: -amount, currency: text(fee, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'application_fee_refund', description: null, availableOn: call.now });
  Object.assign(row, { amount, currency: fee['currency'] ?? 'usd', metadata: row['metadata'] ?? {}, balance_transaction: idOf(transaction), fee: idOf(fee) });
  emit(call, 'application_fee.refunded', { collection: FEES, key: idOf(fee) });
}

/** Refunds of fees that are asked for. */
export const feeRefundLife: Life = {
  check: checkPositive,
  created: (call, row) => {
    const fee = editAddressed(call, FEES);
    const left = (number(fee, 'amount') ?? 0) - (number(fee, 'amount_refunded') ?? 0);
    if (left <= 0) throw unexpectedState(`Application fee ${idOf(fee)} has already been refunded.`, 'charge_already_refunded');
    const amount = number(call.params, 'amount') ?? left;
    if (amount > left) throw invalidRequest(`Refund amount (${amount}) is greater than unrefunded amount on fee (${left}).`, 'amount', 'amount_too_large');
    refundPart(call, row, fee, amount);
  },
};

const share = (whole: number, part: number, of: number): number => (of === 0 ? 0 : Math.round((whole * part) / of));

/** What a refund takes back of the fee, by its share of the charge; the amount that returns. */
function refundFee(call: Call, charge: JsonObject, part: number): number {
  const platform = onPlatform(call);
  const fee = platform.transaction.edit(FEES, text(charge, 'application_fee') ?? '');
  if (fee === undefined) throw invalidRequest(`Charge ${idOf(charge)} has no application fee to refund.`, 'refund_application_fee');
  const left = (number(fee, 'amount') ?? 0) - (number(fee, 'amount_refunded') ?? 0);
  const amount = Math.min(left, share(number(fee, 'amount') ?? 0, part, number(charge, 'amount') ?? 0));
  if (amount <= 0) return 0;
  const row = makeRow(platform, 'fee_refund', {});
  row['_parent'] = idOf(fee);
  platform.transaction.insert(FEE_REFUNDS, row);
  refundPart(platform, row, fee, amount);
  return amount;
}

/** Does to fee and transfer what a refund of their charge asks for; what of the fee a direct charge gets back. */
export function takeBack(call: Call, refund: JsonObject, charge: JsonObject, part: number): number {
  const fee = flag(call.params, 'refund_application_fee') ? refundFee(call, charge, part) : 0;
  if (!flag(call.params, 'reverse_transfer')) return call.account === OWN_ACCOUNT ? 0 : fee;
  const transfer = call.transaction.edit(TRANSFERS, text(charge, 'transfer') ?? '');
  if (transfer === undefined) throw invalidRequest(`Cannot reverse transfer on charge ${idOf(charge)} because it does not have an associated transfer.`, 'reverse_transfer');
  const left = (number(transfer, 'amount') ?? 0) - (number(transfer, 'amount_reversed') ?? 0);
  const amount = Math.min(left, share(number(transfer, 'amount') ?? 0, part, number(charge, 'amount') ?? 0));
  if (amount > 0) refund['transfer_reversal'] = idOf(insertReversal(call, transfer, amount, fee, idOf(refund)));
  return 0;
}
