// The answers that the specification prints for its nine actions, as excerpts: keys in their order, with the form of each value.
// `text` stands for what another run makes anew (ids, times, secrets); null and fixed texts must hold to the letter.
import { expect } from 'vitest';

export const TEXT = Symbol('text');

export type Excerpt = Readonly<Record<string, string | null | typeof TEXT>>;

const INTENT: Excerpt = {
  Success: 'true', id: TEXT, object: 'payment_intent', amount: '33000', amount_capturable: '0', amount_received: '33000', canceled_at: null,
  cancellation_reason: null, capture_method: TEXT, client_secret: TEXT, confirmation_method: 'automatic', created: TEXT, currency: 'usd',
};

export const CONFIRM_PAYMENT_INTENT: Excerpt = {
  ...INTENT, capture_method: 'automatic', invoice: null, last_payment_error: null, latest_charge: TEXT, level3: null, livemode: 'false', next_action: null,
  on_behalf_of: null, payment_method: TEXT, payment_method_configuration_details: null, 'payment_method_options.card.installments': null, review: null,
  setup_future_usage: null, statement_descriptor_suffix: null, status: 'succeeded', transfer_data: null, transfer_group: null,
};

export const CAPTURE_PAYMENT_INTENT: Excerpt = {
  ...INTENT, capture_method: 'manual', customer: TEXT, description: null, invoice: null, last_payment_error: null, latest_charge: TEXT, level3: null,
  livemode: 'false', next_action: null, on_behalf_of: null, payment_method: TEXT, payment_method_configuration_details: null,
  'payment_method_options.card.installments': null, payment_method_types: null, processing: null, receipt_email: null, review: null,
  statement_descriptor_suffix: null, status: 'succeeded', transfer_data: null, transfer_group: null,
};

export const CANCEL_PAYMENT_INTENT: Excerpt = {
  ...INTENT, amount_received: '0', canceled_at: TEXT, capture_method: 'manual', customer: TEXT, description: null, invoice: null, last_payment_error: null,
  latest_charge: TEXT, level3: null, livemode: 'false', next_action: null, on_behalf_of: null, payment_method: TEXT,
  payment_method_configuration_details: null, receipt_email: null, review: null, setup_future_usage: null, shipping: null, status: 'canceled',
  transfer_data: null, transfer_group: null,
};

export const FINALIZE_INVOICE: Excerpt = {
  Success: 'true', id: TEXT, object: 'invoice', account_country: 'US', account_name: TEXT, billing_reason: 'manual', charge: null,
  collection_method: 'charge_automatically', created: TEXT, currency: 'usd', discounts: null, due_date: null, effective_at: TEXT, ending_balance: '0',
  footer: null, 'lines.data': null, 'lines.has_more': 'false', 'lines.total_count': '0', livemode: 'false', next_payment_attempt: null, number: TEXT,
  on_behalf_of: null, paid: 'true', paid_out_of_band: 'false', payment_intent: null,
};

/** The one row of an action's answer has the keys of an excerpt, in its order, with values of its form; every value is text or null. */
export function expectExcerpt(rows: readonly Readonly<Record<string, unknown>>[], excerpt: Excerpt): void {
  expect(rows).toHaveLength(1);
  const row = rows[0] ?? {};
  expect(Object.keys(row).filter((key) => key in excerpt)).toEqual(Object.keys(excerpt));
  for (const [key, wanted] of Object.entries(excerpt)) expect(row[key], key).toEqual(wanted === TEXT ? expect.any(String) : wanted);
  for (const [key, value] of Object.entries(row)) expect(value === null || typeof value === 'string', `${key} is text or null`).toBe(true);
  const rest = Object.keys(row).slice(3);
  expect(rest).toEqual(rest.toSorted());
}
