// The life of an invoice: draft, finalized, paid, void, uncollectible; with the payment intent that collects it.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { Json, JsonObject } from '../json.ts';
import { clone, flag, number, object, objects, text, texts } from '../json.ts';
import { discountsFrom } from './amounts.ts';
import { CUSTOMERS } from './customers.ts';
import { applyBalance, unapplyBalance } from './invoice-balance.ts';
import { INVOICES, LINES, mustBeDraft, pendingItems, pull, recompute } from './invoice-lines.ts';
import { cancelIntent, intentFor } from './payment-intents.ts';
import { copyInto, replaceRevised, revised } from './revisions.ts';

/** Where an invoice's payments lie. */
export const INVOICE_PAYMENTS = '/v1/invoice_payments';
const DAY = 24 * 3600;
const HOUR = 3600;
const ITEMS = '/v1/invoiceitems';
const SHIPPING_RATES = '/v1/shipping_rates';

/** What a fresh invoice is for, besides its parameters. */
export interface InvoiceOf {
  readonly reason: string;
  readonly subscription?: JsonObject;
  readonly quote?: string;
}

function taxIdsOf(call: Call, customer: JsonObject): Json[] {
  return call.transaction.rowsWhere('/v1/tax_ids', 'customer', idOf(customer)).map((row) => ({ type: row['type'] ?? 'unknown', value: row['value'] ?? null }));
}

/** Completes a fresh invoice of a customer. */
export function openDraft(call: Call, row: JsonObject, customer: JsonObject, of: InvoiceOf): void {
  const address = (name: string): Json => clone(customer[name] ?? null);
  Object.assign(row, {
    account_name: 'Sandbox', attempt_count: 0, attempted: false, billing_reason: of.reason, customer: idOf(customer), customer_address: address('address'),
    customer_email: address('email'), customer_name: address('name'), customer_phone: address('phone'), customer_shipping: address('shipping'),
    customer_tax_exempt: customer['tax_exempt'] ?? 'none', customer_tax_ids: taxIdsOf(call, customer), currency: text(row, 'currency') || (text(customer, 'currency') ?? 'usd'),
    metadata: row['metadata'] ?? {}, period_end: call.now, period_start: call.now, status: 'draft', test_clock: customer['test_clock'] ?? null,
    total_discount_amounts: [], total_pretax_credit_amounts: [], total_taxes: [],
  });
  if (object(call.params, 'issuer') === undefined) row['issuer'] = { type: 'self' };
  if (of.quote !== undefined) row['_quote'] = of.quote;
  if (of.subscription !== undefined) {
    row['parent'] = {
      quote_details: null, type: 'subscription_details',
      subscription_details: { metadata: clone(of.subscription['metadata'] ?? {}), subscription: idOf(of.subscription) },
    };
  } else if (of.quote !== undefined) {
    row['parent'] = { quote_details: { quote: of.quote }, subscription_details: null, type: 'quote_details' };
  }
  customer['currency'] ??= row['currency'] ?? null;
}

function settleDue(call: Call, row: JsonObject, params: JsonObject): void {
  const days = number(params, 'days_until_due');
  if (row['collection_method'] !== 'send_invoice') {
    if (days !== undefined || params['due_date'] !== undefined) throw invalidRequest('You can only specify a due date if collection_method is set to `send_invoice`.', days === undefined ? 'due_date' : 'days_until_due');
    return;
  }
  row['_days_until_due'] = days ?? 30;
  row['due_date'] = number(params, 'due_date') ?? call.now + (days ?? 30) * DAY;
}

/** A draft that advances by itself does so after an hour, or when it was told to; an open invoice is collected in an hour. */
function settleAdvance(call: Call, row: JsonObject): void {
  const advances = flag(row, 'auto_advance');
  if (row['status'] === 'draft') row['automatically_finalizes_at'] = advances ? (number(call.params, 'automatically_finalizes_at') ?? number(row, 'automatically_finalizes_at') ?? call.now + HOUR) : null;
  const collects = row['status'] === 'open' && row['collection_method'] === 'charge_automatically';
  if (row['status'] !== 'draft') row['next_payment_attempt'] = advances && collects ? (number(row, 'next_payment_attempt') ?? call.now + HOUR) : null;
}

/** Shipping at the price of a rate that is named or described. */
function settleShipping(call: Call, row: JsonObject): void {
  const given = object(call.params, 'shipping_cost');
  if (given === undefined) return;
  const data = object(given, 'shipping_rate_data');
  const rate = data === undefined ? findNamed(call, SHIPPING_RATES, text(given, 'shipping_rate') ?? '', 'shipping_cost[shipping_rate]') : call.transaction.insert(SHIPPING_RATES, { ...makeRow(call, 'shipping_rate', data), metadata: clone(data['metadata'] ?? {}) });
  const amount = number(object(rate, 'fixed_amount'), 'amount') ?? 0;
  row['shipping_cost'] = { amount_subtotal: amount, amount_tax: 0, amount_total: amount, shipping_rate: idOf(rate) };
}

/** Creation, change, deletion. */
export const invoiceLife: Life = {
  created: (call, row) => {
    const original = revised(call);
    const id = text(call.params, 'customer') ?? text(original, 'customer');
    if (id === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
    const customer = editNamed(call, CUSTOMERS, id, 'customer');
    const subscription = text(call.params, 'subscription');
    const of = subscription === undefined ? undefined : findNamed(call, '/v1/subscriptions', subscription, 'subscription');
    openDraft(call, row, customer, { reason: 'manual', ...(of === undefined ? {} : { subscription: of }) });
    settleDue(call, row, call.params);
    row['default_tax_rates'] = texts(call.params, 'default_tax_rates').map((rate) => clone(findNamed(call, '/v1/tax_rates', rate, 'default_tax_rates')));
    row['discounts'] = discountsFrom(call, objects(call.params, 'discounts'), { invoice: idOf(row), customer: id }).map(idOf);
    if (call.params['pending_invoice_items_behavior'] === 'include') {
      for (const item of pendingItems(call, id, text(row, 'currency') ?? 'usd', subscription)) pull(call, item, row);
    }
    if (original !== undefined) copyInto(call, row, original);
    settleAdvance(call, row);
    settleShipping(call, row);
    settleShares(call, row);
    recompute(call, row);
  },
  updated: (call, row, before) => {
    const always = new Set(['metadata', 'auto_advance', 'expand', 'description', 'footer', 'custom_fields', 'default_payment_method', 'payment_settings', 'statement_descriptor']);
    if (before['status'] !== 'draft' && Object.keys(call.params).some((name) => !always.has(name))) mustBeDraft(before);
    if (call.params['collection_method'] !== undefined || call.params['days_until_due'] !== undefined || call.params['due_date'] !== undefined) settleDue(call, row, call.params);
    if (call.params['discounts'] !== undefined) row['discounts'] = discountsFrom(call, objects(call.params, 'discounts'), { invoice: idOf(row) }).map(idOf);
    settleShipping(call, row);
    settleShares(call, row);
    if (before['status'] === 'draft') recompute(call, row);
    if (call.params['auto_advance'] !== undefined || call.params['automatically_finalizes_at'] !== undefined) settleAdvance(call, row);
  },
  deleted: (call, row) => {
    if (row['status'] !== 'draft' || object(row, 'parent')?.['type'] === 'subscription_details') {
      throw unexpectedState("You can only delete draft invoices that don't belong to a subscription.", 'invoice_not_editable');
    }
    for (const item of call.transaction.rowsWhere(ITEMS, 'invoice', idOf(row))) {
      call.transaction.remove(ITEMS, idOf(item));
      emit(call, 'invoiceitem.deleted', { collection: ITEMS, key: idOf(item) });
    }
    for (const line of call.transaction.children(LINES, idOf(row))) call.transaction.remove(LINES, idOf(line));
  },
};

/** Gives a draft its number and asks for payment; one that asks for nothing is paid at once. */
export function finalize(call: Call, invoice: JsonObject): void {
  if (invoice['status'] !== 'draft') throw unexpectedState("This invoice is already finalized, you can't re-finalize a non-draft invoice.", 'invoice_not_editable');
  const customer = editNamed(call, CUSTOMERS, text(invoice, 'customer') ?? '', 'customer');
  recompute(call, invoice);
  const sequence = number(customer, 'next_invoice_sequence') ?? 1;
  customer['next_invoice_sequence'] = sequence + 1;
  invoice['number'] ??= `${text(customer, 'invoice_prefix') ?? 'SANDBOX'}-${String(sequence).padStart(4, '0')}`;
  invoice['status'] = 'open';
  Object.assign(invoice, { automatically_finalizes_at: null, next_payment_attempt: null });
  invoice['effective_at'] ??= call.now;
  const secret = randomLetters(40);
  invoice['hosted_invoice_url'] = `https://invoice.stripe.com/i/${call.account}/${secret}?s=ap`;
  invoice['invoice_pdf'] = `https://pay.stripe.com/invoice/${call.account}/${secret}/pdf?s=ap`;
  const transitions = object(invoice, 'status_transitions');
  if (transitions !== undefined) transitions['finalized_at'] = call.now;
  replaceRevised(call, invoice, (before) => voidInvoice(call, before));
  applyBalance(call, invoice, customer);
  emit(call, 'invoice.finalized', { collection: INVOICES, key: idOf(invoice) });
  if ((number(invoice, 'amount_due') ?? 0) <= 0) {
    markPaid(call, invoice, 0);
    return;
  }
  const intent = intentFor(call, (fields) => makeRow(call, 'payment_intent', fields), {
    amount: number(invoice, 'amount_due') ?? 0, currency: text(invoice, 'currency') ?? 'usd', customer: idOf(customer), description: 'Payment for Invoice', ...sharesOf(call, invoice),
  });
  if (object(invoice, 'parent')?.['type'] === 'subscription_details') intent['setup_future_usage'] = 'off_session';
  intent['_invoice'] = idOf(invoice);
  invoice['_payment_intent'] = idOf(intent);
  invoice['confirmation_secret'] = { client_secret: intent['client_secret'] ?? '', type: 'payment_intent' };
  invoice['_payment'] = idOf(insertPayment(call, invoice, idOf(intent)));
}

/** What of an invoice's payment is for others: as the invoice says, or by the percentages of its subscription. */
function sharesOf(call: Call, invoice: JsonObject): JsonObject {
  const subscription = call.transaction.find('/v1/subscriptions', text(object(object(invoice, 'parent'), 'subscription_details'), 'subscription') ?? '');
  const due = number(invoice, 'amount_due') ?? 0;
  const part = (percent: number): number => Math.round((due * percent) / 100);
  const percent = number(subscription, 'application_fee_percent');
  const fee = number(invoice, '_application_fee_amount') ?? (percent === undefined ? undefined : part(percent));
  const shared = object(subscription, 'transfer_data');
  const percentShared = number(shared, 'amount_percent');
  const data: JsonObject | undefined = object(invoice, '_transfer_data') ?? (shared === undefined ? undefined : { destination: shared['destination'] ?? '', ...(percentShared === undefined ? {} : { amount: part(percentShared) }) });
  const behalf = text(invoice, 'on_behalf_of') ?? text(subscription, 'on_behalf_of');
  return { ...(fee === undefined ? {} : { application_fee_amount: fee }), ...(data === undefined ? {} : { transfer_data: clone(data) }), ...(behalf === undefined ? {} : { on_behalf_of: behalf }) };
}

function settleShares(call: Call, row: JsonObject): void {
  for (const name of ['application_fee_amount', 'transfer_data']) if (call.params[name] !== undefined) row[`_${name}`] = clone(call.params[name] ?? null);
}

/** Inserts the payment that is asked for with an invoice. */
function insertPayment(call: Call, invoice: JsonObject, intent: string): JsonObject {
  const row = makeRow(call, 'invoice_payment', {});
  Object.assign(row, {
    amount_requested: number(invoice, 'amount_due') ?? 0, currency: invoice['currency'] ?? 'usd', invoice: idOf(invoice), is_default: true,
    payment: { payment_intent: intent, type: 'payment_intent' }, status: 'open',
  });
  return call.transaction.insert(INVOICE_PAYMENTS, row);
}

/** So much is left to be paid: the payment that is asked for follows, or is given up where nothing is left. */
export function askFor(call: Call, invoice: JsonObject, remaining: number): void {
  const intent = call.transaction.edit('/v1/payment_intents', text(invoice, '_payment_intent') ?? '');
  const payment = call.transaction.edit(INVOICE_PAYMENTS, text(invoice, '_payment') ?? '');
  if (remaining > 0) {
    if (intent !== undefined) intent['amount'] = remaining;
    if (payment !== undefined) payment['amount_requested'] = remaining;
    return;
  }
  if (intent !== undefined && intent['status'] !== 'succeeded' && intent['status'] !== 'canceled') cancelIntent(call, intent, 'void_invoice');
  if (payment !== undefined) Object.assign(payment, { status: 'canceled', status_transitions: { canceled_at: call.now, paid_at: null } });
  invoice['_payment'] = null;
}

/** Marks an invoice paid, with so much money received for it. */
export function markPaid(call: Call, invoice: JsonObject, received: number): void {
  invoice['status'] = 'paid';
  invoice['attempted'] = true;
  invoice['auto_advance'] = false;
  invoice['amount_paid'] = received;
  invoice['amount_remaining'] = 0;
  invoice['next_payment_attempt'] = null;
  const transitions = object(invoice, 'status_transitions');
  if (transitions !== undefined) transitions['paid_at'] = call.now;
  const draft = call.transaction.edit(INVOICE_PAYMENTS, text(invoice, '_payment') ?? '');
  if (draft !== undefined) {
    Object.assign(draft, { status: 'paid', amount_paid: draft['amount_requested'] ?? 0, status_transitions: { canceled_at: null, paid_at: call.now } });
    emit(call, 'invoice_payment.paid', { collection: INVOICE_PAYMENTS, key: idOf(draft) });
  }
  emit(call, 'invoice.paid', { collection: INVOICES, key: idOf(invoice) });
  emit(call, 'invoice.payment_succeeded', { collection: INVOICES, key: idOf(invoice) });
}

/** `POST /v1/invoices/{}/finalize` */
export function finalizeVerb(call: Call): Answer {
  const invoice = editAddressed(call, INVOICES, 'invoice');
  if (call.params['auto_advance'] !== undefined) invoice['auto_advance'] = call.params['auto_advance'];
  finalize(call, invoice);
  settleAdvance(call, invoice);
  return place(INVOICES, idOf(invoice));
}

/** `POST /v1/invoices/{}/void` */
export function voidVerb(call: Call): Answer {
  const invoice = editAddressed(call, INVOICES, 'invoice');
  if (invoice['status'] !== 'open' && invoice['status'] !== 'uncollectible') throw unexpectedState("You can only pass in open invoices. This invoice isn't open.");
  voidInvoice(call, invoice);
  return place(INVOICES, idOf(invoice));
}

/** Takes an open invoice back. */
export function voidInvoice(call: Call, invoice: JsonObject): void {
  Object.assign(invoice, { status: 'void', auto_advance: false, next_payment_attempt: null });
  const transitions = object(invoice, 'status_transitions');
  if (transitions !== undefined) transitions['voided_at'] = call.now;
  askFor(call, invoice, 0);
  unapplyBalance(call, invoice);
  emit(call, 'invoice.voided', { collection: INVOICES, key: idOf(invoice) });
}

/** `POST /v1/invoices/{}/mark_uncollectible` */
export function uncollectibleVerb(call: Call): Answer {
  const invoice = editAddressed(call, INVOICES, 'invoice');
  if (invoice['status'] !== 'open') throw unexpectedState("You can only pass in open invoices. This invoice isn't open.");
  uncollectible(call, invoice);
  return place(INVOICES, idOf(invoice));
}

/** Gives up an open invoice. */
export function uncollectible(call: Call, invoice: JsonObject): void {
  Object.assign(invoice, { status: 'uncollectible', auto_advance: false, next_payment_attempt: null });
  const transitions = object(invoice, 'status_transitions');
  if (transitions !== undefined) transitions['marked_uncollectible_at'] = call.now;
  emit(call, 'invoice.marked_uncollectible', { collection: INVOICES, key: idOf(invoice) });
}

/** `POST /v1/invoices/{}/send` */
export function sendVerb(call: Call): Answer {
  const invoice = editAddressed(call, INVOICES, 'invoice');
  if (flag(call.transaction.find(CUSTOMERS, text(invoice, 'customer') ?? ''), 'deleted')) throw unexpectedState('This invoice has no customer.');
  if (invoice['status'] === 'draft') finalize(call, invoice);
  emit(call, 'invoice.sent', { collection: INVOICES, key: idOf(invoice) });
  return place(INVOICES, idOf(invoice));
}
