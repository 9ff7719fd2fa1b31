// What time does to subscriptions, their invoices and schedules, on test clocks, driven by the official SDK.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { Scenes, at, day } from '../test/sandbox/scenes.ts';
import type { Scene } from '../test/sandbox/scenes.ts';
import type { Sandbox } from './server.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let sandbox: Sandbox;
let stripe: Stripe;
let scenes: Scenes;

withSandbox((client, itsSandbox) => {
  [stripe, sandbox] = [client, itsSandbox];
  scenes = new Scenes(stripe, itsSandbox.url);
});

describe('a year of a monthly subscription', () => {
  it.each([
    ['2027-03-15', ['2027-04-15', '2027-05-15', '2027-06-15', '2027-07-15', '2027-08-15', '2027-09-15', '2027-10-15', '2027-11-15', '2027-12-15', '2028-01-15', '2028-02-15', '2028-03-15']],
    ['2027-01-31', ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30', '2027-07-31', '2027-08-31', '2027-09-30', '2027-10-31', '2027-11-30', '2027-12-31', '2028-01-31']],
  ])('from %s renews exactly twelve times, each paid an hour later', async (start, dates) => {
    const { clock, customer, price } = await scenes.scene(start);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price, quantity: 2 }] });
    expect(subscription).toMatchObject({ status: 'active', test_clock: clock, created: at(start), billing_cycle_anchor: at(start) });
    for (const date of dates) await scenes.advance(clock, at(date) + 2 * 3600);
    const invoices = await scenes.invoicesOf(subscription.id);
    expect(invoices.map((one) => one.billing_reason)).toEqual(['subscription_create', ...dates.map(() => 'subscription_cycle')]);
    expect(invoices.slice(1).map((one) => day(one.created))).toEqual(dates);
    expect(invoices.slice(1).map((one) => day(one.period_start))).toEqual([start, ...dates.slice(0, -1)]);
    expect(invoices.slice(1).map((one) => day(one.lines.data[0]?.period.end)).slice(0, -1)).toEqual(dates.slice(1));
    for (const [index, invoice] of invoices.entries()) {
      expect(invoice).toMatchObject({ status: 'paid', amount_paid: 2000, attempt_count: 1, test_clock: clock, number: expect.stringMatching(new RegExp(`-${String(index + 1).padStart(4, '0')}$`)) });
      if (index > 0) expect(invoice.status_transitions).toMatchObject({ finalized_at: invoice.created + 3600, paid_at: invoice.created + 3600 });
    }
    const charges = await stripe.charges.list({ customer, limit: 100 });
    expect(charges.data.map((one) => one.amount)).toEqual(Array.from({ length: 13 }, () => 2000));
    expect(day(charges.data[0]?.created)).toBe(dates.at(-1));
    const fresh = await stripe.subscriptions.retrieve(subscription.id);
    expect(fresh).toMatchObject({ status: 'active', latest_invoice: invoices.at(-1)?.id });
    expect(day(fresh.items.data[0]?.current_period_start)).toBe(dates.at(-1));
  });

  it('tells of each renewal in order', async () => {
    const { clock, customer, price } = await scenes.scene('2027-03-15');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await scenes.advance(clock, at('2027-04-15') + 7200);
    const [, renewal] = await scenes.invoicesOf(subscription.id);
    const events = await scenes.eventsOf(subscription.id, renewal?.id ?? '');
    const types = events.map((event) => event.type);
    expect(types.slice(types.indexOf('customer.subscription.updated'))).toEqual(['customer.subscription.updated', 'invoice.created', 'invoice.finalized', 'invoice.paid', 'invoice.payment_succeeded', 'invoice.updated']);
    const updated = events.find((event) => event.type === 'customer.subscription.updated');
    expect(updated).toMatchObject({ request: { id: null, idempotency_key: null }, data: { previous_attributes: { latest_invoice: subscription.latest_invoice, items: { data: [{ current_period_end: at('2027-04-15') }] } } } });
  });
});

describe('besides', () => {
  it('the next invoice is told of a week before, and once only', async () => {
    const { clock, customer, price } = await scenes.scene('2027-03-15');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    const told = async (): Promise<unknown[]> => (await stripe.events.list({ type: 'invoice.upcoming', limit: 100 })).data.map((event) => event.data.object).filter((one) => 'customer' in one && one.customer === customer);
    await scenes.advance(clock, at('2027-04-07T23:00:00'));
    expect(await told()).toEqual([]);
    await scenes.advance(clock, at('2027-04-20'));
    expect(await told()).toMatchObject([{ object: 'invoice', total: 1000, created: at('2027-04-15'), parent: { subscription_details: { subscription: id } } }]);
    expect((await told())[0]).not.toHaveProperty('id');
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await scenes.advance(clock, at('2027-05-20'));
    expect(await told()).toHaveLength(1);
  });

  it('a last invoice takes what still waits when a subscription ends as agreed', async () => {
    const { clock, customer, price } = await scenes.scene('2027-03-15');
    const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await scenes.advance(clock, at('2027-03-30T12:00:00'));
    await stripe.subscriptions.update(id, { items: [{ id: items.data[0]?.id ?? '', quantity: 3 }], cancel_at_period_end: true });
    await scenes.advance(clock, at('2027-04-16'));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', ended_at: at('2027-04-15') });
    expect((await scenes.invoicesOf(id)).map((one) => [one.total, one.status])).toEqual([[1000, 'paid'], [1000, 'paid']]);
  });

  it('what was used is billed when its period is over, the last of it when the subscription ends', async () => {
    const { clock, customer, price } = await scenes.scene('2027-03-15');
    const meter = await stripe.billing.meters.create({ display_name: 'Calls', event_name: `calls_${customer}`, default_aggregation: { formula: 'sum' } });
    const product = await stripe.products.create({ name: 'Calls' });
    const metered = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 3, recurring: { interval: 'month', usage_type: 'metered', meter: meter.id } });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }, { price: metered.id }] });
    const use = (value: number, time: string): Promise<unknown> => stripe.billing.meterEvents.create({ event_name: meter.event_name, payload: { stripe_customer_id: customer, value: String(value) }, timestamp: at(time) });
    await use(5, '2027-03-14T23:59:59');
    await use(10, '2027-03-15');
    await use(100, '2027-04-14T23:59:59');
    await use(7, '2027-04-15');
    await scenes.advance(clock, at('2027-04-16'));
    const [, renewal] = await scenes.invoicesOf(id);
    expect(renewal).toMatchObject({ status: 'paid', total: 1330 });
    expect(renewal?.lines.data.find((line) => line.amount === 330)).toMatchObject({ quantity: 110, period: { start: at('2027-03-15'), end: at('2027-04-15') } });
    await stripe.subscriptions.update(id, { cancel_at_period_end: true });
    await scenes.advance(clock, at('2027-05-16'));
    expect((await scenes.invoicesOf(id)).map((one) => one.total)).toEqual([1000, 1330, 21]);
  });

  it('the card that paid the first invoice is kept where that was asked, and pays the next', async () => {
    const { clock, customer, price } = await scenes.scene('2027-03-15', '');
    const made = await stripe.subscriptions.create({ customer, items: [{ price }], payment_behavior: 'default_incomplete', payment_settings: { save_default_payment_method: 'on_subscription' }, expand: ['latest_invoice.payments'] });
    const invoice = typeof made.latest_invoice === 'object' ? made.latest_invoice : null;
    const intent = invoice?.payments?.data[0]?.payment.payment_intent;
    const method = await stripe.paymentMethods.attach('pm_card_mastercard', { customer });
    await stripe.paymentIntents.confirm(typeof intent === 'string' ? intent : '', { payment_method: method.id });
    expect(await stripe.subscriptions.retrieve(made.id)).toMatchObject({ status: 'active', default_payment_method: method.id });
    await scenes.advance(clock, at('2027-04-16'));
    expect((await scenes.invoicesOf(made.id)).map((one) => one.status)).toEqual(['paid', 'paid']);
  });
});

describe('trials', () => {
  it('are told of three days before they end, and then billed', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-01');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 14 });
    expect(subscription).toMatchObject({ status: 'trialing', trial_end: at('2027-01-15'), billing_cycle_anchor: at('2027-01-15') });
    await scenes.advance(clock, at('2027-01-11T23:59:59'));
    expect((await scenes.eventsOf(subscription.id)).map((event) => event.type)).not.toContain('customer.subscription.trial_will_end');
    await scenes.advance(clock, at('2027-01-12'));
    expect((await scenes.eventsOf(subscription.id)).map((event) => event.type)).toContain('customer.subscription.trial_will_end');
    await scenes.advance(clock, at('2027-01-15T01:00:00'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active', items: { data: [{ current_period_start: at('2027-01-15'), current_period_end: at('2027-02-15') }] } });
    expect((await scenes.invoicesOf(subscription.id)).map((one) => [one.billing_reason, one.total, one.status])).toEqual([['subscription_create', 0, 'paid'], ['subscription_cycle', 1000, 'paid']]);
  });

  it.each([['cancel', 'canceled', 1], ['pause', 'paused', 1], ['create_invoice', 'past_due', 2]] as const)('without a payment method end as asked: %s', async (behavior, status, count) => {
    const { clock, customer, price } = await scenes.scene('2027-01-01', '');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 2, trial_settings: { end_behavior: { missing_payment_method: behavior } } });
    await scenes.advance(clock, at('2027-01-04'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status });
    expect(await scenes.invoicesOf(subscription.id)).toHaveLength(count);
    if (behavior !== 'pause') return;
    await scenes.card(customer, 'pm_card_visa');
    expect(await stripe.subscriptions.resume(subscription.id)).toMatchObject({ status: 'active', billing_cycle_anchor: at('2027-01-04'), items: { data: [{ current_period_end: at('2027-02-04') }] } });
    expect((await scenes.invoicesOf(subscription.id)).at(-1)).toMatchObject({ status: 'paid', total: 1000 });
  });

  it('end at once when they are told to', async () => {
    const { customer, price } = await scenes.scene('2027-01-01');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 30 });
    expect(await stripe.subscriptions.update(subscription.id, { trial_end: 'now' })).toMatchObject({ status: 'active', trial_end: at('2027-01-01'), items: { data: [{ current_period_end: at('2027-02-01') }] } });
    expect((await scenes.invoicesOf(subscription.id)).at(-1)).toMatchObject({ billing_reason: 'subscription_update', status: 'paid', total: 1000 });
  });
});

describe('collection that fails', () => {
  async function failing(): Promise<Scene & { readonly subscription: string }> {
    const made = await scenes.scene('2027-01-01');
    const { id } = await stripe.subscriptions.create({ customer: made.customer, items: [{ price: made.price }] });
    await scenes.card(made.customer, 'pm_card_chargeCustomerFail');
    return { ...made, subscription: id };
  }

  async function afterFailures(what: string): Promise<void> {
    await fetch(`${sandbox.url}/_sandbox/billing`, { method: 'POST', body: JSON.stringify({ after_failures: what }) });
  }

  it('is tried again, and works with a new card', async () => {
    const { clock, customer, subscription } = await failing();
    await scenes.advance(clock, at('2027-02-01T02:00:00'));
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: 'past_due' });
    expect((await scenes.invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: at('2027-02-04T01:00:00') });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true });
    await scenes.advance(clock, at('2027-02-04T02:00:00'));
    expect((await scenes.invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'open', attempt_count: 2, next_payment_attempt: at('2027-02-09T01:00:00') });
    await scenes.card(customer, 'pm_card_visa');
    await scenes.advance(clock, at('2027-02-09T02:00:00'));
    expect((await scenes.invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'paid', attempt_count: 3, next_payment_attempt: null });
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: 'active' });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false });
  });

  it.each([['cancel', 'canceled'], ['unpaid', 'unpaid'], ['past_due', 'past_due']])('to the end is the end as set: %s', async (what, status) => {
    await afterFailures(what);
    const { clock, subscription } = await failing();
    await scenes.advance(clock, at('2027-02-20'));
    await afterFailures('cancel');
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status });
    const [, renewal] = await scenes.invoicesOf(subscription);
    expect(renewal).toMatchObject({ status: 'open', attempt_count: 4, next_payment_attempt: null });
    const types = (await scenes.eventsOf(renewal?.id ?? '')).map((event) => event.type);
    expect(types.filter((type) => type === 'invoice.payment_failed')).toHaveLength(4);
    if (status !== 'unpaid') return;
    await scenes.advance(clock, at('2027-03-02'));
    expect((await scenes.invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'draft', auto_advance: false });
  });

  it('of a first invoice that is not paid within 23 hours was an attempt only', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-01');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], payment_behavior: 'default_incomplete' });
    expect(subscription.status).toBe('incomplete');
    await scenes.advance(clock, at('2027-01-01T22:59:59'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'incomplete' });
    await scenes.advance(clock, at('2027-01-01T23:00:00'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'incomplete_expired' });
    expect(await scenes.invoicesOf(subscription.id)).toMatchObject([{ status: 'void' }]);
  });
});

describe('what was agreed on', () => {
  it('ends with the period, or at a time', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-31');
    const soon = await stripe.subscriptions.create({ customer, items: [{ price }] });
    const later = await stripe.subscriptions.create({ customer, items: [{ price }], cancel_at: at('2027-03-10') });
    expect(await stripe.subscriptions.update(soon.id, { cancel_at_period_end: true })).toMatchObject({ status: 'active', cancel_at: at('2027-02-28'), canceled_at: at('2027-01-31') });
    await scenes.advance(clock, at('2027-03-05'));
    expect(await stripe.subscriptions.retrieve(soon.id)).toMatchObject({ status: 'canceled', ended_at: at('2027-02-28'), canceled_at: at('2027-01-31'), cancellation_details: { reason: 'cancellation_requested' } });
    expect(await scenes.invoicesOf(soon.id)).toHaveLength(1);
    await scenes.advance(clock, at('2027-03-11'));
    expect(await stripe.subscriptions.retrieve(later.id)).toMatchObject({ status: 'canceled', ended_at: at('2027-03-10') });
    expect(await scenes.invoicesOf(later.id)).toHaveLength(2);
  });

  it.each([['keep_as_draft', 'draft'], ['mark_uncollectible', 'uncollectible'], ['void', 'void']] as const)('is not collected while that is paused: %s', async (behavior, status) => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await stripe.subscriptions.update(id, { pause_collection: { behavior, resumes_at: at('2027-02-20') } });
    await scenes.advance(clock, at('2027-02-15'));
    expect((await scenes.invoicesOf(id)).at(-1)).toMatchObject({ status });
    await scenes.advance(clock, at('2027-03-11'));
    expect((await stripe.subscriptions.retrieve(id)).pause_collection).toBeNull();
    expect((await scenes.invoicesOf(id)).at(-1)).toMatchObject({ status: 'paid' });
  });

  it('is billed by sent invoices that become overdue', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10', '');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], collection_method: 'send_invoice', days_until_due: 5 });
    expect(await scenes.invoicesOf(id)).toMatchObject([{ status: 'draft', due_date: at('2027-01-15') }]);
    await scenes.advance(clock, at('2027-01-10T01:00:00'));
    const [first] = await scenes.invoicesOf(id);
    expect(first).toMatchObject({ status: 'open', due_date: at('2027-01-15'), attempt_count: 0 });
    await scenes.advance(clock, at('2027-01-16'));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
    expect((await scenes.eventsOf(first?.id ?? '')).map((event) => event.type)).toEqual(expect.arrayContaining(['invoice.sent', 'invoice.overdue']));
    await stripe.invoices.pay(first?.id ?? '', { paid_out_of_band: true });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
  });

  it('takes what waits for the customer onto the next invoice, and coupons as long as they last', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const once = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const twice = await stripe.coupons.create({ amount_off: 100, currency: 'usd', duration: 'repeating', duration_in_months: 2 });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], discounts: [{ coupon: once.id }, { coupon: twice.id }] });
    await stripe.invoiceItems.create({ customer, amount: 77, currency: 'usd', description: 'Setting up', discountable: false });
    await scenes.advance(clock, at('2027-02-11'));
    await scenes.advance(clock, at('2027-03-11'));
    expect((await scenes.invoicesOf(id)).map((one) => one.total)).toEqual([400, 977, 1000]);
    expect((await stripe.subscriptions.retrieve(id)).discounts).toEqual([]);
  });

  it('begins where its anchor says', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-16', 'pm_card_visa', 3100);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], billing_cycle_anchor_config: { day_of_month: 31, hour: 0, minute: 0, second: 0 } });
    expect(await scenes.invoicesOf(id)).toMatchObject([{ total: Math.round(3100 * 15 / 31), lines: { data: [{ period: { start: at('2027-01-16'), end: at('2027-01-31') } }] } }]);
    await scenes.advance(clock, at('2027-03-01'));
    expect((await stripe.subscriptions.retrieve(id)).items.data[0]).toMatchObject({ current_period_start: at('2027-02-28'), current_period_end: at('2027-03-31') });
  });
});

describe('schedules', () => {
  it('go from phase to phase and let go of their subscription', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-01');
    const product = await stripe.products.create({ name: 'Platinum' });
    const dearer = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 2500, recurring: { interval: 'month' } });
    const schedule = await stripe.subscriptionSchedules.create({
      customer, start_date: at('2027-01-10'), end_behavior: 'release',
      phases: [{ items: [{ price, quantity: 1 }], duration: { interval: 'month', interval_count: 2 } }, { items: [{ price: dearer.id, quantity: 3 }], duration: { interval: 'month', interval_count: 1 }, metadata: { tier: 'top' } }],
    });
    expect(schedule).toMatchObject({ status: 'not_started', subscription: null });
    await scenes.advance(clock, at('2027-01-11'));
    const running = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(running).toMatchObject({ status: 'active', current_phase: { start_date: at('2027-01-10'), end_date: at('2027-03-10') } });
    const id = typeof running.subscription === 'string' ? running.subscription : '';
    await scenes.advance(clock, at('2027-03-09'));
    await scenes.advance(clock, at('2027-03-11'));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', schedule: schedule.id, metadata: { tier: 'top' }, items: { data: [{ price: { id: dearer.id }, quantity: 3 }] } });
    await scenes.advance(clock, at('2027-04-11'));
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: 'released', released_subscription: id, released_at: at('2027-04-10'), subscription: null });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', schedule: null });
    expect((await scenes.invoicesOf(id)).map((one) => [day(one.created), one.total, one.status])).toEqual([['2027-01-10', 1000, 'paid'], ['2027-02-10', 1000, 'paid'], ['2027-03-10', 7500, 'paid'], ['2027-04-10', 7500, 'paid']]);
    expect((await scenes.eventsOf(schedule.id)).map((event) => event.type)).toEqual(['subscription_schedule.created', 'subscription_schedule.updated', 'subscription_schedule.updated', 'subscription_schedule.expiring', 'subscription_schedule.completed', 'subscription_schedule.released', 'subscription_schedule.updated']);
  });

  it('end their subscription where that was agreed', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const schedule = await stripe.subscriptionSchedules.create({ customer, start_date: 'now', end_behavior: 'cancel', phases: [{ items: [{ price }], duration: { interval: 'month', interval_count: 1 } }] });
    const id = typeof schedule.subscription === 'string' ? schedule.subscription : '';
    await scenes.advance(clock, at('2027-02-11'));
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: 'completed', completed_at: at('2027-02-10') });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', ended_at: at('2027-02-10') });
    expect(await scenes.invoicesOf(id)).toHaveLength(1);
  });
});
