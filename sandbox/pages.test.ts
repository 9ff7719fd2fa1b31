// What customers do: 3-D Secure as a call and as a page, test cards of every kind, captures, disputes and refunds that end later, checkout
// and payment links; and that pages cannot be made to run what rows say.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Client } from './asking.ts';
import type { Params } from './asking.ts';
import type { JsonObject } from './json.ts';
import { object, objects, text } from './json.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

let sandbox: Sandbox;
let client: Client;
const never = { enabled: true, allow_redirects: 'never' };

beforeAll(async () => {
  sandbox = await startSandbox();
  client = new Client(sandbox.url, 'sk_test_pages');
});

afterAll(async () => {
  await sandbox.close();
});

async function control(path: string, body: unknown = {}): Promise<JsonObject> {
  const response = await fetch(`${sandbox.url}/_sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return (await response.json()) as JsonObject;
}

const later = (seconds: number): Promise<JsonObject> => control('clock', { advance_seconds: seconds });
const pay = (method: string, more: Params = {}): Promise<JsonObject> => client.row('POST', '/v1/payment_intents', { amount: 2000, currency: 'usd', payment_method: method, confirm: true, automatic_payment_methods: never, ...more });
const press = (url: string, values: Record<string, string>): Promise<Response> => fetch(url, { method: 'POST', body: new URLSearchParams(values), redirect: 'manual' });
const chargeOf = (intent: JsonObject): Promise<JsonObject> => client.row('GET', `/v1/charges/${text(intent, 'latest_charge') ?? ''}`);

describe('3-D Secure', () => {
  it('is completed and failed by a call', async () => {
    const intent = await pay('pm_card_threeDSecure2Required');
    const id = text(intent, 'id') ?? '';
    expect(await control(`payment_intents/${id}/authenticate`)).toMatchObject({ id, status: 'succeeded', next_action: null });
    expect(await control(`payment_intents/${id}/authenticate`)).toMatchObject({ error: { code: 'payment_intent_unexpected_state' } });
    const failed = text(await pay('pm_card_authenticationRequired'), 'id') ?? '';
    expect(await control(`payment_intents/${failed}/authenticate`, { outcome: 'failed' })).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'payment_intent_authentication_failure' } });
    const declined = text(await pay('pm_card_threeDSecureRequiredChargeDeclined'), 'id') ?? '';
    expect(await control(`payment_intents/${declined}/authenticate`)).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'card_declined' } });
    const events = objects(await client.row('GET', '/v1/events', { type: 'payment_intent.succeeded' }), 'data');
    expect(events.some((one) => text(object(object(one, 'data'), 'object'), 'id') === id)).toBe(true);
  });

  it('of a manual confirmation waits for the server; of a set up is asked once', async () => {
    const manual = text(await pay('pm_card_threeDSecure2Required', { confirmation_method: 'manual', automatic_payment_methods: undefined, payment_method_types: ['card'], return_url: 'https://x.org/' }), 'id') ?? '';
    expect(await control(`payment_intents/${manual}/authenticate`)).toMatchObject({ status: 'requires_confirmation' });
    expect(await client.row('POST', `/v1/payment_intents/${manual}/confirm`)).toMatchObject({ status: 'succeeded' });
    const customer = await client.make('/v1/customers');
    const setup = text(await client.row('POST', '/v1/setup_intents', { customer, payment_method: 'pm_card_authenticationRequiredOnSetup', confirm: true, automatic_payment_methods: never }), 'id') ?? '';
    const done = await control(`setup_intents/${setup}/authenticate`);
    expect(done).toMatchObject({ status: 'succeeded' });
    expect(await pay(text(done, 'payment_method') ?? '', { customer, off_session: true })).toMatchObject({ status: 'succeeded' });
    expect(await pay('pm_card_threeDSecureOptional')).toMatchObject({ status: 'succeeded' });
    expect(await pay('pm_card_threeDSecureOptional', { payment_method_options: { card: { request_three_d_secure: 'any' } } })).toMatchObject({ status: 'requires_action' });
  });

  it('has a page with two buttons that leads back', async () => {
    const intent = await pay('pm_card_threeDSecure2Required', { automatic_payment_methods: undefined, return_url: 'https://shop.example/back?order=1' });
    const url = text(object(object(intent, 'next_action'), 'redirect_to_url'), 'url') ?? '';
    expect(url.startsWith(sandbox.url)).toBe(true);
    const page = await fetch(url);
    const html = await page.text();
    expect(page.headers.get('content-type')).toContain('text/html');
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self' https:\/\/shop\.example; base-uri 'none'; frame-ancestors 'none'$/);
    expect(html.match(/<button/g)).toHaveLength(2);
    const answer = await press(url, { outcome: 'succeeded' });
    expect(answer.status).toBe(303);
    const back = new URL(answer.headers.get('location') ?? '');
    expect([back.origin, back.searchParams.get('order'), back.searchParams.get('payment_intent'), back.searchParams.get('redirect_status')]).toEqual(['https://shop.example', '1', text(intent, 'id'), 'succeeded']);
    expect(await (await fetch(url)).text()).toContain('Nothing to authenticate');
    const hostile = await pay('pm_card_threeDSecure2Required', { automatic_payment_methods: undefined, return_url: 'javascript:alert(1)' });
    expect((await press(text(object(object(hostile, 'next_action'), 'redirect_to_url'), 'url') ?? '', { outcome: 'failed' })).headers.get('location')).toBeNull();
  });
});

describe('confirmation tokens', () => {
  it('confirm an intent once', async () => {
    const token = await client.row('POST', '/v1/test_helpers/confirmation_tokens', { payment_method: 'pm_card_mastercard', return_url: 'https://x.org/' });
    expect(token).toMatchObject({ payment_method_preview: { type: 'card', card: { brand: 'mastercard' } }, payment_intent: null });
    const id = text(token, 'id') ?? '';
    const intent = await client.row('POST', '/v1/payment_intents', { amount: 700, currency: 'usd', confirm: true, confirmation_token: id });
    expect(intent).toMatchObject({ status: 'succeeded' });
    expect(await client.row('GET', `/v1/confirmation_tokens/${id}`)).toMatchObject({ payment_intent: text(intent, 'id') });
    const other = await client.make('/v1/payment_intents', { amount: 700, currency: 'usd' });
    expect(await client.error('POST', `/v1/payment_intents/${other}/confirm`, { confirmation_token: id })).toMatchObject({ status: 400, message: expect.stringContaining('already been used') });
    const setup = await client.make('/v1/test_helpers/confirmation_tokens', { payment_method: 'pm_card_visa' });
    expect(await client.row('POST', '/v1/setup_intents', { confirm: true, confirmation_token: setup, automatic_payment_methods: never })).toMatchObject({ status: 'succeeded' });
  });
});

describe('test cards', () => {
  it.each(['pm_card_visa', 'pm_card_visa_debit', 'pm_card_mastercard', 'pm_card_mastercard_debit', 'pm_card_mastercard_prepaid', 'pm_card_amex', 'pm_card_discover', 'pm_card_diners', 'pm_card_jcb', 'pm_card_unionpay', 'pm_card_visa_cartesBancaires', 'pm_card_mastercard_cartesBancaires', 'pm_card_visa_debit_eftposAuCoBranded', 'pm_card_mastercard_debit_eftposAuCoBranded', 'pm_card_gb_debit', 'pm_card_ae_mastercard', 'pm_card_th_credit', 'pm_card_br', 'pm_card_amex_threeDSecureNotSupported', 'pm_card_cvcCheckFail', 'pm_card_avsFail', 'pm_card_visa_avsZipFail', 'pm_card_avsLine1Fail', 'pm_card_avsUnchecked', 'pm_card_bypassPending', 'pm_card_bypassPendingInternational'])('%s pays', async (name) => {
    expect(await pay(name)).toMatchObject({ status: 'succeeded' });
  });

  it('are blocked, looked at, checked as they say', async () => {
    for (const name of ['pm_card_radarBlock', 'pm_card_visa_riskLevelHighest']) {
      const { status, row } = await client.ask('POST', '/v1/payment_intents', { amount: 2000, currency: 'usd', payment_method: name, confirm: true, automatic_payment_methods: never });
      const error = object(row, 'error');
      expect([status, error?.['code'], error?.['decline_code']], name).toEqual([402, 'card_declined', 'fraudulent']);
      expect(await client.row('GET', `/v1/charges/${text(error, 'charge') ?? ''}`)).toMatchObject({ outcome: { type: 'blocked', risk_level: 'highest', network_status: 'not_sent_to_network' } });
    }
    const elevated = await pay('pm_card_riskLevelElevated');
    const review = text(elevated, 'review') ?? '';
    expect(await client.row('GET', `/v1/reviews/${review}`)).toMatchObject({ open: true, reason: 'rule' });
    expect(await client.row('POST', `/v1/reviews/${review}/approve`)).toMatchObject({ open: false, closed_reason: 'approved' });
    expect(await chargeOf(await pay('pm_card_avsZipFail'))).toMatchObject({ payment_method_details: { card: { checks: { address_postal_code_check: 'fail' } } } });
    const warned = await pay('pm_card_createIssuerFraudRecord');
    const warnings = objects(await client.row('GET', '/v1/radar/early_fraud_warnings', { payment_intent: text(warned, 'id') }), 'data');
    expect(warnings).toMatchObject([{ actionable: true }]);
    await client.row('POST', '/v1/refunds', { payment_intent: text(warned, 'id') });
    expect(await client.row('GET', `/v1/radar/early_fraud_warnings/${text(warnings[0], 'id') ?? ''}`)).toMatchObject({ actionable: false });
  });
});

describe('captures', () => {
  it('are made in several parts and beyond the amount where that was asked for', async () => {
    const held = (more: Params): Promise<JsonObject> => pay('pm_card_visa', { capture_method: 'manual', payment_method_options: { card: more } });
    const id = text(await held({ request_multicapture: 'if_available' }), 'id') ?? '';
    expect(await client.row('POST', `/v1/payment_intents/${id}/capture`, { amount_to_capture: 700, final_capture: false })).toMatchObject({ status: 'requires_capture', amount_received: 700, amount_capturable: 1300 });
    expect(await client.row('POST', `/v1/payment_intents/${id}/capture`, { amount_to_capture: 300, final_capture: true })).toMatchObject({ status: 'succeeded', amount_received: 1000, amount_capturable: 0 });
    const over = await held({ request_overcapture: 'if_available' });
    expect(await chargeOf(over)).toMatchObject({ payment_method_details: { card: { overcapture: { status: 'available', maximum_amount_capturable: 2400 } } } });
    expect(await client.error('POST', `/v1/payment_intents/${text(over, 'id') ?? ''}/capture`, { amount_to_capture: 2401 })).toMatchObject({ code: 'amount_too_large' });
    expect(await client.row('POST', `/v1/payment_intents/${text(over, 'id') ?? ''}/capture`, { amount_to_capture: 2400 })).toMatchObject({ amount_received: 2400 });
    const plain = text(await pay('pm_card_visa', { payment_method_options: { card: { capture_method: 'manual' } } }), 'id') ?? '';
    expect(await client.error('POST', `/v1/payment_intents/${plain}/capture`, { final_capture: false })).toMatchObject({ param: 'final_capture' });
    expect(await client.error('POST', `/v1/payment_intents/${plain}/increment_authorization`, { amount: 1999 })).toMatchObject({ param: 'amount' });
    expect(await client.row('POST', `/v1/payment_intents/${plain}/increment_authorization`, { amount: 2500 })).toMatchObject({ amount: 2500, amount_capturable: 2500 });
  });

  it('open the dispute of a disputing card, and not before', async () => {
    const held = await pay('pm_card_createDispute', { capture_method: 'manual' });
    const disputes = async (): Promise<JsonObject[]> => objects(await client.row('GET', '/v1/disputes', { payment_intent: text(held, 'id') }), 'data');
    expect(await disputes()).toEqual([]);
    await client.row('POST', `/v1/payment_intents/${text(held, 'id') ?? ''}/capture`);
    expect(await disputes()).toHaveLength(1);
  });
});

describe('what ends later', () => {
  const disputeOf = async (intent: JsonObject): Promise<string> => text(objects(await client.row('GET', '/v1/disputes', { payment_intent: text(intent, 'id') }), 'data')[0], 'id') ?? '';

  it('disputes are won, lost and escalated by the evidence', async () => {
    const ended = async (card: string, evidence: string): Promise<JsonObject> => {
      const id = await disputeOf(await pay(card));
      await client.row('POST', `/v1/disputes/${id}`, { evidence: { uncategorized_text: evidence }, submit: true });
      await later(120);
      return client.row('GET', `/v1/disputes/${id}`);
    };
    expect(await ended('pm_card_createDispute', 'winning_evidence')).toMatchObject({ status: 'won', balance_transactions: [{ amount: -2000 }, { amount: 2000 }] });
    expect(await ended('pm_card_createDisputeProductNotReceived', 'losing_evidence')).toMatchObject({ status: 'lost', reason: 'product_not_received' });
    expect(await ended('pm_card_createDisputeInquiry', 'escalate_inquiry_evidence')).toMatchObject({ status: 'needs_response', is_charge_refundable: false, balance_transactions: [{ amount: -2000 }] });
    const twice = await pay('pm_card_createMultipleDisputes');
    expect(objects(await client.row('GET', '/v1/disputes', { payment_intent: text(twice, 'id') }), 'data')).toHaveLength(2);
    expect(await client.error('POST', '/v1/refunds', { payment_intent: text(twice, 'id') })).toMatchObject({ status: 400, code: 'charge_disputed' });
  });

  it('refunds of some cards wait or fail', async () => {
    const refund = async (card: string): Promise<JsonObject> => client.row('POST', '/v1/refunds', { payment_intent: text(await pay(card), 'id') });
    const waits = await refund('pm_card_pendingRefund');
    expect(waits).toMatchObject({ status: 'pending', pending_reason: 'processing' });
    expect(await client.row('GET', `/v1/refunds/${text(waits, 'id') ?? ''}`)).toMatchObject({ status: 'succeeded' });
    const fails = await refund('pm_card_refundFail');
    expect(fails).toMatchObject({ status: 'succeeded' });
    expect(await client.row('GET', `/v1/refunds/${text(fails, 'id') ?? ''}`)).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card', failure_balance_transaction: expect.stringContaining('txn_') });
    expect(await client.row('GET', `/v1/charges/${text(fails, 'charge') ?? ''}`)).toMatchObject({ refunded: false, amount_refunded: 0 });
  });

  it('bank debits succeed, fail or wait', async () => {
    const debit = async (method: string): Promise<string> => text(await pay(method), 'id') ?? '';
    const [good, bad, waiting] = [await debit('pm_usBankAccount_success'), await debit('pm_usBankAccount_accountClosed'), await debit('pm_usBankAccount_processing')];
    expect(await client.row('GET', `/v1/payment_intents/${good}`)).toMatchObject({ status: 'processing' });
    expect(await control(`payment_intents/${good}/settle`)).toMatchObject({ status: 'succeeded', amount_received: 2000 });
    await later(5 * 24 * 3600);
    expect(await client.row('GET', `/v1/payment_intents/${bad}`)).toMatchObject({ status: 'requires_payment_method', last_payment_error: { code: 'account_closed' } });
    expect(await client.row('GET', `/v1/payment_intents/${waiting}`)).toMatchObject({ status: 'processing' });
    expect(await control(`payment_intents/${waiting}/settle`, { outcome: 'failed' })).toMatchObject({ status: 'requires_payment_method' });
  });

  it('accounts are proved by deposits before they pay', async () => {
    const data = { payment_method: undefined, payment_method_data: { type: 'us_bank_account', us_bank_account: { account_number: '000123456789', routing_number: '110000000', account_holder_type: 'individual' }, billing_details: { name: 'J' } }, payment_method_options: { us_bank_account: { verification_method: 'microdeposits' } } };
    const intent = await pay('', data);
    const id = text(intent, 'id') ?? '';
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'verify_with_microdeposits' } });
    expect(await client.error('POST', `/v1/payment_intents/${id}/verify_microdeposits`, { amounts: [1, 2] })).toMatchObject({ code: 'payment_method_microdeposit_verification_amounts_mismatch' });
    expect(await client.row('POST', `/v1/payment_intents/${id}/verify_microdeposits`, { descriptor_code: 'SM11AA' })).toMatchObject({ status: 'processing' });
  });
});

describe('checkout', () => {
  const product = (name: string): Promise<string> => client.make('/v1/products', { name });
  const priceOf = async (name: string, more: Params = {}): Promise<string> => client.make('/v1/prices', { currency: 'usd', unit_amount: 900, product: await product(name), ...more });

  it('is completed by a call, for a payment and for a subscription', async () => {
    const session = await client.row('POST', '/v1/checkout/sessions', { line_items: [{ price: await priceOf('Tea'), quantity: 2 }], success_url: 'https://x.org/' });
    const done = await control(`checkout/sessions/${text(session, 'id') ?? ''}/complete`);
    expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', payment_intent: expect.stringContaining('pi_') });
    expect(await control(`checkout/sessions/${text(session, 'id') ?? ''}/complete`)).toHaveProperty('error');
    const monthly = await client.row('POST', '/v1/checkout/sessions', { mode: 'subscription', line_items: [{ price: await priceOf('Tea club', { recurring: { interval: 'month' } }), quantity: 1 }], success_url: 'https://x.org/' });
    expect(await control(`checkout/sessions/${text(monthly, 'id') ?? ''}/complete`, { payment_method: 'pm_card_mastercard' })).toMatchObject({ status: 'complete', subscription: expect.stringContaining('sub_') });
    const events = objects(await client.row('GET', '/v1/events', { type: 'checkout.session.completed' }), 'data');
    expect(events).toHaveLength(2);
  });

  it('has a page that shows rows as text, tells of a decline, and leads on', async () => {
    const session = await client.row('POST', '/v1/checkout/sessions', { line_items: [{ price: await priceOf('<script>alert("x")</script>'), quantity: 1 }], success_url: 'https://shop.example/done?s={CHECKOUT_SESSION_ID}', cancel_url: 'https://shop.example/cart' });
    const url = text(session, 'url') ?? '';
    const html = await (await fetch(url)).text();
    expect(html).toContain('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;');
    expect(html).not.toContain('<script');
    expect((await press(url, { act: 'cancel' })).headers.get('location')).toBe('https://shop.example/cart');
    const declined = await press(url, { act: 'complete', payment_method: 'pm_card_chargeDeclined' });
    expect([declined.status, (await declined.text()).includes('role="alert"')]).toEqual([402, true]);
    const paid = await press(url, { act: 'complete', payment_method: 'pm_card_visa' });
    expect([paid.status, paid.headers.get('location')]).toEqual([303, `https://shop.example/done?s=${text(session, 'id') ?? ''}`]);
    expect(await (await fetch(url)).text()).toContain('This session is complete.');
    const other = await client.row('POST', '/v1/checkout/sessions', { line_items: [{ price: await priceOf('Tea'), quantity: 1 }] });
    expect((await press(text(other, 'url') ?? '', { act: 'expire' })).status).toBe(200);
    expect(await client.row('GET', `/v1/checkout/sessions/${text(other, 'id') ?? ''}`)).toMatchObject({ status: 'expired' });
    expect((await fetch(`${sandbox.url}/_sandbox/checkout/cs_none`)).status).toBe(404);
  });

  it('begins from a payment link', async () => {
    const link = await client.row('POST', '/v1/payment_links', { line_items: [{ price: await priceOf('Tea'), quantity: 3 }] });
    const url = text(link, 'url') ?? '';
    expect(await (await fetch(url)).text()).toContain('Payment link');
    const on = (await press(url, {})).headers.get('location') ?? '';
    expect(on).toContain('/_sandbox/checkout/cs_test_');
    await press(on, { act: 'complete', payment_method: 'pm_card_visa' });
    expect(objects(await client.row('GET', '/v1/checkout/sessions', { payment_link: text(link, 'id') }), 'data')).toMatchObject([{ status: 'complete', amount_total: 2700 }]);
    await client.row('POST', `/v1/payment_links/${text(link, 'id') ?? ''}`, { active: false });
    expect(await (await fetch(url)).text()).toContain('no longer active');
  });
});
