// The page where a checkout session is paid, as the hosted page and the Stripe CLI ask for it. Stripe does not publish these two
// requests: only what the CLI sends is taken. What the page leads to is the same as if the session's intent were confirmed.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, emitFor, idOf, place } from '../call.ts';
import { invalidRequest, missing, unexpectedState } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text, texts } from '../json.ts';
import type { Endpoint, Field, Shape } from '../sdk.ts';
import { discountsFrom } from './amounts.ts';
import { SESSIONS } from './checkout.ts';
import { CUSTOMERS } from './customers.ts';
import { conclude, intentFor, settleProcessing } from './payment-intents.ts';
import { attach, checkUsable, usePaymentMethod } from './payment-methods.ts';
import { attempt } from './payments.ts';
import { concludeSetup, setupIntentLife } from './setup-intents.ts';
import { insertSubscription } from './subscriptions.ts';

const field = (name: string, type: Field['type'], required = false): readonly [string, Field] => [name, { name, type, required, empty: false }];
const CONFIRM: Shape = new Map([field('payment_method', 'string', true), field('expected_amount', 'number')]);
const page = { collection: '/v1/payment_pages', objects: ['checkout.session'], stub: false, row: true, bytes: false } as const;

/** The page's two requests. */
export const PAGE_ENDPOINTS: readonly Endpoint[] = [
  { ...page, method: 'GET', path: '/v1/payment_pages/{}', kind: 'verb', params: new Map() },
  { ...page, method: 'POST', path: '/v1/payment_pages/{}/confirm', kind: 'verb', params: CONFIRM },
];

/** `GET /v1/payment_pages/{session}` */
export function showPage(call: Call): Answer {
  const id = call.ids[0] ?? '';
  if (call.transaction.find(SESSIONS, id) === undefined) throw missing('checkout.session', id, 'session', 404);
  return place(SESSIONS, id);
}

/** `POST /v1/payment_pages/{session}/confirm`: what happens when the customer presses the button. */
export function confirmPage(call: Call): Answer {
  const session = editAddressed(call, SESSIONS, 'session');
  if (session['status'] !== 'open') throw unexpectedState(`This Checkout Session has a status of ${text(session, 'status') ?? ''}: only an open one can be paid.`);
  const total = number(session, 'amount_total') ?? 0;
  if ((number(call.params, 'expected_amount') ?? total) !== total) throw invalidRequest('The expected amount is not what this Checkout Session comes to.', 'expected_amount', 'checkout_amount_mismatch');
  const method = usePaymentMethod(call, text(call.params, 'payment_method') ?? '', 'payment_method');
  const types = texts(session, 'payment_method_types');
  if (!types.includes(text(method, 'type') ?? '')) throw invalidRequest(`This Checkout Session does not take payment methods of type ${text(method, 'type') ?? ''}.`, 'payment_method');
  const customer = customerOf(call, session, method);
  checkUsable(method, customer === undefined ? undefined : idOf(customer));
  session['customer_details'] = { ...object(session, 'customer_details'), ...detailsOf(method, customer) };
  COMPLETED_BY[text(session, 'mode') ?? 'payment']?.(call, session, method, customer);
  return place(SESSIONS, idOf(session));
}

type Complete = (call: Call, session: JsonObject, method: JsonObject, customer: JsonObject | undefined) => void;

const COMPLETED_BY: Readonly<Record<string, Complete>> = { payment: payOnce, setup: setUp, subscription: subscribe };

function detailsOf(method: JsonObject, customer: JsonObject | undefined): JsonObject {
  const billing = object(method, 'billing_details');
  const name = text(billing, 'name') ?? text(customer, 'name') ?? null;
  return {
    address: clone(billing?.['address'] ?? null), business_name: null, email: text(billing, 'email') ?? text(customer, 'email') ?? null, individual_name: name, name,
    phone: text(billing, 'phone') ?? null, tax_exempt: text(customer, 'tax_exempt') ?? 'none', tax_ids: [],
  };
}

/** The session's customer; a new one where the mode needs one or it was asked for. */
function customerOf(call: Call, session: JsonObject, method: JsonObject): JsonObject | undefined {
  const known = text(session, 'customer');
  if (known !== undefined) return call.transaction.edit(CUSTOMERS, known);
  const needed = session['mode'] === 'subscription' || session['customer_creation'] === 'always';
  if (!needed) return undefined;
  const billing = object(method, 'billing_details');
  const customer = makeRow(call, 'customer', {});
  Object.assign(customer, { email: text(session, 'customer_email') ?? text(billing, 'email') ?? null, name: text(billing, 'name') ?? null, metadata: {}, tax_exempt: 'none', preferred_locales: [] });
  call.transaction.insert(CUSTOMERS, customer);
  emitFor(call, 'customer', 'created', { collection: CUSTOMERS, key: idOf(customer) });
  session['customer'] = idOf(customer);
  return customer;
}

function payOnce(call: Call, session: JsonObject, method: JsonObject, customer: JsonObject | undefined): void {
  const amount = number(session, 'amount_total') ?? 0;
  discountsFrom(call, objects(session, 'discounts').flatMap(given), { checkout_session: idOf(session), ...(customer === undefined ? {} : { customer: idOf(customer) }) });
  if (amount === 0) {
    complete(call, session, 'no_payment_required');
    return;
  }
  const wanted = object(session, '_payment_intent_data') ?? {};
  const intent = intentFor(call, (fields) => makeRow(call, 'payment_intent', fields), {
    amount, currency: text(session, 'currency') ?? 'usd', ...(customer === undefined ? {} : { customer: idOf(customer) }), ...clone(wanted),
  });
  Object.assign(intent, { payment_method: idOf(method), payment_method_types: clone(session['payment_method_types'] ?? []), metadata: clone(wanted['metadata'] ?? {}) });
  session['payment_intent'] = idOf(intent);
  conclude(call, intent, method, attempt(method, false, true), {});
  complete(call, session, intent['status'] === 'succeeded' ? 'paid' : 'unpaid');
  if (intent['status'] !== 'processing') return;
  const paid = settleProcessing(call, intent, method);
  session['payment_status'] = paid ? 'paid' : 'unpaid';
  emit(call, `checkout.session.async_payment_${paid ? 'succeeded' : 'failed'}`, { collection: SESSIONS, key: idOf(session) });
}

function setUp(call: Call, session: JsonObject, method: JsonObject, customer: JsonObject | undefined): void {
  const intent = makeRow(call, 'setup_intent', { ...clone(object(session, '_setup_intent_data') ?? {}), ...(customer === undefined ? {} : { customer: idOf(customer) }) });
  call.transaction.insert('/v1/setup_intents', intent);
  emitFor(call, 'setup_intent', 'created', { collection: '/v1/setup_intents', key: idOf(intent) });
  setupIntentLife.created?.(call, intent);
  session['setup_intent'] = idOf(intent);
  concludeSetup(call, intent, method);
  complete(call, session, 'no_payment_required');
}

function subscribe(call: Call, session: JsonObject, method: JsonObject, customer: JsonObject | undefined): void {
  if (customer === undefined) throw invalidRequest('A subscription needs a customer.', 'customer');
  if (text(method, 'customer') === undefined) attach(call, method, idOf(customer));
  const settings = object(customer, 'invoice_settings') ?? {};
  const before = settings['default_payment_method'] ?? null;
  customer['invoice_settings'] = { ...settings, default_payment_method: idOf(method) };
  const lines = call.transaction.children(`${SESSIONS}/{}/line_items`, idOf(session));
  const sold = (some: readonly JsonObject[]): JsonObject[] => some.map((line) => ({ price: text(object(line, 'price'), 'id') ?? '', quantity: line['quantity'] ?? 1, tax_rates: clone(line['_tax_rates'] ?? []) }));
  const recurring = lines.filter((line) => text(object(line, 'price'), 'type') === 'recurring');
  const discounts = discountsFrom(call, objects(session, 'discounts').flatMap(given), { customer: idOf(customer) }).map(idOf);
  const subscription = insertSubscription(call, customer, sold(recurring), { ...clone(object(session, '_subscription_data') ?? {}), discounts }, { once: sold(lines.filter((line) => !recurring.includes(line))) });
  subscription['default_payment_method'] = idOf(method);
  customer['invoice_settings'] = { ...settings, default_payment_method: before };
  Object.assign(session, { subscription: idOf(subscription), invoice: subscription['latest_invoice'] ?? null });
  complete(call, session, subscription['status'] === 'active' ? 'paid' : 'no_payment_required');
}

function given(discount: JsonObject): JsonObject[] {
  const name = ['promotion_code', 'coupon'].find((one) => text(discount, one) !== undefined);
  return name === undefined ? [] : [{ [name]: text(discount, name) ?? '' }];
}

function complete(call: Call, session: JsonObject, status: string): void {
  Object.assign(session, { status: 'complete', payment_status: status, url: null });
  emit(call, 'checkout.session.completed', { collection: SESSIONS, key: idOf(session) });
}
