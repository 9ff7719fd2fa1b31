// Invoice items and the lines they become, and the totals of an invoice. It must not know payment.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow } from '../generic.ts';
import type { Json, JsonObject } from '../json.ts';
import { clone, flag, isObject, number, object, objects, text, texts } from '../json.ts';
import { costOf, discountsFrom, nameOf, priceOf, rateIds, showTaxes, sum } from './amounts.ts';

/** Where invoices, their lines and items lie. */
export const INVOICES = '/v1/invoices';
/** Where lines lie, under their invoice. */
export const LINES = '/v1/invoices/{}/lines';
/** Where invoice items lie. */
export const ITEMS = '/v1/invoiceitems';

/** What a line is made of. */
export interface LineOf {
  readonly amount: number;
  readonly currency: string;
  readonly description: Json;
  readonly price: JsonObject | undefined;
  readonly quantity: number;
  readonly period: JsonObject;
  readonly parent: JsonObject | null;
  readonly discountable?: boolean;
  readonly discounts?: readonly string[];
  readonly taxRates?: readonly string[];
  readonly metadata?: Json;
  readonly subscription?: string | undefined;
}

/** Inserts a line into an invoice. */
export function insertLine(call: Call, invoice: string, of: LineOf): JsonObject {
  const row = makeRow(call, 'line_item', {});
  Object.assign(row, {
    amount: of.amount, currency: of.currency, description: of.description, discountable: of.discountable ?? true, discounts: [...(of.discounts ?? [])],
    discount_amounts: [], invoice, metadata: clone(of.metadata ?? {}), parent: of.parent, period: of.period, pretax_credit_amounts: [],
    pricing: of.price === undefined ? null : pricingOf(of.price), quantity: of.quantity, quantity_decimal: String(of.quantity),
    subscription: of.subscription ?? null, subtotal: of.amount, taxes: [], _parent: invoice, _tax_rates: [...(of.taxRates ?? [])],
  });
  return call.transaction.insert(LINES, row);
}

/** How lines and items tell their price. */
export function pricingOf(price: JsonObject): JsonObject {
  return { price_details: { price: idOf(price), product: price['product'] ?? '' }, type: 'price_details', unit_amount_decimal: price['unit_amount_decimal'] ?? null };
}

/** The price that `pricing[price]` or `price_data` give, if they do. */
function givenPrice(call: Call, params: JsonObject): JsonObject | undefined {
  const price = text(object(params, 'pricing'), 'price') ?? text(params, 'price');
  const data = object(params, 'price_data');
  if (price !== undefined) return priceOf(call, { price }, 'pricing');
  return data === undefined ? undefined : priceOf(call, { price_data: data }, 'price_data');
}

/** Makes an invoice item say what its parameters mean. */
function complete(call: Call, row: JsonObject, params: JsonObject): void {
  const price = givenPrice(call, params);
  const exact = text(params, 'quantity_decimal');
  const quantity = number(params, 'quantity') ?? (exact === undefined ? (number(row, 'quantity') || 1) : Number(exact));
  const decimal = text(params, 'unit_amount_decimal');
  if (price !== undefined) {
    if (price['type'] === 'recurring') throw invalidRequest('The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.', 'pricing[price]');
    Object.assign(row, { pricing: pricingOf(price), currency: price['currency'] ?? 'usd', amount: costOf(price, quantity), description: row['description'] ?? nameOf(call, price) });
  } else if (params['amount'] !== undefined) {
    row['amount'] = params['amount'] ?? 0;
    row['pricing'] = null;
  } else if (decimal !== undefined) {
    row['amount'] = Math.round(Number(decimal) * quantity);
  } else if (call.endpoint.kind === 'create') {
    throw invalidRequest('One of the following params should be provided for this request: amount, pricing, or price_data.', undefined, 'parameter_missing');
  }
  row['quantity'] = Math.trunc(quantity);
  row['quantity_decimal'] = exact ?? String(quantity);
}

/** Items wait for the customer's next invoice, or go onto a draft at once. */
export const invoiceItemLife: Life = {
  created: (call, row) => {
    const invoiceId = text(call.params, 'invoice');
    const invoice = invoiceId === undefined ? undefined : editNamed(call, INVOICES, invoiceId, 'invoice');
    const customer = text(call.params, 'customer') ?? text(invoice, 'customer');
    if (customer === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
    const owner = findNamed(call, '/v1/customers', customer, 'customer');
    Object.assign(row, { customer, discountable: call.params['discountable'] ?? true, currency: text(row, 'currency') || (text(invoice, 'currency') ?? text(owner, 'currency') ?? 'usd') });
    complete(call, row, call.params);
    row['metadata'] ??= {};
    row['tax_rates'] = rateRows(call, texts(call.params, 'tax_rates'));
    row['discounts'] = discountsFrom(call, objects(call.params, 'discounts'), { invoice_item: idOf(row), customer }).map(idOf);
    if (call.params['period'] === undefined) row['period'] = { end: call.now, start: call.now };
    const subscription = text(call.params, 'subscription');
    row['parent'] = subscription === undefined ? null : { subscription_details: { subscription, subscription_item: null }, type: 'subscription_details' };
    if (invoice !== undefined) {
      mustBeDraft(invoice);
      pull(call, row, invoice);
      recompute(call, invoice);
    }
  },
  updated: (call, row) => {
    const invoice = call.transaction.edit(INVOICES, text(row, 'invoice') ?? '');
    if (invoice !== undefined) mustBeDraft(invoice);
    complete(call, row, call.params);
    if (invoice === undefined) return;
    const line = call.transaction.children(LINES, idOf(invoice)).find((one) => itemOf(one) === idOf(row));
    const draft = line === undefined ? undefined : call.transaction.edit(LINES, idOf(line));
    if (draft !== undefined) Object.assign(draft, { amount: row['amount'] ?? 0, subtotal: row['amount'] ?? 0, description: row['description'] ?? null, quantity: row['quantity'] ?? 1, quantity_decimal: row['quantity_decimal'] ?? '1', pricing: clone(row['pricing'] ?? null) });
    recompute(call, invoice);
  },
  deleted: (call, row) => {
    const invoice = call.transaction.edit(INVOICES, text(row, 'invoice') ?? '');
    if (invoice === undefined) return;
    mustBeDraft(invoice);
    for (const line of call.transaction.children(LINES, idOf(invoice)).filter((one) => itemOf(one) === idOf(row))) call.transaction.remove(LINES, idOf(line));
    recompute(call, invoice);
  },
};

function rateRows(call: Call, ids: readonly string[]): Json {
  return ids.map((id) => clone(findNamed(call, '/v1/tax_rates', id, 'tax_rates')));
}

function itemOf(line: JsonObject): string | undefined {
  const parent = object(line, 'parent');
  return text(object(parent, 'invoice_item_details'), 'invoice_item') ?? text(object(parent, 'subscription_item_details'), 'invoice_item');
}

/** Refuses what only drafts allow. */
export function mustBeDraft(invoice: JsonObject): void {
  if (invoice['status'] !== 'draft') throw unexpectedState("Finalized invoices can't be updated in this way", 'invoice_not_editable');
}

/** Puts an item onto an invoice as a line. */
export function pull(call: Call, item: JsonObject, invoice: JsonObject): void {
  item['invoice'] = idOf(invoice);
  const price = text(object(object(item, 'pricing'), 'price_details'), 'price');
  insertLine(call, idOf(invoice), {
    amount: number(item, 'amount') ?? 0, currency: text(item, 'currency') ?? 'usd', description: item['description'] ?? null,
    price: price === undefined ? undefined : call.transaction.find('/v1/prices', price), quantity: number(item, 'quantity') ?? 1,
    period: clone(object(item, 'period') ?? {}), discountable: flag(item, 'discountable'), discounts: texts(item, 'discounts'),
    taxRates: rateIds(item, 'tax_rates'), metadata: item['metadata'] ?? {}, subscription: subscriptionOf(item), parent: parentOf(item),
  });
}

function subscriptionOf(item: JsonObject): string | undefined {
  return text(object(object(item, 'parent'), 'subscription_details'), 'subscription');
}

/** What a line says of the item that it comes from; prorations name the subscription's item too. */
function parentOf(item: JsonObject): JsonObject {
  const subscription = subscriptionOf(item) ?? null;
  const part = text(object(object(item, 'parent'), 'subscription_details'), 'subscription_item');
  const details = { invoice_item: idOf(item), proration: flag(item, 'proration'), proration_details: flag(item, 'proration') ? { credited_items: null } : null, subscription };
  if (part === undefined) return { invoice_item_details: details, subscription_item_details: null, type: 'invoice_item_details' };
  return { invoice_item_details: null, subscription_item_details: { ...details, subscription_item: part }, type: 'subscription_item_details' };
}

/** A waiting item that sells a price once, with whatever else is bought. */
export function itemFromPrice(call: Call, given: JsonObject, of: { readonly customer: string; readonly subscription: string }, path: string): JsonObject {
  const price = priceOf(call, given, path);
  const quantity = number(given, 'quantity') ?? 1;
  const row = makeRow(call, 'invoiceitem', {});
  Object.assign(row, {
    customer: of.customer, currency: price['currency'] ?? 'usd', amount: costOf(price, quantity), description: nameOf(call, price), discountable: true, pricing: pricingOf(price), quantity,
    quantity_decimal: String(quantity), metadata: {}, tax_rates: rateRows(call, texts(given, 'tax_rates')), period: { end: call.now, start: call.now },
    discounts: discountsFrom(call, objects(given, 'discounts'), { invoice_item: idOf(row), customer: of.customer }).map(idOf),
    parent: { subscription_details: { subscription: of.subscription, subscription_item: null }, type: 'subscription_details' },
  });
  call.transaction.insert(ITEMS, row);
  emit(call, 'invoiceitem.created', { collection: ITEMS, key: idOf(row) });
  return row;
}

/** The items of a customer that wait, in one currency: those of no subscription, and those of the one that is billed. */
export function pendingItems(call: Call, customer: string, currency: string, subscription?: string): JsonObject[] {
  const mine = (item: JsonObject): boolean => subscriptionOf(item) === undefined || subscriptionOf(item) === subscription;
  const waiting = call.transaction.rowsWhere(ITEMS, 'customer', customer).filter((item) => item['invoice'] === null && text(item, 'currency') === currency && mine(item));
  return call.transaction.editAll(ITEMS, waiting);
}

/** Sums an invoice's lines anew. */
export function recompute(call: Call, invoice: JsonObject): void {
  const lines = call.transaction.editChildren(LINES, idOf(invoice));
  const priced = lines.map((line) => ({
    amount: number(line, 'amount') ?? 0, discountable: flag(line, 'discountable'), taxRates: texts(line, '_tax_rates'), discounts: texts(line, 'discounts'),
    product: text(object(object(line, 'pricing'), 'price_details'), 'product'), currency: text(line, 'currency'),
  }));
  const totals = sum(call, priced, texts(invoice, 'discounts'), rateIds(invoice, 'default_tax_rates'));
  lines.forEach((line, at) => {
    const taken = totals.lines[at]?.discounts ?? [];
    Object.assign(line, { discount_amounts: taken.map((one) => ({ ...one })), pretax_credit_amounts: taken.map((one) => ({ ...one, type: 'discount' })) });
    line['taxes'] = showTaxes(totals.lines[at]?.taxes ?? []);
  });
  const shipping = number(object(invoice, 'shipping_cost'), 'amount_total') ?? 0;
  const total = totals.total + shipping;
  const inclusive = totals.taxes.filter((tax) => tax.inclusive).reduce((all, tax) => all + tax.amount, 0);
  const balance = number(call.transaction.find('/v1/customers', text(invoice, 'customer') ?? ''), 'balance') ?? 0;
  const due = Math.max(total + balance, 0);
  Object.assign(invoice, {
    subtotal: totals.subtotal, subtotal_excluding_tax: totals.subtotal - inclusive, total, total_excluding_tax: total - totals.tax,
    total_discount_amounts: totals.discounts.map((one) => ({ ...one })), total_taxes: showTaxes(totals.taxes), total_pretax_credit_amounts: totals.discounts.map((one) => ({ ...one, type: 'discount' })),
    starting_balance: balance, ending_balance: null,
    amount_due: due, amount_remaining: due - (number(invoice, 'amount_paid') ?? 0), amount_shipping: shipping,
  });
}

/** `POST /v1/invoices/{}/lines/{}` */
export function updateLine(call: Call): Answer {
  const [invoiceId = '', lineId = ''] = call.ids;
  const invoice = call.transaction.edit(INVOICES, invoiceId);
  if (invoice === undefined) throw missing('invoice', invoiceId, 'invoice', 404);
  mustBeDraft(invoice);
  changeLine(call, invoice, lineId, call.params);
  recompute(call, invoice);
  emit(call, 'invoice.updated', { collection: INVOICES, key: invoiceId });
  return place(LINES, lineId);
}

function changeLine(call: Call, invoice: JsonObject, id: string, params: JsonObject): void {
  const line = call.transaction.edit(LINES, id);
  if (line === undefined || text(line, '_parent') !== idOf(invoice)) throw missing('line_item', id, 'line_item_id', 404);
  const price = givenPrice(call, params);
  const quantity = number(params, 'quantity') ?? number(line, 'quantity') ?? 1;
  const { pricing: _pricing, price_data: _data, discounts, tax_rates: rates, id: _id, ...rest } = params;
  change(call, line, rest);
  if (price !== undefined) Object.assign(line, { pricing: pricingOf(price), amount: costOf(price, quantity) });
  if (rates !== undefined) line['_tax_rates'] = Array.isArray(rates) ? rates : [];
  if (discounts !== undefined) line['discounts'] = discountsFrom(call, Array.isArray(discounts) ? discounts.filter(isObject) : [], { invoice: idOf(invoice) }).map(idOf);
  line['subtotal'] = line['amount'] ?? 0;
}

/** `POST /v1/invoices/{}/add_lines`, `remove_lines`, `update_lines` */
export function linesVerb(what: 'add' | 'remove' | 'update'): (call: Call) => Answer {
  return (call) => {
    const invoice = editAddressed(call, INVOICES, 'invoice');
    mustBeDraft(invoice);
    for (const line of objects(call.params, 'lines')) {
      if (what === 'add') addLine(call, invoice, line);
      else if (what === 'update') changeLine(call, invoice, idOf(line), line);
      else removeLine(call, invoice, line);
    }
    if (isObject(call.params['invoice_metadata'])) change(call, invoice, { metadata: call.params['invoice_metadata'] });
    recompute(call, invoice);
    emit(call, 'invoice.updated', { collection: INVOICES, key: idOf(invoice) });
    return place(INVOICES, idOf(invoice));
  };
}

function addLine(call: Call, invoice: JsonObject, line: JsonObject): void {
  const waiting = text(line, 'invoice_item');
  if (waiting !== undefined) {
    pull(call, editNamed(call, ITEMS, waiting, 'lines[invoice_item]'), invoice);
    return;
  }
  const item = makeRow(call, 'invoiceitem', { customer: text(invoice, 'customer') ?? '', currency: text(invoice, 'currency') ?? 'usd' });
  change(call, item, { ...(line['description'] === undefined ? {} : { description: line['description'] }), ...(line['metadata'] === undefined ? {} : { metadata: line['metadata'] }) });
  complete(call, item, line);
  Object.assign(item, { discountable: line['discountable'] ?? true, metadata: item['metadata'] ?? {}, discounts: [], tax_rates: rateRows(call, texts(line, 'tax_rates')), period: clone(line['period'] ?? { end: call.now, start: call.now }) });
  call.transaction.insert(ITEMS, item);
  pull(call, item, invoice);
}

function removeLine(call: Call, invoice: JsonObject, line: JsonObject): void {
  const known = call.transaction.find(LINES, idOf(line));
  if (known === undefined || text(known, '_parent') !== idOf(invoice)) throw missing('line_item', idOf(line), 'lines[id]', 404);
  call.transaction.remove(LINES, idOf(line));
  const item = itemOf(known);
  if (item === undefined) return;
  if (line['behavior'] === 'delete') {
    call.transaction.remove(ITEMS, item);
    emit(call, 'invoiceitem.deleted', { collection: ITEMS, key: item });
    return;
  }
  const draft = call.transaction.edit(ITEMS, item);
  if (draft !== undefined) draft['invoice'] = null;
}
