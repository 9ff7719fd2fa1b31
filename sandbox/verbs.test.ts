// The verbs of Stripe's narrower products: what each does to its rows, what it refuses, which events tell; over HTTP, as a plain client.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import type { Params } from './asking.ts';
import { faultsOf } from './conforming.ts';
import type { JsonObject } from './json.ts';
import { number, object, objects, text } from './json.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;
let client: Client;

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new Client(sandbox.url, 'sk_test_verbs');
});

afterAll(async () => {
  await sandbox.close();
});

/** A row that must be good and of its type's shape. */
async function done(path: string, params: Params = {}): Promise<JsonObject> {
  const row = await client.row('POST', path, params);
  expect(faultsOf(row), path).toEqual([]);
  return row;
}

async function v2(path: string, body: JsonObject = {}): Promise<JsonObject> {
  const response = await fetch(`${sandbox.url}${path}`, { method: 'POST', headers: { authorization: 'Bearer sk_test_verbs', 'content-type': 'application/json' }, body: JSON.stringify(body) });
  const row = (await response.json()) as JsonObject;
  if (response.status !== 200) throw new Error(`${path} answered ${response.status}: ${JSON.stringify(row)}`);
  return row;
}

const told = async (type: string, id: string): Promise<boolean> => {
  const page = await client.row('GET', '/v1/events', { type, limit: 100 });
  return objects(page, 'data').some((event) => text(object(object(event, 'data'), 'object'), 'id') === id);
};

describe('treasury', () => {
  const account = async (): Promise<string> => client.make('/v1/treasury/financial_accounts', { supported_currencies: ['usd'] });
  const cash = async (id: string): Promise<unknown> => object(await client.row('GET', `/v1/treasury/financial_accounts/${id}`), 'balance');

  it('keeps the balance of a financial account by what comes and goes', async () => {
    const id = await account();
    const credit = await done('/v1/test_helpers/treasury/received_credits', { financial_account: id, amount: 5000, currency: 'usd', network: 'ach' });
    expect(credit).toMatchObject({ status: 'succeeded', transaction: expect.stringContaining('trxn') });
    expect(await cash(id)).toMatchObject({ cash: { usd: 5000 } });
    expect(await client.row('POST', '/v1/test_helpers/treasury/received_debits', { financial_account: id, amount: 9000, currency: 'usd', network: 'ach' })).toMatchObject({ status: 'failed', failure_code: 'insufficient_funds' });
    const payment = await client.make('/v1/treasury/outbound_payments', { financial_account: id, amount: 2000, currency: 'usd' });
    expect(await cash(id)).toMatchObject({ cash: { usd: 3000 }, outbound_pending: { usd: 2000 } });
    expect(await done(`/v1/test_helpers/treasury/outbound_payments/${payment}/post`)).toMatchObject({ status: 'posted', status_transitions: { posted_at: expect.any(Number) } });
    expect(await cash(id)).toMatchObject({ cash: { usd: 3000 }, outbound_pending: { usd: 0 } });
    expect(await done(`/v1/test_helpers/treasury/outbound_payments/${payment}/return`, { returned_details: { code: 'no_account' } })).toMatchObject({ status: 'returned', returned_details: { code: 'no_account' } });
    expect(await cash(id)).toMatchObject({ cash: { usd: 5000 } });
    expect(await client.error('POST', `/v1/treasury/outbound_payments/${payment}/cancel`)).toMatchObject({ status: 400 });
    expect(await told('treasury.outbound_payment.returned', payment)).toBe(true);
    expect(await client.error('POST', `/v1/treasury/financial_accounts/${id}/close`)).toMatchObject({ status: 400 });
    const entries = objects(await client.row('GET', '/v1/treasury/transaction_entries', { financial_account: id }), 'data');
    expect(entries.map((one) => one['type'])).toEqual(['outbound_payment_return', 'outbound_payment_posting', 'outbound_payment', 'received_credit']);
  });

  it('takes inbound transfers to their end, and closes what is empty', async () => {
    const id = await account();
    const make = (): Promise<string> => client.make('/v1/treasury/inbound_transfers', { financial_account: id, amount: 700, currency: 'usd', origin_payment_method: 'pm_x' });
    const [good, bad] = [await make(), await make()];
    expect(await cash(id)).toMatchObject({ inbound_pending: { usd: 1400 } });
    await done(`/v1/test_helpers/treasury/inbound_transfers/${good}/succeed`);
    expect(await done(`/v1/test_helpers/treasury/inbound_transfers/${bad}/fail`, { failure_details: { code: 'account_closed' } })).toMatchObject({ status: 'failed', failure_details: { code: 'account_closed' } });
    expect(await cash(id)).toMatchObject({ cash: { usd: 700 }, inbound_pending: { usd: 0 } });
    await done(`/v1/test_helpers/treasury/inbound_transfers/${good}/return`);
    expect(await done(`/v1/treasury/financial_accounts/${id}/close`)).toMatchObject({ status: 'closed' });
    expect(await told('treasury.financial_account.closed', id)).toBe(true);
  });

  it('follows an outbound transfer', async () => {
    const transfer = await client.make('/v1/treasury/outbound_transfers', { financial_account: await account(), amount: 10, currency: 'usd' });
    expect(await done(`/v1/test_helpers/treasury/outbound_transfers/${transfer}`, { tracking_details: { type: 'ach', ach: { trace_id: '123' } } })).toMatchObject({ tracking_details: { type: 'ach', ach: { trace_id: '123' } } });
    expect(await done(`/v1/test_helpers/treasury/outbound_transfers/${transfer}/fail`)).toMatchObject({ status: 'failed', cancelable: false });
  });
});

describe('issuing', () => {
  async function card(more: Params = {}): Promise<string> {
    const cardholder = await client.make('/v1/issuing/cardholders', { name: 'Jenny', billing: { address: { line1: '1', city: 'X', country: 'US', postal_code: '1' } } });
    return client.make('/v1/issuing/cards', { cardholder, currency: 'usd', type: 'virtual', status: 'active', ...more });
  }

  it('authorizes, increments, captures and refunds', async () => {
    const used = await card();
    const made = await done('/v1/test_helpers/issuing/authorizations', { card: used, amount: 1000 });
    const id = text(made, 'id') ?? '';
    expect(made).toMatchObject({ approved: true, status: 'pending', amount: 1000, request_history: [{ approved: true, reason: 'card_active' }], balance_transactions: [{ amount: -1000 }] });
    expect(await done(`/v1/test_helpers/issuing/authorizations/${id}/increment`, { increment_amount: 500 })).toMatchObject({ amount: 1500 });
    expect(await done(`/v1/test_helpers/issuing/authorizations/${id}/reverse`, { reverse_amount: 200 })).toMatchObject({ amount: 1300, status: 'pending' });
    const captured = await done(`/v1/test_helpers/issuing/authorizations/${id}/capture`);
    expect(captured).toMatchObject({ status: 'closed', amount: 0, transactions: [{ amount: -1300, type: 'capture' }] });
    const [transaction] = objects(captured, 'transactions');
    const refund = `/v1/test_helpers/issuing/transactions/${text(transaction, 'id') ?? ''}/refund`;
    expect(await done(refund, { refund_amount: 300 })).toMatchObject({ amount: 300, type: 'refund', authorization: id });
    expect(await client.error('POST', refund, { refund_amount: 1001 })).toMatchObject({ code: 'amount_too_large' });
    expect(await client.error('POST', `/v1/test_helpers/issuing/authorizations/${id}/expire`)).toMatchObject({ status: 400 });
    expect(await client.row('GET', '/v1/balance')).toMatchObject({ available: [{ amount: 0 }] });
  });

  it('declines an inactive card, and lets a controllable request be answered', async () => {
    expect(await done('/v1/test_helpers/issuing/authorizations', { card: await card({ status: 'inactive' }), amount: 5 })).toMatchObject({ approved: false, status: 'closed', request_history: [{ reason: 'card_inactive' }] });
    const used = await card();
    const waiting = await done('/v1/test_helpers/issuing/authorizations', { card: used, amount: 900, is_amount_controllable: true });
    expect(waiting).toMatchObject({ approved: false, pending_request: { amount: 900, is_amount_controllable: true } });
    const path = `/v1/issuing/authorizations/${text(waiting, 'id') ?? ''}`;
    expect(await done(`${path}/approve`, { amount: 400 })).toMatchObject({ approved: true, amount: 400, pending_request: null });
    expect(await client.error('POST', `${path}/decline`)).toMatchObject({ status: 400 });
    expect(await done('/v1/test_helpers/issuing/transactions/create_force_capture', { card: used, amount: 70 })).toMatchObject({ amount: -70, type: 'capture', authorization: null });
    expect(await done('/v1/test_helpers/issuing/transactions/create_unlinked_refund', { card: used, amount: 70 })).toMatchObject({ amount: 70, type: 'refund' });
  });

  it('sends physical cards', async () => {
    const address = { line1: '1', city: 'X', country: 'US', postal_code: '1' };
    const sent = await card({ type: 'physical', shipping: { name: 'Jenny', address } });
    const to = (station: string): Promise<JsonObject> => done(`/v1/test_helpers/issuing/cards/${sent}/shipping/${station}`);
    expect(await client.error('POST', `/v1/test_helpers/issuing/cards/${sent}/shipping/deliver`)).toMatchObject({ status: 400 });
    expect(await to('submit')).toMatchObject({ shipping: { status: 'submitted' } });
    expect(await to('ship')).toMatchObject({ shipping: { status: 'shipped' } });
    expect(await to('deliver')).toMatchObject({ shipping: { status: 'delivered' } });
    expect(await client.error('POST', `/v1/test_helpers/issuing/cards/${await card()}/shipping/ship`)).toMatchObject({ status: 400 });
  });
});

describe('terminal', () => {
  const reader = (): Promise<string> => client.make('/v1/terminal/readers', { registration_code: 'simulated-wpe' });
  const intent = (): Promise<string> => client.make('/v1/payment_intents', { amount: 1500, currency: 'usd', payment_method_types: ['card_present'] });
  const present = (id: string, params: Params = {}): Promise<JsonObject> => client.row('POST', `/v1/test_helpers/terminal/readers/${id}/present_payment_method`, params);

  it('takes a payment with a tip', async () => {
    const [id, paid] = [await reader(), await intent()];
    expect(await client.row('POST', `/v1/terminal/readers/${id}/process_payment_intent`, { payment_intent: paid })).toMatchObject({ action: { status: 'in_progress', type: 'process_payment_intent' } });
    expect(await client.error('POST', `/v1/terminal/readers/${id}/process_payment_intent`, { payment_intent: paid })).toMatchObject({ code: 'terminal_reader_busy' });
    expect(await present(id, { amount_tip: 200 })).toMatchObject({ action: { status: 'succeeded' } });
    expect(await client.row('GET', `/v1/payment_intents/${paid}`)).toMatchObject({ status: 'succeeded', amount: 1700, amount_received: 1700 });
    expect(await client.row('POST', `/v1/terminal/readers/${id}/refund_payment`, { payment_intent: paid })).toMatchObject({ action: { type: 'refund_payment' } });
    expect(await present(id)).toMatchObject({ action: { status: 'succeeded', refund_payment: { refund: expect.stringContaining('re_') } } });
    expect(await told('terminal.reader.action_succeeded', id)).toBe(true);
  });

  it('tells of a decline, collects and confirms, and is canceled', async () => {
    const [id, declined] = [await reader(), await intent()];
    await client.row('POST', `/v1/terminal/readers/${id}/process_payment_intent`, { payment_intent: declined });
    expect(await present(id, { type: 'card_present', card_present: { number: '4000000000009995' } })).toMatchObject({ action: { status: 'failed', failure_code: 'card_declined' } });
    const two = await intent();
    await client.row('POST', `/v1/terminal/readers/${id}/collect_payment_method`, { payment_intent: two });
    await present(id);
    expect(await client.row('POST', `/v1/terminal/readers/${id}/confirm_payment_intent`, { payment_intent: two })).toMatchObject({ action: { status: 'succeeded', type: 'confirm_payment_intent' } });
    await client.row('POST', `/v1/terminal/readers/${id}/set_reader_display`, { type: 'cart', cart: { currency: 'usd', total: 100, line_items: [{ amount: 100, description: 'Tea', quantity: 1 }] } });
    expect(await client.row('POST', `/v1/terminal/readers/${id}/cancel_action`)).toMatchObject({ action: null });
    expect(await client.error('POST', `/v1/test_helpers/terminal/readers/${id}/present_payment_method`)).toMatchObject({ status: 400, message: 'Reader has no action in progress.' });
  });

  it('asks for inputs and for a card to keep', async () => {
    const id = await reader();
    const ask = { inputs: [{ type: 'email', required: true, custom_text: { title: 'Mail' } }, { type: 'text', custom_text: { title: 'Note' } }] };
    await done(`/v1/terminal/readers/${id}/collect_inputs`, ask);
    expect(await done(`/v1/test_helpers/terminal/readers/${id}/succeed_input_collection`, { skip_non_required_inputs: 'all' })).toMatchObject({ action: { status: 'succeeded', collect_inputs: { inputs: [{ email: { value: 'test@example.com' } }, { skipped: true }] } } });
    await done(`/v1/terminal/readers/${id}/collect_inputs`, ask);
    expect(await done(`/v1/test_helpers/terminal/readers/${id}/timeout_input_collection`)).toMatchObject({ action: { status: 'failed', failure_code: 'customer_timeout' } });
    const setup = await client.make('/v1/setup_intents', {});
    await client.row('POST', `/v1/terminal/readers/${id}/process_setup_intent`, { setup_intent: setup, allow_redisplay: 'always' });
    expect(await present(id)).toMatchObject({ action: { status: 'succeeded', process_setup_intent: { generated_card: expect.stringContaining('pm_') } } });
  });
});

describe('payment records', () => {
  it('hold what is reported of each attempt', async () => {
    const made = await done('/v1/payment_records/report_payment', { amount_requested: { value: 1000, currency: 'usd' }, initiated_at: 1, payment_method_details: { type: 'custom', custom: { display_name: 'Cash' } } });
    const path = `/v1/payment_records/${text(made, 'id') ?? ''}`;
    expect(await done(`${path}/report_payment_attempt_failed`, { failed_at: 2 })).toMatchObject({ amount_failed: { value: 1000 } });
    expect(await done(`${path}/report_payment_attempt`, { initiated_at: 3, outcome: 'guaranteed', guaranteed: { guaranteed_at: 4 }, payment_method_details: { type: 'custom', custom: { display_name: 'Cheque' } } })).toMatchObject({ amount_guaranteed: { value: 1000 }, amount_failed: { value: 0 } });
    expect(await client.error('POST', `${path}/report_payment_attempt_canceled`, { canceled_at: 5 })).toMatchObject({ status: 400 });
    expect(await done(`${path}/report_payment_attempt_informational`, { description: 'told later', metadata: { a: 'b' } })).toMatchObject({ description: 'told later', metadata: { a: 'b' } });
    expect(await done(`${path}/report_refund`, { outcome: 'refunded', refunded: { refunded_at: 6 }, amount: { value: 400, currency: 'usd' }, processor_details: { type: 'custom', custom: { refund_reference: 'r' } } })).toMatchObject({ amount_refunded: { value: 400 } });
    expect(await client.error('POST', `${path}/report_refund`, { outcome: 'refunded', amount: { value: 700, currency: 'usd' }, processor_details: { type: 'custom' } })).toMatchObject({ code: 'amount_too_large' });
    const attempts = objects(await client.row('GET', '/v1/payment_attempt_records', { payment_record: text(made, 'id') }), 'data');
    expect(attempts).toHaveLength(2);
    expect(attempts.flatMap((one) => faultsOf(one))).toEqual([]);
  });
});

describe('taxes', () => {
  it('are worked out, recorded and reversed', async () => {
    await client.make('/v1/tax/registrations', { country: 'DE', active_from: 'now', country_options: { de: { type: 'standard', standard: { place_of_supply_scheme: 'standard' } } } });
    const calculation = await done('/v1/tax/calculations', { currency: 'eur', customer_details: { address: { country: 'DE' }, address_source: 'billing' }, line_items: [{ amount: 10_000 }, { amount: 1190, tax_behavior: 'inclusive' }], shipping_cost: { amount: 500 } });
    expect(calculation).toMatchObject({ tax_amount_exclusive: 1995, tax_amount_inclusive: 190, amount_total: 13_685 });
    const untaxed = await client.row('POST', '/v1/tax/calculations', { currency: 'eur', customer_details: { address: { country: 'FR' }, address_source: 'billing' }, line_items: [{ amount: 100 }] });
    expect(untaxed).toMatchObject({ tax_amount_exclusive: 0, tax_breakdown: [{ taxability_reason: 'not_collecting' }] });
    const transaction = await done('/v1/tax/transactions/create_from_calculation', { calculation: text(calculation, 'id'), reference: 'order 1', expand: ['line_items'] });
    expect(transaction).toMatchObject({ type: 'transaction', reference: 'order 1', line_items: { data: [{ amount_tax: 1900 }, { amount_tax: 190 }] } });
    expect(await client.error('POST', '/v1/tax/transactions/create_from_calculation', { calculation: text(calculation, 'id'), reference: 'order 1' })).toMatchObject({ code: 'resource_already_exists' });
    const reversal = await done('/v1/tax/transactions/create_reversal', { mode: 'full', original_transaction: text(transaction, 'id'), reference: 'back 1', expand: ['line_items'] });
    expect(reversal).toMatchObject({ type: 'reversal', reversal: { original_transaction: text(transaction, 'id') }, line_items: { data: [{ amount: -10_000, amount_tax: -1900 }, {}] } });
    expect(await client.error('POST', '/v1/tax/transactions/create_reversal', { mode: 'full', original_transaction: text(transaction, 'id'), reference: 'back 2' })).toMatchObject({ status: 400 });
    const intent = await client.make('/v1/payment_intents', { amount: 13_685, currency: 'eur', hooks: { inputs: { tax: { calculation: text(calculation, 'id') } } } });
    expect(await client.row('GET', '/v1/tax/associations/find', { payment_intent: intent })).toMatchObject({ calculation: text(calculation, 'id'), tax_transaction_attempts: [{ status: 'committed' }] });
  });
});

describe('usage and credits', () => {
  it('add up, by hour and by day, without what was canceled', async () => {
    const customer = await client.make('/v1/customers');
    const meter = await client.make('/v1/billing/meters', { display_name: 'Calls', event_name: 'calls', default_aggregation: { formula: 'sum' } });
    const noon = Math.floor(Date.now() / 1000 / 86_400) * 86_400 - 43_200;
    const event = (value: number, timestamp: number, identifier?: string): Promise<JsonObject> => client.row('POST', '/v1/billing/meter_events', { event_name: 'calls', payload: { stripe_customer_id: customer, value: String(value) }, timestamp, identifier });
    await event(3, noon);
    await event(4, noon + 3600, 'second');
    await event(5, Math.floor(Date.now() / 1000) - 60, 'wrong');
    expect(await client.error('POST', '/v1/billing/meter_events', { event_name: 'calls', payload: { stripe_customer_id: customer, value: '1' }, identifier: 'wrong' })).toMatchObject({ status: 400 });
    await client.row('POST', '/v1/billing/meter_event_adjustments', { type: 'cancel', event_name: 'calls', cancel: { identifier: 'wrong' } });
    const list = async (more: Params): Promise<unknown[]> => objects(await client.row('GET', `/v1/billing/meters/${meter}/event_summaries`, { customer, start_time: noon - 43_200, end_time: noon + 43_200, ...more }), 'data').map((one) => one['aggregated_value']);
    expect(await list({})).toEqual([7]);
    expect(await list({ value_grouping_window: 'hour' })).toEqual([4, 3]);
    expect(await client.error('GET', `/v1/billing/meters/${meter}/event_summaries`, { customer, start_time: 1, end_time: 60 })).toMatchObject({ param: 'start_time' });
    expect(await client.error('POST', '/v1/billing/meters', { display_name: 'x', event_name: 'calls', default_aggregation: { formula: 'sum' } })).toMatchObject({ param: 'event_name' });
  });

  it('are granted, voided, expire, and are summed', async () => {
    const customer = await client.make('/v1/customers');
    const grant = (value: number): Promise<JsonObject> => done('/v1/billing/credit_grants', { customer, amount: { type: 'monetary', monetary: { currency: 'usd', value } }, applicability_config: { scope: { price_type: 'metered' } } });
    const [first, second, third] = [await grant(100), await grant(20), await grant(3)];
    const left = async (): Promise<unknown> => (await client.row('GET', '/v1/billing/credit_balance_summary', { customer, filter: { type: 'applicability_scope', applicability_scope: { price_type: 'metered' } } }))['balances'];
    expect(await left()).toMatchObject([{ available_balance: { monetary: { value: 123 } } }]);
    expect(await done(`/v1/billing/credit_grants/${text(second, 'id') ?? ''}/void`)).toMatchObject({ voided_at: expect.any(Number) });
    expect(await done(`/v1/billing/credit_grants/${text(third, 'id') ?? ''}/expire`)).toMatchObject({ expires_at: expect.any(Number) });
    expect(await left()).toMatchObject([{ available_balance: { monetary: { value: 100 } } }]);
    expect(await client.error('POST', `/v1/billing/credit_grants/${text(second, 'id') ?? ''}/expire`)).toMatchObject({ status: 400 });
    const rows = objects(await client.row('GET', '/v1/billing/credit_balance_transactions', { customer }), 'data');
    expect(rows.map((row) => row['type'])).toEqual(['debit', 'debit', 'credit', 'credit', 'credit']);
    expect(rows.flatMap((row) => faultsOf(row))).toEqual([]);
    expect(text(first, 'id')).toMatch(/^credgr_/);
  });
});

describe('cash balance', () => {
  const transfer = { payment_method_data: { type: 'customer_balance' }, payment_method_options: { customer_balance: { funding_type: 'bank_transfer', bank_transfer: { type: 'us_bank_transfer' } } }, confirm: true };

  it('pays what waits for it, in parts', async () => {
    const customer = await client.make('/v1/customers');
    const waiting = await client.row('POST', '/v1/payment_intents', { amount: 1000, currency: 'usd', customer, ...transfer, payment_method_types: ['customer_balance'] });
    expect(waiting).toMatchObject({ status: 'requires_action', next_action: { type: 'display_bank_transfer_instructions', display_bank_transfer_instructions: { amount_remaining: 1000, type: 'us_bank_transfer' } } });
    const id = text(waiting, 'id') ?? '';
    const fund = (amount: number): Promise<JsonObject> => done(`/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount, currency: 'usd' });
    expect(await fund(400)).toMatchObject({ type: 'funded', net_amount: 400, ending_balance: 400 });
    expect(await client.row('GET', `/v1/payment_intents/${id}`)).toMatchObject({ status: 'requires_action', next_action: { display_bank_transfer_instructions: { amount_remaining: 600 } } });
    expect(await told('payment_intent.partially_funded', id)).toBe(true);
    await fund(900);
    expect(await client.row('GET', `/v1/payment_intents/${id}`)).toMatchObject({ status: 'succeeded', amount_received: 1000, next_action: null });
    expect(await client.row('GET', `/v1/customers/${customer}/cash_balance`)).toMatchObject({ available: { usd: 300 }, settings: { reconciliation_mode: 'automatic' } });
    expect(await client.row('POST', '/v1/payment_intents', { amount: 300, currency: 'usd', customer, ...transfer, payment_method_types: ['customer_balance'] })).toMatchObject({ status: 'succeeded' });
    const moves = objects(await client.row('GET', `/v1/customers/${customer}/cash_balance_transactions`), 'data');
    expect(moves.map((one) => [one['type'], one['net_amount']])).toEqual([['applied_to_payment', -300], ['applied_to_payment', -600], ['funded', 900], ['applied_to_payment', -400], ['funded', 400]]);
    expect(moves.flatMap((one) => faultsOf(one))).toEqual([]);
  });

  it('is applied by hand, given back on cancelation and by refunds', async () => {
    const customer = await client.make('/v1/customers');
    await client.row('POST', `/v1/customers/${customer}/cash_balance`, { settings: { reconciliation_mode: 'manual' } });
    const id = text(await client.row('POST', '/v1/payment_intents', { amount: 1000, currency: 'usd', customer, ...transfer, payment_method_types: ['customer_balance'] }), 'id') ?? '';
    await client.row('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: 1500, currency: 'usd' });
    expect(await client.row('GET', `/v1/payment_intents/${id}`)).toMatchObject({ status: 'requires_action' });
    const apply = `/v1/payment_intents/${id}/apply_customer_balance`;
    expect(await client.error('POST', apply, { amount: 2000 })).toMatchObject({ code: 'amount_too_large' });
    expect(await client.row('POST', apply, { amount: 100 })).toMatchObject({ status: 'requires_action' });
    expect(await client.row('POST', `/v1/payment_intents/${id}/cancel`)).toMatchObject({ status: 'canceled' });
    const left = async (): Promise<unknown> => (await client.row('GET', `/v1/customers/${customer}/cash_balance`))['available'];
    expect(await left()).toEqual({ usd: 1500 });
    const paid = await client.make('/v1/payment_intents', { amount: 800, currency: 'usd', customer });
    expect(await client.row('POST', `/v1/payment_intents/${paid}/apply_customer_balance`)).toMatchObject({ status: 'succeeded' });
    await client.row('POST', '/v1/refunds', { payment_intent: paid, amount: 300 });
    expect(await left()).toEqual({ usd: 1000 });
    expect(await done(`/v1/customers/${customer}/funding_instructions`, { currency: 'eur', funding_type: 'bank_transfer', bank_transfer: { type: 'eu_bank_transfer', eu_bank_transfer: { country: 'DE' } } })).toMatchObject({ bank_transfer: { country: 'DE', financial_addresses: [{ type: 'iban' }] } });
  });
});

describe('and the rest', () => {
  it('links and rejects connected accounts', async () => {
    const express = await client.make('/v1/accounts', { type: 'express' });
    expect(await client.row('POST', `/v1/accounts/${express}/login_links`)).toMatchObject({ object: 'login_link', url: expect.stringContaining('https://') });
    expect(await client.error('POST', `/v1/accounts/${await client.make('/v1/accounts', { type: 'custom' })}/login_links`)).toMatchObject({ status: 400 });
    expect(await done(`/v1/accounts/${express}/reject`, { reason: 'terms_of_service' })).toMatchObject({ charges_enabled: false, requirements: { disabled_reason: 'rejected.platform_terms_of_service' } });
    expect(await done(`/v1/accounts/${express}/unreject`)).toMatchObject({ requirements: { disabled_reason: null } });
  });

  it('keeps secrets for apps', async () => {
    const scope = { type: 'user', user: 'usr_1' };
    await client.row('POST', '/v1/apps/secrets', { name: 'token', payload: 'one', scope });
    await client.row('POST', '/v1/apps/secrets', { name: 'token', payload: 'two', scope });
    expect(await client.row('GET', '/v1/apps/secrets/find', { name: 'token', scope })).not.toHaveProperty('payload');
    expect(await client.row('GET', '/v1/apps/secrets/find', { name: 'token', scope, expand: ['payload'] })).toMatchObject({ payload: 'two' });
    expect(objects(await client.row('GET', '/v1/apps/secrets', { scope }), 'data')).toHaveLength(1);
    expect(await client.row('POST', '/v1/apps/secrets/delete', { name: 'token', scope })).toMatchObject({ deleted: true });
    expect(await client.error('GET', '/v1/apps/secrets/find', { name: 'token', scope })).toMatchObject({ status: 404 });
  });

  it('verifies bank accounts by two deposits', async () => {
    const customer = await client.make('/v1/customers');
    const token = await client.make('/v1/tokens', { bank_account: { country: 'US', currency: 'usd', account_number: '000123456789', routing_number: '110000000' } });
    const source = await client.make(`/v1/customers/${customer}/sources`, { source: token });
    expect(await client.error('POST', `/v1/customers/${customer}/sources/${source}/verify`, { amounts: [1, 2] })).toMatchObject({ status: 402, code: 'bank_account_verification_failed' });
    expect(await client.row('POST', `/v1/customers/${customer}/sources/${source}/verify`, { amounts: [32, 45] })).toMatchObject({ status: 'verified' });
    const vault = text(await v2('/v2/core/vault/us_bank_accounts', { account_number: '000123456789', currency: 'usd' }), 'id') ?? '';
    expect(await v2(`/v2/core/vault/us_bank_accounts/${vault}/send_microdeposits`)).toMatchObject({ verification: { status: 'awaiting_verification' } });
    expect(await v2(`/v2/core/vault/us_bank_accounts/${vault}/confirm_microdeposits`, { descriptor_code: 'SM11AA' })).toMatchObject({ verification: { status: 'verified' } });
    expect(await v2(`/v2/core/vault/us_bank_accounts/${vault}/archive`)).toMatchObject({ archived: true });
    expect(await v2(`/v2/core/vault/us_bank_accounts/${vault}/unarchive`)).toMatchObject({ archived: false });
  });

  it('previews a credit note without making it', async () => {
    const customer = await client.make('/v1/customers');
    const invoice = await client.make('/v1/invoices', { customer });
    await client.row('POST', '/v1/invoiceitems', { customer, invoice, amount: 5000, currency: 'usd' });
    await client.row('POST', `/v1/invoices/${invoice}/finalize`);
    const preview = await client.row('GET', '/v1/credit_notes/preview', { invoice, amount: 700 });
    expect(faultsOf(preview)).toEqual([]);
    expect(preview).toMatchObject({ amount: 700, type: 'pre_payment', lines: { data: [{ amount: 700 }] } });
    expect(objects(await client.row('GET', '/v1/credit_notes/preview/lines', { invoice, amount: 700 }), 'data')).toHaveLength(1);
    expect(objects(await client.row('GET', '/v1/credit_notes', { invoice }), 'data')).toEqual([]);
    expect(await client.row('GET', `/v1/invoices/${invoice}`)).toMatchObject({ amount_remaining: 5000 });
    const record = await client.row('POST', '/v1/payment_records/report_payment', { amount_requested: { value: 5000, currency: 'usd' }, initiated_at: 1, outcome: 'guaranteed', payment_method_details: { type: 'custom', custom: { display_name: 'Cash' } } });
    expect(await done(`/v1/invoices/${invoice}/attach_payment`, { payment_record: text(record, 'id') })).toMatchObject({ status: 'paid', amount_paid: 5000 });
  });

  it('lists what Stripe lists by itself', async () => {
    for (const path of ['/v1/tax_codes', '/v1/country_specs', '/v1/reporting/report_types']) {
      const rows = objects(await client.row('GET', path, path.endsWith('report_types') ? {} : { limit: 100 }), 'data');
      expect(rows.length, path).toBeGreaterThan(0);
      expect(rows.flatMap((row) => faultsOf(row)), path).toEqual([]);
      expect(await client.row('GET', `${path}/${text(rows.at(-1), 'id') ?? ''}`)).toEqual(rows.at(-1));
      expect(await client.error('GET', `${path}/none`)).toMatchObject({ status: 404 });
    }
    expect(await client.row('GET', '/v1/country_specs', { limit: 2, starting_after: 'AT' })).toMatchObject({ has_more: true, data: [{ id: 'AU', default_currency: 'aud' }, { id: 'BE' }] });
  });

  it('moves what API v2 has', async () => {
    const intent = text(await v2('/v2/money_management/payout_intents', { amount: { value: 100, currency: 'usd' }, from: { financial_account: 'fa_1', currency: 'usd' }, to: { recipient: 'acct_1' } }), 'id') ?? '';
    expect(await v2(`/v2/money_management/payout_intents/${intent}/confirm`)).toMatchObject({ status: 'processing', latest_payout: { type: 'outbound_payment' } });
    const verification = await v2('/v2/test_helpers/money_management/recipient_verifications', { match_result: 'close_match', payout_method: 'usba_1' });
    expect(verification).toMatchObject({ status: 'awaiting_acknowledgement', match_result: 'close_match' });
    expect(await v2(`/v2/money_management/recipient_verifications/${text(verification, 'id') ?? ''}/acknowledge`)).toMatchObject({ status: 'acknowledged' });
    const address = text(await v2('/v2/money_management/financial_addresses', { financial_account: 'fa_1', type: 'aba' }).catch(() => v2('/v2/money_management/financial_addresses', { financial_account: 'fa_1', type: 'bank_account' })), 'id') ?? '';
    expect(await v2(`/v2/money_management/test_helpers/financial_addresses/${address}/credit`, { amount: { value: 900, currency: 'usd' }, network: 'ach' })).toMatchObject({ status: 'succeeded' });
    const credits = objects(await client.row('GET', '/v2/money_management/received_credits'), 'data');
    expect(credits.map((one) => number(object(one, 'amount'), 'value'))).toEqual([900]);
    expect([...credits, ...objects(await client.row('GET', '/v2/money_management/transactions'), 'data'), ...objects(await client.row('GET', '/v2/money_management/transaction_entries'), 'data')].flatMap((one) => faultsOf(one))).toEqual([]);
    const destination = text(await v2('/v2/core/event_destinations', { name: 'd', type: 'webhook_endpoint', enabled_events: ['*'], event_payload: 'thin', webhook_endpoint: { url: 'https://x.org' } }), 'id') ?? '';
    expect(await v2(`/v2/core/event_destinations/${destination}/ping`)).toMatchObject({ type: 'v2.core.event_destination.ping', related_object: { id: destination } });
    const account = text(await v2('/v2/core/accounts', {}), 'id') ?? '';
    expect(await v2(`/v2/core/accounts/${account}/close`)).toMatchObject({ closed: true });
  });
});
