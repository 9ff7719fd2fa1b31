// Scenes for the tests of time: a customer with a card on a test clock, a subscription of theirs, and looking at what became of it.
import type { Stripe } from 'stripe';
import { expect } from 'vitest';

/** A date, or a date and time, in seconds since 1970. */
export const at = (date: string): number => Date.parse(`${date.length === 10 ? `${date}T00:00:00` : date}Z`) / 1000;

/** The date of a time. */
export const day = (time: number | null | undefined): string => new Date((time ?? 0) * 1000).toISOString().slice(0, 10);

/** Who is on stage. */
export interface Scene {
  readonly clock: string;
  readonly customer: string;
  readonly price: string;
}

/** Scenes in one sandbox. */
export class Scenes {
  private readonly stripe: Stripe;
  private readonly url: string;

  constructor(stripe: Stripe, url: string) {
    this.stripe = stripe;
    this.url = url;
  }

  /** A customer on a test clock that stands at a time, with a card unless the token is empty, and a price. */
  async scene(start: string, token = 'pm_card_visa', amount = 1000): Promise<Scene> {
    const clock = await this.stripe.testHelpers.testClocks.create({ frozen_time: at(start) });
    const customer = await this.stripe.customers.create({ test_clock: clock.id, email: 'clock@x.org' });
    if (token !== '') await this.card(customer.id, token);
    const product = await this.stripe.products.create({ name: 'Gold' });
    const price = await this.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: amount, recurring: { interval: 'month' } });
    return { clock: clock.id, customer: customer.id, price: price.id };
  }

  /** Gives a customer a card that is used from now on. */
  async card(customer: string, token: string): Promise<void> {
    const method = await this.stripe.paymentMethods.attach(token, { customer });
    await this.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } });
  }

  /** Moves a test clock, and waits until it stands again. */
  async advance(clock: string, to: number): Promise<void> {
    await this.stripe.testHelpers.testClocks.advance(clock, { frozen_time: to });
    for (;;) {
      const row = await this.stripe.testHelpers.testClocks.retrieve(clock);
      if (row.status === 'ready') return;
      expect(row).toMatchObject({ status: 'advancing', status_details: { advancing: { target_frozen_time: to } } });
    }
  }

  /** Moves the sandbox's own clock; the time that it then is. */
  async own(seconds: number): Promise<number> {
    const response = await fetch(`${this.url}/_sandbox/clock`, { method: 'POST', body: JSON.stringify({ advance_seconds: seconds }) });
    return ((await response.json()) as { now: number }).now;
  }

  /** A subscription's invoices, oldest first. */
  async invoicesOf(subscription: string): Promise<Stripe.Invoice[]> {
    const rows: Stripe.Invoice[] = [];
    for await (const row of this.stripe.invoices.list({ subscription, limit: 100 })) rows.unshift(row);
    return rows;
  }

  /** The events of some objects, oldest first. */
  async eventsOf(...ids: readonly string[]): Promise<Stripe.Event[]> {
    const rows: Stripe.Event[] = [];
    for await (const event of this.stripe.events.list({ limit: 100 })) if ('id' in event.data.object && ids.includes(event.data.object.id ?? '')) rows.unshift(event);
    return rows;
  }
}
