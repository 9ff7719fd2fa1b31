// Money that moves: charges, their balance transactions, and one attempt to pay with a payment method.
// It must not know what is being paid for.
import type { Call } from '../call.ts';
import { emit, emitAbout, idOf } from '../call.ts';
import { blank } from '../fill.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, isObject, number, object, text } from '../json.ts';
import { rowShape, shapeOf } from '../sdk.ts';
import { balanceRow } from './account.ts';
import { directFee, shareOut } from './application-fees.ts';
import { insertTransaction } from './balance-transactions.ts';
import { behaviourOf } from './payment-methods.ts';
import { openReview } from './reviews.ts';
import type { Behaviour } from './test-cards.ts';
import { BEHAVIOURS } from './test-cards.ts';

/** Where charges lie. */
export const CHARGES = '/v1/charges';

/** How an attempt ended. */
export type Outcome =
  | { readonly kind: 'paid' }
  | { readonly kind: 'processing' }
  | { readonly kind: 'authenticate' }
  | { readonly kind: 'declined'; readonly code: string; readonly decline: string | undefined; readonly message: string };

/** Payment methods whose money takes days. */
const SLOW = new Set(['acss_debit', 'au_becs_debit', 'bacs_debit', 'nz_bank_account', 'sepa_debit', 'us_bank_account']);
const AT_ONCE = new Set(['card', 'card_present', 'interac_present', 'link']);

/** How an attempt with this payment method ends; `authenticated` when the customer has just proved to be the owner, `asked` when that is wanted anyway. */
export function attempt(method: JsonObject, off: boolean, authenticated: boolean, asked = false): Outcome {
  const type = text(method, 'type') ?? 'card';
  if (SLOW.has(type)) return { kind: 'processing' };
  if (!AT_ONCE.has(type)) return authenticated ? { kind: 'paid' } : { kind: 'authenticate' };
  const behaviour = behaviourOf(method);
  if (behaviour.kind === 'declines') return declined(behaviour);
  if (behaviour.kind !== 'authenticates') return { kind: 'paid' };
  if (authenticated) {
    const then = BEHAVIOURS[behaviour.after ?? 'works'];
    return then?.kind === 'declines' ? declined(then) : { kind: 'paid' };
  }
  if (behaviour.when === 'asked' && (!asked || off)) return { kind: 'paid' };
  if (behaviour.when === 'unless set up' && method['_set_up'] === true) return { kind: 'paid' };
  if (behaviour.when === 'on session' && off) return { kind: 'paid' };
  if (!off) return { kind: 'authenticate' };
  return { kind: 'declined', code: 'authentication_required', decline: 'authentication_required', message: 'Your card was declined. This transaction requires authentication.' };
}

function declined(behaviour: Behaviour & { readonly kind: 'declines' }): Outcome {
  return { kind: 'declined', code: behaviour.code, decline: behaviour.decline, message: behaviour.message };
}

/** What a charge is of. */
export interface ChargeOf {
  readonly amount: number;
  readonly currency: string;
  readonly captured: boolean;
  readonly method: JsonObject | undefined;
  readonly copied: JsonObject;
  /** What the payment's options for cards asked for. */
  readonly asked?: JsonObject | undefined;
}

/** Inserts the charge of an attempt that was paid, is under way or was declined. */
export function insertCharge(call: Call, of: ChargeOf, outcome: Outcome): JsonObject {
  const charge = makeRow(call, 'charge', { amount: of.amount, currency: of.currency });
  Object.assign(charge, of.copied);
  const failed = outcome.kind === 'declined';
  charge['status'] = failed ? 'failed' : outcome.kind === 'processing' ? 'pending' : 'succeeded';
  charge['paid'] = outcome.kind === 'paid';
  charge['captured'] = outcome.kind === 'paid' && of.captured;
  charge['amount_captured'] =  charge['captured'] ? of.amount : 0;
  charge['calculated_statement_descriptor'] = 'SANDBOX';
  charge['fraud_details'] = {};
  charge['receipt_url'] = failed ? null : `https://pay.stripe.com/receipts/payment/${randomLetters(40)}`;
  charge['outcome'] = outcomeOf(outcome, of.method === undefined ? undefined : behaviourOf(of.method));
  if (failed) {
    charge['failure_code'] = outcome.code;
    charge['failure_message'] = outcome.message;
  }
  if (of.method !== undefined) describeMethod(charge, of.method, of.captured ? undefined : (of.asked ?? {}), call.now);
  if (of.method !== undefined && !failed && behaviourOf(of.method).kind === 'elevated') openReview(call, charge);
  call.transaction.insert(CHARGES, charge);
  if (charge['captured']) settle(call, charge);
  emit(call, failed ? 'charge.failed' : outcome.kind === 'processing' ? 'charge.pending' : 'charge.succeeded', { collection: CHARGES, key: idOf(charge) });
  return charge;
}

/** What Radar blocks before the bank is asked. */
const BLOCKED: JsonObject = {
  advice_code: null, network_advice_code: null, network_decline_code: null, network_status: 'not_sent_to_network', reason: 'highest_risk_level', risk_level: 'highest', risk_score: 92,
  seller_message: 'Stripe blocked this payment as too risky.', type: 'blocked',
};

function outcomeOf(outcome: Outcome, behaviour: Behaviour | undefined): JsonObject {
  const failed = outcome.kind === 'declined';
  if (behaviour?.kind === 'declines' && behaviour.risk !== undefined) return { ...BLOCKED };
  const elevated = behaviour?.kind === 'elevated';
  return {
    advice_code: failed ? 'try_again_later' : null,
    network_advice_code: null,
    network_decline_code: failed ? '01' : null,
    network_status: failed ? 'declined_by_network' : 'approved_by_network',
    reason: failed ? (outcome.decline ?? outcome.code) : elevated ? 'elevated_risk_level' : null,
    risk_level: elevated ? 'elevated' : 'normal',
    risk_score: elevated ? 70 : 22,
    seller_message: failed ? 'The bank did not return any further details with this decline.' : elevated ? 'Stripe evaluated this payment as having elevated risk, and placed it in your manual review queue.' : 'Payment complete.',
    type: failed ? 'issuer_declined' : elevated ? 'manual_review' : 'authorized',
  };
}

const SEVEN_DAYS = 7 * 24 * 3600;
const OVER = 1.2;

/** How far an authorisation of so much may be stretched, by what was asked for. */
export function limitsOf(amount: number, asked: JsonObject | undefined): JsonObject {
  const status = (name: string): string => (asked?.[name] === 'if_available' ? 'available' : 'unavailable');
  const over = status('request_overcapture') === 'available';
  return {
    amount_authorized: amount, extended_authorization: { status: status('request_extended_authorization') === 'available' ? 'enabled' : 'disabled' }, incremental_authorization: { status: status('request_incremental_authorization') },
    multicapture: { status: status('request_multicapture') }, overcapture: { maximum_amount_capturable: over ? Math.floor(amount * OVER) : amount, status: over ? 'available' : 'unavailable' },
  };
}

function describeMethod(charge: JsonObject, method: JsonObject, held: JsonObject | undefined, now: number): void {
  const type = text(method, 'type') ?? 'card';
  const details = object(method, type) ?? {};
  charge['payment_method'] = idOf(method);
  charge['billing_details'] = clone(method['billing_details'] ?? charge['billing_details'] ?? null);
  const empty = emptyDetails(type);
  const known = Object.fromEntries(Object.keys(empty).map((key) => [key, clone(details[key] ?? empty[key] ?? null)]));
  const card: JsonObject = type === 'card' ? {
    authorization_code: '123456', network: details['brand'] ?? null, network_transaction_id: '104102106104102', ...limitsOf(number(charge, 'amount') ?? 0, held),
    ...(held === undefined ? {} : { capture_before: now + SEVEN_DAYS }),
  } : {};
  charge['payment_method_details'] = { [type]: { ...known, ...card }, type };
}

/** What a charge says of a method of this type, with nothing in it. */
function emptyDetails(type: string): JsonObject {
  const holder = rowShape('charge')?.get('payment_method_details')?.type;
  const fields = Array.isArray(holder) && holder[0] === 'object' && typeof holder[1] === 'number' ? shapeOf(holder[1]) : undefined;
  const field = fields?.get(type);
  const empty = field === undefined ? {} : blank(field.type);
  return isObject(empty) ? empty : {};
}

/** The fee that the sandbox takes: 2.9 % and 30 minor units, as for cards in the United States. */
export function feeOf(amount: number): number {
  return Math.round(amount * 0.029) + 30;
}

/** Writes the balance transaction of a captured charge and shares it out; some test cards' money is there at once. */
export function settle(call: Call, charge: JsonObject): void {
  const method = call.transaction.find('/v1/payment_methods', text(charge, 'payment_method') ?? '');
  const atOnce = method !== undefined && behaviourOf(method).kind === 'bypasses pending';
  const amount = number(charge, 'amount_captured') ?? 0;
  const row = insertTransaction(call, {
    amount, currency: text(charge, 'currency') ?? 'usd', fee: feeOf(amount), source: idOf(charge), type: 'charge', description: charge['description'] ?? null, applicationFee: directFee(call, charge),
    ...(atOnce ? { availableOn: call.now } : {}),
  });
  charge['balance_transaction'] = idOf(row);
  shareOut(call, charge);
  if (atOnce) emitAbout(call, 'balance.available', balanceRow(call));
}

/** Captures an authorised charge, wholly or in part. */
export function captureCharge(call: Call, charge: JsonObject, amount: number): void {
  charge['captured'] = true;
  charge['amount_captured'] = amount;
  settle(call, charge);
  emit(call, 'charge.captured', { collection: CHARGES, key: idOf(charge) });
}

/** Captures more of a charge of which a part was captured already. */
export function captureMore(call: Call, charge: JsonObject, amount: number): void {
  charge['amount_captured'] = (number(charge, 'amount_captured') ?? 0) + amount;
  insertTransaction(call, { amount, currency: text(charge, 'currency') ?? 'usd', fee: feeOf(amount), source: idOf(charge), type: 'charge', description: charge['description'] ?? null });
  emit(call, 'charge.updated', { collection: CHARGES, key: idOf(charge) });
}

/** Lets an authorised charge go: nothing was taken, all counts as refunded. */
export function releaseCharge(call: Call, charge: JsonObject): void {
  charge['amount_refunded'] = charge['amount'] ?? 0;
  charge['refunded'] = true;
  emit(call, 'charge.refunded', { collection: CHARGES, key: idOf(charge) });
}
