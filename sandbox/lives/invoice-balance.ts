// What a customer's balance does for an invoice: credit goes first, debt is added, what is too small to be charged waits for the next
// invoice, and voiding gives back what was taken. It must not know payments.
import type { Call } from '../call.ts';
import { idOf } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { number, text } from '../json.ts';
import { leastAmount } from './amounts.ts';
import { insertBalance } from './customers.ts';

const CUSTOMERS = '/v1/customers';

function move(call: Call, customer: JsonObject, invoice: JsonObject, amount: number, type: string): void {
  customer['balance'] = (number(customer, 'balance') ?? 0) + amount;
  insertBalance(call, customer, { amount, currency: text(invoice, 'currency') ?? 'usd', invoice: idOf(invoice), type });
}

/** Puts a customer's balance to an invoice that is being finalized, and says what is left to be paid. */
export function applyBalance(call: Call, invoice: JsonObject, customer: JsonObject): void {
  const balance = number(customer, 'balance') ?? 0;
  const total = number(invoice, 'total') ?? 0;
  const due = Math.max(0, total + balance);
  const taken = total - due;
  if (taken !== 0) move(call, customer, invoice, taken, 'applied_to_invoice');
  const small = due > 0 && due < leastAmount(text(invoice, 'currency') ?? 'usd');
  if (small) move(call, customer, invoice, due, 'invoice_too_small');
  Object.assign(invoice, { starting_balance: balance, ending_balance: number(customer, 'balance') ?? 0, amount_due: small ? 0 : due, amount_remaining: small ? 0 : due, _from_balance: taken });
}

/** Gives a customer back what an invoice took of their balance. */
export function unapplyBalance(call: Call, invoice: JsonObject): void {
  const taken = number(invoice, '_from_balance') ?? 0;
  const customer = taken === 0 ? undefined : call.transaction.edit(CUSTOMERS, text(invoice, 'customer') ?? '');
  if (customer === undefined) return;
  move(call, customer, invoice, -taken, 'unapplied_from_invoice');
  invoice['_from_balance'] = 0;
}
