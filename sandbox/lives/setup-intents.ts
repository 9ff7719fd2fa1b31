// The life of a setup intent: a payment method is proved and kept for later, without money.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { cardError, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, object, text } from '../json.ts';
import { spendToken } from './confirmation-tokens.ts';
import { attach, behaviourOf, checkUsable, clientSecret, paymentMethodFromData, usePaymentMethod } from './payment-methods.ts';
import { authenticationUrl, depositsAction, needsDeposits } from './payment-intents.ts';
import { attempt } from './payments.ts';

const INTENTS = '/v1/setup_intents';
const ATTEMPTS = '/v1/setup_attempts';
const OPEN = ['requires_payment_method', 'requires_confirmation', 'requires_action'];

function stateError(intent: JsonObject, message: string): Error {
  return unexpectedState(message, 'setup_intent_unexpected_state', { setup_intent: withoutHidden(intent) });
}

function choose(call: Call, intent: JsonObject): void {
  const params = { ...spendToken(call, call.params, intent), ...call.params };
  const data = object(params, 'payment_method_data');
  const id = text(params, 'payment_method');
  if (data === undefined && id === undefined) return;
  const method = data === undefined ? usePaymentMethod(call, id ?? '', 'payment_method') : paymentMethodFromData(call, data);
  checkUsable(method, text(intent, 'customer'));
  intent['payment_method'] = idOf(method);
  if (intent['status'] === 'requires_payment_method') intent['status'] = 'requires_confirmation';
}

/** Creation, change. */
export const setupIntentLife: Life = {
  created: (call, intent) => {
    intent['client_secret'] = clientSecret(idOf(intent));
    intent['metadata'] ??= {};
    intent['payment_method'] = null;
    intent['payment_method_types'] = ['card', 'link'];
    intent['automatic_payment_methods'] = { allow_redirects: 'always', enabled: true, ...object(intent, 'automatic_payment_methods') };
    intent['payment_method_options'] = { ...object(intent, 'payment_method_options'), card: { mandate_options: null, network: null, request_three_d_secure: 'automatic', ...object(object(intent, 'payment_method_options'), 'card') } };
    choose(call, intent);
    if (flag(call.params, 'confirm')) confirm(call, intent);
  },
  updated: (call, intent, before) => {
    if (!OPEN.includes(text(before, 'status') ?? '')) throw stateError(before, `You cannot update this SetupIntent because it has a status of ${text(before, 'status') ?? ''}.`);
    intent['payment_method'] = before['payment_method'] ?? null;
    choose(call, intent);
  },
};

/** `POST /v1/setup_intents/{}/confirm` */
export function confirmVerb(call: Call): Answer {
  const intent = editAddressed(call, INTENTS, 'intent');
  change(call, intent, { ...call.params, payment_method: intent['payment_method'] ?? null });
  choose(call, intent);
  confirm(call, intent);
  return place(INTENTS, idOf(intent));
}

function confirm(call: Call, intent: JsonObject): void {
  const status = text(intent, 'status') ?? '';
  if (!OPEN.includes(status)) throw stateError(intent, `You cannot confirm this SetupIntent because it has ${status === 'succeeded' ? 'already succeeded' : `a status of ${status}`}.`);
  const method = call.transaction.edit('/v1/payment_methods', text(intent, 'payment_method') ?? '');
  if (method === undefined) {
    throw stateError(intent, "You cannot confirm this SetupIntent because it's missing a payment method. Update the SetupIntent with a payment method and then confirm it again.");
  }
  if (text(call.params, 'return_url') !== undefined) intent['_return_url'] = call.params['return_url'] ?? null;
  if (needsDeposits(intent, method)) {
    Object.assign(intent, { status: 'requires_action', next_action: depositsAction(call) });
    emit(call, 'setup_intent.requires_action', { collection: INTENTS, key: idOf(intent) });
    return;
  }
  concludeSetup(call, intent, method);
}

/** Tries to set a payment method up; a decline is thrown after its traces were left. */
export function concludeSetup(call: Call, intent: JsonObject, method: JsonObject, authenticated = false): void {
  const behaviour = behaviourOf(method);
  const refused = behaviour.kind === 'declines' && behaviour.onAttach;
  const outcome = behaviour.kind === 'declines' && !refused ? { kind: 'paid' as const } : attempt(method, false, authenticated);
  record(call, intent, method, refused ? 'failed' : outcome.kind === 'authenticate' ? 'requires_action' : 'succeeded');
  if (outcome.kind === 'declined') fail(call, intent, method, outcome);
  if (outcome.kind === 'authenticate') {
    const url = text(call.params, 'return_url') ?? text(intent, '_return_url');
    intent['status'] = 'requires_action';
    intent['next_action'] = url === undefined
      ? { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect' } }
      : { redirect_to_url: { return_url: url, url: authenticationUrl(call, idOf(intent)) }, type: 'redirect_to_url' };
    emit(call, 'setup_intent.requires_action', { collection: INTENTS, key: idOf(intent) });
    return;
  }
  intent['status'] = 'succeeded';
  intent['next_action'] = null;
  intent['last_setup_error'] = null;
  method['_set_up'] = true;
  const customer = text(intent, 'customer');
  if (customer !== undefined && text(method, 'customer') === undefined) attach(call, method, customer);
  emit(call, 'setup_intent.succeeded', { collection: INTENTS, key: idOf(intent) });
}

/** Ends the attempt that waits for the customer, if one does. */
export function endAttempt(call: Call, intent: JsonObject, status: string, error: JsonObject | null = null): boolean {
  const row = call.transaction.edit(ATTEMPTS, text(intent, 'latest_attempt') ?? '');
  if (row?.['status'] !== 'requires_action') return false;
  Object.assign(row, { status, setup_error: clone(error) });
  return true;
}

function record(call: Call, intent: JsonObject, method: JsonObject, status: string): void {
  if (endAttempt(call, intent, status)) return;
  const row = makeRow(call, 'setup_attempt', {});
  Object.assign(row, {
    customer: intent['customer'] ?? null, payment_method: idOf(method), setup_intent: idOf(intent), status, usage: intent['usage'] ?? 'off_session',
    payment_method_details: { type: text(method, 'type') ?? 'card' },
  });
  call.transaction.insert(ATTEMPTS, row);
  intent['latest_attempt'] = idOf(row);
}

function fail(call: Call, intent: JsonObject, method: JsonObject, outcome: { readonly message: string; readonly code: string; readonly decline: string | undefined }): never {
  const error = cardError(outcome.message, outcome.code, outcome.decline, { payment_method: withoutHidden(method) });
  intent['status'] = 'requires_payment_method';
  intent['payment_method'] = null;
  intent['last_setup_error'] = clone(error.body);
  const attempted = call.transaction.edit(ATTEMPTS, text(intent, 'latest_attempt') ?? '');
  if (attempted !== undefined) attempted['setup_error'] = clone(error.body);
  emit(call, 'setup_intent.setup_failed', { collection: INTENTS, key: idOf(intent) });
  error.body['setup_intent'] = clone(withoutHidden(intent));
  throw error;
}

/** `POST /v1/setup_intents/{}/cancel` */
export function cancelVerb(call: Call): Answer {
  const intent = editAddressed(call, INTENTS, 'intent');
  if (!OPEN.includes(text(intent, 'status') ?? '')) throw stateError(intent, `You cannot cancel this SetupIntent because it has a status of ${text(intent, 'status') ?? ''}. Only a SetupIntent with one of the following statuses may be canceled: ${OPEN.join(', ')}.`);
  intent['status'] = 'canceled';
  endAttempt(call, intent, 'abandoned');
  intent['cancellation_reason'] = text(call.params, 'cancellation_reason') ?? null;
  emit(call, 'setup_intent.canceled', { collection: INTENTS, key: idOf(intent) });
  return place(INTENTS, idOf(intent));
}
