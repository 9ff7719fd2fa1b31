// What API versions before 2025-03-31 (basil) show that later ones do not, for invoices, payment intents, subscriptions and charges.
// It must not know the network.
import type { JsonObject } from './json.ts';
import { idIn, number, object, objects, text, texts } from './json.ts';
import type { Entry, Scope } from './store.ts';

const BASIL = '2025-03-31';

/** Whether a version is from before the great change of invoices. */
export function isLegacy(version: string): boolean {
  return version.slice(0, 10) < BASIL;
}

/** Whether a text looks like the name of an API version. */
export function isVersion(version: string): boolean {
  return /^\d{4}-\d{2}-\d{2}(\.\w+)?$/.test(version);
}

/** The fields of old versions that hold ids and can be expanded: what they point to. */
export const LEGACY_REFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  charge: { invoice: 'invoice' },
  invoice: { charge: 'charge', payment_intent: 'payment_intent', quote: 'quote', subscription: 'subscription' },
  payment_intent: { invoice: 'invoice' },
};

type Adder = (scope: Scope, entry: Entry, row: JsonObject) => JsonObject;

/** Taxes as they were told before. */
function taxAmounts(row: JsonObject, name: string): JsonObject[] {
  return objects(row, name).map((one) => ({
    amount: one['amount'] ?? 0,
    inclusive: one['tax_behavior'] === 'inclusive',
    tax_rate: object(one, 'tax_rate_details')?.['tax_rate'] ?? null,
    taxability_reason: one['taxability_reason'] === 'not_available' ? null : (one['taxability_reason'] ?? null),
    taxable_amount: one['taxable_amount'] ?? null,
  }));
}

const ADDED: Readonly<Record<string, Adder>> = {
  invoice: (scope, { row: stored }, row) => {
    const details = object(object(row, 'parent'), 'subscription_details');
    const tax = objects(row, 'total_taxes').reduce((sum, one) => sum + (number(one, 'amount') ?? 0), 0);
    const intent = text(stored, '_payment_intent') ?? null;
    return {
      application_fee_amount: number(stored, '_application_fee_amount') ?? null,
      charge: intent === null ? null : (idIn(rowOf(scope, '/v1/payment_intents', intent), 'latest_charge') ?? null),
      discount: null,
      paid: row['status'] === 'paid',
      paid_out_of_band: stored['_paid_out_of_band'] === true,
      payment_intent: intent,
      quote: text(stored, '_quote') ?? null,
      subscription: idIn(details, 'subscription') ?? null,
      subscription_details: details === undefined ? null : { metadata: details['metadata'] ?? null },
      tax: tax === 0 ? null : tax,
      total_tax_amounts: taxAmounts(row, 'total_taxes'),
      transfer_data: object(stored, '_transfer_data') ?? null,
    };
  },
  line_item: (scope, { row: stored }, row) => {
    const parent = object(row, 'parent');
    const own = object(parent, 'subscription_item_details');
    const details = own ?? object(parent, 'invoice_item_details');
    const item = text(details, 'invoice_item');
    const part = text(own, 'subscription_item');
    const price = idIn(object(object(row, 'pricing'), 'price_details'), 'price') ?? '';
    return {
      amount_excluding_tax: (number(row, 'amount') ?? 0) - objects(row, 'taxes').filter((tax) => tax['tax_behavior'] === 'inclusive').reduce((sum, tax) => sum + (number(tax, 'amount') ?? 0), 0),
      ...(item === undefined ? {} : { invoice_item: item }),
      plan: shownRow(scope, '/v1/plans', price) ?? null,
      price: shownRow(scope, '/v1/prices', price) ?? null,
      proration: details?.['proration'] === true,
      proration_details: { credited_items: object(details, 'proration_details')?.['credited_items'] ?? null },
      subscription: idIn(row, 'subscription') ?? null,
      ...(part === undefined ? {} : { subscription_item: part }),
      tax_amounts: taxAmounts(row, 'taxes'),
      tax_rates: texts(stored, '_tax_rates').flatMap((id) => shownRow(scope, '/v1/tax_rates', id) ?? []),
      type: part === undefined ? 'invoiceitem' : item === undefined ? 'subscription' : 'invoiceitem',
    };
  },
  payment_intent: (_scope, { row: stored }) => ({ invoice: text(stored, '_invoice') ?? null, level3: null }),
  charge: (scope, { row: stored }) => {
    const intent = rowOf(scope, '/v1/payment_intents', idIn(stored, 'payment_intent') ?? '');
    return { invoice: text(intent, '_invoice') ?? null };
  },
  subscription: (scope, entry) => {
    const items = scope.collections.get('/v1/subscription_items')?.children.get(entry.key) ?? [];
    const [first] = items;
    return {
      current_period_end: first?.row['current_period_end'] ?? null,
      current_period_start: first?.row['current_period_start'] ?? null,
      discount: null,
    };
  },
};

function rowOf(scope: Scope, collection: string, id: string): JsonObject | undefined {
  return scope.collections.get(collection)?.byKey.get(id)?.row;
}

/** A row as it is shown inside another. */
function shownRow(scope: Scope, collection: string, id: string): JsonObject | undefined {
  const row = rowOf(scope, collection, id);
  return row === undefined ? undefined : Object.fromEntries(Object.entries(row).filter(([key]) => !key.startsWith('_')));
}

/** The row with the fields that an old version also shows, each in its alphabetical place. */
export function addLegacyFields(scope: Scope, entry: Entry, row: JsonObject): JsonObject {
  const add = ADDED[text(row, 'object') ?? ''];
  if (add === undefined) return row;
  const all: JsonObject = { ...row, ...add(scope, entry, row) };
  const { id, object: kind, ...rest } = all;
  const sorted = Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1));
  return { ...(id === undefined ? {} : { id }), ...(kind === undefined ? {} : { object: kind }), ...Object.fromEntries(sorted) };
}
