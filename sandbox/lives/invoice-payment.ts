// Paying an invoice: with a payment method, or by word that it was paid elsewhere; and what a failure leaves behind.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { StripeError, cardError, invalidRequest, unexpectedState } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text } from '../json.ts';
import { payAttached } from './attached-payments.ts';
import { CUSTOMERS } from './customers.ts';
import { INVOICES } from './invoice-lines.ts';
import { askFor, finalize, markPaid } from './invoices.ts';
import { applyPending } from './pending-updates.ts';
import { conclude } from './payment-intents.ts';
import { attach, checkUsable, insertCard, usePaymentMethod } from './payment-methods.ts';
import { attempt } from './payments.ts';
import { cardOfNumber, cardOfToken } from './test-cards.ts';

const NEEDS_ACTION = 'This payment requires additional user action before it can be completed successfully. Payment can be completed using the PaymentIntent associated with the invoice. For more details see: https://stripe.com/docs/billing/subscriptions/overview#requires-action';

const DAY = 24 * 3600;
const WAITING = new Set(['incomplete', 'past_due', 'unpaid']);
const SCHEDULES = '/v1/subscription_schedules';

/** The payment method that collects from a customer without asking them. */
export function defaultMethod(call: Call, invoice: JsonObject | undefined, subscription: JsonObject | undefined, customer: JsonObject | undefined): JsonObject | undefined {
  const id = text(invoice, 'default_payment_method') ?? text(subscription, 'default_payment_method') ?? text(object(customer, 'invoice_settings'), 'default_payment_method');
  if (id !== undefined) return call.transaction.edit('/v1/payment_methods', id);
  const source = text(customer, 'default_source');
  const stored = source === undefined ? undefined : call.transaction.find('/v1/customers/{}/sources', source);
  if (stored === undefined) return undefined;
  const card = cardOfNumber(text(stored, '_number') ?? '') ?? cardOfToken('tok_visa');
  if (card === undefined) return undefined;
  const method = insertCard(call, card, {});
  method['customer'] = idOf(customer ?? {});
  return method;
}

function subscriptionIdOf(invoice: JsonObject): string | undefined {
  return text(object(object(invoice, 'parent'), 'subscription_details'), 'subscription');
}

/** The subscription an invoice is of. */
export function subscriptionOf(call: Call, invoice: JsonObject): JsonObject | undefined {
  return call.transaction.edit('/v1/subscriptions', subscriptionIdOf(invoice) ?? '');
}

/** `POST /v1/invoices/{}/pay` */
export function payVerb(call: Call): Answer {
  const invoice = editAddressed(call, INVOICES, 'invoice');
  if (invoice['status'] === 'draft') finalize(call, invoice);
  else if (invoice['status'] === 'paid') throw unexpectedState('Invoice is already paid', 'invoice_already_paid');
  else if (invoice['status'] === 'void') throw unexpectedState("This invoice can't be paid because it is void.");
  if (invoice['status'] === 'paid') return place(INVOICES, idOf(invoice));
  if (flag(call.params, 'paid_out_of_band')) payElsewhere(call, invoice);
  else pay(call, invoice);
  return place(INVOICES, idOf(invoice));
}

function payElsewhere(call: Call, invoice: JsonObject): void {
  const elsewhere = number(invoice, 'amount_remaining') ?? 0;
  askFor(call, invoice, 0);
  invoice['_paid_out_of_band'] = true;
  invoice['_payment_intent'] = null;
  markPaid(call, invoice, (number(invoice, 'amount_paid') ?? 0) + elsewhere);
  invoice['amount_paid_off_stripe'] = elsewhere;
  revive(call, invoice);
}

/** Tries to collect; a decline is thrown after its traces were left. */
export function pay(call: Call, invoice: JsonObject): void {
  const customer = call.transaction.edit(CUSTOMERS, text(invoice, 'customer') ?? '');
  const subscription = subscriptionOf(call, invoice);
  const given = text(call.params, 'payment_method') ?? text(call.params, 'source');
  const method = given === undefined || call.endpoint.path !== '/v1/invoices/{}/pay' ? defaultMethod(call, invoice, subscription, customer) : usePaymentMethod(call, given, 'payment_method');
  if (method === undefined) {
    throw invalidRequest('There is no `default_payment_method` set on this Customer or Invoice. Please set a `default_payment_method`.', undefined, 'missing');
  }
  checkUsable(method, idOf(customer ?? {}));
  if (text(method, 'customer') === undefined && customer !== undefined) attach(call, method, idOf(customer));
  collect(call, invoice, method, customer);
}

function collect(call: Call, invoice: JsonObject, method: JsonObject, customer: JsonObject | undefined): void {
  const intent = call.transaction.edit('/v1/payment_intents', text(invoice, '_payment_intent') ?? '');
  if (intent === undefined) throw unexpectedState('This invoice has no payment to collect.');
  invoice['attempted'] = true;
  invoice['attempt_count'] = (number(invoice, 'attempt_count') ?? 0) + 1;
  intent['payment_method'] = idOf(method);
  try {
    conclude(call, intent, method, attempt(method, false, false), {});
  } catch (error) {
    if (error instanceof StripeError) failed(call, invoice, customer);
    throw error;
  }
  if (intent['status'] === 'requires_action') {
    emit(call, 'invoice.payment_action_required', { collection: INVOICES, key: idOf(invoice) });
    failed(call, invoice, customer);
    throw cardError(NEEDS_ACTION, 'invoice_payment_intent_requires_action', undefined, {});
  }
  if (intent['status'] === 'succeeded') {
    markPaid(call, invoice, (number(invoice, 'amount_paid') ?? 0) + (number(intent, 'amount_received') ?? 0));
    if (customer !== undefined) customer['delinquent'] = false;
    revive(call, invoice, idOf(method));
  }
}

/** A subscription that waited for this invoice to be paid goes on. */
function revive(call: Call, invoice: JsonObject, method?: string): void {
  const subscription = subscriptionOf(call, invoice);
  if (method !== undefined && object(subscription, 'payment_settings')?.['save_default_payment_method'] === 'on_subscription' && subscription !== undefined) subscription['default_payment_method'] = method;
  if (subscription !== undefined && WAITING.has(text(subscription, 'status') ?? '')) subscription['status'] = 'active';
  applyPending(call, subscription, invoice);
}

/** What a failed attempt leaves behind: the next attempt, or the end of trying. */
function failed(call: Call, invoice: JsonObject, customer: JsonObject | undefined): void {
  if (customer !== undefined) customer['delinquent'] = true;
  emit(call, 'invoice.payment_failed', { collection: INVOICES, key: idOf(invoice) });
  const subscription = subscriptionOf(call, invoice);
  const first = invoice['billing_reason'] === 'subscription_create' && subscription?.['status'] === 'incomplete';
  if (subscription !== undefined && subscription['status'] === 'active' && !first) subscription['status'] = 'past_due';
  if (!flag(invoice, 'auto_advance') || first) return;
  if (defaultMethod(call, invoice, subscription, customer) === undefined) {
    invoice['next_payment_attempt'] = null; // nothing is there to try again with
    return;
  }
  const days = call.billing.retryDays[(number(invoice, 'attempt_count') ?? 1) - 1];
  invoice['next_payment_attempt'] = days === undefined ? null : call.now + days * DAY;
  if (days === undefined && subscription?.['status'] === 'past_due') giveUp(call, subscription);
}

/** After the last attempt a subscription ends, or waits unpaid, or goes on past due. */
function giveUp(call: Call, subscription: JsonObject): void {
  if (call.billing.afterFailures === 'unpaid') subscription['status'] = 'unpaid';
  if (call.billing.afterFailures === 'cancel') endSubscription(call, subscription, 'payment_failed');
}

/** A subscription ends here and now; what of it is still to be paid is no longer asked for by itself. */
export function endSubscription(call: Call, subscription: JsonObject, reason: string): void {
  Object.assign(subscription, { status: 'canceled', canceled_at: number(subscription, 'canceled_at') ?? call.now, ended_at: call.now });
  const details = object(subscription, 'cancellation_details');
  subscription['cancellation_details'] = { comment: null, feedback: null, ...details, reason: details?.['reason'] ?? reason };
  for (const row of call.transaction.rows(INVOICES)) {
    if ((row['status'] !== 'open' && row['status'] !== 'draft') || subscriptionIdOf(row) !== idOf(subscription)) continue;
    const invoice = call.transaction.edit(INVOICES, idOf(row));
    if (invoice !== undefined) Object.assign(invoice, { auto_advance: false, next_payment_attempt: null, automatically_finalizes_at: null });
  }
  emit(call, 'customer.subscription.deleted', { collection: '/v1/subscriptions', key: idOf(subscription) });
  const schedule = call.transaction.edit(SCHEDULES, text(subscription, 'schedule') ?? '');
  if (schedule?.['status'] !== 'active') return;
  Object.assign(schedule, { status: 'canceled', canceled_at: call.now, current_phase: null });
  emit(call, 'subscription_schedule.canceled', { collection: SCHEDULES, key: idOf(schedule) });
}

/** Collects what an invoice asks for because it is time; a failure is a fact and no error. */
export function collectDue(call: Call, invoice: JsonObject): void {
  try {
    pay(call, invoice);
  } catch (error) {
    if (!(error instanceof StripeError)) throw error;
    if (error.status === 402) return;
    Object.assign(invoice, { attempted: true, attempt_count: (number(invoice, 'attempt_count') ?? 0) + 1 });
    failed(call, invoice, call.transaction.edit(CUSTOMERS, text(invoice, 'customer') ?? ''));
  }
}

/** After a payment intent of an invoice succeeded by itself, the invoice is paid too. */
export function followIntent(call: Call, intent: JsonObject): void {
  const attachedTo = call.transaction.edit(INVOICES, text(intent, '_attached_to') ?? '');
  if (attachedTo !== undefined && intent['status'] === 'succeeded') {
    payAttached(call, attachedTo, idOf(intent));
    if (attachedTo['status'] === 'paid') revive(call, attachedTo);
  }
  const invoice = call.transaction.edit(INVOICES, text(intent, '_invoice') ?? '');
  if (invoice === undefined || intent['status'] !== 'succeeded' || invoice['status'] !== 'open') return;
  markPaid(call, invoice, (number(invoice, 'amount_paid') ?? 0) + (number(intent, 'amount_received') ?? 0));
  revive(call, invoice, text(intent, 'payment_method'));
}

/** After a payment intent of an invoice failed by itself, that was a failed attempt to collect. */
export function followFailure(call: Call, intent: JsonObject): void {
  const invoice = call.transaction.edit(INVOICES, text(intent, '_invoice') ?? '');
  if (invoice !== undefined && invoice['status'] === 'open') failed(call, invoice, call.transaction.edit(CUSTOMERS, text(invoice, 'customer') ?? ''));
}
