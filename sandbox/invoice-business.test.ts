// A business that lives by invoices, by the official SDK: items and taxes, credit notes before and after payment, the customer's balance,
// payments from elsewhere, what is given up. Every amount is checked where it is shown: invoice, payment intent, refund, balance, events.
import type { Stripe } from 'stripe';
import { describe, expect, it } from 'vitest';
import { withSandbox } from '../test/sandbox/with-sandbox.ts';

let stripe: Stripe;

withSandbox((client) => {
  stripe = client;
});

async function payer(params: Stripe.CustomerCreateParams = {}): Promise<string> {
  const { id } = await stripe.customers.create({ payment_method: 'pm_card_visa', invoice_settings: { default_payment_method: 'pm_card_visa' }, ...params });
  return id;
}

/** An open invoice of some amounts. */
async function invoiceOf(customer: string, amounts: readonly number[], params: Stripe.InvoiceCreateParams = {}): Promise<Stripe.Invoice> {
  const { id } = await stripe.invoices.create({ customer, auto_advance: false, ...params });
  for (const [at, amount] of amounts.entries()) await stripe.invoiceItems.create({ customer, invoice: id, amount, description: `Item ${at}` });
  return stripe.invoices.finalizeInvoice(id, { expand: ['payments'] });
}

async function intentOf(invoice: string): Promise<Stripe.PaymentIntent> {
  const { data: [payment] } = await stripe.invoicePayments.list({ invoice });
  const id = payment?.payment.payment_intent;
  return stripe.paymentIntents.retrieve(typeof id === 'string' ? id : '');
}

async function eventsAbout(id: string): Promise<string[]> {
  const types: string[] = [];
  for await (const event of stripe.events.list({ limit: 100 })) if ('id' in event.data.object && event.data.object.id === id) types.unshift(event.type);
  return types;
}

const balanceOf = async (id: string): Promise<number> => {
  const customer = await stripe.customers.retrieve(id);
  return customer.deleted === true ? Number.NaN : customer.balance;
};

describe('an invoice with taxes, discounts and shipping', () => {
  it('sums them, and credits its lines by the same shares', async () => {
    const customer = await payer();
    const rate = await stripe.taxRates.create({ display_name: 'PPN', percentage: 11, inclusive: false });
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'once' });
    const { id } = await stripe.invoices.create({ customer, auto_advance: false, default_tax_rates: [rate.id], discounts: [{ coupon: coupon.id }], shipping_cost: { shipping_rate_data: { display_name: 'Post', type: 'fixed_amount', fixed_amount: { amount: 700, currency: 'usd' } } } });
    const price = await stripe.prices.create({ currency: 'usd', unit_amount: 2500, product_data: { name: 'Bag' } });
    await stripe.invoiceItems.create({ customer, invoice: id, pricing: { price: price.id }, quantity: 4 });
    const open = await stripe.invoices.finalizeInvoice(id);
    expect(open).toMatchObject({ status: 'open', subtotal: 10_000, total: 9000 + 990 + 700, amount_shipping: 700, amount_due: 10_690, total_pretax_credit_amounts: [{ amount: 1000, type: 'discount' }], shipping_cost: { amount_subtotal: 700, amount_total: 700 } });
    expect((await intentOf(id)).amount).toBe(10_690);
    const [line] = open.lines.data;
    const note = await stripe.creditNotes.create({ invoice: id, lines: [{ type: 'invoice_line_item', invoice_line_item: line?.id ?? '', quantity: 1 }], reason: 'order_change' });
    expect(note).toMatchObject({ type: 'pre_payment', subtotal: 2500, discount_amount: 250, total: 2250 + 248, amount: 2498, total_excluding_tax: 2250, total_taxes: [{ amount: 248, taxable_amount: 2250 }], pre_payment_amount: 2498, post_payment_amount: 0 });
    expect(note.lines.data).toMatchObject([{ type: 'invoice_line_item', invoice_line_item: line?.id, quantity: 1, unit_amount: 2500, amount: 2500, discount_amount: 250, taxes: [{ amount: 248 }], tax_rates: [{ id: rate.id }] }]);
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', total: 10_690, amount_due: 8192, amount_remaining: 8192, pre_payment_credit_notes_amount: 2498 });
    expect((await intentOf(id)).amount).toBe(8192);
    const rateId = open.shipping_cost?.shipping_rate;
    const shipped = await stripe.creditNotes.create({ invoice: id, shipping_cost: { shipping_rate: typeof rateId === 'string' ? rateId : '' } });
    expect(shipped).toMatchObject({ amount: 700, amount_shipping: 700, subtotal: 0, shipping_cost: { amount_total: 700 } });
    await stripe.creditNotes.voidCreditNote(shipped.id);
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ amount_due: 8192, pre_payment_credit_notes_amount: 2498 });
    expect((await intentOf(id)).amount).toBe(8192);
    const paid = await stripe.invoices.pay(id);
    expect(paid).toMatchObject({ status: 'paid', amount_paid: 8192, amount_remaining: 0, status_transitions: { paid_at: expect.any(Number) } });
    expect((await stripe.balanceTransactions.list({ limit: 1 })).data).toMatchObject([{ amount: 8192, fee: 268, net: 7924, type: 'charge' }]);
  });

  it('takes no more back of a line, or of all, than there is', async () => {
    const customer = await payer();
    const open = await invoiceOf(customer, [1000, 500]);
    const line = open.lines.data[0]?.id ?? '';
    await expect(stripe.creditNotes.create({ invoice: open.id, lines: [{ type: 'invoice_line_item', invoice_line_item: line, quantity: 2 }] })).rejects.toMatchObject({ param: 'lines[0][quantity]' });
    await expect(stripe.creditNotes.create({ invoice: open.id, lines: [{ type: 'invoice_line_item', invoice_line_item: line, amount: 1001 }] })).rejects.toMatchObject({ param: 'lines[0][amount]' });
    await expect(stripe.creditNotes.create({ invoice: open.id, lines: [{ type: 'invoice_line_item', invoice_line_item: 'il_none' }] })).rejects.toMatchObject({ code: 'resource_missing' });
    await expect(stripe.creditNotes.create({ invoice: open.id, amount: 1501 })).rejects.toMatchObject({ code: 'amount_too_large' });
    await expect(stripe.creditNotes.create({ invoice: open.id, amount: 100, refund_amount: 100 })).rejects.toMatchObject({ statusCode: 400 });
    expect((await stripe.creditNotes.list({ invoice: open.id })).data).toEqual([]);
  });

  it('that is credited wholly before it is paid counts as paid, and asks for nothing any more', async () => {
    const customer = await payer();
    const open = await invoiceOf(customer, [1000]);
    const intent = await intentOf(open.id);
    await stripe.creditNotes.create({ invoice: open.id, amount: 1000 });
    expect(await stripe.invoices.retrieve(open.id)).toMatchObject({ status: 'paid', amount_due: 0, amount_paid: 0, amount_remaining: 0, pre_payment_credit_notes_amount: 1000 });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'canceled' });
    expect((await stripe.charges.list({ customer })).data).toEqual([]);
  });
});

describe('a credit note after payment', () => {
  it('is refunded, put to the balance and given back elsewhere, in parts that must make up the whole', async () => {
    const customer = await payer();
    const { id } = await invoiceOf(customer, [10_000]);
    await stripe.invoices.pay(id);
    await expect(stripe.creditNotes.create({ invoice: id, amount: 4000 })).rejects.toMatchObject({ statusCode: 400, message: expect.stringContaining('must equal') });
    await expect(stripe.creditNotes.create({ invoice: id, amount: 4000, refund_amount: 3999 })).rejects.toMatchObject({ statusCode: 400 });
    const note = await stripe.creditNotes.create({ invoice: id, amount: 4000, refund_amount: 2500, credit_amount: 1000, out_of_band_amount: 500, expand: ['refunds.refund'] });
    expect(note).toMatchObject({ type: 'post_payment', post_payment_amount: 4000, pre_payment_amount: 0, out_of_band_amount: 500, refunds: [{ amount_refunded: 2500, type: 'refund', refund: { amount: 2500, status: 'succeeded' } }] });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 10_000, post_payment_credit_notes_amount: 4000, amount_remaining: 0 });
    expect(await balanceOf(customer)).toBe(-1000);
    expect((await stripe.customers.listBalanceTransactions(customer)).data).toMatchObject([{ type: 'credit_note', amount: -1000, ending_balance: -1000, credit_note: note.id }]);
    expect((await stripe.charges.list({ customer })).data).toMatchObject([{ amount_refunded: 2500, refunded: false }]);
    expect((await stripe.balanceTransactions.list({ limit: 1 })).data).toMatchObject([{ type: 'refund', amount: -2500 }]);
    expect(await eventsAbout(note.id)).toEqual(['credit_note.created']);
    await expect(stripe.creditNotes.voidCreditNote(note.id)).rejects.toMatchObject({ statusCode: 400 });
    const { data: [charge] } = await stripe.charges.list({ customer });
    const refund = await stripe.refunds.create({ charge: charge?.id ?? '', amount: 700 });
    const linked = await stripe.creditNotes.create({ invoice: id, amount: 700, refunds: [{ refund: refund.id }] });
    expect(linked.refunds).toMatchObject([{ refund: refund.id, amount_refunded: 700 }]);
    await expect(stripe.creditNotes.create({ invoice: id, amount: 5301, credit_amount: 5301 })).rejects.toMatchObject({ code: 'amount_too_large' });
  });

  it('that was put to the balance pays the next invoice', async () => {
    const customer = await payer();
    const { id } = await invoiceOf(customer, [2000]);
    await stripe.invoices.pay(id);
    await stripe.creditNotes.create({ invoice: id, amount: 2000, credit_amount: 2000 });
    const next = await invoiceOf(customer, [3000]);
    expect(next).toMatchObject({ total: 3000, starting_balance: -2000, ending_balance: 0, amount_due: 1000, amount_remaining: 1000 });
    expect((await intentOf(next.id)).amount).toBe(1000);
    expect((await stripe.customers.listBalanceTransactions(customer, { limit: 1 })).data).toMatchObject([{ type: 'applied_to_invoice', amount: 2000, ending_balance: 0, invoice: next.id }]);
  });
});

describe("a customer's balance", () => {
  it('shows in a draft, is taken by finalizing and comes back by voiding', async () => {
    const customer = await payer({ balance: -400 });
    const draft = await stripe.invoices.create({ customer, auto_advance: false });
    await stripe.invoiceItems.create({ customer, invoice: draft.id, amount: 1000 });
    expect(await stripe.invoices.retrieve(draft.id)).toMatchObject({ total: 1000, starting_balance: -400, ending_balance: null, amount_due: 600 });
    expect(await stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({ amount_due: 600, ending_balance: 0 });
    expect(await balanceOf(customer)).toBe(0);
    await stripe.invoices.voidInvoice(draft.id);
    expect(await balanceOf(customer)).toBe(-400);
    expect((await stripe.customers.listBalanceTransactions(customer)).data.map((one) => [one.type, one.amount, one.ending_balance])).toEqual([['unapplied_from_invoice', -400, -400], ['applied_to_invoice', 400, 0]]);
  });

  it('takes what is too small to be charged, for the next invoice', async () => {
    const customer = await payer();
    const small = await invoiceOf(customer, [30]);
    expect(small).toMatchObject({ status: 'paid', total: 30, amount_due: 0, amount_paid: 0, ending_balance: 30 });
    expect((await stripe.customers.listBalanceTransactions(customer)).data).toMatchObject([{ type: 'invoice_too_small', amount: 30, ending_balance: 30 }]);
    expect(await invoiceOf(customer, [100])).toMatchObject({ status: 'open', total: 100, starting_balance: 30, amount_due: 130, ending_balance: 0 });
  });

  it('gets what an invoice owes the customer', async () => {
    const customer = await payer();
    expect(await invoiceOf(customer, [1000, -1500])).toMatchObject({ status: 'paid', total: -500, amount_due: 0, ending_balance: -500 });
    expect(await balanceOf(customer)).toBe(-500);
  });
});

describe('an invoice is settled', () => {
  it('by its own payment, which is told of', async () => {
    const customer = await payer();
    const { id, payments } = await invoiceOf(customer, [5000]);
    const payment = payments?.data[0]?.id ?? '';
    await stripe.invoices.pay(id);
    expect(await stripe.invoicePayments.retrieve(payment)).toMatchObject({ status: 'paid', amount_paid: 5000, amount_requested: 5000, is_default: true });
    expect(await eventsAbout(payment)).toEqual(['invoice_payment.paid']);
    expect(await eventsAbout(id)).toEqual(expect.arrayContaining(['invoice.created', 'invoice.finalized', 'invoice.paid', 'invoice.payment_succeeded']));
  });

  it('elsewhere, after a part was credited', async () => {
    const customer = await payer();
    const { id } = await invoiceOf(customer, [5000], { collection_method: 'send_invoice', days_until_due: 14 });
    const intent = await intentOf(id);
    await stripe.creditNotes.create({ invoice: id, amount: 1200 });
    expect(await stripe.invoices.pay(id, { paid_out_of_band: true })).toMatchObject({ status: 'paid', amount_due: 3800, amount_paid: 3800, amount_paid_off_stripe: 3800, amount_remaining: 0 });
    expect(await stripe.paymentIntents.retrieve(intent.id)).toMatchObject({ status: 'canceled' });
    await expect(stripe.invoices.pay(id)).rejects.toMatchObject({ code: 'invoice_already_paid' });
    await expect(stripe.creditNotes.create({ invoice: id, amount: 100, refund_amount: 100 })).rejects.toMatchObject({ code: 'amount_too_large' });
    expect(await stripe.creditNotes.create({ invoice: id, amount: 100, out_of_band_amount: 100 })).toMatchObject({ out_of_band_amount: 100 });
  });

  it('by payments that are attached, before they are paid or after', async () => {
    const customer = await payer();
    const { id } = await invoiceOf(customer, [5000]);
    const standard = await intentOf(id);
    const first = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', customer, payment_method: 'pm_card_visa', confirm: true, off_session: true });
    await stripe.invoices.attachPayment(id, { payment_intent: first.id });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', amount_paid: 2000, amount_remaining: 3000 });
    expect(await stripe.paymentIntents.retrieve(standard.id)).toMatchObject({ amount: 3000, status: 'requires_payment_method' });
    const second = await stripe.paymentIntents.create({ amount: 3000, currency: 'usd', customer });
    await stripe.invoices.attachPayment(id, { payment_intent: second.id });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'open', amount_remaining: 3000 });
    await stripe.paymentIntents.confirm(second.id, { payment_method: 'pm_card_visa', return_url: 'https://example.com' });
    expect(await stripe.invoices.retrieve(id)).toMatchObject({ status: 'paid', amount_paid: 5000, amount_remaining: 0 });
    expect(await stripe.paymentIntents.retrieve(standard.id)).toMatchObject({ status: 'canceled' });
    expect((await stripe.invoicePayments.list({ invoice: id })).data.map((one) => [one.status, one.amount_paid])).toEqual([['paid', 3000], ['paid', 2000], ['canceled', null]]);
  });

  it('or given up, and taken back or paid after all', async () => {
    const customer = await payer();
    const lost = await invoiceOf(customer, [900]);
    expect(await stripe.invoices.markUncollectible(lost.id)).toMatchObject({ status: 'uncollectible', auto_advance: false, status_transitions: { marked_uncollectible_at: expect.any(Number) } });
    expect(await stripe.invoices.pay(lost.id)).toMatchObject({ status: 'paid', amount_paid: 900 });
    const other = await invoiceOf(customer, [900]);
    await stripe.invoices.markUncollectible(other.id);
    expect(await stripe.invoices.voidInvoice(other.id)).toMatchObject({ status: 'void' });
    await expect(stripe.invoices.pay(other.id)).rejects.toMatchObject({ statusCode: 400 });
    expect(await eventsAbout(other.id)).toEqual(expect.arrayContaining(['invoice.marked_uncollectible', 'invoice.voided']));
  });

  it('by a revision, which takes its place', async () => {
    const customer = await payer({ balance: -200 });
    const first = await invoiceOf(customer, [900, 300], { description: 'May', footer: 'Thanks' });
    expect(await balanceOf(customer)).toBe(0);
    const draft = await stripe.invoices.create({ from_invoice: { action: 'revision', invoice: first.id } });
    expect(draft).toMatchObject({ status: 'draft', customer, description: 'May', footer: 'Thanks', total: 1200, from_invoice: { action: 'revision', invoice: first.id } });
    const [line] = draft.lines.data;
    await stripe.invoices.updateLineItem(draft.id, line?.id ?? '', { amount: 800 });
    expect(await stripe.invoices.retrieve(first.id)).toMatchObject({ status: 'open', latest_revision: null });
    expect(await stripe.invoices.finalizeInvoice(draft.id)).toMatchObject({ status: 'open', total: 1100, amount_due: 900 });
    expect(await stripe.invoices.retrieve(first.id)).toMatchObject({ status: 'void', latest_revision: draft.id });
    await expect(stripe.invoices.create({ from_invoice: { action: 'revision', invoice: first.id } })).rejects.toMatchObject({ statusCode: 400 });
  });

  it('is shown as before to those who ask for an older version', async () => {
    const customer = await payer();
    const rate = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false });
    const price = await stripe.prices.create({ currency: 'usd', unit_amount: 1000, recurring: { interval: 'month' }, product_data: { name: 'Gold' } });
    const { latest_invoice: id } = await stripe.subscriptions.create({ customer, items: [{ price: price.id, tax_rates: [rate.id] }] });
    const old: object = await stripe.invoices.retrieve(typeof id === 'string' ? id : '', {}, { apiVersion: '2024-04-10' });
    expect(old).toMatchObject({
      paid: true, charge: expect.stringMatching(/^(ch|py)_/), payment_intent: expect.stringMatching(/^pi_/), tax: 200,
      lines: { data: [{ type: 'subscription', proration: false, price: { id: price.id, unit_amount: 1000 }, plan: { id: price.id }, subscription_item: expect.stringMatching(/^si_/), tax_amounts: [{ amount: 200, tax_rate: rate.id }], tax_rates: [{ id: rate.id }] }] },
    });
    const charges: { readonly data: object } = await stripe.charges.list({ customer }, { apiVersion: '2024-04-10' });
    expect(charges.data).toMatchObject([{ invoice: id }]);
    const now: object = await stripe.invoices.retrieve(typeof id === 'string' ? id : '');
    expect(now).not.toHaveProperty('lines.data.0.price');
  });

  it('names the tax ids of its customer', async () => {
    const customer = await payer({ tax_id_data: [{ type: 'eu_vat', value: 'DE123456789' }] });
    expect((await invoiceOf(customer, [900])).customer_tax_ids).toEqual([{ type: 'eu_vat', value: 'DE123456789' }]);
  });
});
