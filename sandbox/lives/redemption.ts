// Who may redeem what: the restrictions of promotion codes and coupons. It must not know what a discount takes off.
import type { Call } from '../call.ts';
import { idOf } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text } from '../json.ts';

/** What is bought with a discount, before it. */
export interface Worth {
  readonly amount: number;
  readonly currency: string;
}

/** Invoices that count as an earlier transaction: all but drafts and those taken back. */
const COUNTING = new Set(['open', 'paid', 'uncollectible']);

function boughtBefore(call: Call, customer: string): boolean {
  const paid = call.transaction.rowsWhere('/v1/charges', 'customer', customer).some((charge) => charge['status'] === 'succeeded');
  return paid || call.transaction.rowsWhere('/v1/invoices', 'customer', customer).some((invoice) => COUNTING.has(text(invoice, 'status') ?? ''));
}

/** What a thing is in a currency: its own, or one of its options. */
function amountIn(row: JsonObject | undefined, name: string, currencyName: string, currency: string): number | undefined {
  if (text(row, currencyName) === currency) return number(row, name);
  return number(object(object(row, 'currency_options'), currency), name);
}

/** Refuses a promotion code that is over, another's, for first purchases, or for larger ones. */
export function checkPromotion(call: Call, promotion: JsonObject, customer: string | undefined, worth: Worth | undefined, param: string): void {
  if (!flag(promotion, 'active')) throw invalidRequest(`This promotion code is expired.`, param, 'promotion_code_expired');
  const owner = text(promotion, 'customer');
  if (owner !== undefined && owner !== customer) throw invalidRequest('This promotion code cannot be redeemed because it is restricted to another customer.', param, 'promotion_code_customer_mismatch');
  const restrictions = object(promotion, 'restrictions');
  if (flag(restrictions, 'first_time_transaction') && customer !== undefined && boughtBefore(call, customer)) {
    throw invalidRequest('This promotion code cannot be redeemed because the associated customer has prior transactions.', param, 'promotion_code_first_time_transaction_required');
  }
  if (worth === undefined || number(restrictions, 'minimum_amount') === undefined) return;
  const least = amountIn(restrictions, 'minimum_amount', 'minimum_amount_currency', worth.currency);
  if (least === undefined || worth.amount < least) {
    throw invalidRequest(`This promotion code cannot be redeemed because the amount is less than the minimum amount of ${least ?? number(restrictions, 'minimum_amount') ?? 0}.`, param, 'promotion_code_minimum_amount_not_met');
  }
}

/** What a coupon takes off in a currency; undefined where it takes a share. */
export function amountOff(coupon: JsonObject | undefined, currency: string): number | undefined {
  return amountIn(coupon, 'amount_off', 'currency', currency);
}

/** Refuses a coupon of another currency. */
export function checkCurrency(coupon: JsonObject, worth: Worth | undefined, param: string): void {
  if (worth === undefined || number(coupon, 'amount_off') === undefined || amountOff(coupon, worth.currency) !== undefined) return;
  throw invalidRequest(`The coupon ${idOf(coupon)} takes off an amount of ${text(coupon, 'currency') ?? ''} and cannot be used for ${worth.currency}.`, param);
}

/** Counts a redemption; what may be redeemed so often and no more is over with it. */
export function redeem(row: JsonObject, over: (row: JsonObject) => void): void {
  const times = (number(row, 'times_redeemed') ?? 0) + 1;
  row['times_redeemed'] = times;
  if (times >= (number(row, 'max_redemptions') ?? Number.POSITIVE_INFINITY)) over(row);
}
