// Readers of cards in shops: a server hands an action to the reader, the customer (played by the test helpers) presents a card or types.
import type { Answer, Call, Handler } from '../call.ts';
import { editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { StripeError, invalidRequest, unexpectedState } from '../errors.ts';
import { create } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text } from '../json.ts';
import { COLLECTIONS } from '../sdk.ts';
import { INTENTS, conclude } from './payment-intents.ts';
import { insertCard, usePaymentMethod } from './payment-methods.ts';
import { attempt } from './payments.ts';
import { refundLife } from './refunds.ts';
import { concludeSetup } from './setup-intents.ts';
import { editIn } from './statuses.ts';
import { cardOfNumber, cardOfToken } from './test-cards.ts';

const READERS = '/v1/terminal/readers';
const SETUPS = '/v1/setup_intents';

function readerFor(call: Call): JsonObject {
  const reader = editIn(call, READERS);
  if (reader['status'] === 'offline') throw unexpectedState('Reader is currently offline, please ensure the reader is powered on and connected to the internet before retrying your request.', 'terminal_reader_offline');
  if (object(reader, 'action')?.['status'] === 'in_progress') throw unexpectedState('Reader is currently busy processing another request, please reference the integration guide at https://stripe.com/docs/terminal/payments/collect-payment?terminal-sdk-platform=server-driven#handle-errors for details on how to handle this error.', 'terminal_reader_busy');
  return reader;
}

function begin(call: Call, type: string, details: JsonObject, status = 'in_progress'): Answer {
  const reader = readerFor(call);
  reader['action'] = { api_error: null, failure_code: null, failure_message: null, status, type, [type]: details };
  emit(call, 'terminal.reader.action_updated', { collection: READERS, key: idOf(reader) });
  return place(READERS, idOf(reader));
}

function intentAt(call: Call, statuses: readonly string[]): JsonObject {
  const intent = editNamed(call, INTENTS, text(call.params, 'payment_intent') ?? '', 'payment_intent');
  const status = text(intent, 'status') ?? '';
  if (!statuses.includes(status)) throw unexpectedState(`The PaymentIntent must be in the ${statuses.join(' or ')} state. It is in the ${status} state.`, 'intent_invalid_state');
  return intent;
}

/** An action on a payment intent: taking the card, confirming with it, or both. */
function onIntent(type: 'collect_payment_method' | 'process_payment_intent', config: string): Handler {
  return (call) => {
    const intent = intentAt(call, ['requires_payment_method']);
    return begin(call, type, { payment_intent: idOf(intent), [config]: clone(call.params[config] ?? {}) });
  };
}

function confirm(call: Call): Answer {
  const intent = intentAt(call, ['requires_confirmation']);
  const answer = begin(call, 'confirm_payment_intent', { payment_intent: idOf(intent), confirm_config: clone(call.params['confirm_config'] ?? {}) });
  const reader = editIn(call, READERS);
  pay(call, reader, intent, usePaymentMethod(call, text(intent, 'payment_method') ?? '', 'payment_method'));
  return answer;
}

function pay(call: Call, reader: JsonObject, intent: JsonObject, method: JsonObject): void {
  intent['payment_method'] = idOf(method);
  try {
    conclude(call, intent, method, attempt(method, true, true), {});
    finish(call, reader);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    finish(call, reader, error);
  }
}

/** The reader's action ends, well or not. */
function finish(call: Call, reader: JsonObject, error?: StripeError): void {
  const action = object(reader, 'action') ?? {};
  reader['action'] = {
    ...action, status: error === undefined ? 'succeeded' : 'failed', failure_code: error === undefined ? null : (text(error.body, 'code') ?? null), failure_message: error?.message ?? null,
  };
  emit(call, error === undefined ? 'terminal.reader.action_succeeded' : 'terminal.reader.action_failed', { collection: READERS, key: idOf(reader) });
}

function actionOf(call: Call): readonly [reader: JsonObject, type: string, details: JsonObject] {
  const reader = editIn(call, READERS);
  const action = object(reader, 'action');
  if (action?.['status'] !== 'in_progress') throw unexpectedState('Reader has no action in progress.');
  const type = text(action, 'type') ?? '';
  return [reader, type, object(action, type) ?? {}];
}

function cardFor(call: Call): JsonObject {
  const type = text(call.params, 'type') ?? 'card_present';
  const data = object(call.params, type) ?? {};
  const card = text(data, 'number') === undefined ? cardOfToken('pm_card_visa') : cardOfNumber(text(data, 'number') ?? '');
  if (card === undefined) throw invalidRequest('Your card number is incorrect.', `${type}[number]`, 'incorrect_number');
  return insertCard(call, card, data);
}

/** `POST /v1/test_helpers/terminal/readers/{}/present_payment_method` */
function present(call: Call): Answer {
  const [reader, type, details] = actionOf(call);
  const card = cardFor(call);
  if (type === 'process_payment_intent') presentForPayment(call, reader, details, card);
  else if (type === 'collect_payment_method') {
    const intent = editNamed(call, INTENTS, text(details, 'payment_intent') ?? '', 'payment_intent');
    Object.assign(intent, { payment_method: idOf(card), status: 'requires_confirmation' });
    finish(call, reader);
  } else if (type === 'process_setup_intent') {
    const intent = editNamed(call, SETUPS, text(details, 'setup_intent') ?? '', 'setup_intent');
    intent['payment_method'] = idOf(card);
    concludeSetup(call, intent, card);
    reader['action'] = { ...object(reader, 'action'), process_setup_intent: { ...details, generated_card: idOf(card) } };
    finish(call, reader);
  } else if (type === 'refund_payment') {
    refund(call, reader, details);
  } else throw unexpectedState(`Reader's current action ${type} takes no payment method.`);
  return place(READERS, idOf(reader));
}

function presentForPayment(call: Call, reader: JsonObject, details: JsonObject, card: JsonObject): void {
  const intent = editNamed(call, INTENTS, text(details, 'payment_intent') ?? '', 'payment_intent');
  const tip = number(call.params, 'amount_tip') ?? 0;
  if (tip > 0) {
    intent['amount'] = (number(intent, 'amount') ?? 0) + tip;
    intent['amount_details'] = { ...object(intent, 'amount_details'), tip: { amount: tip } };
  }
  pay(call, reader, intent, card);
}

function refund(call: Call, reader: JsonObject, details: JsonObject): void {
  const collection = COLLECTIONS.get('/v1/refunds');
  if (collection === undefined) return;
  const params: JsonObject = {};
  for (const name of ['amount', 'charge', 'payment_intent', 'metadata', 'reverse_transfer', 'refund_application_fee']) if (details[name] !== undefined) params[name] = clone(details[name]);
  try {
    const made = create({ ...call, endpoint: collection.operations.get('create') ?? call.endpoint, ids: [], params }, collection, refundLife);
    reader['action'] = { ...object(reader, 'action'), refund_payment: { ...details, ...(made.kind === 'place' ? { refund: made.key } : {}) } };
    finish(call, reader);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    finish(call, reader, error);
  }
}

function refundPayment(call: Call): Answer {
  const intent = text(call.params, 'payment_intent');
  const charge = text(call.params, 'charge');
  if ((intent === undefined) === (charge === undefined)) throw invalidRequest('You must provide exactly one of `payment_intent` or `charge`.', 'payment_intent', 'parameter_missing');
  if (intent !== undefined) findNamed(call, INTENTS, intent, 'payment_intent');
  if (charge !== undefined) findNamed(call, '/v1/charges', charge, 'charge');
  const { expand: _, ...details } = call.params;
  return begin(call, 'refund_payment', clone(details));
}

const SKIPPED = { custom_text: null, required: null, toggles: null };

function collectInputs(call: Call): Answer {
  const inputs = objects(call.params, 'inputs').map((input): JsonObject => {
    const texts = { description: null, skip_button: null, submit_button: null, ...object(input, 'custom_text') };
    const toggles = objects(input, 'toggles').map((one): JsonObject => ({ default_value: null, description: null, title: null, ...one, value: null }));
    const selection = object(input, 'selection');
    const shown: JsonObject = { ...SKIPPED, ...clone(input), custom_text: texts, toggles };
    if (selection !== undefined) shown['selection'] = { choices: objects(selection, 'choices').map((one): JsonObject => ({ style: null, id: null, ...one, text: text(one, 'text') ?? '' })), id: null, text: null };
    return shown;
  });
  return begin(call, 'collect_inputs', { inputs, metadata: clone(call.params['metadata'] ?? {}) });
}

/** What a customer types where the tests do not say. */
const TYPED: Readonly<Record<string, string>> = { email: 'test@example.com', numeric: '1234', phone: '+15555551234', signature: 'file_signature', text: 'test' };

function typeInputs(call: Call): Answer {
  const [reader, type, details] = actionOf(call);
  if (type !== 'collect_inputs') throw unexpectedState("Reader's current action does not collect inputs.");
  const skips = text(call.params, 'skip_non_required_inputs') === 'all';
  const inputs = objects(details, 'inputs').map((input): JsonObject => {
    const kind = text(input, 'type') ?? 'text';
    if (skips && !flag(input, 'required')) return { ...input, skipped: true };
    const [choice] = objects(object(input, 'selection'), 'choices');
    const value: JsonObject = kind === 'selection' ? { ...object(input, 'selection'), id: choice?.['id'] ?? null, text: choice?.['text'] ?? null } : { value: TYPED[kind] ?? '' };
    return { ...input, skipped: false, [kind]: value, toggles: objects(input, 'toggles').map((one) => ({ ...one, value: one['default_value'] ?? 'enabled' })) };
  });
  reader['action'] = { ...object(reader, 'action'), collect_inputs: { ...details, inputs } };
  finish(call, reader);
  return place(READERS, idOf(reader));
}

function timeOut(call: Call): Answer {
  const [reader, type] = actionOf(call);
  if (type !== 'collect_inputs') throw unexpectedState("Reader's current action does not collect inputs.");
  finish(call, reader, new StripeError(400, { code: 'customer_timeout', message: 'The customer did not respond in time.', type: 'invalid_request_error' }));
  return place(READERS, idOf(reader));
}

function cancelAction(call: Call): Answer {
  const reader = editIn(call, READERS);
  reader['action'] = null;
  emit(call, 'terminal.reader.action_updated', { collection: READERS, key: idOf(reader) });
  return place(READERS, idOf(reader));
}

function processSetup(call: Call): Answer {
  const setup = findNamed(call, SETUPS, text(call.params, 'setup_intent') ?? '', 'setup_intent');
  if (setup['status'] !== 'requires_payment_method') throw unexpectedState(`The SetupIntent must be in the requires_payment_method state. It is in the ${text(setup, 'status') ?? ''} state.`, 'intent_invalid_state');
  return begin(call, 'process_setup_intent', { setup_intent: idOf(setup), process_config: clone(call.params['process_config'] ?? {}) });
}

/** Verbs of this room. */
export const TERMINAL_VERBS: Readonly<Record<string, Handler>> = {
  'POST /v1/terminal/readers/{}/cancel_action': cancelAction,
  'POST /v1/terminal/readers/{}/collect_inputs': collectInputs,
  'POST /v1/terminal/readers/{}/collect_payment_method': onIntent('collect_payment_method', 'collect_config'),
  'POST /v1/terminal/readers/{}/confirm_payment_intent': confirm,
  'POST /v1/terminal/readers/{}/process_payment_intent': onIntent('process_payment_intent', 'process_config'),
  'POST /v1/terminal/readers/{}/process_setup_intent': processSetup,
  'POST /v1/terminal/readers/{}/refund_payment': refundPayment,
  'POST /v1/terminal/readers/{}/set_reader_display': (call) => begin(call, 'set_reader_display', { cart: { tax: null, ...clone(object(call.params, 'cart') ?? {}) }, type: 'cart' }, 'succeeded'),
  'POST /v1/test_helpers/terminal/readers/{}/present_payment_method': present,
  'POST /v1/test_helpers/terminal/readers/{}/succeed_input_collection': typeInputs,
  'POST /v1/test_helpers/terminal/readers/{}/timeout_input_collection': timeOut,
};
