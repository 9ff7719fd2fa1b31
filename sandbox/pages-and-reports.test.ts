// What the Stripe CLI brought to light, in detail: checkout pages that are paid, debits that fail, inquiries, money there at once, coupons
// as older versions give them, the stream of meter events, reports, invoices that need somebody.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import type { Params } from './asking.ts';
import type { JsonObject } from './json.ts';
import { object, objects, text } from './json.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new Client(sandbox.url);
});

afterAll(async () => {
  await sandbox.close();
});

async function eventsOf(id: string): Promise<readonly string[]> {
  const events = objects(await client.row('GET', '/v1/events', { limit: 100 }), 'data');
  return events.filter((event) => text(object(object(event, 'data'), 'object'), 'id') === id).map((event) => text(event, 'type') ?? '').toReversed();
}

async function price(currency = 'usd', more: Params = {}): Promise<string> {
  return client.make('/v1/prices', { currency, unit_amount: 1500, product: await client.make('/v1/products', { name: 'Kopi' }), ...more });
}

async function session(params: Params, currency = 'usd', more: Params = {}): Promise<string> {
  return client.make('/v1/checkout/sessions', { success_url: 'https://x.org', mode: 'payment', line_items: [{ price: await price(currency, more), quantity: 2 }], ...params });
}

const pay = (id: string, method: string, more: Params = {}): Promise<JsonObject> => client.row('POST', `/v1/payment_pages/${id}/confirm`, { payment_method: method, ...more });

describe('a checkout page', () => {
  it('is paid once, for what it shows', async () => {
    const id = await session({ payment_intent_data: { description: 'Dua kopi', metadata: { meja: '7' } } });
    expect(await client.row('GET', `/v1/payment_pages/${id}`)).toMatchObject({ id, status: 'open', amount_total: 3000 });
    expect(await client.error('POST', `/v1/payment_pages/${id}/confirm`, { payment_method: 'pm_card_visa', expected_amount: 2999 })).toMatchObject({ status: 400, param: 'expected_amount' });
    const paid = await pay(id, 'pm_card_visa', { expected_amount: 3000 });
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', url: null });
    expect(await client.row('GET', `/v1/payment_intents/${text(paid, 'payment_intent') ?? ''}`)).toMatchObject({ status: 'succeeded', amount_received: 3000, description: 'Dua kopi', metadata: { meja: '7' } });
    expect(await client.error('POST', `/v1/payment_pages/${id}/confirm`, { payment_method: 'pm_card_visa' })).toMatchObject({ status: 400 });
    expect(await eventsOf(id)).toEqual(['checkout.session.completed']);
    expect(await client.error('GET', '/v1/payment_pages/cs_none')).toMatchObject({ status: 404 });
  });

  it('stays open after a decline', async () => {
    const id = await session({});
    expect(await client.error('POST', `/v1/payment_pages/${id}/confirm`, { payment_method: 'pm_card_chargeDeclined' })).toMatchObject({ status: 402, code: 'card_declined' });
    expect(await client.row('GET', `/v1/checkout/sessions/${id}`)).toMatchObject({ status: 'open', payment_status: 'unpaid' });
    expect(await pay(id, 'pm_card_visa')).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });

  it('begins a subscription, and a customer with it', async () => {
    const id = await session({ mode: 'subscription' }, 'usd', { recurring: { interval: 'month' } });
    const done = await pay(id, 'pm_card_visa');
    const subscription = await client.row('GET', `/v1/subscriptions/${text(done, 'subscription') ?? ''}`);
    expect(subscription).toMatchObject({ status: 'active', customer: done['customer'], items: { data: [{ quantity: 2 }] } });
    expect(await client.row('GET', `/v1/invoices/${text(done, 'invoice') ?? ''}`)).toMatchObject({ status: 'paid', amount_paid: 3000 });
  });

  it('sets a payment method up', async () => {
    const customer = await client.make('/v1/customers');
    const id = await client.make('/v1/checkout/sessions', { success_url: 'https://x.org', mode: 'setup', currency: 'usd', customer });
    const done = await pay(id, 'pm_card_visa');
    expect(done).toMatchObject({ status: 'complete', payment_status: 'no_payment_required' });
    expect(await client.row('GET', `/v1/setup_intents/${text(done, 'setup_intent') ?? ''}`)).toMatchObject({ status: 'succeeded', customer });
  });

  it.each([['AT611904300234573201', 'paid', 'succeeded', 'succeeded'], ['AT861904300235473202', 'unpaid', 'failed', 'requires_payment_method']])('takes a debit from %s and is told how it went', async (iban, paid, how, status) => {
    const id = await session({ payment_method_types: ['sepa_debit'] }, 'eur');
    const method = await client.make('/v1/payment_methods', { type: 'sepa_debit', sepa_debit: { iban }, billing_details: { email: 'a@x.org', name: 'Ani' } });
    const done = await pay(id, method);
    expect(done).toMatchObject({ status: 'complete', payment_status: paid, customer_details: { email: 'a@x.org', name: 'Ani' } });
    expect(await client.row('GET', `/v1/payment_intents/${text(done, 'payment_intent') ?? ''}`)).toMatchObject({ status });
    expect(await eventsOf(id)).toEqual(['checkout.session.completed', `checkout.session.async_payment_${how}`]);
    expect(await client.error('POST', `/v1/payment_pages/${await session({ payment_method_types: ['sepa_debit'] }, 'eur')}/confirm`, { payment_method: 'pm_card_visa' })).toMatchObject({ param: 'payment_method' });
  });
});

describe('money', () => {
  const charge = async (token: string): Promise<JsonObject> => {
    const intent = await client.row('POST', '/v1/payment_intents', { amount: 4000, currency: 'usd', payment_method: token, confirm: true });
    return client.row('GET', `/v1/charges/${text(intent, 'latest_charge') ?? ''}`, { expand: ['balance_transaction'] });
  };

  it('is there at once from the card for it', async () => {
    const available = async (): Promise<unknown> => objects(await client.row('GET', '/v1/balance'), 'available').find((one) => one['currency'] === 'usd')?.['amount'] ?? 0;
    const before = Number(await available());
    expect(await charge('pm_card_bypassPending')).toMatchObject({ balance_transaction: { status: 'available', net: 3854 } });
    expect(await available()).toBe(before + 3854);
    expect(await charge('pm_card_visa')).toMatchObject({ balance_transaction: { status: 'pending' } });
    expect(await available()).toBe(before + 3854);
  });

  it.each([['createDisputeInquiry', 'warning_needs_response', 'warning_closed', 0], ['createDispute', 'needs_response', 'lost', 1], ['createDisputeProductNotReceived', 'needs_response', 'lost', 1]])('of %s is disputed', async (card, open, closed, taken) => {
    const id = text(await charge(`pm_card_${card}`), 'id') ?? '';
    const [dispute = {}] = objects(await client.row('GET', '/v1/disputes', { charge: id }), 'data');
    expect(dispute).toMatchObject({ status: open, is_charge_refundable: taken === 0 });
    expect(objects(dispute, 'balance_transactions')).toHaveLength(taken);
    const disputed = text(dispute, 'id') ?? '';
    expect(await eventsOf(disputed)).toEqual(['charge.dispute.created', ...(taken === 1 ? ['charge.dispute.funds_withdrawn'] : [])]);
    expect(await client.row('POST', `/v1/disputes/${disputed}/close`)).toMatchObject({ status: closed });
    expect((await client.ask('POST', `/v1/disputes/${disputed}/close`)).status).toBe(400);
  });

  it('of an invoice may need somebody', async () => {
    const customer = await client.make('/v1/customers');
    const method = text(await client.row('POST', '/v1/payment_methods/pm_card_threeDSecure2Required/attach', { customer }), 'id') ?? '';
    const invoice = await client.make('/v1/invoices', { customer });
    await client.make('/v1/invoiceitems', { customer, invoice, amount: 2000, currency: 'usd' });
    expect(await client.error('POST', `/v1/invoices/${invoice}/pay`, { payment_method: method })).toMatchObject({ status: 402, code: 'invoice_payment_intent_requires_action' });
    expect(await client.row('GET', `/v1/invoices/${invoice}`)).toMatchObject({ status: 'open', attempt_count: 1 });
    expect(await eventsOf(invoice)).toEqual(expect.arrayContaining(['invoice.payment_action_required', 'invoice.payment_failed']));
  });
});

describe('older versions', () => {
  it('give customers a coupon, another and none', async () => {
    const [first, second] = [await client.make('/v1/coupons', { percent_off: 10 }), await client.make('/v1/coupons', { percent_off: 20 })];
    const made = await client.row('POST', '/v1/customers', { coupon: first });
    const id = text(made, 'id') ?? '';
    expect(made).toMatchObject({ discount: { source: { coupon: first } } });
    expect(await client.row('POST', `/v1/customers/${id}`, { coupon: second })).toMatchObject({ discount: { source: { coupon: second } } });
    expect(await client.row('POST', `/v1/customers/${id}`, { coupon: '' })).toMatchObject({ discount: null });
    expect(await client.error('POST', '/v1/customers', { coupon: 'none' })).toMatchObject({ code: 'resource_missing', param: 'coupon' });
    const told = objects(await client.row('GET', '/v1/events', { types: ['customer.discount.created', 'customer.discount.updated', 'customer.discount.deleted'] }), 'data');
    expect(told.map((event) => text(event, 'type'))).toEqual(['customer.discount.deleted', 'customer.discount.updated', 'customer.discount.created']);
  });

  it('name coupons of promotion codes and count the turns of phases; the newest does not', async () => {
    const coupon = await client.make('/v1/coupons', { percent_off: 10 });
    expect(await client.row('POST', '/v1/promotion_codes', { coupon })).toMatchObject({ promotion: { type: 'coupon', coupon } });
    const customer = await client.make('/v1/customers', { source: 'tok_visa' });
    const phases = { 0: { iterations: 2, items: [{ price: await price('usd', { recurring: { interval: 'month' } }) }] } };
    const start = Date.UTC(2040, 0, 1) / 1000;
    expect(await client.row('POST', '/v1/subscription_schedules', { customer, start_date: start, phases })).toMatchObject({ phases: [{ end_date: Date.UTC(2040, 2, 1) / 1000 }] });
    const newest = { 'stripe-version': '2026-10-28.endive' };
    expect((await client.ask('POST', '/v1/promotion_codes', { coupon }, newest)).row).toMatchObject({ error: { param: expect.any(String) } });
    expect((await client.ask('POST', '/v1/subscription_schedules', { customer, start_date: start, phases }, newest)).row).toMatchObject({ error: { code: 'parameter_unknown' } });
  });
});

describe('meter events', () => {
  const stream = async (events: readonly JsonObject[]): Promise<number> => {
    const opened = await fetch(`${sandbox.url}/v2/billing/meter_event_session`, { method: 'POST', headers: { authorization: 'Bearer sk_test_plain', 'content-type': 'application/json' }, body: '{}' });
    const token = text((await opened.json()) as JsonObject, 'authentication_token') ?? '';
    return (await fetch(`${sandbox.url}/v2/billing/meter_event_stream`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, body: JSON.stringify({ events }) })).status;
  };

  it('stream in, and what is wrong with them is reported', async () => {
    const customer = await client.make('/v1/customers');
    const meter = await client.make('/v1/billing/meters', { display_name: 'Cangkir', event_name: 'cangkir', default_aggregation: { formula: 'sum' } });
    const event = (payload: JsonObject, name = 'cangkir'): JsonObject => ({ event_name: name, payload });
    expect(await stream([event({ stripe_customer_id: customer, value: '3' })])).toBe(200);
    const reports = async (): Promise<readonly JsonObject[]> => objects(await client.row('GET', '/v2/core/events'), 'data').filter((one) => /error_report|no_meter/.test(text(one, 'type') ?? ''));
    expect(await reports()).toEqual([]);
    await stream([event({ value: '1' }), event({ stripe_customer_id: 'cus_none', value: '1' }), event({ stripe_customer_id: customer, value: 'x' }), event({ stripe_customer_id: customer, value: '1' }, 'gelas')]);
    const told = await reports();
    const ofMeter = told.find((one) => text(one, 'type') === 'v1.billing.meter.error_report_triggered');
    expect(ofMeter).toMatchObject({ related_object: { id: meter, type: 'billing.meter' }, data: { reason: { error_count: 3 } } });
    expect(objects(object(object(ofMeter, 'data'), 'reason'), 'error_types').map((one) => text(one, 'code'))).toEqual(['meter_event_no_customer_defined', 'meter_event_customer_not_found', 'meter_event_invalid_value']);
    expect(told.find((one) => text(one, 'type') === 'v1.billing.meter.no_meter_found')).toMatchObject({ data: { reason: { error_count: 1 } } });
  });
});

describe('report runs', () => {
  it('sum the balance in a file, or stay pending', async () => {
    await client.row('POST', '/v1/payment_intents', { amount: 1000, currency: 'gbp', payment_method: 'pm_card_visa', confirm: true });
    const parameters = { interval_start: 1_000_000_000, interval_end: 4_000_000_000 };
    const run = await client.row('POST', '/v1/reporting/report_runs', { report_type: 'balance.summary.1', parameters });
    expect(run).toMatchObject({ status: 'succeeded', result: { object: 'file', purpose: 'finance_report_run' } });
    expect(await client.row('GET', `/v1/files/${text(object(run, 'result'), 'id') ?? ''}`)).toMatchObject({ type: 'csv' });
    expect(await client.row('POST', '/v1/reporting/report_runs', { report_type: 'ending_balance_reconciliation.summary.1', parameters })).toMatchObject({ status: 'pending', result: null });
  });
});
