// Schedules whose phases say more than prices, and quotes that become subscriptions and schedules, by the official SDK on test clocks.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { Scenes, at } from '../test/sandbox/scenes.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let stripe: Stripe;
let scenes: Scenes;
let setUp: string;
let tax: string;

withSandbox(async (client, itsSandbox) => {
  stripe = client;
  scenes = new Scenes(stripe, itsSandbox.url);
  setUp = (await stripe.prices.create({ currency: 'usd', unit_amount: 700, product_data: { name: 'Set-up' } })).id;
  tax = (await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false })).id;
});

const idOf = (value: string | { id: string } | null): string => (typeof value === 'string' ? value : (value?.id ?? ''));

describe('the phases of a schedule', () => {
  it('hand their taxes, discounts, one-time items and terms to the subscription', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' });
    const schedule = await stripe.subscriptionSchedules.create({
      customer, start_date: 'now', end_behavior: 'release', default_settings: { collection_method: 'send_invoice', invoice_settings: { days_until_due: 14 }, description: 'By contract' },
      phases: [
        { items: [{ price, quantity: 2, tax_rates: [tax] }], duration: { interval: 'month', interval_count: 1 }, add_invoice_items: [{ price: setUp }] },
        { items: [{ price, quantity: 2, discounts: [{ coupon: coupon.id }] }], default_tax_rates: [tax], duration: { interval: 'month', interval_count: 1 }, add_invoice_items: [{ price: setUp, quantity: 2 }], description: 'Second' },
      ],
    });
    expect(schedule.phases).toMatchObject([
      { items: [{ price, quantity: 2, tax_rates: [{ id: tax }] }], add_invoice_items: [{ price: setUp, quantity: 1, period: { start: { type: 'phase_start' } } }], description: null },
      { items: [{ discounts: [{ coupon: coupon.id }] }], default_tax_rates: [{ id: tax }], add_invoice_items: [{ quantity: 2 }], description: 'Second' },
    ]);
    const subscription = idOf(schedule.subscription);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ collection_method: 'send_invoice', days_until_due: 14, description: 'By contract', items: { data: [{ tax_rates: [{ id: tax }] }] } });
    expect(await scenes.invoicesOf(subscription)).toMatchObject([{ total: 2000 + 400 + 700, due_date: at('2027-01-10') + 14 * 24 * 3600 }]);
    await scenes.advance(clock, at('2027-02-10') + 7200);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ description: 'Second', default_tax_rates: [{ id: tax }], items: { data: [{ tax_rates: [], discounts: [expect.any(String)] }] } });
    const [, second] = await scenes.invoicesOf(subscription);
    expect(second).toMatchObject({ subtotal: 3400, total: (1800 + 1400) * 1.2, status: 'open' });
  });

  it('may be a trial', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const schedule = await stripe.subscriptionSchedules.create({ customer, start_date: 'now', phases: [{ items: [{ price }], trial: true, duration: { interval: 'day', interval_count: 7 } }, { items: [{ price }], duration: { interval: 'month', interval_count: 1 } }] });
    expect(schedule.phases[0]).toMatchObject({ trial_end: at('2027-01-17') });
    expect(await stripe.subscriptions.retrieve(idOf(schedule.subscription))).toMatchObject({ status: 'trialing', trial_end: at('2027-01-17') });
    await scenes.advance(clock, at('2027-01-18'));
    expect(await stripe.subscriptions.retrieve(idOf(schedule.subscription))).toMatchObject({ status: 'active' });
    expect((await scenes.invoicesOf(idOf(schedule.subscription))).map((one) => one.total)).toEqual([0, 1000]);
  });
});

describe('a preview', () => {
  it('of a schedule that does not exist yet, has not begun, or gets other phases', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const phases = [{ items: [{ price, quantity: 2, tax_rates: [tax] }], add_invoice_items: [{ price: setUp }], duration: { interval: 'month' as const, interval_count: 2 } }];
    const fresh = await stripe.invoices.createPreview({ customer, schedule_details: { phases } });
    expect(fresh).toMatchObject({ id: expect.stringMatching(/^upcoming_in_/), total: 2000 + 400 + 700, billing_reason: 'upcoming' });
    expect((await stripe.subscriptionSchedules.list({ customer })).data).toEqual([]);
    const later = await stripe.subscriptionSchedules.create({ customer, start_date: at('2027-01-20'), phases });
    expect(await stripe.invoices.createPreview({ schedule: later.id })).toMatchObject({ total: 3100, created: at('2027-01-20') });
    expect(await stripe.subscriptionSchedules.retrieve(later.id)).toMatchObject({ status: 'not_started', subscription: null });
    await scenes.advance(clock, at('2027-01-20') + 7200);
    expect(await stripe.invoices.createPreview({ schedule: later.id })).toMatchObject({ total: 2400 });
    const more = [{ items: [{ price, quantity: 5 }], start_date: at('2027-01-20'), end_date: at('2027-03-20') }];
    const changed = await stripe.invoices.createPreview({ schedule: later.id, schedule_details: { phases: more, proration_behavior: 'always_invoice' } });
    // Two hours of a month are over.
    expect(changed.lines.data.map((line) => Math.round(line.amount / 100))).toEqual([-20, 50]);
    expect(await stripe.subscriptions.retrieve(idOf((await stripe.subscriptionSchedules.retrieve(later.id)).subscription))).toMatchObject({ items: { data: [{ quantity: 2 }] } });
  });
});

describe('a quote', () => {
  it('sells once what is sold once, with the subscription that it becomes', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const quote = await stripe.quotes.create({ customer, line_items: [{ price, quantity: 3, tax_rates: [tax] }, { price: setUp }] });
    expect(quote).toMatchObject({ status: 'draft', amount_subtotal: 3700, amount_total: 4300, computed: { upfront: { amount_total: 4300 }, recurring: { amount_total: 3600, interval: 'month' } } });
    await stripe.quotes.finalizeQuote(quote.id);
    const accepted = await stripe.quotes.accept(quote.id);
    const subscription = idOf(accepted.subscription);
    expect(await stripe.subscriptions.retrieve(subscription)).toMatchObject({ status: 'active', items: { data: [{ price: { id: price }, quantity: 3 }] } });
    expect(await scenes.invoicesOf(subscription)).toMatchObject([{ total: 4300 }]);
    await scenes.advance(clock, at('2027-02-10') + 7200);
    expect((await scenes.invoicesOf(subscription)).map((one) => one.total)).toEqual([4300, 3600]);
  });

  it('of later becomes a schedule with all of its terms, and then the subscription', async () => {
    const { clock, customer, price } = await scenes.scene('2027-01-10');
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' });
    const quote = await stripe.quotes.create({
      customer, line_items: [{ price }, { price: setUp }], default_tax_rates: [tax], discounts: [{ coupon: coupon.id }], collection_method: 'send_invoice', invoice_settings: { days_until_due: 10 },
      subscription_data: { effective_date: at('2027-01-20'), description: 'Roasting', metadata: { order: '7' } },
    });
    await stripe.quotes.finalizeQuote(quote.id);
    const accepted = await stripe.quotes.accept(quote.id);
    const schedule = await stripe.subscriptionSchedules.retrieve(idOf(accepted.subscription_schedule));
    expect(schedule).toMatchObject({ status: 'not_started', default_settings: { collection_method: 'send_invoice', invoice_settings: { days_until_due: 10 } }, phases: [{ start_date: at('2027-01-20'), add_invoice_items: [{ price: setUp }], discounts: [{ coupon: coupon.id }], metadata: { order: '7' } }] });
    await scenes.advance(clock, at('2027-01-20') + 7200);
    const begun = await stripe.subscriptionSchedules.retrieve(schedule.id);
    expect(await stripe.subscriptions.retrieve(idOf(begun.subscription))).toMatchObject({ collection_method: 'send_invoice', description: 'Roasting', metadata: { order: '7' }, default_tax_rates: [{ id: tax }] });
    expect(await scenes.invoicesOf(idOf(begun.subscription))).toMatchObject([{ subtotal: 1700, total: 1020, status: 'open', due_date: at('2027-01-30') }]);
    expect(await stripe.coupons.retrieve(coupon.id)).toMatchObject({ times_redeemed: 1 });
  });
});
