// Customers, what they own (balance, sources, tax ids) and tokens that cards and accounts are first put into.
import type { Answer, Call } from '../call.ts';
import { editNamed, emit, idOf } from '../call.ts';
import { cardError, invalidRequest, missing } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow, withoutHidden } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text } from '../json.ts';
import { DISCOUNTS, discountsFrom } from './amounts.ts';
import { attach, cardFacts, checkExpiry, fingerprint, usePaymentMethod } from './payment-methods.ts';
import type { TestCard } from './test-cards.ts';
import { cardOfNumber, cardOfToken } from './test-cards.ts';

/** Where customers lie. */
export const CUSTOMERS = '/v1/customers';
const SOURCES = '/v1/customers/{}/sources';
const BALANCE = '/v1/customers/{}/balance_transactions';
const TAX_IDS = '/v1/tax_ids';

/** Creation, change. */
export const customerLife: Life = {
  created: (call, row) => {
    delete row['cash_balance'];
    Object.assign(row, { delinquent: false, tax_exempt: row['tax_exempt'] ?? 'none', preferred_locales: row['preferred_locales'] ?? [] });
    row['invoice_prefix'] ??= randomLetters(8).toUpperCase();
    row['next_invoice_sequence'] ??= 1;
    const balance = number(call.params, 'balance');
    if (balance !== undefined && balance !== 0) row['currency'] ??= 'usd';
    settleDefaults(call, row);
    for (const data of objects(call.params, 'tax_id_data')) insertTaxId(call, idOf(row), data);
    settleDiscount(call, row);
  },
  updated: (call, row, before) => {
    const changed = (number(row, 'balance') ?? 0) - (number(before, 'balance') ?? 0);
    if (changed !== 0) {
      row['currency'] ??= 'usd';
      insertBalance(call, row, { amount: changed, currency: text(row, 'currency') ?? 'usd', type: 'adjustment' });
    }
    settleDefaults(call, row);
    settleDiscount(call, row);
  },
};

/** Older versions give customers a coupon, another or none. */
function settleDiscount(call: Call, row: JsonObject): void {
  const given = ['coupon', 'promotion_code'].filter((name) => call.oldParams[name] !== undefined);
  if (given.length === 0) return;
  const before = object(row, 'discount');
  const wanted = given.map((name) => ({ [name]: text(call.oldParams, name) ?? '' })).filter((one) => Object.values(one).every((id) => id !== ''));
  const [discount] = discountsFrom(call, wanted, { customer: idOf(row) }, '');
  row['discount'] = discount === undefined ? null : withoutHidden(clone(discount));
  if (before === undefined && discount === undefined) return;
  const what = discount === undefined ? 'deleted' : before === undefined ? 'created' : 'updated';
  emit(call, `customer.discount.${what}`, { collection: DISCOUNTS, key: idOf(discount ?? before ?? {}) });
}

/** Sources and default payment methods given with a customer. */
function settleDefaults(call: Call, row: JsonObject): void {
  const source = text(call.params, 'source');
  if (source !== undefined) row['default_source'] = idOf(insertSource(call, idOf(row), source));
  const name = text(call.params, 'payment_method');
  const method = name === undefined ? undefined : usePaymentMethod(call, name, 'payment_method');
  if (method !== undefined) attach(call, method, idOf(row));
  const preferred = text(object(call.params, 'invoice_settings'), 'default_payment_method');
  if (preferred !== undefined) {
    // A test name given twice in one request is one payment method.
    const found = method !== undefined && preferred === name ? method : usePaymentMethod(call, preferred, 'invoice_settings[default_payment_method]');
    const settings = object(row, 'invoice_settings');
    if (text(found, 'customer') !== idOf(row)) {
      throw invalidRequest(`The customer does not have a payment method with the ID ${idOf(found)}. The payment method must be attached to the customer.`, 'invoice_settings[default_payment_method]', 'resource_missing');
    }
    if (settings !== undefined) settings['default_payment_method'] = idOf(found);
  }
}

/** Writes a movement of a customer's balance; the balance itself is already changed. */
export function insertBalance(call: Call, customer: JsonObject, fields: JsonObject): JsonObject {
  const row = makeRow(call, 'customer_balance_transaction', {});
  Object.assign(row, { metadata: {} }, fields, { customer: idOf(customer), ending_balance: number(customer, 'balance') ?? 0, _parent: idOf(customer) });
  return call.transaction.insert(BALANCE, row);
}

/** Balance movements made by hand. */
export const balanceTransactionLife: Life = {
  created: (call, row) => {
    const customer = editNamed(call, CUSTOMERS, call.ids[0] ?? '', 'customer');
    customer['balance'] = (number(customer, 'balance') ?? 0) + (number(call.params, 'amount') ?? 0);
    customer['currency'] ??= row['currency'] ?? 'usd';
    Object.assign(row, { customer: idOf(customer), ending_balance: customer['balance'], metadata: row['metadata'] ?? {} });
    emit(call, 'customer.updated', { collection: CUSTOMERS, key: idOf(customer) });
  },
};

/** Tax ids, under a customer or of the account itself. */
export const taxIdLife: Life = {
  created: (call, row) => {
    const customer = call.ids[0] ?? text(object(call.params, 'owner'), 'customer');
    const owner = object(call.params, 'owner');
    completeTaxId(row, customer);
    if (customer === undefined && owner !== undefined) row['owner'] = { customer_account: null, ...owner };
  },
};

function insertTaxId(call: Call, customer: string, data: JsonObject): void {
  const row = makeRow(call, 'tax_id', data);
  completeTaxId(row, customer);
  call.transaction.insert(TAX_IDS, row);
}

function completeTaxId(row: JsonObject, customer: string | undefined): void {
  const type = text(row, 'type') ?? '';
  row['country'] = type === 'eu_vat' ? (text(row, 'value') ?? '').slice(0, 2).toUpperCase() : type.slice(0, 2).toUpperCase();
  row['customer'] = customer ?? null;
  row['owner'] = customer === undefined ? { customer_account: null, type: 'self' } : { customer, customer_account: null, type: 'customer' };
  row['verification'] = { status: 'pending', verified_address: null, verified_name: null };
}

/** The card row of a token or number. */
function cardRow(call: Call, card: TestCard, data: JsonObject): JsonObject {
  const row = makeRow(call, 'card', {});
  const facts = cardFacts(card, data);
  for (const key of ['country', 'exp_month', 'exp_year', 'fingerprint', 'funding', 'last4', 'regulated_status']) row[key] = facts[key] ?? null;
  for (const key of ['name', 'address_line1', 'address_line2', 'address_city', 'address_state', 'address_zip', 'address_country']) row[key] = data[key] ?? null;
  const brand = card.brand === 'amex' ? 'American Express' : card.brand === 'mastercard' ? 'MasterCard' : card.brand.charAt(0).toUpperCase() + card.brand.slice(1);
  return Object.assign(row, { brand, cvc_check: data['cvc'] === undefined ? null : 'pass', metadata: {} });
}

function bankRow(call: Call, data: JsonObject): JsonObject {
  const account = text(data, 'account_number') ?? '000123456789';
  return Object.assign(makeRow(call, 'bank_account', data), {
    bank_name: 'STRIPE TEST BANK', country: data['country'] ?? 'US', currency: data['currency'] ?? 'usd', fingerprint: fingerprint(account),
    last4: account.slice(-4), metadata: {}, routing_number: data['routing_number'] ?? '110000000', status: 'new',
  });
}

/** Tokens: a card or bank account, put into an id. */
export const tokenLife: Life = {
  created: (call, row) => {
    const card = object(call.params, 'card');
    const bank = object(call.params, 'bank_account');
    if (card !== undefined) {
      const digits = text(card, 'number') ?? '';
      const found = cardOfNumber(digits);
      if (found === undefined) throw cardError('Your card number is incorrect.', 'incorrect_number', undefined, { param: 'number' });
      checkExpiry(call, card);
      const typed = { ...card, exp_month: Number(card['exp_month']), exp_year: Number(card['exp_year']) };
      Object.assign(row, { card: cardRow(call, found, typed), type: 'card', _number: digits });
    } else if (bank !== undefined) {
      Object.assign(row, { bank_account: bankRow(call, bank), type: 'bank_account' });
    } else {
      const other = ['account', 'person', 'pii', 'cvc_update'].find((name) => call.params[name] !== undefined);
      if (other === undefined) throw invalidRequest('You must supply either a card, customer, PII data, bank account, account, or person to create a token.', undefined, 'parameter_missing');
      row['type'] = other;
    }
  },
};

/** Puts a token's card or account on a customer. */
function insertSource(call: Call, customer: string, token: string): JsonObject {
  const stored = call.transaction.edit('/v1/tokens', token);
  const bank = object(stored, 'bank_account');
  const digits = text(stored, '_number');
  const test = call.livemode ? undefined : cardOfToken(token);
  const card = test ?? (digits === undefined ? undefined : cardOfNumber(digits));
  if (stored?.['used'] === true) throw invalidRequest(`You cannot use a Stripe token more than once: ${token}.`, 'source', 'token_already_used');
  const row = token.startsWith('btok_us_verified') || bank !== undefined ? (bank ?? bankRow(call, {})) : card === undefined ? undefined : (object(stored, 'card') ?? cardRow(call, card, {}));
  if (row === undefined) throw missing('token', token, 'source');
  if (stored !== undefined) stored['used'] = true;
  const owned: JsonObject = { ...row, customer, _parent: customer, _number: digits ?? '' };
  call.transaction.insert(SOURCES, owned);
  emit(call, 'customer.source.created', { collection: SOURCES, key: idOf(owned) });
  return owned;
}

/** `POST /v1/customers/{}/sources` */
export function createSource(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const customer = call.transaction.edit(CUSTOMERS, id);
  if (customer === undefined) throw missing('customer', id, 'customer', 404);
  const row = insertSource(call, id, text(call.params, 'source') ?? '');
  row['metadata'] = { ...object(row, 'metadata'), ...object(call.params, 'metadata') };
  customer['default_source'] ??= idOf(row);
  return { kind: 'place', collection: SOURCES, key: idOf(row) };
}
