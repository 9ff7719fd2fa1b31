// Who may redeem what: coupons and promotion codes with their restrictions, and what they take off, by the official SDK.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import type { Sandbox } from './server.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let sandbox: Sandbox;
let stripe: Stripe;
let price: string;
let product: string;

withSandbox(async (client, itsSandbox) => {
  [stripe, sandbox] = [client, itsSandbox];
  product = (await stripe.products.create({ name: 'Gold' })).id;
  price = (await stripe.prices.create({ product, currency: 'usd', unit_amount: 2000, recurring: { interval: 'month' } })).id;
});

async function payer(): Promise<string> {
  return (await stripe.customers.create({ payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' } })).id;
}

async function codeFor(coupon: Stripe.CouponCreateParams, params: Partial<Stripe.PromotionCodeCreateParams> = {}): Promise<string> {
  const { id } = await stripe.coupons.create({ duration: 'once', ...coupon });
  return (await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: id }, ...params })).id;
}

const subscribe = (customer: string, code: string, params: Partial<Stripe.SubscriptionCreateParams> = {}): Promise<Stripe.Subscription> =>
  stripe.subscriptions.create({ customer, items: [{ price }], discounts: [{ promotion_code: code }], ...params });

async function lastTotal(subscription: Stripe.Subscription): Promise<number> {
  return (await stripe.invoices.retrieve(typeof subscription.latest_invoice === 'string' ? subscription.latest_invoice : '')).total;
}

describe('a promotion code', () => {
  it('is for so many redemptions, and inactive after them', async () => {
    const code = await codeFor({ percent_off: 50 }, { max_redemptions: 1 });
    expect(await lastTotal(await subscribe(await payer(), code))).toBe(1000);
    expect(await stripe.promotionCodes.retrieve(code)).toMatchObject({ active: false, times_redeemed: 1 });
    await expect(subscribe(await payer(), code)).rejects.toMatchObject({ statusCode: 400, param: 'discounts[0][promotion_code]' });
  });

  it('may be for first purchases, and for one customer', async () => {
    const first = await codeFor({ percent_off: 50 }, { restrictions: { first_time_transaction: true } });
    const customer = await payer();
    await subscribe(customer, first);
    await expect(subscribe(customer, first)).rejects.toMatchObject({ message: 'This promotion code cannot be redeemed because the associated customer has prior transactions.' });
    const own = await codeFor({ percent_off: 50 }, { customer });
    await expect(subscribe(await payer(), own)).rejects.toMatchObject({ statusCode: 400 });
    expect(await lastTotal(await subscribe(customer, own))).toBe(1000);
  });

  it('may need a least amount', async () => {
    const code = await codeFor({ percent_off: 50 }, { restrictions: { minimum_amount: 4000, minimum_amount_currency: 'usd' } });
    await expect(subscribe(await payer(), code)).rejects.toMatchObject({ statusCode: 400 });
    expect(await stripe.promotionCodes.retrieve(code)).toMatchObject({ times_redeemed: 0 });
    expect(await lastTotal(await subscribe(await payer(), code, { items: [{ price, quantity: 2 }] }))).toBe(2000);
    await expect(codeFor({ percent_off: 50 }, { restrictions: { minimum_amount: 4000 } })).rejects.toMatchObject({ param: 'restrictions[minimum_amount_currency]' });
  });

  it('goes with its coupon, and with its time', async () => {
    const now = Math.floor(Date.now() / 1000);
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once', redeem_by: now + 3600 });
    const { id } = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } });
    const brief = await codeFor({ percent_off: 50 }, { expires_at: now + 1800 });
    await fetch(`${sandbox.url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: 3601 }) });
    await expect(subscribe(await payer(), id)).rejects.toMatchObject({ code: 'coupon_expired' });
    await expect(subscribe(await payer(), brief)).rejects.toMatchObject({ statusCode: 400 });
    await expect(stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } })).rejects.toMatchObject({ code: 'coupon_expired' });
  });

  it('is redeemed by a checkout session when that is paid, and once only', async () => {
    const code = await codeFor({ percent_off: 50 }, { max_redemptions: 1 });
    const line = { price_data: { currency: 'usd', unit_amount: 3000, product_data: { name: 'Mug' } }, quantity: 1 };
    const session = await stripe.checkout.sessions.create({ mode: 'payment', line_items: [line], discounts: [{ promotion_code: code }], success_url: 'https://example.com', expand: ['line_items'] });
    expect(session).toMatchObject({ amount_subtotal: 3000, amount_total: 1500, total_details: { amount_discount: 1500 }, line_items: { data: [{ amount_discount: 1500, amount_total: 1500 }] } });
    expect(await stripe.promotionCodes.retrieve(code)).toMatchObject({ active: true, times_redeemed: 0 });
    await fetch(`${sandbox.url}/_sandbox/checkout/sessions/${session.id}/complete`, { method: 'POST', body: JSON.stringify({ payment_method: 'pm_card_visa' }) });
    expect(await stripe.promotionCodes.retrieve(code)).toMatchObject({ active: false, times_redeemed: 1 });
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({ status: 'complete', payment_status: 'paid' });
  });
});

describe('a coupon', () => {
  it('may be for some products only', async () => {
    const other = await stripe.prices.create({ currency: 'usd', unit_amount: 5000, recurring: { interval: 'month' }, product_data: { name: 'Silver' } });
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'forever', applies_to: { products: [product] } });
    const subscription = await stripe.subscriptions.create({ customer: await payer(), items: [{ price }, { price: other.id }], discounts: [{ coupon: coupon.id }] });
    expect(await lastTotal(subscription)).toBe(1000 + 5000);
  });

  it('takes an amount off in its own currency, or in one of its options', async () => {
    const euros = await stripe.prices.create({ product, currency: 'eur', unit_amount: 2000, recurring: { interval: 'month' } });
    const plain = await stripe.coupons.create({ amount_off: 500, currency: 'usd', duration: 'forever' });
    const both = await stripe.coupons.create({ amount_off: 500, currency: 'usd', currency_options: { eur: { amount_off: 300 } }, duration: 'forever' });
    const make = async (coupon: string): Promise<Stripe.Subscription> => stripe.subscriptions.create({ customer: await payer(), items: [{ price: euros.id }], discounts: [{ coupon }] });
    await expect(make(plain.id)).rejects.toMatchObject({ statusCode: 400, param: 'discounts[0][coupon]' });
    expect(await lastTotal(await make(both.id))).toBe(1700);
  });
});

it('a checkout session of a subscription sells once what is sold once', async () => {
  const session = await stripe.checkout.sessions.create({ mode: 'subscription', success_url: 'https://example.com', line_items: [{ price, quantity: 1 }, { price_data: { currency: 'usd', unit_amount: 700, product_data: { name: 'Set-up' } }, quantity: 1 }] });
  await fetch(`${sandbox.url}/_sandbox/checkout/sessions/${session.id}/complete`, { method: 'POST', body: JSON.stringify({ payment_method: 'pm_card_visa' }) });
  const done = await stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] });
  expect(done).toMatchObject({ status: 'complete', payment_status: 'paid', subscription: { status: 'active', items: { data: [{ price: { id: price } }] } } });
  expect((await stripe.invoices.list({ customer: typeof done.customer === 'string' ? done.customer : '' })).data).toMatchObject([{ total: 2700, status: 'paid' }]);
});
