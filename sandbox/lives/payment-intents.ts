// The life of a payment intent: from its amount to money, through payment method, confirmation, authentication and capture.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, findNamed, idOf, place } from '../call.ts';
import { cardError, invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow, withoutHidden } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text } from '../json.ts';
import { typesGiven } from '../old-parameters.ts';
import { leastAmount } from './amounts.ts';
import { spendToken } from './confirmation-tokens.ts';
import { checkFee } from './application-fees.ts';
import { afterPayment } from './after-payment.ts';
import { availableIn, giveBack, instructionsFor, isAutomatic, payerOf, spendOn } from './cash-balance.ts';
import { attach, behaviourOf, checkUsable, clientSecret, paymentMethodFromData, usePaymentMethod } from './payment-methods.ts';
import type { Outcome } from './payments.ts';
import type { Behaviour } from './test-cards.ts';
import { BEHAVIOURS } from './test-cards.ts';
import { CHARGES, attempt, insertCharge, releaseCharge, settle } from './payments.ts';

/** Where payment intents lie. */
export const INTENTS = '/v1/payment_intents';
const INTENT_LINES = '/v1/payment_intents/{}/amount_details_line_items';

const CHANGEABLE = ['requires_payment_method', 'requires_confirmation', 'requires_action'];
const CANCELABLE = ['requires_payment_method', 'requires_capture', 'requires_confirmation', 'requires_action', 'processing'];
const LARGEST = 99_999_999;
/** How long a bank takes to say whether it pays, and an authorisation holds. */
const FOUR_DAYS = 4 * 24 * 3600;
const WEEK = 7 * 24 * 3600;
const REDIRECTS = 'This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don\'t want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.';

/** Refuses with the intent beside the words. */
export function stateError(intent: JsonObject, message: string): Error {
  return unexpectedState(message, 'payment_intent_unexpected_state', { payment_intent: withoutHidden(intent) });
}

/** Refuses what the intent's status does not allow. */
export function refuseState(intent: JsonObject, refusal: string, past: string, allowed: readonly string[]): Error {
  const status = text(intent, 'status') ?? '';
  return stateError(intent, `${refusal} because it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be ${past}: ${allowed.join(', ')}.`);
}

const SIGNS: Readonly<Record<string, string>> = { aud: 'A$', cad: 'CA$', eur: '€', gbp: '£', jpy: '¥', usd: '$' };
const WHOLE = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);

/** An amount as messages show it. */
function asMoney(amount: number, currency: string): string {
  const shown = WHOLE.has(currency) ? amount.toLocaleString('en-US') : (amount / 100).toLocaleString('en-US', { minimumFractionDigits: 2 });
  return `${SIGNS[currency] ?? ''}${shown}`;
}

function checkAmount(params: JsonObject, currency: string): void {
  const amount = number(params, 'amount');
  if (amount === undefined) return;
  if (amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer');
  const least = leastAmount(currency);
  if (amount < least) throw invalidRequest(`Amount must be at least ${asMoney(least, currency)} ${currency}`, 'amount', 'amount_too_small');
  if (amount > LARGEST && currency !== 'idr') throw invalidRequest(`Amount must be no more than ${asMoney(LARGEST, currency)}`, 'amount', 'amount_too_large');
}

/** The payment method that the parameters bring, if they do. */
function methodGiven(call: Call, params: JsonObject): JsonObject | undefined {
  const data = object(params, 'payment_method_data');
  if (data !== undefined) return paymentMethodFromData(call, data);
  const id = text(params, 'payment_method');
  return id === undefined ? undefined : usePaymentMethod(call, id, 'payment_method');
}

function choose(call: Call, intent: JsonObject, params: JsonObject): void {
  const method = methodGiven(call, params);
  if (method === undefined) return;
  checkUsable(method, text(intent, 'customer'));
  intent['payment_method'] = idOf(method);
  if (intent['status'] === 'requires_payment_method') intent['status'] = 'requires_confirmation';
}

function describeMethods(call: Call, intent: JsonObject): void {
  const types = typesGiven(call.oldParams);
  intent['payment_method_types'] = types.length > 0 ? types : ['card', 'link'];
  const given = object(call.params, 'automatic_payment_methods');
  if (types.length > 0 && given === undefined) intent['automatic_payment_methods'] = null;
  else intent['automatic_payment_methods'] = { allow_redirects: text(given, 'allow_redirects') ?? 'always', enabled: given?.['enabled'] ?? true };
  const card = object(object(intent, 'payment_method_options'), 'card') ?? {};
  intent['payment_method_options'] = {
    ...object(intent, 'payment_method_options'),
    card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic', ...card },
  };
}

/** The lines of what is paid for have a list of their own. */
function keepLines(call: Call, intent: JsonObject): void {
  const given = object(call.params, 'amount_details')?.['line_items'];
  if (given === undefined) return;
  for (const known of call.transaction.children(INTENT_LINES, idOf(intent))) call.transaction.remove(INTENT_LINES, idOf(known));
  for (const item of objects(object(call.params, 'amount_details'), 'line_items')) {
    const row = makeRow(call, 'payment_intent_amount_details_line_item', {});
    Object.assign(row, { payment_method_options: null, product_code: null, tax: null, unit_of_measure: null, discount_amount: null }, clone(item), { _parent: idOf(intent) });
    call.transaction.insert(INTENT_LINES, row);
  }
}

/** Creation, change. */
export const paymentIntentLife: Life = {
  check: (call) => {
    const currency = text(call.params, 'currency') ?? text(call.transaction.find(INTENTS, call.ids[0] ?? ''), 'currency') ?? 'usd';
    checkAmount(call.params, currency);
    if (call.endpoint.kind === 'create') checkFee(call, call.params);
    if (call.params['return_url'] !== undefined && call.params['confirm'] !== true && call.endpoint.kind === 'create') {
      throw invalidRequest('You cannot provide `return_url` when you are not confirming the PaymentIntent: set `confirm` to true.', 'return_url');
    }
  },
  created: (call, intent) => {
    intent['client_secret'] = clientSecret(idOf(intent));
    intent['amount_details'] = { tip: {}, ...object(intent, 'amount_details') };
    if (call.version < '2024-04-10' && call.params['capture_method'] === undefined) intent['capture_method'] = 'automatic';
    describeMethods(call, intent);
    intent['payment_method'] = null;
    keepLines(call, intent);
    const params = { ...spendToken(call, call.params, intent), ...call.params };
    choose(call, intent, params);
    if (flag(params, 'confirm')) confirm(call, intent, params);
  },
  updated: (call, intent, before) => {
    const status = text(before, 'status') ?? '';
    const touched = ['amount', 'currency', 'payment_method', 'customer'].filter((name) => call.params[name] !== undefined);
    if (touched.length > 0 && !CHANGEABLE.includes(status)) {
      throw stateError(before, `This PaymentIntent's ${touched[0] ?? 'amount'} could not be updated because it has a status of ${status}. You may only update the ${touched[0] ?? 'amount'} of a PaymentIntent with one of the following statuses: ${CHANGEABLE.join(', ')}.`);
    }
    if (call.params['payment_method'] === null) intent['status'] = 'requires_payment_method';
    intent['payment_method'] = before['payment_method'] ?? null;
    keepLines(call, intent);
    choose(call, intent, call.params);
  },
};

/** `POST /v1/payment_intents/{}/confirm` */
export function confirmVerb(call: Call): Answer {
  const intent = editAddressed(call, INTENTS, 'intent');
  const params = { ...spendToken(call, call.params, intent), ...call.params };
  change(call, intent, { ...params, payment_method: intent['payment_method'] ?? null });
  choose(call, intent, params);
  confirm(call, intent, params);
  return place(INTENTS, idOf(intent));
}

/** Tries to pay; declines are thrown after their traces were left. */
export function confirm(call: Call, intent: JsonObject, params: JsonObject): void {
  checkConfirmable(intent);
  const id = text(intent, 'payment_method');
  const method = id === undefined ? undefined : call.transaction.edit('/v1/payment_methods', id);
  if (method === undefined) {
    throw stateError(intent, "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.");
  }
  const off = params['off_session'] === true || typeof params['off_session'] === 'string';
  // Before 2023-08-16 nothing redirected unless its type was named.
  if (call.oldest >= '2023-08-16') checkReturn(intent, params, off);
  checkUsable(method, text(intent, 'customer'));
  if (text(params, 'setup_future_usage') !== undefined) intent['setup_future_usage'] = params['setup_future_usage'] ?? null;
  if (text(params, 'return_url') !== undefined) intent['_return_url'] = params['return_url'] ?? null;
  if (method['type'] === 'customer_balance') payWithCash(call, intent, method);
  else if (needsDeposits(intent, method)) askForDeposits(call, intent);
  else conclude(call, intent, method, attempt(method, off, flag(intent, '_authenticated'), asksForProof(intent)), params);
}

/** Whether 3-D Secure is asked for also where the card could do without. */
function asksForProof(intent: JsonObject): boolean {
  const wanted = text(object(object(intent, 'payment_method_options'), 'card'), 'request_three_d_secure');
  return wanted === 'any' || wanted === 'challenge';
}

/** Cash that is there pays at once; for what is missing the customer is told where to send it. */
function payWithCash(call: Call, intent: JsonObject, method: JsonObject): void {
  const customer = payerOf(call, intent);
  const available = isAutomatic(call, customer) ? availableIn(call, customer, text(intent, 'currency') ?? 'usd') : 0;
  const left = (number(intent, 'amount') ?? 0) - (number(intent, '_funded') ?? 0);
  if (available > 0) spendOn(call, intent, Math.min(available, left));
  if (available >= left) {
    conclude(call, intent, method, { kind: 'paid' }, {});
    return;
  }
  Object.assign(intent, { status: 'requires_action', next_action: instructionsFor(intent) });
  emit(call, 'payment_intent.requires_action', { collection: INTENTS, key: idOf(intent) });
}

/** Whether an account that was given by its number must first be proved with two small deposits. */
export function needsDeposits(intent: JsonObject, method: JsonObject): boolean {
  const wanted = text(object(object(intent, 'payment_method_options'), 'us_bank_account'), 'verification_method');
  return wanted === 'microdeposits' && text(method, '_account') !== undefined && !flag(method, '_proved');
}

/** What the customer is told about the deposits. */
export function depositsAction(call: Call): JsonObject {
  return { type: 'verify_with_microdeposits', verify_with_microdeposits: { arrival_date: call.now + 24 * 3600, hosted_verification_url: `https://payments.stripe.com/microdeposit/${randomLetters(30)}`, microdeposit_type: 'descriptor_code' } };
}

function askForDeposits(call: Call, intent: JsonObject): void {
  Object.assign(intent, { status: 'requires_action', next_action: depositsAction(call) });
  emit(call, 'payment_intent.requires_action', { collection: INTENTS, key: idOf(intent) });
}

function checkConfirmable(intent: JsonObject): void {
  const status = text(intent, 'status') ?? '';
  if (status === 'requires_payment_method' || status === 'requires_confirmation') return;
  if (status === 'requires_action') return;
  const reason = status === 'succeeded' ? 'it has already succeeded after being previously confirmed' : `it has a status of ${status}. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action`;
  throw stateError(intent, `You cannot confirm this PaymentIntent because ${reason}.`);
}

function checkReturn(intent: JsonObject, params: JsonObject, off: boolean): void {
  const automatic = object(intent, 'automatic_payment_methods');
  const redirects = flag(automatic, 'enabled') && automatic?.['allow_redirects'] !== 'never';
  const own = text(intent, '_invoice') !== undefined || flag(params, 'use_stripe_sdk') || flag(params, 'error_on_requires_action');
  if (redirects && !off && !own && text(params, 'return_url') === undefined) throw invalidRequest(REDIRECTS, 'return_url');
}

/** Writes down how an attempt ended. */
export function conclude(call: Call, intent: JsonObject, method: JsonObject, outcome: Outcome, params: JsonObject): void {
  intent['next_action'] = null;
  if (outcome.kind === 'authenticate' && !flag(params, 'error_on_requires_action')) {
    intent['status'] = 'requires_action';
    intent['next_action'] = nextAction(call, intent, params);
    emit(call, 'payment_intent.requires_action', { collection: INTENTS, key: idOf(intent) });
    return;
  }
  const ended: Outcome = outcome.kind === 'authenticate'
    ? { kind: 'declined', code: 'authentication_required', decline: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' }
    : outcome;
  const charge = insertCharge(call, chargeOf(intent, method), ended);
  intent['latest_charge'] = idOf(charge);
  if (charge['captured'] === true) afterPayment(call, charge, method);
  if (text(charge, 'review') !== undefined) intent['review'] = charge['review'] ?? null;
  if (ended.kind === 'declined') fail(call, intent, method, charge, ended);
  intent['last_payment_error'] = null;
  keepMethod(call, intent, method);
  if (ended.kind === 'processing') {
    intent['status'] = 'processing';
    if (behaviourOf(method).kind !== 'waits forever') intent['_settles_at'] = call.now + FOUR_DAYS;
    emit(call, 'payment_intent.processing', { collection: INTENTS, key: idOf(intent) });
  } else if (isManual(intent, method)) {
    intent['status'] = 'requires_capture';
    intent['_capture_by'] = call.now + WEEK;
    intent['amount_capturable'] = intent['amount'] ?? 0;
    emit(call, 'payment_intent.amount_capturable_updated', { collection: INTENTS, key: idOf(intent) });
  } else {
    succeed(call, intent, number(intent, 'amount') ?? 0);
  }
}

/** Whether the money is only authorised at first: by the intent, or by its options for this kind of payment method. */
function isManual(intent: JsonObject, method: JsonObject): boolean {
  const own = object(object(intent, 'payment_method_options'), text(method, 'type') ?? 'card')?.['capture_method'];
  return own === 'manual' || intent['capture_method'] === 'manual';
}

function chargeOf(intent: JsonObject, method: JsonObject): Parameters<typeof insertCharge>[1] {
  const copied: JsonObject = { payment_intent: idOf(intent) };
  for (const name of ['customer', 'description', 'metadata', 'receipt_email', 'shipping', 'statement_descriptor', 'statement_descriptor_suffix', 'on_behalf_of', 'transfer_group', 'application_fee_amount', 'transfer_data']) {
    copied[name] = clone(intent[name] ?? null);
  }
  const shared = object(intent, 'transfer_data');
  if (shared !== undefined) copied['transfer_data'] = { amount: null, ...clone(shared) };
  return { amount: number(intent, 'amount') ?? 0, currency: text(intent, 'currency') ?? 'usd', captured: !isManual(intent, method), method, copied, asked: object(object(intent, 'payment_method_options'), 'card') };
}

/** Ends a payment intent with money. */
export function succeed(call: Call, intent: JsonObject, received: number): void {
  intent['status'] = 'succeeded';
  intent['amount_received'] = received;
  intent['amount_capturable'] = 0;
  emit(call, 'payment_intent.succeeded', { collection: INTENTS, key: idOf(intent) });
}

/** After success the method stays with the customer where that was asked, and is spent where there is no customer. */
function keepMethod(call: Call, intent: JsonObject, method: JsonObject): void {
  const customer = text(intent, 'customer');
  if (customer !== undefined && text(intent, 'setup_future_usage') !== undefined) {
    if (text(method, 'customer') === undefined) attach(call, method, customer);
    method['_set_up'] = true;
  } else if (text(method, 'customer') === undefined) {
    method['_spent'] = true;
  }
}

function fail(call: Call, intent: JsonObject, method: JsonObject, charge: JsonObject, outcome: Outcome & { readonly kind: 'declined' }): never {
  const error = cardError(outcome.message, outcome.code, outcome.decline, { charge: idOf(charge), payment_method: withoutHidden(method) });
  intent['status'] = 'requires_payment_method';
  intent['payment_method'] = null;
  intent['last_payment_error'] = clone(error.body);
  emit(call, 'payment_intent.payment_failed', { collection: INTENTS, key: idOf(intent) });
  error.body['payment_intent'] = clone(withoutHidden(intent));
  throw error;
}

const FAILS: Behaviour = BEHAVIOURS['debitFails'] ?? { kind: 'works' };

/** How a payment that was under way ended: by what its payment method does. Whether it was paid. */
export function settleProcessing(call: Call, intent: JsonObject, method: JsonObject, wanted?: 'succeeded' | 'failed'): boolean {
  const behaviour = wanted === 'failed' && behaviourOf(method).kind !== 'declines' ? FAILS : behaviourOf(method);
  delete intent['_settles_at'];
  const charge = call.transaction.edit(CHARGES, text(intent, 'latest_charge') ?? '');
  if (charge === undefined || intent['status'] !== 'processing') return false;
  if (behaviour.kind === 'declines' && wanted !== 'succeeded') {
    Object.assign(charge, { status: 'failed', failure_code: behaviour.code, failure_message: behaviour.message });
    emit(call, 'charge.failed', { collection: CHARGES, key: idOf(charge) });
    const { body } = cardError(behaviour.message, behaviour.code, behaviour.decline, { charge: idOf(charge), payment_method: withoutHidden(method) });
    Object.assign(intent, { status: 'requires_payment_method', payment_method: null, last_payment_error: clone(body) });
    emit(call, 'payment_intent.payment_failed', { collection: INTENTS, key: idOf(intent) });
    return false;
  }
  Object.assign(charge, { status: 'succeeded', paid: true, captured: true, amount_captured: charge['amount'] ?? 0 });
  settle(call, charge);
  emit(call, 'charge.succeeded', { collection: CHARGES, key: idOf(charge) });
  succeed(call, intent, number(intent, 'amount') ?? 0);
  afterPayment(call, charge, method);
  return true;
}

function nextAction(call: Call, intent: JsonObject, params: JsonObject): JsonObject {
  const id = idOf(intent);
  const url = text(params, 'return_url') ?? text(intent, '_return_url');
  if (url === undefined) return { type: 'use_stripe_sdk', use_stripe_sdk: { source: `src_1${randomLetters(23)}`, stripe_js: authenticationUrl(call, id), type: 'three_d_secure_redirect' } };
  return { redirect_to_url: { return_url: url, url: authenticationUrl(call, id) }, type: 'redirect_to_url' };
}

/** Where the customer proves to be the owner: a page of the sandbox. */
export function authenticationUrl(call: Call, id: string): string {
  return call.site === '' ? `https://hooks.stripe.com/3d_secure_2/hosted?source=${id}` : `${call.site}/_sandbox/authenticate/${id}`;
}

/** After the customer failed to prove to be the owner, or turned away. */
export function refuseProof(call: Call, intent: JsonObject, method: JsonObject | undefined): void {
  const error: JsonObject = {
    code: 'payment_intent_authentication_failure', doc_url: 'https://stripe.com/docs/error-codes/payment-intent-authentication-failure',
    message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.', type: 'invalid_request_error',
    ...(method === undefined ? {} : { payment_method: withoutHidden(clone(method)) }),
  };
  Object.assign(intent, { status: 'requires_payment_method', payment_method: null, next_action: null, last_payment_error: error });
  emit(call, 'payment_intent.payment_failed', { collection: INTENTS, key: idOf(intent) });
}

/** `POST /v1/payment_intents/{}/cancel` */
export function cancelVerb(call: Call): Answer {
  const intent = editAddressed(call, INTENTS, 'intent');
  if (!CANCELABLE.includes(text(intent, 'status') ?? '')) throw refuseState(intent, 'You cannot cancel this PaymentIntent', 'canceled', CANCELABLE);
  cancelIntent(call, intent, text(call.params, 'cancellation_reason') ?? null);
  return place(INTENTS, idOf(intent));
}

/** Ends a payment intent without money. */
export function cancelIntent(call: Call, intent: JsonObject, reason: string | null): void {
  const charge = intent['status'] === 'requires_capture' ? call.transaction.edit(CHARGES, text(intent, 'latest_charge') ?? '') : undefined;
  if (charge !== undefined) releaseCharge(call, charge);
  giveBack(call, intent);
  delete intent['_settles_at'];
  intent['status'] = 'canceled';
  intent['canceled_at'] = call.now;
  intent['cancellation_reason'] = reason;
  intent['amount_capturable'] = 0;
  intent['next_action'] = null;
  emit(call, 'payment_intent.canceled', { collection: INTENTS, key: idOf(intent) });
}

/** The payment intent of something that is to be paid, ready for a payment method. */
export function intentFor(call: Call, make: (fields: JsonObject) => JsonObject, fields: JsonObject): JsonObject {
  const intent = make(fields);
  intent['client_secret'] = clientSecret(idOf(intent));
  intent['payment_method_types'] = ['card', 'link'];
  intent['payment_method_options'] = { card: { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' } };
  intent['amount_details'] = { tip: {} };
  call.transaction.insert(INTENTS, intent);
  emit(call, 'payment_intent.created', { collection: INTENTS, key: idOf(intent) });
  return intent;
}

/** The customer that a parameter names, if it names one. */
export function customerNamed(call: Call, params: JsonObject): JsonObject | undefined {
  const id = text(params, 'customer');
  return id === undefined ? undefined : findNamed(call, '/v1/customers', id, 'customer');
}
