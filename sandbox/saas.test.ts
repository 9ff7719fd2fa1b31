// A month of a software business, by the official SDK on test clocks: trial, upgrade, a failed payment and its recovery, pause, ending; and
// beginnings in the past and ends in the middle of a period. Invoices, items, statuses and events are checked on the way.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { Scenes, at } from '../test/sandbox/scenes.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let stripe: Stripe;
let scenes: Scenes;

withSandbox((client, itsSandbox) => {
  stripe = client;
  scenes = new Scenes(stripe, itsSandbox.url);
});

async function dearer(price: string, amount: number): Promise<string> {
  const { product } = await stripe.prices.retrieve(price);
  return (await stripe.prices.create({ product: typeof product === 'string' ? product : product.id, currency: 'usd', unit_amount: amount, recurring: { interval: 'month' } })).id;
}

const itemOf = (subscription: Stripe.Subscription): string => subscription.items.data[0]?.id ?? '';

/** What waits for a customer's next invoice. */
async function waiting(customer: string): Promise<(readonly [amount: number, start: string, end: string])[]> {
  const { data } = await stripe.invoiceItems.list({ customer, pending: true, limit: 100 });
  return data.map((one) => [one.amount, new Date(one.period.start * 1000).toISOString().slice(0, 10), new Date(one.period.end * 1000).toISOString().slice(0, 10)] as const).toReversed();
}

it('from trial to active, upgraded, failed, recovered and canceled', async () => {
  const { clock, customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
  const gold = await dearer(price, 9000);
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 14 });
  expect(subscription).toMatchObject({ status: 'trialing', trial_end: at('2027-04-15') });
  await scenes.advance(clock, at('2027-04-13'));
  await scenes.advance(clock, at('2027-04-15') + 7200);
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active', billing_cycle_anchor: at('2027-04-15') });
  expect((await scenes.invoicesOf(subscription.id)).map((one) => [one.total, one.status, one.billing_reason])).toEqual([[0, 'paid', 'subscription_create'], [3000, 'paid', 'subscription_cycle']]);

  // Half of a period of thirty days is left.
  await scenes.advance(clock, at('2027-04-30'));
  await stripe.subscriptions.update(subscription.id, { items: [{ id: itemOf(subscription), price: gold }] });
  expect((await waiting(customer)).map(([amount]) => amount)).toEqual([-1500, 4500]);

  await scenes.card(customer, 'pm_card_chargeCustomerFail');
  await scenes.advance(clock, at('2027-05-15') + 7200);
  const [, , failed] = await scenes.invoicesOf(subscription.id);
  expect(failed).toMatchObject({ total: 9000 + 3000, status: 'open', attempt_count: 1, attempted: true, next_payment_attempt: at('2027-05-15') + 3600 + 3 * 24 * 3600 });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'past_due' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true });

  await scenes.advance(clock, at('2027-05-18') + 7200);
  expect(await stripe.invoices.retrieve(failed?.id ?? '')).toMatchObject({ attempt_count: 2, status: 'open' });
  await scenes.card(customer, 'pm_card_visa');
  await scenes.advance(clock, at('2027-05-24'));
  expect(await stripe.invoices.retrieve(failed?.id ?? '')).toMatchObject({ attempt_count: 3, status: 'paid', amount_paid: 12_000 });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active' });
  expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false });

  await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
  await scenes.advance(clock, at('2027-06-16'));
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'canceled', ended_at: at('2027-06-15'), cancellation_details: { reason: 'cancellation_requested' } });
  const types = (await scenes.eventsOf(subscription.id, failed?.id ?? '')).map((event) => event.type);
  const told = ['customer.subscription.created', 'customer.subscription.trial_will_end', 'invoice.payment_failed', 'invoice.paid', 'customer.subscription.deleted'];
  expect(types.filter((type, index) => told.includes(type) && types.indexOf(type) === index)).toEqual(told);
  expect(types.filter((type) => type === 'invoice.payment_failed')).toHaveLength(2);
  const events = await scenes.eventsOf(subscription.id);
  expect(events.filter((event) => event.type === 'customer.subscription.updated').map((event) => event.data.previous_attributes)).toEqual(expect.arrayContaining([expect.objectContaining({ status: 'active' }), expect.objectContaining({ status: 'past_due' })]));
  expect(new Set(events.map((event) => event.api_version)).size).toBe(1);
});

describe('an end in the middle of a period', () => {
  it('gives back what will not be used, and charges it again where the subscription goes on', async () => {
    const { clock, customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
    const ends = await stripe.subscriptions.update(subscription.id, { cancel_at: at('2027-04-11') });
    expect(ends).toMatchObject({ cancel_at: at('2027-04-11'), cancel_at_period_end: false, items: { data: [{ current_period_end: at('2027-04-11') }] } });
    expect(await waiting(customer)).toEqual([[-2000, '2027-04-11', '2027-05-01']]);
    const stays = await stripe.subscriptions.update(subscription.id, { cancel_at: '' });
    expect(stays).toMatchObject({ cancel_at: null, items: { data: [{ current_period_end: at('2027-05-01') }] } });
    expect(await waiting(customer)).toEqual([[-2000, '2027-04-11', '2027-05-01'], [2000, '2027-04-11', '2027-05-01']]);
    await stripe.subscriptions.update(subscription.id, { cancel_at: at('2027-04-16'), proration_behavior: 'always_invoice' });
    expect((await scenes.invoicesOf(subscription.id)).map((one) => one.total)).toEqual([3000, -1500]);
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ balance: -1500 });
    await scenes.advance(clock, at('2027-04-17'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'canceled', ended_at: at('2027-04-16') });
  });

  it('gives nothing back where that was not wanted', async () => {
    const { customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await stripe.subscriptions.update(id, { cancel_at: at('2027-04-11'), proration_behavior: 'none' });
    expect(await waiting(customer)).toEqual([]);
  });

  it('makes a later period, or the first, shorter and cheaper', async () => {
    const { clock, customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3100);
    const later = await stripe.subscriptions.create({ customer, items: [{ price }], cancel_at: at('2027-05-11') });
    await scenes.advance(clock, at('2027-05-01') + 7200);
    expect((await scenes.invoicesOf(later.id)).map((one) => one.total)).toEqual([3100, 1000]);
    expect(await stripe.subscriptions.retrieve(later.id)).toMatchObject({ items: { data: [{ current_period_end: at('2027-05-11') }] } });
    await scenes.advance(clock, at('2027-05-12'));
    expect(await stripe.subscriptions.retrieve(later.id)).toMatchObject({ status: 'canceled', ended_at: at('2027-05-11') });
    const other = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
    const first = await stripe.subscriptions.create({ customer: other.customer, items: [{ price: other.price }], cancel_at: at('2027-04-11') });
    expect((await scenes.invoicesOf(first.id)).map((one) => one.total)).toEqual([1000]);
  });
});

describe('a beginning in the past', () => {
  it('is billed with the first invoice, as one line or by periods', async () => {
    const { customer, price } = await scenes.scene('2027-04-15', 'pm_card_visa', 3000);
    const classic = await stripe.subscriptions.create({ customer, items: [{ price }], backdate_start_date: at('2027-03-01'), billing_mode: { type: 'classic' } });
    expect(classic).toMatchObject({ start_date: at('2027-03-01'), billing_cycle_anchor: at('2027-04-15') });
    const [invoice] = await scenes.invoicesOf(classic.id);
    // A whole period imagined from March 1, and 14 of 30 days.
    expect(invoice?.lines.data.map((one) => [one.amount, one.period.start, one.period.end])).toEqual([[3000 + 1400, at('2027-03-01'), at('2027-04-15')], [3000, at('2027-04-15'), at('2027-05-15')]]);
    const flexible = await stripe.subscriptions.create({ customer, items: [{ price }], backdate_start_date: at('2027-03-01'), billing_mode: { type: 'flexible' } });
    const [other] = await scenes.invoicesOf(flexible.id);
    // 14 of the 28 days from February 15, the whole period from March 15, and the present one.
    expect(other?.lines.data.map((one) => [one.amount, one.period.start, one.period.end])).toEqual([[1500, at('2027-03-01'), at('2027-03-15')], [3000, at('2027-03-15'), at('2027-04-15')], [3000, at('2027-04-15'), at('2027-05-15')]]);
    const free = await stripe.subscriptions.create({ customer, items: [{ price }], backdate_start_date: at('2027-03-01'), proration_behavior: 'none' });
    expect((await scenes.invoicesOf(free.id)).map((one) => one.total)).toEqual([3000]);
    await expect(stripe.subscriptions.create({ customer, items: [{ price }], backdate_start_date: at('2027-04-16') })).rejects.toMatchObject({ param: 'backdate_start_date' });
  });
});

describe('a pause', () => {
  it('gives back what was paid, and goes on with a new period', async () => {
    const { clock, customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await scenes.advance(clock, at('2027-04-11'));
    const paused = await stripe.subscriptions.pause(id);
    expect(paused).toMatchObject({ status: 'paused', status_details: { paused: { type: 'subscription', transitioned_at: at('2027-04-11'), subscription: { type: 'pause_requested' } } } });
    expect(await waiting(customer)).toEqual([[-2000, '2027-04-11', '2027-05-01']]);
    await scenes.advance(clock, at('2027-05-10'));
    expect(await scenes.invoicesOf(id)).toHaveLength(1);
    const resumed = await stripe.subscriptions.resume(id);
    expect(resumed).toMatchObject({ status: 'active', billing_cycle_anchor: at('2027-05-10') });
    expect((await scenes.invoicesOf(id)).map((one) => one.total)).toEqual([3000, 1000]);
  });

  it('is invoiced at once, from the beginning of the period, or not settled, as asked', async () => {
    const settled = async (params: Stripe.SubscriptionPauseParams): Promise<readonly [number[], number[]]> => {
      const { clock, customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
      const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
      await scenes.advance(clock, at('2027-04-16'));
      await stripe.subscriptions.pause(id, params);
      return [(await waiting(customer)).map(([amount]) => amount), (await scenes.invoicesOf(id)).map((one) => one.total)];
    };
    expect(await settled({ invoicing_behavior: 'invoice' })).toEqual([[], [3000, -1500]]);
    expect(await settled({ bill_for: { unused_time_from: { type: 'item_current_period_start' } } })).toEqual([[-3000], [3000]]);
    expect(await settled({ bill_for: { unused_time_from: { type: 'none' } } })).toEqual([[], [3000]]);
  });

  it('bills what was used until then', async () => {
    const { clock, customer } = await scenes.scene('2027-04-01');
    const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name: 'calls', default_aggregation: { formula: 'sum' } });
    const price = await stripe.prices.create({ currency: 'usd', unit_amount: 10, recurring: { interval: 'month', usage_type: 'metered', meter: meter.id }, product_data: { name: 'Calls' } });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id }] });
    await scenes.advance(clock, at('2027-04-10'));
    await stripe.billing.meterEvents.create({ event_name: 'calls', payload: { stripe_customer_id: customer, value: '25' }, timestamp: at('2027-04-09') });
    await stripe.subscriptions.pause(id);
    expect(await waiting(customer)).toEqual([[250, '2027-04-01', '2027-04-10']]);
  });
});
