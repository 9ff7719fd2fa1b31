// Time that moves: test clocks and the sandbox's own clock, and what becomes due with them, driven by the official SDK.
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CLOCKS } from './clock.ts';
import { dispatch } from './dispatch.ts';
import type { World } from './dispatch.ts';
import { advance as goOn } from './due-work.ts';
import type { JsonObject } from './json.ts';
import { text } from './json.ts';
import { deadlineOf } from './lives/due.ts';
import { OUTER } from './nesting.ts';
import { materialise } from './render.ts';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';
import { Store } from './store.ts';

let sandbox: Sandbox;
let stripe: Stripe;

beforeAll(async () => {
  sandbox = await startSandbox();
  const { hostname, port } = new URL(sandbox.url);
  stripe = new Stripe('sk_test_time', { host: hostname, port, protocol: 'http', maxNetworkRetries: 0 });
});

afterAll(async () => {
  await sandbox.close();
});

const at = (date: string): number => Date.parse(`${date.length === 10 ? `${date}T00:00:00` : date}Z`) / 1000;
const day = (time: number | null | undefined): string => new Date((time ?? 0) * 1000).toISOString().slice(0, 10);
const DAY = 24 * 3600;

async function advance(clock: string, to: number): Promise<void> {
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
  for (;;) {
    const row = await stripe.testHelpers.testClocks.retrieve(clock);
    if (row.status === 'ready') return;
    expect(row).toMatchObject({ status: 'advancing', status_details: { advancing: { target_frozen_time: to } } });
  }
}

interface Scene {
  readonly clock: string;
  readonly customer: string;
  readonly price: string;
}

async function scene(start: string, token: string | undefined = 'pm_card_visa', recurring: Stripe.PriceCreateParams.Recurring = { interval: 'month' }, amount = 1000): Promise<Scene> {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: at(start) });
  const customer = await stripe.customers.create({ test_clock: clock.id, email: 'clock@x.org' });
  if (token !== undefined && token !== '') await card(customer.id, token);
  const product = await stripe.products.create({ name: 'Gold' });
  const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: amount, recurring });
  return { clock: clock.id, customer: customer.id, price: price.id };
}

async function card(customer: string, token: string): Promise<void> {
  const method = await stripe.paymentMethods.attach(token, { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
}

async function invoicesOf(subscription: string): Promise<Stripe.Invoice[]> {
  const rows: Stripe.Invoice[] = [];
  for await (const row of stripe.invoices.list({ subscription, limit: 100 })) rows.unshift(row);
  return rows;
}

/** The events of some objects, oldest first. */
async function eventsOf(...ids: readonly string[]): Promise<Stripe.Event[]> {
  const rows: Stripe.Event[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) if ('id' in event.data.object && ids.includes(event.data.object.id ?? '')) rows.unshift(event);
  return rows;
}

async function own(seconds: number): Promise<number> {
  const response = await fetch(`${sandbox.url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: seconds }) });
  const row = (await response.json()) as { now: number };
  return row.now;
}

describe('a year of a monthly subscription', () => {
  it.each([
    ['2027-03-15', ['2027-04-15', '2027-05-15', '2027-06-15', '2027-07-15', '2027-08-15', '2027-09-15', '2027-10-15', '2027-11-15', '2027-12-15', '2028-01-15', '2028-02-15', '2028-03-15']],
    ['2027-01-31', ['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30', '2027-07-31', '2027-08-31', '2027-09-30', '2027-10-31', '2027-11-30', '2027-12-31', '2028-01-31']],
  ])('from %s renews exactly twelve times, each paid an hour later', async (start, dates) => {
    const { clock, customer, price } = await scene(start);
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price, quantity: 2 }] });
    expect(subscription).toMatchObject({ status: 'active', test_clock: clock, created: at(start), billing_cycle_anchor: at(start) });
    for (const date of dates) await advance(clock, at(date) + 2 * 3600);
    const invoices = await invoicesOf(subscription.id);
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
  }, 60_000);

  it('tells of each renewal in order', async () => {
    const { clock, customer, price } = await scene('2027-03-15');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await advance(clock, at('2027-04-15') + 7200);
    const [, renewal] = await invoicesOf(subscription.id);
    const events = await eventsOf(subscription.id, renewal?.id ?? '');
    const types = events.map((event) => event.type);
    expect(types.slice(types.indexOf('customer.subscription.updated'))).toEqual(['customer.subscription.updated', 'invoice.created', 'invoice.finalized', 'invoice.paid', 'invoice.payment_succeeded', 'invoice.updated']);
    const updated = events.find((event) => event.type === 'customer.subscription.updated');
    expect(updated).toMatchObject({ request: { id: null, idempotency_key: null }, data: { previous_attributes: { latest_invoice: subscription.latest_invoice, items: { data: [{ current_period_end: at('2027-04-15') }] } } } });
  });
});

describe('trials', () => {
  it('are told of three days before they end, and then billed', async () => {
    const { clock, customer, price } = await scene('2027-01-01');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 14 });
    expect(subscription).toMatchObject({ status: 'trialing', trial_end: at('2027-01-15'), billing_cycle_anchor: at('2027-01-15') });
    await advance(clock, at('2027-01-11T23:59:59'));
    expect((await eventsOf(subscription.id)).map((event) => event.type)).not.toContain('customer.subscription.trial_will_end');
    await advance(clock, at('2027-01-12'));
    expect((await eventsOf(subscription.id)).map((event) => event.type)).toContain('customer.subscription.trial_will_end');
    await advance(clock, at('2027-01-15T01:00:00'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'active', items: { data: [{ current_period_start: at('2027-01-15'), current_period_end: at('2027-02-15') }] } });
    expect((await invoicesOf(subscription.id)).map((one) => [one.billing_reason, one.total, one.status])).toEqual([['subscription_create', 0, 'paid'], ['subscription_cycle', 1000, 'paid']]);
  });

  it.each([['cancel', 'canceled', 1], ['pause', 'paused', 1], ['create_invoice', 'past_due', 2]] as const)('without a payment method end as asked: %s', async (behavior, status, count) => {
    const { clock, customer, price } = await scene('2027-01-01', '');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 2, trial_settings: { end_behavior: { missing_payment_method: behavior } } });
    await advance(clock, at('2027-01-04'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status });
    expect(await invoicesOf(subscription.id)).toHaveLength(count);
    if (behavior !== 'pause') return;
    await card(customer, 'pm_card_visa');
    expect(await stripe.subscriptions.resume(subscription.id)).toMatchObject({ status: 'active', billing_cycle_anchor: at('2027-01-04'), items: { data: [{ current_period_end: at('2027-02-04') }] } });
    expect((await invoicesOf(subscription.id)).at(-1)).toMatchObject({ status: 'paid', total: 1000 });
  });

  it('end at once when they are told to', async () => {
    const { customer, price } = await scene('2027-01-01');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], trial_period_days: 30 });
    expect(await stripe.subscriptions.update(subscription.id, { trial_end: 'now' })).toMatchObject({ status: 'active', trial_end: at('2027-01-01'), items: { data: [{ current_period_end: at('2027-02-01') }] } });
    expect((await invoicesOf(subscription.id)).at(-1)).toMatchObject({ billing_reason: 'subscription_update', status: 'paid', total: 1000 });
  });
});

describe('collection that fails', () => {
  async function failing(): Promise<Scene & { readonly subscription: string }> {
    const made = await scene('2027-01-01');
    const { id } = await stripe.subscriptions.create({ customer: made.customer, items: [{ price: made.price }] });
    await card(made.customer, 'pm_card_chargeCustomerFail');
    return { ...made, subscription: id };
  }

  async function afterFailures(what: string): Promise<void> {
    await fetch(`${sandbox.url}/_sandbox/billing`, { method: 'POST', body: JSON.stringify({ after_failures: what }) });
  }

  it('is tried again, and works with a new card', async () => {
    const { clock, customer, subscription } = await failing();
    await advance(clock, at('2027-02-01T02:00:00'));
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: 'past_due' });
    expect((await invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'open', attempt_count: 1, next_payment_attempt: at('2027-02-04T01:00:00') });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: true });
    await advance(clock, at('2027-02-04T02:00:00'));
    expect((await invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'open', attempt_count: 2, next_payment_attempt: at('2027-02-09T01:00:00') });
    await card(customer, 'pm_card_visa');
    await advance(clock, at('2027-02-09T02:00:00'));
    expect((await invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'paid', attempt_count: 3, next_payment_attempt: null });
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: 'active' });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ delinquent: false });
  });

  it.each([['cancel', 'canceled'], ['unpaid', 'unpaid'], ['past_due', 'past_due']])('to the end is the end as set: %s', async (what, status) => {
    await afterFailures(what);
    const { clock, subscription } = await failing();
    await advance(clock, at('2027-02-20'));
    await afterFailures('cancel');
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status });
    const [, renewal] = await invoicesOf(subscription);
    expect(renewal).toMatchObject({ status: 'open', attempt_count: 4, next_payment_attempt: null });
    const types = (await eventsOf(renewal?.id ?? '')).map((event) => event.type);
    expect(types.filter((type) => type === 'invoice.payment_failed')).toHaveLength(4);
    if (status !== 'unpaid') return;
    await advance(clock, at('2027-03-02'));
    expect((await invoicesOf(subscription)).at(-1)).toMatchObject({ status: 'draft', auto_advance: false });
  });

  it('of a first invoice that is not paid within 23 hours was an attempt only', async () => {
    const { clock, customer, price } = await scene('2027-01-01');
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price }], payment_behavior: 'default_incomplete' });
    expect(subscription.status).toBe('incomplete');
    await advance(clock, at('2027-01-01T22:59:59'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'incomplete' });
    await advance(clock, at('2027-01-01T23:00:00'));
    expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ status: 'incomplete_expired' });
    expect(await invoicesOf(subscription.id)).toMatchObject([{ status: 'void' }]);
  });
});

describe('what was agreed on', () => {
  it('ends with the period, or at a time', async () => {
    const { clock, customer, price } = await scene('2027-01-31');
    const soon = await stripe.subscriptions.create({ customer, items: [{ price }] });
    const later = await stripe.subscriptions.create({ customer, items: [{ price }], cancel_at: at('2027-03-10') });
    expect(await stripe.subscriptions.update(soon.id, { cancel_at_period_end: true })).toMatchObject({ status: 'active', cancel_at: at('2027-02-28'), canceled_at: at('2027-01-31') });
    await advance(clock, at('2027-03-05'));
    expect(await stripe.subscriptions.retrieve(soon.id)).toMatchObject({ status: 'canceled', ended_at: at('2027-02-28'), canceled_at: at('2027-01-31'), cancellation_details: { reason: 'cancellation_requested' } });
    expect(await invoicesOf(soon.id)).toHaveLength(1);
    await advance(clock, at('2027-03-11'));
    expect(await stripe.subscriptions.retrieve(later.id)).toMatchObject({ status: 'canceled', ended_at: at('2027-03-10') });
    expect(await invoicesOf(later.id)).toHaveLength(2);
  });

  it.each([['keep_as_draft', 'draft'], ['mark_uncollectible', 'uncollectible'], ['void', 'void']] as const)('is not collected while that is paused: %s', async (behavior, status) => {
    const { clock, customer, price } = await scene('2027-01-10');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    await stripe.subscriptions.update(id, { pause_collection: { behavior, resumes_at: at('2027-02-20') } });
    await advance(clock, at('2027-02-15'));
    expect((await invoicesOf(id)).at(-1)).toMatchObject({ status });
    await advance(clock, at('2027-03-11'));
    expect((await stripe.subscriptions.retrieve(id)).pause_collection).toBeNull();
    expect((await invoicesOf(id)).at(-1)).toMatchObject({ status: 'paid' });
  });

  it('is billed by sent invoices that become overdue', async () => {
    const { clock, customer, price } = await scene('2027-01-10', '');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], collection_method: 'send_invoice', days_until_due: 5 });
    expect(await invoicesOf(id)).toMatchObject([{ status: 'draft', due_date: at('2027-01-15') }]);
    await advance(clock, at('2027-01-10T01:00:00'));
    const [first] = await invoicesOf(id);
    expect(first).toMatchObject({ status: 'open', due_date: at('2027-01-15'), attempt_count: 0 });
    await advance(clock, at('2027-01-16'));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'past_due' });
    expect((await eventsOf(first?.id ?? '')).map((event) => event.type)).toEqual(expect.arrayContaining(['invoice.sent', 'invoice.overdue']));
    await stripe.invoices.pay(first?.id ?? '', { paid_out_of_band: true });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active' });
  });

  it('takes what waits for the customer onto the next invoice, and coupons as long as they last', async () => {
    const { clock, customer, price } = await scene('2027-01-10');
    const once = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const twice = await stripe.coupons.create({ amount_off: 100, currency: 'usd', duration: 'repeating', duration_in_months: 2 });
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], discounts: [{ coupon: once.id }, { coupon: twice.id }] });
    await stripe.invoiceItems.create({ customer, amount: 77, currency: 'usd', description: 'Setting up', discountable: false });
    await advance(clock, at('2027-02-11'));
    await advance(clock, at('2027-03-11'));
    expect((await invoicesOf(id)).map((one) => one.total)).toEqual([400, 977, 1000]);
    expect((await stripe.subscriptions.retrieve(id)).discounts).toEqual([]);
  });

  it('begins where its anchor says', async () => {
    const { clock, customer, price } = await scene('2027-01-16', 'pm_card_visa', { interval: 'month' }, 3100);
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }], billing_cycle_anchor_config: { day_of_month: 31, hour: 0, minute: 0, second: 0 } });
    expect(await invoicesOf(id)).toMatchObject([{ total: Math.round(3100 * 15 / 31), lines: { data: [{ period: { start: at('2027-01-16'), end: at('2027-01-31') } }] } }]);
    await advance(clock, at('2027-03-01'));
    expect((await stripe.subscriptions.retrieve(id)).items.data[0]).toMatchObject({ current_period_start: at('2027-02-28'), current_period_end: at('2027-03-31') });
  });
});

describe('schedules', () => {
  it('go from phase to phase and let go of their subscription', async () => {
    const { clock, customer, price } = await scene('2027-01-01');
    const product = await stripe.products.create({ name: 'Platinum' });
    const dearer = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 2500, recurring: { interval: 'month' } });
    const schedule = await stripe.subscriptionSchedules.create({
      customer, start_date: at('2027-01-10'), end_behavior: 'release',
      phases: [{ items: [{ price, quantity: 1 }], duration: { interval: 'month', interval_count: 2 } }, { items: [{ price: dearer.id, quantity: 3 }], duration: { interval: 'month', interval_count: 1 }, metadata: { tier: 'top' } }],
    });
    expect(schedule).toMatchObject({ status: 'not_started', subscription: null });
    await advance(clock, at('2027-01-11'));
    const running = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(running).toMatchObject({ status: 'active', current_phase: { start_date: at('2027-01-10'), end_date: at('2027-03-10') } });
    const id = typeof running.subscription === 'string' ? running.subscription : '';
    await advance(clock, at('2027-03-09'));
    await advance(clock, at('2027-03-11'));
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', schedule: schedule.id, metadata: { tier: 'top' }, items: { data: [{ price: { id: dearer.id }, quantity: 3 }] } });
    await advance(clock, at('2027-04-11'));
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: 'released', released_subscription: id, released_at: at('2027-04-10'), subscription: null });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'active', schedule: null });
    expect((await invoicesOf(id)).map((one) => [day(one.created), one.total, one.status])).toEqual([['2027-01-10', 1000, 'paid'], ['2027-02-10', 1000, 'paid'], ['2027-03-10', 7500, 'paid'], ['2027-04-10', 7500, 'paid']]);
    expect((await eventsOf(schedule.id)).map((event) => event.type)).toEqual(['subscription_schedule.created', 'subscription_schedule.updated', 'subscription_schedule.updated', 'subscription_schedule.expiring', 'subscription_schedule.released', 'subscription_schedule.updated']);
  });

  it('end their subscription where that was agreed', async () => {
    const { clock, customer, price } = await scene('2027-01-10');
    const schedule = await stripe.subscriptionSchedules.create({ customer, start_date: 'now', end_behavior: 'cancel', phases: [{ items: [{ price }], duration: { interval: 'month', interval_count: 1 } }] });
    const id = typeof schedule.subscription === 'string' ? schedule.subscription : '';
    await advance(clock, at('2027-02-11'));
    expect(await stripe.subscriptionSchedules.retrieve(schedule.id)).toMatchObject({ status: 'completed', completed_at: at('2027-02-10') });
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({ status: 'canceled', ended_at: at('2027-02-10') });
    expect(await invoicesOf(id)).toHaveLength(1);
  });
});

describe('test clocks', () => {
  it('go forward only, not too far, and not while they go', async () => {
    const { clock, customer, price } = await scene('2027-01-10');
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
    expect(goOn(world, 1000)).toBe(false);
    expect(ask(`${CLOCKS}/${id}`, '', 'GET')).toMatchObject([200, { status: 'ready', frozen_time: 1_800_000_001, status_details: {} }]);
    expect(ask(path, 'name=x')[0]).toBe(200);
  });

  it('take everything along when they are deleted', async () => {
    const { clock, customer, price } = await scene('2027-01-10');
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price }] });
    expect((await stripe.customers.list({ test_clock: clock })).data.map((row) => row.id)).toEqual([customer]);
    expect(await stripe.testHelpers.testClocks.del(clock)).toMatchObject({ id: clock, deleted: true });
    expect(await stripe.customers.retrieve(customer)).toMatchObject({ deleted: true });
    await expect(stripe.subscriptions.retrieve(id)).rejects.toMatchObject({ code: 'resource_missing' });
    expect((await stripe.charges.list({ customer })).data).toEqual([]);
    expect((await eventsOf(clock, id, customer)).map((event) => event.type).slice(-3).sort((a, b) => a.localeCompare(b))).toEqual(['customer.deleted', 'customer.subscription.deleted', 'test_helpers.test_clock.deleted']);
  });

  it('leave everyone else where they are', async () => {
    const { clock } = await scene('2027-01-10');
    const other = await stripe.customers.create({ email: 'now@x.org' });
    await card(other.id, 'pm_card_visa');
    const product = await stripe.products.create({ name: 'Daily' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 100, recurring: { interval: 'day' } });
    const { id } = await stripe.subscriptions.create({ customer: other.id, items: [{ price: price.id }] });
    await advance(clock, at('2028-01-10'));
    expect(await invoicesOf(id)).toHaveLength(1);
  });
});

describe("the sandbox's own clock", () => {
  it('moves forward when asked, and what is due happens', async () => {
    const never = { enabled: true, allow_redirects: 'never' } as const;
    const bank = { type: 'us_bank_account', us_bank_account: { account_number: '000123456789', routing_number: '110000000', account_holder_type: 'individual' }, billing_details: { name: 'Jack' } } as const;
    const customer = await stripe.customers.create();
    await card(customer.id, 'pm_card_visa');
    const product = await stripe.products.create({ name: 'Thing' });
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 700 });
    const held = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true, capture_method: 'manual', automatic_payment_methods: never });
    const slow = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method_data: bank, confirm: true, automatic_payment_methods: never });
    const disputed = await stripe.paymentIntents.create({ amount: 5000, currency: 'usd', payment_method: 'pm_card_createDispute', confirm: true, automatic_payment_methods: never });
    const session = await stripe.checkout.sessions.create({ mode: 'payment', success_url: 'https://x.org', line_items: [{ price: price.id, quantity: 1 }] });
    const quote = await stripe.quotes.create({ customer: customer.id, line_items: [{ price: price.id }] });
    const payout = await stripe.payouts.create({ amount: 100, currency: 'usd' });
    const before = (await stripe.balance.retrieve()).pending[0]?.amount;
    const now = Math.floor(Date.now() / 1000);
    const coupon = await stripe.coupons.create({ percent_off: 10, redeem_by: now + 2 * DAY });
    const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, expires_at: now + 2 * DAY - 10 });
    const invoice = await stripe.invoices.create({ customer: customer.id, auto_advance: true });
    expect(invoice.automatically_finalizes_at).toBe(invoice.created + 3600);
    await stripe.invoiceItems.create({ customer: customer.id, invoice: invoice.id, amount: 900, currency: 'usd' });
    expect(slow.status).toBe('processing');

    await own(3700);
    expect(await stripe.invoices.retrieve(invoice.id)).toMatchObject({ status: 'paid', amount_paid: 900 });
    await own(DAY);
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'expired', url: null });
    await own(2 * DAY);
    expect(await stripe.payouts.retrieve(payout.id)).toMatchObject({ status: 'paid' });
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ valid: false });
    expect(await stripe.promotionCodes.retrieve(code.id)).toMatchObject({ active: false });
    expect(before).not.toBe(0);
    expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'requires_capture' });
    await own(2 * DAY);
    expect(await stripe.paymentIntents.retrieve(slow.id)).toMatchObject({ status: 'succeeded', amount_received: 5000 });
    await own(3 * DAY);
    expect(await stripe.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'canceled', cancellation_reason: 'automatic' });
    expect((await stripe.disputes.list({ payment_intent: disputed.id })).data).toMatchObject([{ status: 'lost', evidence_details: { past_due: true } }]);
    const types = (await eventsOf(payout.id, session.id, held.id, slow.id)).map((event) => event.type);
    expect(types).toEqual(expect.arrayContaining(['payout.paid', 'checkout.session.expired', 'payment_intent.canceled', 'payment_intent.succeeded']));
    await own(30 * DAY);
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
    await own(120);
    expect(await stripe.disputes.retrieve(first.id)).toMatchObject({ status: 'won', balance_transactions: [{ amount: -5000 }, { amount: 5000 }] });
    expect(await stripe.disputes.retrieve(second.id)).toMatchObject({ status: 'lost' });
  });

  it('does not go back', async () => {
    const response = await fetch(`${sandbox.url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: -1 }) });
    expect(response.status).toBe(400);
  });
});
