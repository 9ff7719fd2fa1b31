// Updates that wait to be paid, by the official SDK on test clocks.
import type { Stripe } from 'stripe';
import { expect, it } from 'vitest';
import { Scenes, at } from '../test/sandbox/scenes.ts';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let stripe: Stripe;
let scenes: Scenes;

withSandbox((client, itsSandbox) => {
  stripe = client;
  scenes = new Scenes(stripe, itsSandbox.url);
});

interface Pending {
  readonly clock: string;
  readonly customer: string;
  readonly before: Stripe.Subscription;
  readonly after: Stripe.Subscription;
  readonly invoice: string;
}

/** An update to three instead of one, half way through a month, with a card that is declined. */
async function pending(): Promise<Pending> {
  const { clock, customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
  const before = await stripe.subscriptions.create({ customer, items: [{ price }] });
  await scenes.advance(clock, at('2027-04-16'));
  await scenes.card(customer, 'pm_card_chargeCustomerFail');
  const after = await stripe.subscriptions.update(before.id, { items: [{ id: before.items.data[0]?.id ?? '', quantity: 3 }], proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' });
  return { clock, customer, before, after, invoice: typeof after.latest_invoice === 'string' ? after.latest_invoice : '' };
}

const told = async (id: string): Promise<string[]> => (await scenes.eventsOf(id)).map((event) => event.type).filter((type) => type.includes('pending_update'));

it('wait with their invoice, and are made when it is paid', async () => {
  const { customer, before, after, invoice } = await pending();
  expect(after).toMatchObject({ status: 'active', items: { data: [{ id: before.items.data[0]?.id, quantity: 1 }] }, pending_update: { expires_at: at('2027-04-16') + 23 * 3600, subscription_items: [{ quantity: 3 }], trial_end: null } });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'open', total: 3000, billing_reason: 'subscription_update' });
  await scenes.card(customer, 'pm_card_visa');
  await stripe.invoices.pay(invoice);
  expect(await stripe.subscriptions.retrieve(before.id)).toMatchObject({ status: 'active', pending_update: null, items: { data: [{ id: before.items.data[0]?.id, quantity: 3 }] } });
  expect(await told(before.id)).toEqual(['customer.subscription.pending_update_applied']);
});

it('are dropped after twenty-three hours, and their invoice is taken back', async () => {
  const { clock, before, invoice } = await pending();
  await scenes.advance(clock, at('2027-04-17'));
  expect(await stripe.subscriptions.retrieve(before.id)).toMatchObject({ status: 'active', pending_update: null, items: { data: [{ quantity: 1 }] } });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'void' });
  expect(await told(before.id)).toEqual(['customer.subscription.pending_update_expired']);
  await scenes.advance(clock, at('2027-05-01') + 7200);
  expect((await scenes.invoicesOf(before.id)).at(-1)).toMatchObject({ subtotal: 3000 });
});

it('go before the next update, and new items go with them', async () => {
  const { before, invoice, customer } = await pending();
  const other = await stripe.prices.create({ currency: 'usd', unit_amount: 500, recurring: { interval: 'month' }, product_data: { name: 'More' } });
  const again = await stripe.subscriptions.update(before.id, { items: [{ price: other.id }], proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' });
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({ status: 'void' });
  expect(again.items.data).toHaveLength(1);
  expect(again.pending_update?.subscription_items).toHaveLength(2);
  await scenes.card(customer, 'pm_card_visa');
  await stripe.invoices.pay(typeof again.latest_invoice === 'string' ? again.latest_invoice : '');
  expect((await stripe.subscriptions.retrieve(before.id)).items.data.map((item) => item.price.id)).toEqual([before.items.data[0]?.price.id, other.id]);
});

it('are made at once where they are paid, and are for nothing else', async () => {
  const { customer, price } = await scenes.scene('2027-04-01', 'pm_card_visa', 3000);
  const subscription = await stripe.subscriptions.create({ customer, items: [{ price }] });
  const item = subscription.items.data[0]?.id ?? '';
  expect(await stripe.subscriptions.update(subscription.id, { items: [{ id: item, quantity: 2 }], proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' })).toMatchObject({ pending_update: null, items: { data: [{ quantity: 2 }] } });
  await expect(stripe.subscriptions.update(subscription.id, { metadata: { a: 'b' }, payment_behavior: 'pending_if_incomplete' })).rejects.toMatchObject({ param: 'metadata' });
  await expect(stripe.subscriptions.create({ customer, items: [{ price }], payment_behavior: 'pending_if_incomplete' })).rejects.toMatchObject({ param: 'payment_behavior' });
  const card = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer });
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: card.id } });
  expect(await stripe.subscriptionItems.update(item, { quantity: 5, proration_behavior: 'always_invoice', payment_behavior: 'pending_if_incomplete' })).toMatchObject({ quantity: 2 });
  expect(await stripe.subscriptions.retrieve(subscription.id)).toMatchObject({ pending_update: { subscription_items: [{ quantity: 5 }] } });
});
