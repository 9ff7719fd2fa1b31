// Authorised money and how it is taken: wholly, in part, in several parts, more than was authorised where that was asked for, and
// authorisations that grow.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { invalidRequest } from '../errors.ts';
import { change } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text } from '../json.ts';
import { afterPayment } from './after-payment.ts';
import { INTENTS, refuseState, succeed } from './payment-intents.ts';
import { CHARGES, captureCharge, captureMore, limitsOf } from './payments.ts';

const MOST_INCREMENTS = 10;

const cardOf = (charge: JsonObject | undefined): JsonObject | undefined => object(object(charge, 'payment_method_details'), 'card');

/** `POST /v1/payment_intents/{}/capture` */
export function captureVerb(call: Call): Answer {
  const intent = editAddressed(call, INTENTS, 'intent');
  if (intent['status'] !== 'requires_capture') throw refuseState(intent, 'This PaymentIntent could not be captured', 'captured', ['requires_capture']);
  const charge = call.transaction.edit(CHARGES, text(intent, 'latest_charge') ?? '');
  const capturable = number(intent, 'amount_capturable') ?? 0;
  const amount = number(call.params, 'amount_to_capture') ?? capturable;
  const several = text(object(cardOf(charge), 'multicapture'), 'status') === 'available';
  const final = call.params['final_capture'] !== false;
  if (!final && !several) throw invalidRequest('This PaymentIntent does not support multicapture. `final_capture` can only be false when multicapture is available on the charge.', 'final_capture');
  const over = number(object(cardOf(charge), 'overcapture'), 'maximum_amount_capturable') ?? capturable;
  const most = final && text(object(cardOf(charge), 'overcapture'), 'status') === 'available' ? Math.max(capturable, over - (number(intent, 'amount_received') ?? 0)) : capturable;
  if (amount > most) {
    throw invalidRequest(`The requested capture amount is greater than the remaining amount you can capture for this PaymentIntent.`, 'amount_to_capture', 'amount_too_large');
  }
  if (amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', 'amount_to_capture', 'parameter_invalid_integer');
  const { amount_to_capture: _, final_capture: __, ...rest } = call.params;
  change(call, intent, rest);
  take(call, intent, charge, amount, final);
  return place(INTENTS, idOf(intent));
}

function take(call: Call, intent: JsonObject, charge: JsonObject | undefined, amount: number, final: boolean): void {
  const before = number(intent, 'amount_received') ?? 0;
  if (charge !== undefined) {
    if (before === 0) captureCharge(call, charge, amount);
    else captureMore(call, charge, amount);
    const method = call.transaction.edit('/v1/payment_methods', text(charge, 'payment_method') ?? '');
    if (method !== undefined && before === 0) afterPayment(call, charge, method);
  }
  const left = (number(intent, 'amount_capturable') ?? 0) - amount;
  if (final || left <= 0) {
    succeed(call, intent, before + amount);
    return;
  }
  Object.assign(intent, { amount_received: before + amount, amount_capturable: left });
  emit(call, 'payment_intent.amount_capturable_updated', { collection: INTENTS, key: idOf(intent) });
}

/** `POST /v1/payment_intents/{}/increment_authorization` */
export function incrementVerb(call: Call): Answer {
  const intent = editAddressed(call, INTENTS, 'intent');
  if (intent['status'] !== 'requires_capture') throw refuseState(intent, 'This PaymentIntent could not be incremented', 'incremented', ['requires_capture']);
  const amount = number(call.params, 'amount') ?? 0;
  if (amount <= (number(intent, 'amount') ?? 0)) throw invalidRequest('The amount to increment to must be greater than the current authorized amount.', 'amount');
  const times = (number(intent, '_increments') ?? 0) + 1;
  if (times > MOST_INCREMENTS) throw invalidRequest(`You cannot increment an authorization more than ${MOST_INCREMENTS} times.`, 'amount');
  change(call, intent, call.params);
  Object.assign(intent, { amount_capturable: amount - (number(intent, 'amount_received') ?? 0), _increments: times });
  const charge = call.transaction.edit(CHARGES, text(intent, 'latest_charge') ?? '');
  const card = cardOf(charge);
  if (charge !== undefined) charge['amount'] = amount;
  if (card !== undefined) Object.assign(card, limitsOf(amount, object(object(intent, 'payment_method_options'), 'card')));
  emit(call, 'payment_intent.amount_capturable_updated', { collection: INTENTS, key: idOf(intent) });
  return place(INTENTS, idOf(intent));
}
