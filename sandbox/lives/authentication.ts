// The customer at the page of their bank: proves to be the owner, or does not; and deposits that are read back. Both for payments and
// for payment methods that are set up.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, idOf, otherMode, place } from '../call.ts';
import { StripeError, invalidRequest, missing, unexpectedState } from '../errors.ts';
import { withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, object, text } from '../json.ts';
import { proves } from './bank-verification.ts';
import { followFailure, followIntent } from './invoice-payment.ts';
import { INTENTS, conclude, refuseProof, settleProcessing } from './payment-intents.ts';
import { attempt } from './payments.ts';
import { concludeSetup, endAttempt } from './setup-intents.ts';

const SETUPS = '/v1/setup_intents';
const METHODS = '/v1/payment_methods';

/** How it went at the bank. */
export type Proof = 'succeeded' | 'failed';

/** Where an intent with this id lies. */
export function intentHome(id: string): string {
  return id.startsWith('seti_') ? SETUPS : INTENTS;
}

function waitingFor(call: Call, id: string, action: (type: string) => boolean): JsonObject {
  const home = intentHome(id);
  const intent = call.transaction.edit(home, id);
  if (intent === undefined) throw missing(home === SETUPS ? 'setup_intent' : 'payment_intent', id, 'intent', 404, otherMode(call, home, id));
  const next = text(object(intent, 'next_action'), 'type') ?? '';
  if (intent['status'] !== 'requires_action' || !action(next)) {
    throw unexpectedState(`This intent has a status of ${text(intent, 'status') ?? ''}${next === '' ? '' : ` and waits for ${next}`}: there is nothing of the kind to do.`, `${home === SETUPS ? 'setup' : 'payment'}_intent_unexpected_state`);
  }
  return intent;
}

/** Ends what the customer was asked for. A decline that follows is no fault of whoever said so: it is written down and not thrown. */
export function authenticate(call: Call, id: string, proof: Proof): Answer {
  const intent = waitingFor(call, id, (type) => type === 'redirect_to_url' || type === 'use_stripe_sdk');
  const home = intentHome(id);
  const method = call.transaction.edit(METHODS, text(intent, 'payment_method') ?? '');
  if (proof === 'failed' || method === undefined) {
    if (home === SETUPS) refuseSetup(call, intent, method);
    else refuseProof(call, intent, method);
  } else if (home === SETUPS) {
    quietly(() => concludeSetup(call, intent, method, true));
  } else if (intent['confirmation_method'] === 'manual') {
    Object.assign(intent, { status: 'requires_confirmation', next_action: null, _authenticated: true });
  } else {
    quietly(() => conclude(call, intent, method, attempt(method, false, true), {}));
    followIntent(call, intent);
  }
  return place(home, id);
}

function quietly(work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof StripeError) || !error.kept) throw error;
  }
}

function refuseSetup(call: Call, intent: JsonObject, method: JsonObject | undefined): void {
  const error: JsonObject = {
    code: 'setup_intent_authentication_failure', doc_url: 'https://stripe.com/docs/error-codes/setup-intent-authentication-failure',
    message: 'We are unable to authenticate your payment method. Please choose a different payment method and try again.', type: 'invalid_request_error',
    ...(method === undefined ? {} : { payment_method: withoutHidden(clone(method)) }),
  };
  Object.assign(intent, { status: 'requires_payment_method', payment_method: null, next_action: null, last_setup_error: error });
  endAttempt(call, intent, 'failed', error);
  emit(call, 'setup_intent.setup_failed', { collection: SETUPS, key: idOf(intent) });
}

/** `POST /v1/payment_intents/{}/verify_microdeposits`, and the same of setup intents. */
function verifyMicrodeposits(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const intent = waitingFor(call, id, (type) => type === 'verify_with_microdeposits');
  const method = call.transaction.edit(METHODS, text(intent, 'payment_method') ?? '');
  if (method === undefined) throw unexpectedState('This intent has no payment method.');
  proves(call, intent);
  method['_proved'] = true;
  if (intentHome(id) === SETUPS) concludeSetup(call, intent, method, true);
  else conclude(call, intent, method, attempt(method, false, true), {});
  return place(intentHome(id), id);
}

/** Ends a payment that is under way, now instead of when its time comes. */
export function settleNow(call: Call, id: string, wanted: Proof | undefined): Answer {
  const intent = call.transaction.edit(INTENTS, id);
  if (intent === undefined) throw missing('payment_intent', id, 'intent', 404);
  if (intent['status'] !== 'processing') throw invalidRequest(`This PaymentIntent has a status of ${text(intent, 'status') ?? ''}: only one that is processing can be settled.`);
  settleIntent(call, intent, wanted);
  return place(INTENTS, id);
}

/** What becomes of a payment that was under way, and of the invoice it is for. */
function settleIntent(call: Call, intent: JsonObject, wanted?: Proof): void {
  const method = call.transaction.edit(METHODS, text(intent, 'payment_method') ?? '');
  if (method === undefined) return;
  if (settleProcessing(call, intent, method, wanted)) followIntent(call, intent);
  else followFailure(call, intent);
}

/** Verbs of this room. */
export const AUTHENTICATION_VERBS: Readonly<Record<string, Handler>> = {
  'POST /v1/payment_intents/{}/verify_microdeposits': verifyMicrodeposits,
  'POST /v1/setup_intents/{}/verify_microdeposits': verifyMicrodeposits,
};
