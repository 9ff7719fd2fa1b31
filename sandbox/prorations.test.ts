// Prorations and previews: what a change in the middle of a period is worth, to the second, and that a preview says what then comes.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let stripe: Stripe;
let prices: { readonly free: string; readonly small: string; readonly large: string; readonly yearly: string; readonly extra: string };

withSandbox(async (client) => {
  stripe = client;
  const price = async (name: string, unit_amount: number, interval: 'month' | 'year' = 'month'): Promise<string> => {
    const product = await stripe.products.create({ name });
    return (await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount, recurring: { interval } })).id;
  };
  prices = { free: await price('Free', 0), small: await price('Small', 1000), large: await price('Large', 2500), yearly: await price('Yearly', 20_000, 'year'), extra: await price('Extra', 300) };
});

const at = (date: string): number => Date.parse(`${date.length === 10 ? `${date}T00:00:00` : date}Z`) / 1000;

interface Scene {
  readonly clock: string;
  readonly customer: string;
  readonly id: string;
  readonly item: string;
}

/** A subscription since the first of April, which has thirty days; the clock stands at `now`. */
async function scene(now: string, price = prices.small, quantity = 1, more: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Scene> {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at('2027-04-01') });
  const customer = await stripe.customers.create({ test_clock: clock.id });
  const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: customer.id });
  await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
  const subscription = await stripe.subscriptions.create({ customer: customer.id, items: [{ price, quantity }], ...more });
  await advance(clock.id, at(now));
  return { clock: clock.id, customer: customer.id, id: subscription.id, item: subscription.items.data[0]?.id ?? '' };
}

async function advance(clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  while ((await stripe.testHelpers.testClocks.retrieve(clock)).status !== 'ready');
}

async function pending(customer: string): Promise<Stripe.InvoiceItem[]> {
  return (await stripe.invoiceItems.list({ customer, pending: true, limit: 100 })).data;
}

const amounts = (rows: readonly { readonly amount: number }[]): number[] => rows.map((row) => row.amount).sort((a, b) => a - b);

async function latest(id: string): Promise<Stripe.Invoice> {
  const { latest_invoice: invoice } = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] });
  if (invoice === null || typeof invoice === 'string') throw new Error('no invoice');
  return invoice;
}

describe('prorations', () => {
  it('of another price wait for the next invoice', async () => {
    const { clock, customer, id, item } = await scene('2027-04-11');
    const changed = await stripe.subscriptions.update(id, { items: [{ id: item, price: prices.large }] });
    expect(changed).toMatchObject({ items: { data: [{ id: item, price: { id: prices.large }, current_period_start: at('2027-04-01'), current_period_end: at('2027-05-01') }] } });
    const items = await pending(customer);
    expect(amounts(items)).toEqual([-667, 1667]);
    const [remaining, unused] = items;
    expect(unused).toMatchObject({
      amount: -667, proration: true, discountable: false, description: 'Unused time on Small after 11 Apr 2027', period: { start: at('2027-04-11'), end: at('2027-05-01') }, invoice: null,
      parent: { type: 'subscription_details', subscription_details: { subscription: id, subscription_item: item } }, pricing: { price_details: { price: prices.small } },
    });
    expect(remaining).toMatchObject({ amount: 1667, description: 'Remaining time on Large after 11 Apr 2027', pricing: { price_details: { price: prices.large } } });
    await advance(clock, at('2027-05-01T02:00:00'));
    const invoice = await latest(id);
    expect(invoice).toMatchObject({ billing_reason: 'subscription_cycle', status: 'paid', total: 3500 });
    expect(invoice.lines.data.map((line) => [line.amount, line.parent?.subscription_item_details?.proration])).toEqual([[-667, true], [1667, true], [2500, false]]);
    expect(await pending(customer)).toEqual([]);
  });

  it('count every second, and round each part by itself', async () => {
    const { customer, id, item } = await scene('2027-04-17T13:37:42', prices.large, 3);
    await stripe.subscriptions.update(id, { items: [{ id: item, quantity: 7 }] });
    const left = (at('2027-05-01') - at('2027-04-17T13:37:42')) / (30 * 24 * 3600);
    expect(amounts(await pending(customer))).toEqual([-Math.round(7500 * left), Math.round(17_500 * left)]);
    expect((await pending(customer)).map((row) => row.description)).toEqual(expect.arrayContaining(['Unused time on 3 × Large after 17 Apr 2027', 'Remaining time on 7 × Large after 17 Apr 2027']));
  });

  it('there and back come to nothing', async () => {
    const { customer, id, item } = await scene('2027-04-09T05:00:00');
    await stripe.subscriptions.update(id, { items: [{ id: item, price: prices.large }] });
    await stripe.subscriptions.update(id, { items: [{ id: item, price: prices.small }] });
    const items = await pending(customer);
    expect(items).toHaveLength(4);
    expect(items.reduce((sum, one) => sum + one.amount, 0)).toBe(0);
  });

  it('are not made where nobody wants them, nor in a trial', async () => {
    const one = await scene('2027-04-11');
    await stripe.subscriptions.update(one.id, { items: [{ id: one.item, price: prices.large }], proration_behavior: 'none' });
    expect(await pending(one.customer)).toEqual([]);
    const two = await scene('2027-04-05', prices.small, 1, { trial_period_days: 10 });
    await stripe.subscriptions.update(two.id, { items: [{ id: two.item, price: prices.large }] });
    expect(await pending(two.customer)).toEqual([]);
    expect(await stripe.subscriptions.retrieve(two.id)).toMatchObject({ status: 'trialing', items: { data: [{ current_period_end: at('2027-04-11') }] } });
  });

  it('are billed at once when asked, and a decline leaves the subscription past due or unchanged', async () => {
    const { customer, id, item } = await scene('2027-04-16');
    await stripe.subscriptions.update(id, { items: [{ id: item, price: prices.large }], proration_behavior: 'always_invoice' });
    expect(await latest(id)).toMatchObject({ billing_reason: 'subscription_update', status: 'paid', total: 750, created: at('2027-04-16') });
    expect(await pending(customer)).toEqual([]);
    const bad = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
    await stripe.customers.update(customer, { invoice_settings: { default_payment_method: bad.id } });
    const more: Stripe.SubscriptionUpdateParams = { items: [{ id: item, quantity: 2 }], proration_behavior: 'always_invoice' };
    await expect(stripe.subscriptions.update(id, { ...more, payment_behavior: 'error_if_incomplete' })).rejects.toMatchObject({ statusCode: 402 });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', items: { data: [{ quantity: 1 }] } });
    expect(await pending(customer)).toEqual([]);
    expect(await stripe.subscriptions.update(id, more)).toMatchObject({ status: 'past_due', items: { data: [{ quantity: 2 }] } });
    expect(await latest(id)).toMatchObject({ status: 'open', total: 1250 });
  });

  it('count from the date that is given, within the period', async () => {
    const { customer, id, item } = await scene('2027-04-21');
    await stripe.subscriptions.update(id, { items: [{ id: item, price: prices.large }], proration_date: at('2027-04-11') });
    expect(amounts(await pending(customer))).toEqual([-667, 1667]);
    await expect(stripe.subscriptions.update(id, { items: [{ id: item, quantity: 4 }], proration_date: at('2027-03-11') })).rejects.toMatchObject({ statusCode: 400, param: 'proration_date' });
  });

  it('take discounts and taxes into account', async () => {
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'forever' });
    const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 10, inclusive: false });
    const { id, item } = await scene('2027-04-16', prices.small, 1, { discounts: [{ coupon: coupon.id }], default_tax_rates: [rate.id] });
    await stripe.subscriptions.update(id, { items: [{ id: item, price: prices.large }], proration_behavior: 'always_invoice' });
    expect(await latest(id)).toMatchObject({ subtotal: 600, total: 660, total_taxes: [{ amount: 60 }], total_discount_amounts: [] });
  });

  it('begin a new cycle with another interval, with the anchor at now, and from free to paid', async () => {
    const one = await scene('2027-04-16');
    await stripe.subscriptions.update(one.id, { items: [{ id: one.item, price: prices.yearly }] });
    expect(await stripe.subscriptions.retrieve(one.id)).toMatchObject({ billing_cycle_anchor: at('2027-04-16'), items: { data: [{ current_period_start: at('2027-04-16'), current_period_end: at('2028-04-16') }] } });
    expect(await latest(one.id)).toMatchObject({ status: 'paid', total: 19_500 });
    const two = await scene('2027-04-16');
    await stripe.subscriptions.update(two.id, { billing_cycle_anchor: { type: 'now' } });
    expect(await latest(two.id)).toMatchObject({ total: 500, lines: { data: [{ amount: -500 }, { amount: 1000, period: { end: at('2027-05-16') } }] } });
    const three = await scene('2027-04-16', prices.free);
    await stripe.subscriptions.update(three.id, { items: [{ id: three.item, price: prices.small }] });
    expect(await latest(three.id)).toMatchObject({ total: 1000, status: 'paid' });
  });

  it('come with items that are added and taken away by their own path', async () => {
    const { clock, customer, id } = await scene('2027-04-16');
    const extra = await stripe.subscriptionItems.create({ subscription: id, price: prices.extra, quantity: 2 });
    expect(extra).toMatchObject({ current_period_start: at('2027-04-01'), current_period_end: at('2027-05-01') });
    expect(amounts(await pending(customer))).toEqual([300]);
    await stripe.subscriptionItems.update(extra.id, { quantity: 4, proration_behavior: 'none' });
    await advance(clock, at('2027-04-24'));
    await stripe.subscriptionItems.del(extra.id);
    expect(amounts(await pending(customer))).toEqual([-280, 300]);
    const events = await stripe.events.list({ type: 'customer.subscription.updated', limit: 3 });
    expect(events.data[0]?.data.previous_attributes).toMatchObject({ items: { data: [{}, { id: extra.id, quantity: 4 }] } });
    const [{ id: last } = { id: '' }] = (await stripe.subscriptionItems.list({ subscription: id })).data;
    await expect(stripe.subscriptionItems.del(last)).rejects.toMatchObject({ statusCode: 400 });
  });

  it('give back what is left when a subscription ends, if asked', async () => {
    const { customer, id } = await scene('2027-04-16');
    expect(await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true })).toMatchObject({ status: 'canceled' });
    expect(await latest(id)).toMatchObject({ total: -500, status: 'paid', amount_due: 0 });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 });
  });
});

describe('a preview', () => {
  it('is the next invoice, and changes nothing', async () => {
    const { clock, customer, id } = await scene('2027-04-11');
    await stripe.invoiceItems.create({ customer, amount: 50, currency: 'usd' });
    const preview = await stripe.invoices.createPreview({ subscription: id });
    expect(preview).toMatchObject({ id: expect.stringMatching(/^upcoming_in_/), object: 'invoice', status: 'draft', billing_reason: 'upcoming', total: 1050, created: at('2027-05-01'), period_start: at('2027-04-01'), period_end: at('2027-05-01'), next_payment_attempt: at('2027-05-01T01:00:00') });
    expect((await stripe.invoices.list({ subscription: id })).data).toHaveLength(1);
    expect(await stripe.invoices.createPreview({ customer })).toMatchObject({ total: 1050 });
    await advance(clock, at('2027-05-01T02:00:00'));
    const real = await latest(id);
    expect(real.lines.data.map((line) => [line.amount, line.description, line.period])).toEqual(preview.lines.data.map((line) => [line.amount, line.description, line.period]));
  });

  it('shows what a change would cost, and then it costs that', async () => {
    const { customer, id, item } = await scene('2027-04-11T11:11:11');
    const items = [{ id: item, price: prices.large, quantity: 3 }];
    const later = await stripe.invoices.createPreview({ subscription: id, subscription_details: { items, proration_date: at('2027-04-12') } });
    const now = await stripe.invoices.createPreview({ subscription: id, subscription_details: { items, proration_behavior: 'always_invoice' } });
    expect(await pending(customer)).toEqual([]);
    expect(later.lines.data.at(-1)).toMatchObject({ amount: 7500 });
    expect(later.lines.data).toHaveLength(3);
    expect(later.parent?.subscription_details?.subscription_proration_date).toBe(at('2027-04-12'));
    const recurring = await stripe.invoices.createPreview({ subscription: id, preview_mode: 'recurring', subscription_details: { items } });
    expect(recurring.total).toBe(7500);
    await stripe.subscriptions.update(id, { items, proration_behavior: 'always_invoice' });
    expect((await latest(id)).total).toBe(now.total);
  });

  it('is of a subscription that does not exist yet, or ends, or of nothing', async () => {
    const { customer, id } = await scene('2027-04-16');
    const coupon = await stripe.coupons.create({ percent_off: 50 });
    expect(await stripe.invoices.createPreview({ customer, subscription_details: { items: [{ price: prices.large, quantity: 2 }] }, discounts: [{ coupon: coupon.id }], invoice_items: [{ amount: 100, currency: 'usd', discountable: false }] })).toMatchObject({ total: 2600, subtotal: 5100 });
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 0 });
    expect(await stripe.invoices.createPreview({ subscription: id, subscription_details: { cancel_now: true } })).toMatchObject({ total: -500 });
    await expect(stripe.invoices.createPreview({ subscription: id, subscription_details: { cancel_at_period_end: true } })).rejects.toMatchObject({ statusCode: 404, code: 'invoice_upcoming_none' });
    await stripe.subscriptions.cancel(id);
    await expect(stripe.invoices.createPreview({ customer })).rejects.toMatchObject({ code: 'invoice_upcoming_none' });
  });
});
