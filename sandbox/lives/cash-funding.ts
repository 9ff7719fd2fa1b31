// Money that comes from customers by bank transfer, and how it is put to their payments: the oldest that waits goes first.
import type { Answer, Call } from '../call.ts';
import { emit, idOf, place } from '../call.ts';
import { invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { number, text } from '../json.ts';
import { availableIn, instructionsFor, isAutomatic, moveCash, payerOf, spendOn, tellAvailable, transferKind } from './cash-balance.ts';
import { followIntent } from './invoice-payment.ts';
import { INTENTS, conclude } from './payment-intents.ts';
import { paymentMethodFromData } from './payment-methods.ts';
import { editIn } from './statuses.ts';

const CUSTOMERS = '/v1/customers';
const MOVEMENTS = '/v1/customers/{}/cash_balance_transactions';

const missingIn = (intent: JsonObject): number => (number(intent, 'amount') ?? 0) - (number(intent, '_funded') ?? 0);

/** Puts cash to an intent; with all of it there, the intent is paid. */
function applyTo(call: Call, intent: JsonObject, amount: number): void {
  spendOn(call, intent, amount);
  if (missingIn(intent) > 0) {
    intent['next_action'] = instructionsFor(intent);
    emit(call, 'payment_intent.partially_funded', { collection: INTENTS, key: idOf(intent) });
    return;
  }
  const method = call.transaction.edit('/v1/payment_methods', text(intent, 'payment_method') ?? '') ?? paymentMethodFromData(call, { type: 'customer_balance', customer_balance: {} });
  intent['payment_method'] = idOf(method);
  conclude(call, intent, method, { kind: 'paid' }, {});
  followIntent(call, intent);
}

function waiting(call: Call, customer: string, currency: string): JsonObject[] {
  const rows = call.transaction.rows(INTENTS).filter((row) => row['customer'] === customer && row['currency'] === currency && row['status'] === 'requires_action' && isTransfer(row));
  return call.transaction.editAll(INTENTS, rows);
}

function isTransfer(intent: JsonObject): boolean {
  const next = intent['next_action'];
  return typeof next === 'object' && next !== null && !Array.isArray(next) && next['type'] === 'display_bank_transfer_instructions';
}

/** Puts what is there to the payments that wait for it. */
export function reconcile(call: Call, customer: string, currency: string): void {
  for (const intent of waiting(call, customer, currency)) {
    const available = availableIn(call, customer, currency);
    if (available <= 0) return;
    applyTo(call, intent, Math.min(available, missingIn(intent)));
  }
}

/** `POST /v1/test_helpers/customers/{}/fund_cash_balance` */
export function fundCashBalance(call: Call): Answer {
  const id = call.ids[0] ?? '';
  if (call.transaction.find(CUSTOMERS, id) === undefined) throw missing('customer', id, 'customer', 404);
  const amount = number(call.params, 'amount') ?? 0;
  const currency = text(call.params, 'currency') ?? 'usd';
  const kind = transferKind(currency);
  if (amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer');
  if (kind === undefined) throw invalidRequest(`The currency ${currency} cannot be sent by bank transfer.`, 'currency');
  const details: Readonly<Record<string, JsonObject>> = {
    eu_bank_transfer: { bic: 'TESTDE99XXX', iban_last4: '3000', sender_name: 'Test' }, gb_bank_transfer: { account_number_last4: '6789', sender_name: 'Test', sort_code: '108800' },
    jp_bank_transfer: { sender_bank: 'STRIPE TEST BANK', sender_branch: 'TEST', sender_name: 'Test' }, us_bank_transfer: { network: 'ach', sender_name: 'Test' },
  };
  const detail = details[kind];
  const row = moveCash(call, id, currency, amount, { type: 'funded', funded: { bank_transfer: { reference: text(call.params, 'reference') ?? null, type: kind, ...(detail === undefined ? {} : { [kind]: detail }) } } });
  if (isAutomatic(call, id)) reconcile(call, id, currency);
  if (availableIn(call, id, currency) > 0) tellAvailable(call, id);
  return place(MOVEMENTS, idOf(row));
}

/** `POST /v1/payment_intents/{}/apply_customer_balance` */
export function applyCustomerBalance(call: Call): Answer {
  const intent = editIn(call, INTENTS);
  const status = text(intent, 'status') ?? '';
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(status)) {
    throw unexpectedState(`You cannot apply a customer balance to this PaymentIntent because it has a status of ${status}.`, 'payment_intent_unexpected_state');
  }
  const customer = payerOf(call, intent);
  const currency = text(call.params, 'currency') ?? text(intent, 'currency') ?? 'usd';
  if (currency !== intent['currency']) throw invalidRequest('The currency is not the currency of the PaymentIntent.', 'currency');
  const left = missingIn(intent);
  const amount = number(call.params, 'amount') ?? Math.min(left, availableIn(call, customer, currency));
  if (amount > left) throw invalidRequest(`The amount (${amount}) is greater than what remains to be paid (${left}).`, 'amount', 'amount_too_large');
  if (amount < 1 || amount > availableIn(call, customer, currency)) throw unexpectedState('The customer does not have enough cash to apply to this PaymentIntent.', 'insufficient_funds');
  if (status !== 'requires_action') intent['status'] = 'requires_action';
  applyTo(call, intent, amount);
  return place(INTENTS, idOf(intent));
}
