// Checkout sessions and payment links: lines, totals, address; and a session's expiry. Paying on the page is in payment-pages.ts.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text, texts } from '../json.ts';
import { typesGiven } from '../old-parameters.ts';
import { costOf, discountsFrom, nameOf, priceOf, sum } from './amounts.ts';

/** Where sessions lie. */
export const SESSIONS = '/v1/checkout/sessions';
const DAY = 24 * 3600;

function insertLines(call: Call, row: JsonObject, collection: string): readonly JsonObject[] {
  return objects(call.params, 'line_items').map((item, at) => {
    const price = priceOf(call, item, `line_items[${at}]`);
    const line = makeRow(call, 'item', {});
    const quantity = number(item, 'quantity') ?? 1;
    const cost = costOf(price, quantity);
    Object.assign(line, {
      amount_subtotal: cost, amount_total: cost, currency: price['currency'] ?? 'usd', description: nameOf(call, price), price: clone(price), quantity,
      adjustable_quantity: clone(item['adjustable_quantity'] ?? null), metadata: clone(item['metadata'] ?? {}), _parent: idOf(row), _tax_rates: texts(item, 'tax_rates'),
    });
    return call.transaction.insert(collection, line);
  });
}

/** Where a session is paid: a page of the sandbox. */
function addressOf(call: Call, row: JsonObject): string {
  return call.site === '' ? `https://checkout.stripe.com/c/pay/${idOf(row)}#${randomLetters(60)}` : `${call.site}/_sandbox/checkout/${idOf(row)}`;
}

/** Sessions. */
export const checkoutLife: Life = {
  created: (call, row) => {
    const mode = text(call.params, 'mode') ?? 'payment';
    const lines = insertLines(call, row, `${SESSIONS}/{}/line_items`);
    if (lines.length === 0 && mode !== 'setup') throw invalidRequest('Missing required param: line_items.', 'line_items', 'parameter_missing');
    const recurring = lines.some((line) => text(object(line, 'price'), 'type') === 'recurring');
    if (mode === 'payment' && recurring) throw invalidRequest('You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.', 'line_items');
    if (mode === 'subscription' && !recurring) throw invalidRequest('You must provide at least one recurring price in `subscription` mode when using prices.', 'line_items');
    // What is taken off is tried: redeemed it is when the session is paid.
    const tried: Call = { ...call, transaction: call.transaction.rehearsal() };
    const worth = { amount: lines.reduce((all, line) => all + (number(line, 'amount_subtotal') ?? 0), 0), currency: text(lines[0], 'currency') ?? 'usd' };
    const discounts = discountsFrom(tried, objects(call.params, 'discounts'), { checkout_session: idOf(row), customer: text(row, 'customer') ?? null }, 'discounts', worth).map(idOf);
    const totals = sum(tried, lines.map((line) => ({ amount: number(line, 'amount_subtotal') ?? 0, discountable: true, taxRates: texts(line, '_tax_rates'), discounts: [], product: text(object(line, 'price'), 'product'), currency: text(line, 'currency') })), discounts, []);
    lines.forEach((line, at) => {
      const taken = (totals.lines[at]?.discounts ?? []).reduce((all, one) => all + one.amount, 0);
      const taxes = totals.lines[at]?.taxes ?? [];
      const exclusive = taxes.filter((tax) => !tax.inclusive).reduce((all, tax) => all + tax.amount, 0);
      Object.assign(line, { amount_discount: taken, amount_tax: taxes.reduce((all, tax) => all + tax.amount, 0), amount_total: (number(line, 'amount_subtotal') ?? 0) - taken + exclusive });
    });
    const hosted = !['embedded', 'embedded_page', 'custom', 'elements', 'form'].includes(text(call.params, 'ui_mode') ?? 'hosted_page');
    const types = typesGiven(call.oldParams);
    Object.assign(row, {
      payment_method_types: types.length > 0 ? types : ['card', 'link'],
      _payment_intent_data: clone(call.params['payment_intent_data'] ?? {}), _setup_intent_data: clone(call.params['setup_intent_data'] ?? {}), _subscription_data: clone(call.params['subscription_data'] ?? {}),
      mode, metadata: row['metadata'] ?? {}, expires_at: number(call.params, 'expires_at') ?? call.now + DAY, currency: text(lines[0], 'currency') ?? row['currency'] ?? null,
      customer_creation: mode === 'payment' && row['customer'] === null ? (row['customer_creation'] ?? 'if_required') : null,
      url: hosted ? addressOf(call, row) : null, client_secret: hosted ? null : `${idOf(row)}_secret_${randomLetters(40)}`,
      payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid', total_details: mode === 'setup' ? null : { amount_discount: totals.discount, amount_shipping: 0, amount_tax: totals.tax },
      amount_subtotal: mode === 'setup' ? null : totals.subtotal, amount_total: mode === 'setup' ? null : totals.total, payment_intent: null, subscription: null,
    });
  },
};

/** `POST /v1/checkout/sessions/{}/expire` */
export function expireVerb(call: Call): Answer {
  const row = editAddressed(call, SESSIONS, 'session');
  if (row['status'] !== 'open') throw unexpectedState(`Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${text(row, 'status') ?? ''}.`);
  Object.assign(row, { status: 'expired', url: null });
  emit(call, 'checkout.session.expired', { collection: SESSIONS, key: idOf(row) });
  return place(SESSIONS, idOf(row));
}

/** Payment links. */
export const paymentLinkLife: Life = {
  created: (call, row) => {
    const lines = insertLines(call, row, '/v1/payment_links/{}/line_items');
    Object.assign(row, { url: call.site === '' ? `https://buy.stripe.com/test_${randomLetters(18)}` : `${call.site}/_sandbox/links/${idOf(row)}`, currency: text(lines[0], 'currency') ?? 'usd', metadata: row['metadata'] ?? {} });
  },
};
