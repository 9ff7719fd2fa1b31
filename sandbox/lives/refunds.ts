// Refunds of charges, and charges made directly from a source as before payment intents.
import type { Answer, Call } from '../call.ts';
import { changesBetween, editAddressed, editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { cardError, invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text } from '../json.ts';
import { takeBack } from './application-fees.ts';
import { insertTransaction } from './balance-transactions.ts';
import { moveCash } from './cash-balance.ts';
import { behaviourOf, insertCard, usePaymentMethod } from './payment-methods.ts';
import { CHARGES, attempt, captureCharge, insertCharge } from './payments.ts';
import { closeReview, settleWarnings } from './reviews.ts';
import { cardOfNumber, cardOfToken } from './test-cards.ts';

/** Where refunds lie. */
export const REFUNDS = '/v1/refunds';

function chargeToRefund(call: Call): JsonObject {
  const charge = text(call.params, 'charge');
  if (charge !== undefined) return editNamed(call, CHARGES, charge, 'charge');
  const id = text(call.params, 'payment_intent');
  if (id === undefined) throw invalidRequest('One of the following params should be provided for this request: payment_intent or charge.', undefined, 'parameter_missing');
  const intent = findNamed(call, '/v1/payment_intents', id, 'payment_intent');
  if (intent['status'] !== 'succeeded') throw unexpectedState(`This PaymentIntent (${id}) does not have a successful charge to refund.`, 'payment_intent_unexpected_state');
  return editNamed(call, CHARGES, text(intent, 'latest_charge') ?? '', 'payment_intent');
}

/** Creation checks what is left to give back; refunds of some test cards end later, well or not. */
export const refundLife: Life = {
  created: (call, row) => {
    const charge = chargeToRefund(call);
    const amount = number(call.params, 'amount');
    const left = (number(charge, 'amount_captured') ?? 0) - (number(charge, 'amount_refunded') ?? 0);
    if (flag(charge, 'refunded')) throw unexpectedState(`Charge ${idOf(charge)} has already been refunded.`, 'charge_already_refunded');
    if (charge['status'] !== 'succeeded') throw unexpectedState(`Charge ${idOf(charge)} is not successful, so it cannot be refunded.`);
    if (flag(charge, 'disputed') && isChargedBack(call, charge)) throw unexpectedState(`Charge ${idOf(charge)} has been charged back; cannot issue a refund.`, 'charge_disputed');
    if (amount !== undefined && amount < 1) throw invalidRequest('This value must be greater than or equal to 1.', 'amount', 'parameter_invalid_integer');
    if ((amount ?? left) > left) throw invalidRequest(`Refund amount (${amount ?? 0}) is greater than unrefunded amount on charge (${left})`, 'amount', 'amount_too_large');
    complete(call, row, charge, amount ?? left);
  },
  updated: (call, row, before) => {
    const changed = changesBetween(before, row);
    if (Object.keys(changed).length > 0) emit(call, 'charge.refund.updated', { collection: REFUNDS, key: idOf(row) }, changed);
  },
};

/** A refund that comes with something else, of a part that the charge has left. */
export function insertRefund(call: Call, charge: JsonObject, amount: number): JsonObject {
  const row = makeRow(call, 'refund', {});
  call.transaction.insert(REFUNDS, row);
  emit(call, 'refund.created', { collection: REFUNDS, key: idOf(row) });
  complete(call, row, charge, amount);
  return row;
}

function isChargedBack(call: Call, charge: JsonObject): boolean {
  return call.transaction.rowsWhere('/v1/disputes', 'charge', idOf(charge)).some((row) => row['is_charge_refundable'] === false);
}

/** Methods that cannot take money back: the customer is asked by mail where it should go. */
const ASKED_BY_MAIL = new Set(['konbini', 'multibanco']);
const FORTY_FIVE_DAYS = 45 * 24 * 3600;

function complete(call: Call, row: JsonObject, charge: JsonObject, amount: number): void {
  const method = call.transaction.find('/v1/payment_methods', text(charge, 'payment_method') ?? '');
  const behaviour = method === undefined ? undefined : behaviourOf(method);
  const type = text(object(charge, 'payment_method_details'), 'type') ?? 'card';
  const waits = behaviour?.kind === 'refund waits';
  Object.assign(row, {
    amount, charge: idOf(charge), currency: charge['currency'] ?? 'usd', payment_intent: charge['payment_intent'] ?? null,
    customer: charge['customer'] ?? null, payment_method: charge['payment_method'] ?? null, metadata: row['metadata'] ?? {}, status: waits ? 'pending' : 'succeeded', destination_details: destination(type),
  });
  if (waits) row['pending_reason'] = 'processing';
  if (waits || behaviour?.kind === 'refund fails') row['_settles_at'] = call.now;
  if (ASKED_BY_MAIL.has(type)) {
    const mail = text(call.params, 'instructions_email') ?? 'customer@example.com';
    row['status'] = 'requires_action';
    row['next_action'] = { display_details: { email_sent: { email_sent_at: call.now, email_sent_to: mail }, expires_at: call.now + FORTY_FIVE_DAYS }, type: 'display_details' };
  }
  const transaction = insertTransaction(call, { amount: -amount, currency: text(charge, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'refund', description: 'REFUND FOR CHARGE', applicationFee: -takeBack(call, row, charge, amount) });
  row['balance_transaction'] = idOf(transaction);
  const refunded = (number(charge, 'amount_refunded') ?? 0) + amount;
  charge['amount_refunded'] = refunded;
  charge['refunded'] = refunded >= (number(charge, 'amount_captured') ?? 0);
  const customer = text(charge, 'customer');
  if (type === 'customer_balance' && customer !== undefined) moveCash(call, customer, text(charge, 'currency') ?? 'usd', amount, { type: 'refunded_from_payment', refunded_from_payment: { refund: idOf(row) } });
  closeReview(call, charge, row['reason'] === 'fraudulent' ? 'refunded_as_fraud' : 'refunded');
  settleWarnings(call, charge);
  emit(call, 'charge.refunded', { collection: CHARGES, key: idOf(charge) });
}

function destination(type: string): JsonObject {
  if (type === 'customer_balance') return { customer_cash_balance: {}, type: 'customer_cash_balance' };
  return { [type]: type === 'card' ? { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' } : {}, type };
}

/** `POST /v1/refunds/{}/cancel` */
export function cancelRefund(call: Call): Answer {
  const row = editAddressed(call, REFUNDS, 'refund');
  if (row['status'] !== 'requires_action') throw unexpectedState(`Refund ${idOf(row)} cannot be canceled because it has a status of ${text(row, 'status') ?? ''}.`);
  row['status'] = 'canceled';
  giveBackToCharge(call, row);
  return place(REFUNDS, idOf(row));
}

/** A refund that did not come about: its money returns to the balance, and the charge counts as not refunded by it. */
export function giveBackToCharge(call: Call, row: JsonObject): void {
  const charge = call.transaction.edit(CHARGES, text(row, 'charge') ?? '');
  const amount = number(row, 'amount') ?? 0;
  const transaction = insertTransaction(call, { amount, currency: text(row, 'currency') ?? 'usd', fee: 0, source: idOf(row), type: 'refund_failure', description: 'REFUND FAILURE' });
  row['failure_balance_transaction'] = idOf(transaction);
  if (charge === undefined) return;
  charge['amount_refunded'] = (number(charge, 'amount_refunded') ?? 0) - amount;
  charge['refunded'] = false;
}

/** What a direct charge takes its money from. */
function methodForCharge(call: Call): JsonObject {
  const customer = text(call.params, 'customer');
  const owner = customer === undefined ? undefined : findNamed(call, '/v1/customers', customer, 'customer');
  const source = text(call.params, 'source') ?? text(owner, 'default_source');
  if (source === undefined) throw invalidRequest(owner === undefined ? 'Must provide source or customer.' : 'Cannot charge a customer that has no active card', owner === undefined ? undefined : 'card', owner === undefined ? 'parameter_missing' : 'missing');
  const stored = call.transaction.find('/v1/tokens', source) ?? call.transaction.find('/v1/customers/{}/sources', source);
  const card = call.livemode && stored === undefined ? undefined : (cardOfToken(source) ?? cardOfNumber(text(stored, '_number') ?? ''));
  if (card !== undefined) return insertCard(call, card, {});
  if (source.startsWith('pm_')) return usePaymentMethod(call, source, 'source');
  throw missing('token', source, 'source');
}

/** A charge made directly. */
export const chargeLife: Life = {
  check: (call) => {
    if (call.endpoint.kind !== 'create') return;
    for (const name of ['amount', 'currency']) {
      if (call.params[name] === undefined) throw invalidRequest(`Missing required param: ${name}.`, name, 'parameter_missing');
    }
  },
  created: (call, row) => {
    const method = methodForCharge(call);
    const outcome = attempt(method, true, false);
    const { id, object: kind, amount, currency, ...copied } = row;
    void kind;
    const made = insertCharge(call, {
      amount: number({ amount: amount ?? 0 }, 'amount') ?? 0, currency: text({ currency: currency ?? '' }, 'currency') ?? 'usd',
      captured: call.params['capture'] !== false, method, copied: { ...copied, id: id ?? '' },
    }, outcome);
    Object.assign(row, made);
    call.transaction.insert(CHARGES, row);
    if (outcome.kind === 'declined') throw cardError(outcome.message, outcome.code, outcome.decline, { charge: idOf(row) });
  },
};

/** `POST /v1/charges/{}/capture` */
export function captureVerb(call: Call): Answer {
  const charge = editAddressed(call, CHARGES, 'charge');
  if (flag(charge, 'captured')) throw unexpectedState(`Charge ${idOf(charge)} has already been captured.`, 'charge_already_captured');
  if (flag(charge, 'refunded') || charge['status'] !== 'succeeded') throw unexpectedState(`Charge ${idOf(charge)} cannot be captured.`, 'charge_expired_for_capture');
  const { amount: _, ...rest } = call.params;
  change(call, charge, rest);
  const whole = number(charge, 'amount') ?? 0;
  const amount = number(call.params, 'amount') ?? whole;
  if (amount > whole) throw invalidRequest('You cannot capture more than the amount of the charge.', 'amount', 'amount_too_large');
  captureCharge(call, charge, amount);
  return place(CHARGES, idOf(charge));
}
