// The few answers that need more than a row of the tables can say. Each function is named by rows of `overrides.ts` or by the
// table at the end; if this file passes ten functions, the model is wrong.
import { idOf, isObject, type StripeObject } from './response.ts';
import type { Parameters } from './form.ts';

/** Reads an object of the same account; undefined where it cannot be read. The action is done by then: no failure may undo it. */
export type Reader = (path: string, query: Parameters) => Promise<StripeObject | undefined>;

/** Keys to be added to an action's answer. */
export type Special = (object: StripeObject, read: Reader) => Promise<StripeObject>;

/** The invoice that accepting a quote made: the quote's own, else the latest of its subscription, else none. */
const invoiceOfQuote: Special = async (quote, read) => {
  const own = idOf(quote['invoice']);
  if (typeof own === 'string') return { InvoiceId: own };
  const subscription = idOf(quote['subscription']);
  if (typeof subscription !== 'string') return { InvoiceId: null };
  const made = await read(`/v1/subscriptions/${encodeURIComponent(subscription)}`, {});
  return { InvoiceId: idOf(made?.['latest_invoice']) ?? null };
};

/** What invoices showed before 2025-03-31: whether and by what they were paid, and how many lines they have. */
const legacyOfInvoice: Special = async (invoice, read) => {
  const paid = invoice['status'] === 'paid';
  const { payment_intent, charge } = 'payment_intent' in invoice ? invoice : await paymentOf(invoice, read);
  const lines = invoice['lines'];
  const legacy: StripeObject = {
    paid, payment_intent: payment_intent ?? null, charge: charge ?? null,
    paid_out_of_band: paid && Number(invoice['amount_paid_off_stripe'] ?? 0) > 0,
  };
  const counted = isObject(lines) && !('total_count' in lines) ? { lines: { ...lines, total_count: countOf(lines) } } : {};
  return { ...legacy, ...invoice, ...counted };
};

/** The payment that counts: a paid one before the default one before any. */
async function paymentOf(invoice: StripeObject, read: Reader): Promise<StripeObject> {
  const { id } = invoice;
  if (typeof id !== 'string' || invoice['total'] === 0) return {};
  const list = isObject(invoice['payments']) ? invoice['payments'] : await read('/v1/invoice_payments', { invoice: id, expand: ['data.payment.payment_intent'] });
  const payments = Array.isArray(list?.['data']) ? list['data'].filter(isObject) : [];
  const chosen = payments.find((payment) => payment['status'] === 'paid') ?? payments.find((payment) => payment['is_default'] === true) ?? payments[0];
  const payment = chosen?.['payment'];
  if (!isObject(payment)) return {};
  const intent = payment['payment_intent'];
  return { payment_intent: idOf(intent), charge: idOf(payment['charge'] ?? (isObject(intent) ? intent['latest_charge'] : null)) };
}

function countOf(lines: StripeObject): number | null {
  return lines['has_more'] === false && Array.isArray(lines['data']) ? lines['data'].length : null;
}

/** `invoice` left payment intents with 2025-03-31; `level3` is shown to gated accounts alone. */
const legacyOfPaymentIntent: Special = async (intent) => ({ invoice: null, level3: null, ...intent });

export const SPECIAL = { invoiceOfQuote, legacyOfInvoice, legacyOfPaymentIntent } as const satisfies Readonly<Record<string, Special>>;

export type SpecialName = keyof typeof SPECIAL;

/** Objects whose text form keeps the keys that the specification's examples show, whatever the API version. */
export const LEGACY: Readonly<Record<string, SpecialName>> = { invoice: 'legacyOfInvoice', payment_intent: 'legacyOfPaymentIntent' };
