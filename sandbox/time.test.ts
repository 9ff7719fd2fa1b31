// Time that moves: test clocks and the sandbox's own clock, and what becomes due with them, driven by the official SDK.
import { Stripe } from 'stripe';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Sandbox } from './server.ts';
import { startSandbox } from './server.ts';

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

const at = (text: string): number => Date.parse(`${text.length === 10 ? `${text}T00:00:00` : text}Z`) / 1000;
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
  for await (const event of stripe.events.list({ limit: 100 })) if ('id' in event.data.object && ids.includes(String(event.data.object.id))) rows.unshift(event);
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
