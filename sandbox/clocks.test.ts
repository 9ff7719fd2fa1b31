// The clocks themselves: test clocks and what belongs to them, the sandbox's own clock and what becomes due by it.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { CLOCKS } from './clock.ts';
import { dispatch } from './dispatch.ts';
import type { World } from './dispatch.ts';
import { advance } from './due-work.ts';
import type { JsonObject } from './json.ts';
import { text } from './json.ts';
import { deadlineOf } from './lives/due.ts';
import { OUTER } from './nesting.ts';
import { materialise } from './render.ts';
import { Scenes, at } from '../test/sandbox/scenes.ts';
import type { Sandbox } from './server.ts';
import { Store } from './store.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

const DAY = 24 * 3600;

let sandbox: Sandbox;
let stripe: Stripe;
let scenes: Scenes;

withSandbox((client, itsSandbox) => {
  [stripe, sandbox] = [client, itsSandbox];
  scenes = new Scenes(stripe, itsSandbox.url);
});

describe('test clocks', () => {
  it('go forward only, not too far, and not while they go', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    await stripe.subscriptions.create({ customer, items: [{ price }] });
    const { testClocks } = stripe.testHelpers;
    await expect(testClocks.advance(clock, { frozen_time: at('2027-01-10') })).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' });
    await expect(testClocks.advance(clock, { frozen_time: at('2027-03-10') + 1 })).rejects.toMatchObject({ statusCode: 400, param: 'frozen_time' });
    expect(await testClocks.advance(clock, { frozen_time: at('2027-03-10') })).toMatchObject({ status: 'advancing', frozen_time: at('2027-01-10') });
  });

  it('let nobody change what is theirs while they go', () => {
    const world: World = { store: new Store(materialise, OUTER, deadlineOf), log: undefined, now: Date.now };
    const ask = (url: string, body = '', method = 'POST'): [number, JsonObject] => {
      const reply = dispatch(world, { method, url, headers: { authorization: 'Bearer sk_test_x', ...(body === '' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) }, body: Buffer.from(body) });
      const row: unknown = JSON.parse(reply.body.toString());
      return [reply.status, row as JsonObject];
    };
    const [, clock] = ask(CLOCKS, 'frozen_time=1800000000');
    const id = text(clock, 'id') ?? '';
    const [, customer] = ask('/v1/customers', `test_clock=${id}`);
    const path = `/v1/customers/${text(customer, 'id') ?? ''}`;
    expect(ask(`${CLOCKS}/${id}/advance`, 'frozen_time=1800000001')[0]).toBe(200);
    expect(ask(path, 'name=x')).toMatchObject([400, { error: { message: expect.stringContaining('advancement underway') } }]);
    expect(ask(`${CLOCKS}/${id}/advance`, 'frozen_time=1800000002')[0]).toBe(400);
    expect(ask(path, '', 'GET')[0]).toBe(200);
    expect(advance(world, 1000)).toBe(false);
    expect(ask(`${CLOCKS}/${id}`, '', 'GET')).toMatchObject([200, { status: 'ready', frozen_time: 1_800_000_001, status_details: {} }]);
    expect(ask(path, 'name=x')[0]).toBe(200);
  });

  it('take everything along when they are deleted', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    expect((await stripe.customers.list({ test_clock: clock })).data.map((row) => row.id)).toEqual([customer]);
    expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ id: clock, deleted: true });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
    await expect(stripe.subscriptions.retrieve(id)).rejects.toMatchObject({ code: 'resource_missing' });
    expect((await stripe.charges.list({ customer })).data).toEqual([]);
    expect((await scenes.eventsOf(clock, id, customer)).map((event) => event.type).slice(-3).sort((a, b) => a.localeCompare(b))).toEqual(['customer.deleted', 'customer.subscription.deleted', 'test_helpers.test_clock.deleted']);
  });

  it('leave everyone else where they are', async () => {
    const { clock } = await scenes.scene('2027-01-10');
    const other = await stripe.customers.create({ email: 'now@x.org' });
    await scenes.card(other.id, 'pm_card_visa');
    const product = await stripe.products.create({ name: 'Daily' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 100, recurring: { interval: 'day' } });
    const { id } = await stripe.subscriptions.create({ customer: other.id, items: [{ price: price.id }] });
    await scenes.advance(clock, at('2028-01-10'));
    expect(await scenes.invoicesOf(id)).toHaveLength(1);
  });
});

describe("the sandbox's own clock", () => {
  it('moves forward when asked, and what is due happens', async () => {
    const never = { enabled: true, allow_redirects: 'never' } as const;
    const bank = { type: 'us_bank_account', us_bank_account: { account_number: '000123456789', routing_number: '110000000', account_holder_type: 'individual' }, billing_details: { name: 'Jack' } } as const;
    const customer = await stripe.customers.create();
    await scenes.card(customer.id, 'pm_card_visa');
    const product = await stripe.products.create({ name: 'Thing' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 700 });
    const held = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, capture_method: 'manual', automatic_payment_methods: never });
    const slow = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method_data: bank, confirm: true, automatic_payment_methods: never });
    const disputed = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method: 'pm_card_createDispute', confirm: true, automatic_payment_methods: never });
    const session = await stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://x.org', line_items: [{ price: price.id, quantity: 1 }] });
    const quote = await stripe.quotes.create({ customer: customer.id, line_items: [{ price: price.id }] });
    await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method: 'pm_card_bypassPending', confirm: true, automatic_payment_methods: never });
    const payout = await stripe.payouts.create({ amount: 100, currency: 'usd' });
    const before = (await stripe.balance.retrieve()).pending[0]?.amount;
    const now = Math.floor(Date.now() / 1000);
    const coupon = await stripe.coupons.create({ percent_off: 10, redeem_by: now + 2 * DAY });
    const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, expires_at: now + 2 * DAY - 10 });
    const invoice = await stripe.invoices.create({ customer: customer.id, auto_advance: true });
    expect(invoice.automatically_finalizes_at).toBe(invoice.created + 3600);
    await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 900, currency: 'usd' });
    expect(slow.status).toBe('processing');

    await scenes.own(3700);
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', amount_paid: 900 });
    await scenes.own(DAY);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', url: null });
    await scenes.own(2 * DAY);
    expect(await stripe.payouts.retrieve(payout.id)).toMatchObject({ status: 'paid' });
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ valid: false });
    expect(await stripe.promotionCodes.retrieve(code.id)).toMatchObject({ active: false });
    expect(before).not.toBe(0);
    expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'requires_capture' });
    await scenes.own(2 * DAY);
    expect(await stripe.paymentIntents.retrieve(slow.id)).toMatchObject({ status: 'succeeded', amount_received: 5000 });
    await scenes.own(3 * DAY);
    expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
    expect((await stripe.disputes.list({ payment_intent: disputed.id })).data).toMatchObject([{ status: 'lost', evidence_details: { past_due: true } }]);
    const types = (await scenes.eventsOf(payout.id, session.id, held.id, slow.id)).map((event) => event.type);
    expect(types).toEqual(expect.arrayContaining(['payout.paid', 'checkout.session.expired', 'payment_intent.canceled', 'payment_intent.succeeded']));
    await scenes.own(30 * DAY);
    expect(await stripe.quotes.retrieve(quote.id)).toMatchObject({ status: 'canceled', status_transitions: { canceled_at: quote.expires_at } });
  });

  it('settles disputes as the evidence says', async () => {
    const paid = async (): Promise<Stripe.Dispute> => {
      const intent = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method: 'pm_card_createDispute', confirm: true, automatic_payment_methods: { enabled: true, allow_redirects: 'never' } });
      const [dispute] = (await stripe.disputes.list({ payment_intent: intent.id })).data;
      if (dispute === undefined) throw new Error('no dispute');
      return dispute;
    };
    const [first, second] = [await paid(), await paid()];
    await stripe.disputes.update(first.id, { evidence: { uncategorized_text: 'winning_evidence' }, submit: true });
    await stripe.disputes.update(second.id, { evidence: { uncategorized_text: 'losing_evidence' }, submit: true });
    await scenes.own(120);
    expect(await stripe.disputes.retrieve(first.id)).toMatchObject({ status: 'won', balance_transactions: [{ amount: -5000 }, { amount: 5000 }] });
    expect(await stripe.disputes.retrieve(second.id)).toMatchObject({ status: 'lost' });
  });

  it('does not go back', async () => {
    const response = await fetch(`${sandbox.url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: -1 }) });
    expect(response.status).toBe(400);
  });
});
