// Confirmation tokens: what a customer gave at a form, to be used once to confirm an intent. Stripe.js makes them; in tests the helper does.
import type { Answer, Call, Handler } from '../call.ts';
import { editNamed, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import { makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text } from '../json.ts';
import { paymentMethodFromData, usePaymentMethod } from './payment-methods.ts';

const TOKENS = '/v1/confirmation_tokens';
const HALF_DAY = 12 * 3600;

/** What a preview shows of a payment method: all but what only a row of its own has. */
function previewOf(method: JsonObject): JsonObject {
  const { id: _, object: __, created: ___, livemode: ____, metadata: _____, radar_options: ______, ...shown } = withoutHidden(clone(method));
  return shown;
}

/** `POST /v1/test_helpers/confirmation_tokens` */
function create(call: Call): Answer {
  const { payment_method: id, payment_method_data: data, ...params } = call.params;
  const row = makeRow(call, 'confirmation_token', params);
  const given = object({ data: data ?? null }, 'data');
  const method = given !== undefined ? paymentMethodFromData(call, given) : typeof id === 'string' ? usePaymentMethod(call, id, 'payment_method') : undefined;
  Object.assign(row, { expires_at: call.now + HALF_DAY, payment_method_preview: method === undefined ? null : previewOf(method), _payment_method: method === undefined ? null : idOf(method) });
  call.transaction.insert(TOKENS, row);
  return place(TOKENS, idOf(row));
}

/** The parameters that a token stands for; it is spent by that. Empty where none is named. */
export function spendToken(call: Call, params: JsonObject, intent: JsonObject): JsonObject {
  const id = text(params, 'confirmation_token');
  if (id === undefined) return {};
  const row = editNamed(call, TOKENS, id, 'confirmation_token');
  const used = text(row, 'payment_intent') ?? text(row, 'setup_intent');
  if (used !== undefined) throw unexpectedState(`The ConfirmationToken ${id} has already been used with ${used}.`);
  if ((number(row, 'expires_at') ?? 0) <= call.now) throw unexpectedState(`The ConfirmationToken ${id} has expired.`);
  row[text(intent, 'object') === 'setup_intent' ? 'setup_intent' : 'payment_intent'] = idOf(intent);
  const shown = ['return_url', 'setup_future_usage', 'shipping'].flatMap((name) => (row[name] === null || row[name] === undefined ? [] : [[name, clone(row[name])] as const]));
  return { ...Object.fromEntries(shown), ...(text(row, '_payment_method') === undefined ? {} : { payment_method: row['_payment_method'] ?? '' }) };
}

/** Verbs of this room. */
export const CONFIRMATION_TOKEN_VERBS: Readonly<Record<string, Handler>> = { 'POST /v1/test_helpers/confirmation_tokens': create };
