// Payment methods: made from card data, tokens and test names; attached to a customer once, and never again after being detached.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, findNamed, idOf, place } from '../call.ts';
import { StripeError, cardError, invalidRequest, missing, unexpectedState } from '../errors.ts';
import { blank } from '../fill.ts';
import type { Life } from '../generic.ts';
import { change, makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { flag, isObject, number, object, text } from '../json.ts';
import { rowShape } from '../sdk.ts';
import type { Behaviour, TestCard } from './test-cards.ts';
import { BEHAVIOURS, bankOfToken, behaviourOfAccount, cardOfNumber, cardOfToken } from './test-cards.ts';

/** Where payment methods lie. */
export const PAYMENT_METHODS = '/v1/payment_methods';

const SPENT = 'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.';

/** What a payment method does when used. */
export function behaviourOf(method: JsonObject): Behaviour {
  return BEHAVIOURS[text(method, '_behaviour') ?? 'works'] ?? { kind: 'works' };
}

/** The payment method that a parameter names; test names make a fresh one. */
export function usePaymentMethod(call: Call, id: string, param: string): JsonObject {
  const known = call.transaction.edit(PAYMENT_METHODS, id);
  if (known !== undefined) return known;
  const card = call.livemode ? undefined : cardOfToken(id);
  const bank = call.livemode ? undefined : bankOfToken(id);
  if (bank !== undefined) return insertBank(call, bank);
  if (card === undefined || !id.startsWith('pm_')) throw missing('payment_method', id, param);
  return insertCard(call, card, {});
}

/** A fresh bank account of the United States, already proved. */
function insertBank(call: Call, behaviour: string): JsonObject {
  const method = makeRow(call, 'payment_method', { type: 'us_bank_account' });
  const facts = { account_holder_type: 'individual', account_type: 'checking', bank_name: 'STRIPE TEST BANK', fingerprint: fingerprint(behaviour), last4: '6789', routing_number: '110000000' };
  Object.assign(method, { metadata: {}, type: 'us_bank_account', us_bank_account: { ...blankOf('us_bank_account'), ...facts }, _behaviour: behaviour });
  return call.transaction.insert(PAYMENT_METHODS, method);
}

/** A payment method from `payment_method_data`. */
export function paymentMethodFromData(call: Call, data: JsonObject): JsonObject {
  const method = makeRow(call, 'payment_method', data);
  prepare(call, method, data);
  call.transaction.insert(PAYMENT_METHODS, method);
  return method;
}

/** A fresh card payment method. */
export function insertCard(call: Call, card: TestCard, data: JsonObject): JsonObject {
  const method = makeRow(call, 'payment_method', { type: 'card' });
  method['metadata'] = {};
  putCard(method, card, data);
  call.transaction.insert(PAYMENT_METHODS, method);
  return method;
}

function putCard(method: JsonObject, card: TestCard, data: JsonObject): void {
  method['type'] = 'card';
  method['card'] = { ...cardDetails(), ...cardFacts(card, data), ...checks(data, BEHAVIOURS[card.behaviour]) };
  method['_behaviour'] = card.behaviour;
}

function cardDetails(): JsonObject {
  const type = rowShape('payment_method')?.get('card')?.type;
  const empty = type === undefined ? {} : blank(type);
  return isObject(empty) ? empty : {};
}

/** What every form of a card says of it. */
export function cardFacts(card: TestCard, data: JsonObject): JsonObject {
  return {
    brand: card.brand,
    country: card.country,
    display_brand: card.brand,
    exp_month: number(data, 'exp_month') ?? 8,
    exp_year: number(data, 'exp_year') ?? 2034,
    fingerprint: fingerprint(`${card.brand}${card.last4}${card.behaviour}`),
    funding: card.funding,
    last4: card.last4,
    networks: { available: [card.brand], preferred: text(object(data, 'networks'), 'preferred') ?? null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
  };
}

function checks(data: JsonObject, behaviour: Behaviour | undefined): JsonObject {
  const found: JsonObject = { address_line1_check: null, address_postal_code_check: null, cvc_check: data['cvc'] === undefined ? null : 'pass' };
  if (behaviour?.kind === 'checks') for (const name of behaviour.failed) found[name] = behaviour.result;
  return { checks: found };
}

/** The same letters for the same card. */
export function fingerprint(seed: string): string {
  let hash = 2_166_136_261;
  const letters: string[] = [];
  for (let at = 0; at < 16; at += 1) {
    for (const character of `${seed}${at}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16_777_619) >>> 0;
    letters.push((hash % 36).toString(36));
  }
  return letters.join('');
}

/** Completes a fresh payment method by its type. */
function prepare(call: Call, method: JsonObject, params: JsonObject): void {
  const type = text(params, 'type') ?? 'card';
  method['type'] = type;
  method['metadata'] ??= {};
  if (type === 'card') {
    prepareCard(call, method, object(params, 'card') ?? {});
    return;
  }
  const details = object(params, type) ?? {};
  const known = object(method, type) ?? {};
  const account = text(details, 'account_number') ?? text(details, 'iban');
  method['_behaviour'] = behaviourOfAccount(account ?? '');
  if (type === 'us_bank_account') method['_account'] = account ?? '';
  method[type] = { ...blankOf(type), ...known, ...(account === undefined ? {} : { last4: account.slice(-4), fingerprint: fingerprint(account) }) };
}

function blankOf(type: string): JsonObject {
  const field = rowShape('payment_method')?.get(type);
  const empty = field === undefined ? {} : blank(field.type);
  return isObject(empty) ? empty : {};
}

function prepareCard(call: Call, method: JsonObject, data: JsonObject): void {
  const token = text(data, 'token');
  if (token !== undefined) {
    const stored = call.transaction.find('/v1/tokens', token);
    const card = cardOfToken(token) ?? cardOfNumber(text(stored, '_number') ?? '');
    if (card === undefined) throw missing('token', token, 'card[token]');
    putCard(method, card, object(stored, 'card') ?? {});
    return;
  }
  const digits = text(data, 'number');
  if (digits === undefined) throw invalidRequest('Missing required param: card.', 'card', 'parameter_missing');
  const card = cardOfNumber(digits);
  if (card === undefined) throw cardError('Your card number is incorrect.', 'incorrect_number', undefined, { param: 'number' });
  checkExpiry(call, data);
  putCard(method, card, data);
}

/** Refuses an expiry that lies in the past or is none. */
export function checkExpiry(call: Call, data: JsonObject): void {
  const month = Number(data['exp_month']);
  const given = Number(data['exp_year']);
  const year = given < 100 ? given + 2000 : given;
  if (!(month >= 1 && month <= 12)) throw cardError("Your card's expiration month is invalid.", 'invalid_expiry_month', undefined, { param: 'exp_month' });
  const today = new Date(call.now * 1000);
  const past = year < today.getUTCFullYear() || (year === today.getUTCFullYear() && month < today.getUTCMonth() + 1);
  if (Number.isNaN(year) || past) throw cardError("Your card's expiration year is invalid.", 'invalid_expiry_year', undefined, { param: 'exp_year' });
}

/** Refuses a payment method that Stripe would not let be used for this customer (or for none). */
export function checkUsable(method: JsonObject, customer: string | undefined): void {
  if (flag(method, '_spent')) throw unexpectedState(SPENT);
  const owner = text(method, 'customer');
  if (owner === undefined || owner === customer) return;
  if (customer === undefined) {
    throw invalidRequest('The payment method you provided is attached to a customer so for security purposes you must provide the customer in the request.', 'payment_method');
  }
  throw invalidRequest(`The customer does not have a payment method with the ID ${idOf(method)}. The payment method must be attached to the customer.`, 'payment_method');
}

/** Puts a payment method on a customer. */
export function attach(call: Call, method: JsonObject, customer: string): void {
  if (flag(method, '_spent')) throw unexpectedState(SPENT);
  if (text(method, 'customer') !== undefined) throw unexpectedState('The payment method you provided has already been attached to a customer.');
  const behaviour = behaviourOf(method);
  if (behaviour.kind === 'declines' && behaviour.onAttach) throw cardError(behaviour.message, behaviour.code, behaviour.decline, {});
  method['customer'] = customer;
  emit(call, 'payment_method.attached', { collection: PAYMENT_METHODS, key: idOf(method) });
}

/** `POST /v1/payment_methods/{}/attach` */
export function attachVerb(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const method = call.transaction.find(PAYMENT_METHODS, id) === undefined ? freshOr404(call, id) : editAddressed(call, PAYMENT_METHODS);
  const customer = text(call.params, 'customer');
  if (customer === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
  findNamed(call, '/v1/customers', customer, 'customer');
  attach(call, method, customer);
  return place(PAYMENT_METHODS, idOf(method));
}

function freshOr404(call: Call, id: string): JsonObject {
  try {
    return usePaymentMethod(call, id, 'payment_method');
  } catch (error) {
    throw error instanceof StripeError ? missing('payment_method', id, 'payment_method', 404) : error;
  }
}

/** `POST /v1/payment_methods/{}/detach` */
export function detachVerb(call: Call): Answer {
  const method = editAddressed(call, PAYMENT_METHODS, 'payment_method');
  const customer = text(method, 'customer');
  if (customer === undefined) throw unexpectedState('The payment method you provided is not attached to a customer so detachment is impossible.');
  detach(call, method, customer);
  return place(PAYMENT_METHODS, idOf(method));
}

/** Takes a payment method off its customer, for good. */
export function detach(call: Call, method: JsonObject, customer: string): void {
  method['customer'] = null;
  method['_spent'] = true;
  const owner = call.transaction.edit('/v1/customers', customer);
  const settings = object(owner, 'invoice_settings');
  if (settings !== undefined && settings['default_payment_method'] === idOf(method)) settings['default_payment_method'] = null;
  emit(call, 'payment_method.detached', { collection: PAYMENT_METHODS, key: idOf(method) }, { customer });
}

/** `GET /v1/customers/{}/payment_methods/{}` finds only the customer's own; the generic view does that. Creation and change: */
export const paymentMethodLife: Life = {
  created: (call, row) => {
    const source = text(call.params, 'payment_method');
    if (source === undefined && text(call.params, 'type') === undefined) throw invalidRequest('Missing required param: type.', 'type', 'parameter_missing');
    prepare(call, row, call.params);
    row['customer'] = null;
  },
  updated: (call, row) => {
    if (text(row, 'customer') === undefined) throw unexpectedState('You must save this PaymentMethod to a customer before you can update it.');
    change(call, row, {});
  },
};

/** A client secret for a row. */
export function clientSecret(id: string): string {
  return `${id}_secret_${randomLetters(25)}`;
}
