// The cash that customers have sent by bank transfer and that is not yet spent: by currency, with its movements, and the bank accounts
// to which they send it. It must not know payment intents beyond their customer, currency and amount.
import type { Answer, Call } from '../call.ts';
import { emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, missing } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text, texts } from '../json.ts';
import { fingerprint } from './payment-methods.ts';

const CUSTOMERS = '/v1/customers';
const BALANCES = '/v1/customers/{}/cash_balance';
const MOVEMENTS = '/v1/customers/{}/cash_balance_transactions';

/** The kind of transfer by which each currency comes. */
const KINDS: Readonly<Record<string, string>> = { eur: 'eu_bank_transfer', gbp: 'gb_bank_transfer', jpy: 'jp_bank_transfer', mxn: 'mx_bank_transfer', usd: 'us_bank_transfer' };

/** The kind of transfer of a currency; undefined where there is none. */
export function transferKind(currency: string): string | undefined {
  return KINDS[currency];
}

/** The cash balance of a customer, to be changed; made when first needed. */
export function balanceOf(call: Call, customer: string): JsonObject {
  const known = call.transaction.edit(BALANCES, customer);
  if (known !== undefined) return known;
  const row = makeRow(call, 'cash_balance', {});
  Object.assign(row, { available: null, customer, settings: { reconciliation_mode: 'automatic', using_merchant_default: true }, _parent: customer });
  return call.transaction.insert(BALANCES, row, customer);
}

/** What of a currency is there. */
export function availableIn(call: Call, customer: string, currency: string): number {
  return number(object(call.transaction.find(BALANCES, customer), 'available'), currency) ?? 0;
}

/** Whether money that comes is put to payments by itself. */
export function isAutomatic(call: Call, customer: string): boolean {
  return object(call.transaction.find(BALANCES, customer), 'settings')?.['reconciliation_mode'] !== 'manual';
}

/** Moves cash in or out, and writes it down. */
export function moveCash(call: Call, customer: string, currency: string, amount: number, fields: JsonObject): JsonObject {
  const balance = balanceOf(call, customer);
  const after = availableIn(call, customer, currency) + amount;
  const { [currency]: _, ...others } = object(balance, 'available') ?? {};
  const left: JsonObject = after === 0 ? others : { ...others, [currency]: after };
  balance['available'] = Object.keys(left).length === 0 ? null : left;
  const row = makeRow(call, 'customer_cash_balance_transaction', {});
  Object.assign(row, fields, { currency, customer, ending_balance: after, net_amount: amount, _parent: customer });
  call.transaction.insert(MOVEMENTS, row);
  emit(call, 'customer_cash_balance_transaction.created', { collection: MOVEMENTS, key: idOf(row) });
  return row;
}

/** Says that there is cash that nothing has claimed. */
export function tellAvailable(call: Call, customer: string): void {
  emit(call, 'cash_balance.funds_available', { collection: BALANCES, key: customer });
}

/** Takes cash for a payment intent. */
export function spendOn(call: Call, intent: JsonObject, amount: number): void {
  moveCash(call, text(intent, 'customer') ?? '', text(intent, 'currency') ?? 'usd', -amount, { type: 'applied_to_payment', applied_to_payment: { payment_intent: idOf(intent) } });
  intent['_funded'] = (number(intent, '_funded') ?? 0) + amount;
}

/** Gives back what was taken for a payment intent that is canceled before it was paid. */
export function giveBack(call: Call, intent: JsonObject): void {
  const amount = number(intent, '_funded') ?? 0;
  const customer = text(intent, 'customer');
  if (amount === 0 || customer === undefined) return;
  intent['_funded'] = 0;
  moveCash(call, customer, text(intent, 'currency') ?? 'usd', amount, { type: 'unapplied_from_payment', unapplied_from_payment: { payment_intent: idOf(intent) } });
}

/** Digits that are the same for the same customer. */
function digits(seed: string, length: number): string {
  return Array.from(fingerprint(seed) + fingerprint(`${seed}more`), (letter) => ((letter.codePointAt(0) ?? 0) % 10).toString()).join('').slice(0, length);
}

const NOWHERE = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
const holder = { account_holder_address: { ...NOWHERE, country: 'US' }, account_holder_name: 'Sandbox', bank_address: { ...NOWHERE, country: 'US' } };

type Address = (customer: string) => readonly JsonObject[];

const ADDRESSES: Readonly<Record<string, Address>> = {
  us_bank_transfer: (customer) => [
    { aba: { ...holder, account_number: digits(customer, 12), account_type: 'checking', bank_name: 'STRIPE TEST BANK', routing_number: '110000000' }, supported_networks: ['ach', 'domestic_wire_us'], type: 'aba' },
    { swift: { ...holder, account_number: digits(customer, 12), account_type: 'checking', bank_name: 'STRIPE TEST BANK', swift_code: 'TESTUS99XXX' }, supported_networks: ['swift'], type: 'swift' },
  ],
  eu_bank_transfer: (customer) => [{ iban: { ...holder, bic: 'TESTDE99XXX', country: 'DE', iban: `DE00${digits(customer, 18)}` }, supported_networks: ['sepa'], type: 'iban' }],
  gb_bank_transfer: (customer) => [{ sort_code: { ...holder, account_number: digits(customer, 8), sort_code: '000000' }, supported_networks: ['bacs', 'fps'], type: 'sort_code' }],
  jp_bank_transfer: (customer) => [{
    zengin: { ...holder, account_number: digits(customer, 7), account_type: 'futsu', bank_code: '0000', bank_name: 'STRIPE TEST BANK', branch_code: '000', branch_name: 'TEST' }, supported_networks: ['zengin'], type: 'zengin',
  }],
  mx_bank_transfer: (customer) => [{ spei: { ...holder, bank_code: '000', bank_name: 'STRIPE TEST BANK', clabe: digits(customer, 18) }, supported_networks: ['spei'], type: 'spei' }],
};

const COUNTRIES: Readonly<Record<string, string>> = { us_bank_transfer: 'US', eu_bank_transfer: 'DE', gb_bank_transfer: 'GB', jp_bank_transfer: 'JP', mx_bank_transfer: 'MX' };

/** Where a customer sends what is still missing for a payment. */
export function instructionsFor(intent: JsonObject): JsonObject {
  const customer = text(intent, 'customer') ?? '';
  const currency = text(intent, 'currency') ?? 'usd';
  const kind = transferKind(currency) ?? 'us_bank_transfer';
  const remaining = (number(intent, 'amount') ?? 0) - (number(intent, '_funded') ?? 0);
  return {
    display_bank_transfer_instructions: {
      amount_remaining: remaining, currency, financial_addresses: [...(ADDRESSES[kind]?.(customer) ?? [])], hosted_instructions_url: `https://payments.stripe.com/bank_transfers/instructions/test_${fingerprint(idOf(intent))}`,
      reference: fingerprint(idOf(intent)).toUpperCase().slice(0, 12), type: kind,
    },
    type: 'display_bank_transfer_instructions',
  };
}

/** `POST /v1/customers/{}/funding_instructions` */
export function fundingInstructions(call: Call): Answer {
  const id = call.ids[0] ?? '';
  if (call.transaction.find(CUSTOMERS, id) === undefined) throw missing('customer', id, 'customer', 404);
  const currency = text(call.params, 'currency') ?? 'usd';
  const transfer = object(call.params, 'bank_transfer');
  const kind = text(transfer, 'type') ?? '';
  if (transferKind(currency) !== kind) throw invalidRequest(`The currency ${currency} cannot be sent by ${kind}.`, 'currency');
  const wanted = texts(transfer, 'requested_address_types');
  const all = ADDRESSES[kind]?.(id) ?? [];
  const shown = wanted.length === 0 ? all : all.filter((one) => wanted.includes(text(one, 'type') ?? ''));
  const country = text(object(transfer, 'eu_bank_transfer'), 'country') ?? COUNTRIES[kind] ?? 'US';
  balanceOf(call, id);
  return { kind: 'row', row: { object: 'funding_instructions', bank_transfer: { country, financial_addresses: [...shown], type: kind }, currency, funding_type: 'bank_transfer', livemode: call.livemode } };
}

/** `GET` and `POST /v1/customers/{}/cash_balance` */
export function cashBalance(call: Call): Answer {
  const id = call.ids[0] ?? '';
  if (call.transaction.find(CUSTOMERS, id) === undefined) throw missing('customer', id, 'customer', 404);
  const row = balanceOf(call, id);
  const mode = text(object(call.params, 'settings'), 'reconciliation_mode');
  if (mode !== undefined) row['settings'] = { reconciliation_mode: mode === 'merchant_default' ? 'automatic' : mode, using_merchant_default: mode === 'merchant_default' };
  return place(BALANCES, id);
}

/** A payment with cash needs to know whose. */
export function payerOf(call: Call, intent: JsonObject): string {
  const customer = text(intent, 'customer');
  if (customer === undefined) throw invalidRequest('A `customer` is required to pay with `customer_balance`.', 'customer', 'parameter_missing');
  findNamed(call, CUSTOMERS, customer, 'customer');
  const currency = text(intent, 'currency') ?? '';
  if (transferKind(currency) === undefined) throw invalidRequest(`The currency ${currency} cannot be paid with \`customer_balance\`.`, 'currency');
  return customer;
}

