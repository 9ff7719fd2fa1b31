// The lives, driven by the official SDK as a program would: payment intents, setup intents, payment methods, invoices, quotes,
// subscriptions, refunds; and the errors on the way.
import { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from './server.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let sandbox: Sandbox;
let stripe: Stripe;

withSandbox((client, itsSandbox) => {
  [stripe, sandbox] = [client, itsSandbox];
});

/** The id in a field that may be expanded. */
function idOf(field: string | { readonly id: string } | null): string {
  return typeof field === 'string' ? field : (field?.id ?? '');
}

const never = { enabled: true, allow_redirects: 'never' } as const;

async function payer(token = 'pm_card_visa'): Promise<Stripe.Customer> {
  const customer = await stripe.customers.create({ name: 'Payer', email: 'payer@x.org' });
  const method = await stripe.paymentMethods.attach(token, { customer: customer.id });
  return stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
}

function intent(token: string, more: Partial<Stripe.PaymentIntentCreateParams> = {}): Promise<Stripe.PaymentIntent> {
  return stripe.paymentIntents.create({ amount: 33_000, currency: 'usd', payment_method: token, confirm: true, automatic_payment_methods: never, ...more });
}

describe('payment intents', () => {
  it('go from nothing to money step by step', async () => {
    const made = await stripe.paymentIntents.create({ amount: 1500, currency: 'usd' });
    expect(made).toMatchObject({ status: 'requires_payment_method', amount_received: 0, client_secret: expect.stringContaining(`${made.id}_secret_`) });
    const chosen = await stripe.paymentIntents.update(made.id, { payment_method: 'pm_card_visa', amount: 1600 });
    expect(chosen).toMatchObject({ status: 'requires_confirmation', amount: 1600 });
    await expect(stripe.paymentIntents.confirm(made.id)).rejects.toMatchObject({ param: 'return_url' });
    const paid = await stripe.paymentIntents.confirm(made.id, { return_url: 'https://x.org/back', expand: ['latest_charge.balance_transaction'] });
    expect(paid).toMatchObject({ status: 'succeeded', amount_received: 1600, latest_charge: { paid: true, captured: true, balance_transaction: { amount: 1600, fee: 76, net: 1524, type: 'charge' } } });
    await expect(stripe.paymentIntents.confirm(made.id)).rejects.toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' });
    await expect(stripe.paymentIntents.cancel(made.id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
  });

  it.each([
    ['pm_card_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', undefined],
    ['pm_card_chargeDeclinedProcessingError', 'processing_error', undefined],
  ])('are declined with %s and can be tried again', async (token, code, decline) => {
    const error: unknown = await intent(token).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ statusCode: 402, type: 'StripeCardError', code, ...(decline === undefined ? {} : { decline_code: decline }) });
    if (!(error instanceof Stripe.errors.StripeCardError)) throw error;
    const kept = await stripe.paymentIntents.retrieve(error.payment_intent?.id ?? '');
    expect(kept).toMatchObject({ status: 'requires_payment_method', payment_method: null, last_payment_error: { code }, latest_charge: error.charge });
    expect(await stripe.charges.retrieve(error.charge ?? '')).toMatchObject({ status: 'failed', failure_code: code });
    expect(await stripe.paymentIntents.confirm(kept.id, { payment_method: 'pm_card_mastercard' })).toMatchObject({ status: 'succeeded', last_payment_error: null });
  });

  it('ask for authentication with 3-D Secure, or are declined off session', async () => {
    expect(await intent('pm_card_threeDSecure2Required', { return_url: 'https://x.org/' })).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url', redirect_to_url: { return_url: 'https://x.org/' } } });
    expect(await intent('pm_card_authenticationRequired')).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } });
    await expect(intent('pm_card_authenticationRequired', { off_session: true })).rejects.toMatchObject({ code: 'authentication_required' });
    await expect(intent('pm_card_authenticationRequired', { error_on_requires_action: true })).rejects.toMatchObject({ code: 'authentication_required' });
  });

  it('are captured wholly, in part, incremented or let go', async () => {
    const whole = await intent('pm_card_visa', { capture_method: 'manual' });
    expect(whole).toMatchObject({ status: 'requires_capture', amount_capturable: 33_000, amount_received: 0 });
    expect(await stripe.paymentIntents.capture(whole.id)).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 33_000 });
    await expect(stripe.paymentIntents.capture(whole.id)).rejects.toMatchObject({ code: 'payment_intent_unexpected_state' });
    const part = await intent('pm_card_visa', { capture_method: 'manual' });
    await expect(stripe.paymentIntents.capture(part.id, { amount_to_capture: 40_000 })).rejects.toMatchObject({ code: 'amount_too_large' });
    expect(await stripe.paymentIntents.incrementAuthorization(part.id, { amount: 40_000 })).toMatchObject({ amount: 40_000, amount_capturable: 40_000 });
    expect(await stripe.paymentIntents.capture(part.id, { amount_to_capture: 35_000 })).toMatchObject({ amount_received: 35_000 });
    const gone = await intent('pm_card_visa', { capture_method: 'manual' });
    expect(await stripe.paymentIntents.cancel(gone.id, { cancellation_reason: 'abandoned' })).toMatchObject({ status: 'canceled', canceled_at: expect.any(Number), cancellation_reason: 'abandoned', amount_capturable: 0 });
  });

  it('check what they are given', async () => {
    await expect(stripe.paymentIntents.create({ amount: 10, currency: 'usd' })).rejects.toMatchObject({ code: 'amount_too_small', param: 'amount' });
    await expect(stripe.paymentIntents.create({ amount: 1000, currency: 'xxy' })).rejects.toMatchObject({ param: 'currency' });
    await expect(intent('pm_nowhere')).rejects.toMatchObject({ code: 'resource_missing', param: 'payment_method', message: "No such PaymentMethod: 'pm_nowhere'" });
    await expect(stripe.paymentIntents.create({ amount: 1000, currency: 'usd', customer: 'cus_nobody' })).rejects.toMatchObject({ statusCode: 400, code: 'resource_missing', param: 'customer' });
    await expect(stripe.paymentIntents.retrieve('pi_none')).rejects.toMatchObject({ statusCode: 404, code: 'resource_missing' });
  });
});

describe('payment methods', () => {
  it('belong to one customer, and to none again after being detached', async () => {
    const customer = await payer();
    const id = idOf(customer.invoice_settings.default_payment_method);
    expect((await stripe.customers.listPaymentMethods(customer.id)).data.map((one) => one.id)).toEqual([id]);
    await expect(stripe.paymentMethods.attach(id, { customer: customer.id })).rejects.toMatchObject({ statusCode: 400 });
    await expect(intent(id)).rejects.toMatchObject({ param: 'payment_method' });
    expect(await intent(id, { customer: customer.id })).toMatchObject({ status: 'succeeded' });
    expect(await stripe.paymentMethods.detach(id)).toMatchObject({ customer: null });
    expect((await stripe.customers.retrieve(customer.id)) as Stripe.Customer).toMatchObject({ invoice_settings: { default_payment_method: null } });
    await expect(stripe.paymentMethods.attach(id, { customer: customer.id })).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining('may not be used again') });
    await expect(stripe.paymentMethods.detach(id)).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.paymentMethods.attach('pm_card_chargeDeclined', { customer: customer.id })).rejects.toMatchObject({ statusCode: 402 });
  });

  it('are made from card data and tokens, and wrong numbers refused', async () => {
    const made = await stripe.paymentMethods.create({ type: 'card', card: { number: '5555555555554444', exp_month: 3, exp_year: 2035 } });
    expect(made.card).toMatchObject({ brand: 'mastercard', last4: '4444', exp_month: 3, exp_year: 2035 });
    const token = await stripe.tokens.create({ card: { number: '378282246310005', exp_month: '3', exp_year: '2035' } });
    expect((await stripe.paymentMethods.create({ type: 'card', card: { token: token.id } })).card).toMatchObject({ brand: 'amex', last4: '0005' });
    await expect(stripe.paymentMethods.create({ type: 'card', card: { number: '4242424242424241', exp_month: 3, exp_year: 2035 } })).rejects.toMatchObject({ code: 'incorrect_number' });
    await expect(stripe.paymentMethods.create({ type: 'card', card: { number: '4242424242424242', exp_month: 3, exp_year: 2020 } })).rejects.toMatchObject({ code: 'invalid_expiry_year' });
  });

  it('are proved by setup intents', async () => {
    const customer = await stripe.customers.create();
    const setup = await stripe.setupIntents.create({ customer: customer.id, payment_method: 'pm_card_visa', confirm: true, automatic_payment_methods: never });
    expect(setup).toMatchObject({ status: 'succeeded', latest_attempt: expect.stringContaining('setatt_') });
    expect((await stripe.customers.listPaymentMethods(customer.id)).data).toHaveLength(1);
    expect(await stripe.setupIntents.create({ payment_method: 'pm_card_threeDSecure2Required', confirm: true, return_url: 'https://x.org' })).toMatchObject({ status: 'requires_action' });
    await expect(stripe.setupIntents.cancel(setup.id)).rejects.toMatchObject({ code: 'setup_intent_unexpected_state' });
  });
});

describe('invoices', () => {
  async function draft(customer: Stripe.Customer, amounts: readonly number[], more: Partial<Stripe.InvoiceCreateParams> = {}): Promise<string> {
    const invoice = await stripe.invoices.create({ customer: customer.id, ...more });
    for (const amount of amounts) await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount, currency: 'usd' });
    return invoice.id;
  }

  it('without lines are paid when they are finalized', async () => {
    const id = await draft(await payer(), []);
    const final = await stripe.invoices.finalizeInvoice(id);
    expect(final).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: 0, effective_at: expect.any(Number), number: expect.stringMatching(/^[A-Z0-9]{8}-0001$/), lines: { data: [], has_more: false } });
    await expect(stripe.invoices.finalizeInvoice(id)).rejects.toMatchObject({ code: 'invoice_not_editable' });
  });

  it('are finalized with a payment intent, paid, and no more deleted', async () => {
    const customer = await payer();
    const id = await draft(customer, [1000, 234]);
    const open = await stripe.invoices.finalizeInvoice(id, { expand: ['payments'] });
    expect(open).toMatchObject({ status: 'open', total: 1234, amount_remaining: 1234, payments: { data: [{ status: 'open', payment: { type: 'payment_intent' } }] } });
    await expect(stripe.invoices.del(id)).rejects.toMatchObject({ statusCode: 400 });
    const paid = await stripe.invoices.pay(id);
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 1234, amount_remaining: 0, attempt_count: 1 });
    await expect(stripe.invoices.pay(id)).rejects.toMatchObject({ message: 'Invoice is already paid' });
    expect(await stripe.invoices.del(await draft(customer, [5]))).toMatchObject({ deleted: true });
  });

  it('fail to be paid with a bad card and stay open; are voided, written off, paid elsewhere', async () => {
    const customer = await payer('pm_card_chargeCustomerFail');
    const id = await draft(customer, [700]);
    await expect(stripe.invoices.pay(id)).rejects.toMatchObject({ statusCode: 402 });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', attempted: true, attempt_count: 1 });
    expect(await stripe.invoices.markUncollectible(id)).toMatchObject({ status: 'uncollectible' });
    expect(await stripe.invoices.voidInvoice(id)).toMatchObject({ status: 'void' });
    const other = await draft(customer, [700]);
    await expect(stripe.invoices.voidInvoice(other)).rejects.toMatchObject({ statusCode: 400 });
    expect(await stripe.invoices.pay(other, { paid_out_of_band: true })).toMatchObject({ status: 'paid' });
  });

  it('sum discounts, taxes and the balance', async () => {
    const customer = await payer();
    const coupon = await stripe.coupons.create({ percent_off: 10 });
    const rate = await stripe.taxRates.create({ display_name: 'PPN', percentage: 11, inclusive: false });
    await stripe.customers.createBalanceTransaction(customer.id, { amount: -500, currency: 'usd' });
    const id = await draft(customer, [10_000, 2000], { discounts: [{ coupon: coupon.id }], default_tax_rates: [rate.id] });
    const final = await stripe.invoices.finalizeInvoice(id);
    expect(final).toMatchObject({ subtotal: 12_000, total: 11_988, total_discount_amounts: [{ amount: 1200 }], total_taxes: [{ amount: 1188 }], starting_balance: -500, ending_balance: 0, amount_due: 11_488 });
    const note = await stripe.creditNotes.create({ invoice: id, amount: 1488 });
    expect(note).toMatchObject({ type: 'pre_payment', number: `${final.number}-CN-01` });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ amount_remaining: 10_000 });
  });

  it('of a payment intent confirmed by itself are paid with it', async () => {
    const customer = await payer();
    const open = await stripe.invoices.finalizeInvoice(await draft(customer, [900]), { expand: ['payments.data.payment.payment_intent'] });
    const inner = open.payments?.data[0]?.payment.payment_intent;
    const id = typeof inner === 'object' ? inner.id : '';
    await stripe.paymentIntents.confirm(id, { payment_method: idOf(customer.invoice_settings.default_payment_method) });
    expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid' });
  });
});

describe('quotes', () => {
  async function quote(recurring: boolean): Promise<Stripe.Quote> {
    const customer = await payer();
    const product = await stripe.products.create({ name: 'Thing' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 700, ...(recurring ? { recurring: { interval: 'month' } } : {}) });
    return stripe.quotes.create({ customer: customer.id, line_items: [{ price: price.id, quantity: 2 }] });
  }

  it('become an invoice', async () => {
    const draft = await quote(false);
    expect(draft).toMatchObject({ status: 'draft', amount_total: 1400, number: null });
    await expect(stripe.quotes.accept(draft.id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await stripe.quotes.finalizeQuote(draft.id)).toMatchObject({ status: 'open', number: expect.stringContaining('QT-') });
    const accepted = await stripe.quotes.accept(draft.id, { expand: ['invoice'] });
    expect(accepted).toMatchObject({ status: 'accepted', subscription: null, invoice: { object: 'invoice', status: 'draft', total: 1400 } });
    await expect(stripe.quotes.cancel(draft.id)).rejects.toMatchObject({ statusCode: 400 });
    const pdf = await fetch(`${sandbox.url}/v1/quotes/${draft.id}/pdf`, { headers: { authorization: 'Bearer sk_test_lives' } });
    expect([pdf.headers.get('content-type'), (await pdf.text()).slice(0, 5)]).toEqual(['application/pdf', '%PDF-']);
  });

  it('become a subscription, or are canceled', async () => {
    const draft = await quote(true);
    expect(draft.computed.recurring).toMatchObject({ amount_total: 1400, interval: 'month' });
    await stripe.quotes.finalizeQuote(draft.id);
    const accepted = await stripe.quotes.accept(draft.id, { expand: ['subscription.latest_invoice'] });
    expect(accepted).toMatchObject({ status: 'accepted', subscription: { status: 'active', latest_invoice: { status: 'paid', total: 1400 } } });
    expect(await stripe.quotes.cancel((await quote(true)).id)).toMatchObject({ status: 'canceled' });
  });
});

describe('subscriptions', () => {
  async function price(): Promise<string> {
    const product = await stripe.products.create({ name: 'Plan' });
    return (await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 2000, recurring: { interval: 'month' } })).id;
  }

  it('charge at once, or after a trial, or not without a card', async () => {
    const customer = await payer();
    const now = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: await price(), quantity: 3 }], expand: ['latest_invoice'] });
    expect(now).toMatchObject({ status: 'active', latest_invoice: { status: 'paid', total: 6000, billing_reason: 'subscription_create' }, items: { data: [{ quantity: 3 }] } });
    const later = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: await price() }], trial_period_days: 14, expand: ['latest_invoice'] });
    expect(later).toMatchObject({ status: 'trialing', latest_invoice: { status: 'paid', total: 0 } });
    const poor = await stripe.customers.create();
    await expect(stripe.subscriptions.create({ customer: poor.id, items: [{ price: await price() }] })).rejects.toMatchObject({ message: expect.stringContaining('no attached payment source') });
    expect((await stripe.subscriptions.list({ customer: poor.id, status: 'all' })).data).toEqual([]);
    expect(await stripe.subscriptions.create({ customer: poor.id, items: [{ price: await price() }], payment_behavior: 'default_incomplete' })).toMatchObject({ status: 'incomplete' });
  });

  it('change, pause and end', async () => {
    const customer = await payer();
    const made = await stripe.subscriptions.create({ customer: customer.id, items: [{ price: await price() }] });
    const item = made.items.data[0];
    const ending = await stripe.subscriptions.update(made.id, { cancel_at_period_end: true, items: [{ id: item?.id ?? '', quantity: 5 }] });
    expect(ending).toMatchObject({ cancel_at_period_end: true, cancel_at: item?.current_period_end, items: { data: [{ quantity: 5 }] } });
    expect(await stripe.subscriptions.update(made.id, { cancel_at_period_end: false })).toMatchObject({ cancel_at: null });
    expect(await stripe.subscriptions.cancel(made.id)).toMatchObject({ status: 'canceled', ended_at: expect.any(Number) });
    await expect(stripe.subscriptions.cancel(made.id)).rejects.toMatchObject({ statusCode: 404 });
    const types = (await stripe.events.list({ limit: 100, types: ['customer.subscription.created', 'customer.subscription.deleted'] })).data.filter((one) => JSON.stringify(one.data.object).includes(made.id));
    expect(types.map((one) => one.type)).toEqual(['customer.subscription.deleted', 'customer.subscription.created']);
  });
});

describe('subscription schedules', () => {
  it('begin their first phase, and are released or canceled', async () => {
    const customer = await payer();
    const product = await stripe.products.create({ name: 'Plan' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 2000, recurring: { interval: 'month' } });
    const phases = [{ items: [{ price: price.id, quantity: 2 }], duration: { interval: 'month' as const, interval_count: 3 } }, { items: [{ price: price.id }] }];
    const now = await stripe.subscriptionSchedules.create({ customer: customer.id, start_date: 'now', phases, expand: ['subscription'] });
    expect(now).toMatchObject({ status: 'active', phases: [{ items: [{ quantity: 2 }] }, { start_date: now.phases[0]?.end_date }], subscription: { status: 'active', schedule: now.id } });
    const released = await stripe.subscriptionSchedules.release(now.id);
    expect(released).toMatchObject({ status: 'released', subscription: null });
    expect(await stripe.subscriptions.retrieve(released.released_subscription ?? '')).toMatchObject({ status: 'active', schedule: null });
    const adopted = await stripe.subscriptionSchedules.create({ from_subscription: released.released_subscription ?? '' });
    expect(await stripe.subscriptionSchedules.cancel(adopted.id)).toMatchObject({ status: 'canceled' });
    expect(await stripe.subscriptions.retrieve(released.released_subscription ?? '')).toMatchObject({ status: 'canceled' });
    const later = await stripe.subscriptionSchedules.create({ customer: customer.id, start_date: Math.floor(Date.now() / 1000) + 86_400, phases });
    expect(later).toMatchObject({ status: 'not_started', subscription: null });
    await expect(stripe.subscriptionSchedules.release(now.id)).rejects.toMatchObject({ statusCode: 400 });
  });
});

describe('refunds and events', () => {
  it('give back part and rest, and no more', async () => {
    const paid = await intent('pm_card_visa');
    expect(await stripe.refunds.create({ payment_intent: paid.id, amount: 3000 })).toMatchObject({ amount: 3000, status: 'succeeded' });
    await expect(stripe.refunds.create({ payment_intent: paid.id, amount: 33_000 })).rejects.toMatchObject({ param: 'amount' });
    await stripe.refunds.create({ charge: idOf(paid.latest_charge) });
    expect(await stripe.charges.retrieve(idOf(paid.latest_charge), { expand: ['refunds'] })).toMatchObject({ amount_refunded: 33_000, refunded: true, refunds: { data: [{ amount: 30_000 }, { amount: 3000 }] } });
    await expect(stripe.refunds.create({ payment_intent: paid.id })).rejects.toMatchObject({ code: 'charge_already_refunded' });
  });

  it('are events, with what changed, that do not change later', async () => {
    const customer = await stripe.customers.create({ name: 'Before' });
    await stripe.customers.update(customer.id, { name: 'After' });
    await stripe.customers.del(customer.id);
    const events = (await stripe.events.list({ type: 'customer.*', limit: 3 })).data;
    expect(events.map((event) => event.type)).toEqual(['customer.deleted', 'customer.updated', 'customer.created']);
    expect(events[1]).toMatchObject({ api_version: '2026-10-28.endive', data: { object: { name: 'After' }, previous_attributes: { name: 'Before' } } });
    expect(events[2]).toMatchObject({ data: { object: { id: customer.id, name: 'Before' } }, request: { id: expect.stringContaining('req_') } });
  });

  it('dispute with the card for it', async () => {
    const paid = await intent('pm_card_createDispute', { expand: ['latest_charge'] });
    const [dispute] = (await stripe.disputes.list({ payment_intent: paid.id })).data;
    expect(dispute).toMatchObject({ status: 'needs_response', amount: 33_000, charge: expect.any(String) });
    expect(await stripe.disputes.close(dispute?.id ?? '')).toMatchObject({ status: 'lost' });
  });
});

it('pages itself through the SDK', async () => {
  for (let at = 0; at < 25; at += 1) await stripe.shippingRates.create({ display_name: `r${at}`, type: 'fixed_amount', fixed_amount: { amount: at, currency: 'usd' } });
  const names: (string | null)[] = [];
  for await (const rate of stripe.shippingRates.list({ limit: 7 })) names.push(rate.display_name);
  expect(names).toHaveLength(25);
  expect(names[0]).toBe('r24');
});
