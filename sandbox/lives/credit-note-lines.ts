// The lines of a credit note, with their share of the invoice's discounts and taxes, and the shipping that it takes back.
// It must not know what becomes of the money.
import type { Call } from '../call.ts';
import { idOf } from '../call.ts';
import { invalidRequest, missing } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { Json, JsonObject } from '../json.ts';
import { clone, number, object, objects, text, texts } from '../json.ts';
import type { Tax } from './amounts.ts';
import { showTaxes, taxesOn, together } from './amounts.ts';
import { LINES } from './invoice-lines.ts';

/** Where the lines of credit notes lie. */
export const NOTE_LINES = '/v1/credit_notes/{}/lines';

interface Discounted {
  readonly amount: number;
  readonly discount: string;
}

/** One line as it counts. */
interface Counted {
  readonly amount: number;
  readonly discounts: readonly Discounted[];
  readonly taxes: readonly Tax[];
}

/** A row for a line and what it counts. */
function insertLine(call: Call, note: JsonObject, fields: JsonObject, { amount, discounts, taxes }: Counted): Counted {
  const row = makeRow(call, 'credit_note_line_item', {});
  call.transaction.insert(NOTE_LINES, {
    ...row, ...fields, amount, discount_amount: discounts.reduce((total, one) => total + one.amount, 0), discount_amounts: shownDiscounts(discounts), pretax_credit_amounts: pretax(discounts),
    taxes: showTaxes(taxes), tax_rates: taxes.map((tax) => clone(call.transaction.find('/v1/tax_rates', tax.rate) ?? {})), _parent: idOf(note),
  });
  return { amount, discounts, taxes };
}

const shownDiscounts = (discounts: readonly Discounted[]): Json[] => discounts.map((one) => ({ ...one }));
const pretax = (discounts: readonly Discounted[]): Json[] => discounts.map((one) => ({ ...one, type: 'discount' }));

/** Part of a line of the invoice, by amount or by quantity; its discounts and taxes go along by the same share. */
function fromInvoice(call: Call, note: JsonObject, invoice: JsonObject, line: JsonObject, path: string): Counted {
  const id = text(line, 'invoice_line_item') ?? '';
  const source = call.transaction.find(LINES, id);
  if (source === undefined || text(source, '_parent') !== idOf(invoice)) throw missing('line_item', id, `${path}[invoice_line_item]`);
  const whole = number(source, 'amount') ?? 0;
  const most = number(source, 'quantity') ?? 1;
  const quantity = number(line, 'quantity');
  if (quantity !== undefined && quantity > most) throw invalidRequest(`The quantity (${quantity}) is greater than the quantity of the invoice line item (${most}).`, `${path}[quantity]`);
  const amount = number(line, 'amount') ?? Math.round((whole * (quantity ?? most)) / Math.max(most, 1));
  if (amount > whole) throw invalidRequest(`The amount (${amount}) is greater than the amount of the invoice line item (${whole}).`, `${path}[amount]`);
  const share = whole === 0 ? 0 : amount / whole;
  const discounts = objects(source, 'discount_amounts').map((one) => ({ amount: Math.round((number(one, 'amount') ?? 0) * share), discount: text(one, 'discount') ?? '' }));
  const rates = objects(source, 'taxes').map((tax) => text(object(tax, 'tax_rate_details'), 'tax_rate') ?? '');
  const taken = discounts.reduce((total, one) => total + one.amount, 0);
  const unit = number(line, 'amount') === undefined ? Math.round(whole / Math.max(most, 1)) : null;
  return insertLine(call, note, {
    description: source['description'] ?? null, invoice_line_item: id, metadata: clone(line['metadata'] ?? {}), quantity: number(line, 'amount') === undefined ? (quantity ?? most) : null,
    type: 'invoice_line_item', unit_amount: unit, unit_amount_decimal: unit === null ? null : String(unit),
  }, { amount, discounts, taxes: taxesOn(call, amount - taken, rates) });
}

/** Something that the invoice has no line for. */
function custom(call: Call, note: JsonObject, line: JsonObject, path: string): Counted {
  if (line['description'] === undefined) throw invalidRequest(`Missing required param: ${path}[description].`, `${path}[description]`, 'parameter_missing');
  const decimal = text(line, 'unit_amount_decimal') ?? number(line, 'unit_amount')?.toString();
  if (decimal === undefined) throw invalidRequest(`Missing required param: ${path}[unit_amount].`, `${path}[unit_amount]`, 'parameter_missing');
  const quantity = number(line, 'quantity') ?? 1;
  const amount = Math.round(Number(decimal) * quantity);
  const unit = Number(decimal);
  return insertLine(call, note, {
    description: line['description'] ?? null, metadata: clone(line['metadata'] ?? {}), quantity, type: 'custom_line_item', unit_amount: Number.isInteger(unit) ? unit : null, unit_amount_decimal: decimal,
  }, { amount, discounts: [], taxes: taxesOn(call, amount, texts(line, 'tax_rates')) });
}

function linesOf(call: Call, note: JsonObject, invoice: JsonObject): readonly Counted[] {
  const lines = objects(call.params, 'lines');
  if (lines.length > 0) return lines.map((line, at) => (line['type'] === 'invoice_line_item' ? fromInvoice(call, note, invoice, line, `lines[${at}]`) : custom(call, note, line, `lines[${at}]`)));
  const split = ['refund_amount', 'credit_amount', 'out_of_band_amount'].reduce((total, name) => total + (number(call.params, name) ?? 0), 0);
  const amount = number(call.params, 'amount') ?? (call.params['shipping_cost'] === undefined ? split : 0);
  if (amount <= 0) return [];
  return [insertLine(call, note, { description: `Credit for ${text(invoice, 'number') ?? ''}`, metadata: {}, quantity: 1, type: 'custom_line_item', unit_amount: amount, unit_amount_decimal: String(amount) }, { amount, discounts: [], taxes: [] })];
}

/** Shipping that was on the invoice, where it is to be taken back. */
function shippingOf(call: Call, invoice: JsonObject): JsonObject | null {
  const wanted = object(call.params, 'shipping_cost');
  if (wanted === undefined) return null;
  const charged = object(invoice, 'shipping_cost');
  if (charged === undefined || (wanted['shipping_rate'] !== undefined && wanted['shipping_rate'] !== charged['shipping_rate'])) throw invalidRequest('The shipping rate does not match the shipping cost of the invoice.', 'shipping_cost[shipping_rate]');
  return clone(charged);
}

/** Inserts the lines that the parameters ask for and writes their sums into the note; the whole amount. */
export function writeLines(call: Call, note: JsonObject, invoice: JsonObject): number {
  const lines = linesOf(call, note, invoice);
  const shipping = shippingOf(call, invoice);
  const taxes = together(lines.flatMap((line) => line.taxes), (tax) => tax.rate, (a, b) => ({ ...a, amount: a.amount + b.amount, taxable: a.taxable + b.taxable }));
  const discounts = together(lines.flatMap((line) => line.discounts), (one) => one.discount, (a, b) => ({ ...a, amount: a.amount + b.amount }));
  const add = (values: readonly { readonly amount: number }[]): number => values.reduce((total, one) => total + one.amount, 0);
  const subtotal = add(lines);
  const discount = add(discounts);
  const inclusive = add(taxes.filter((tax) => tax.inclusive));
  const exclusive = add(taxes.filter((tax) => !tax.inclusive));
  const shipped = number(shipping ?? undefined, 'amount_total') ?? 0;
  const total = subtotal - discount + exclusive + shipped;
  Object.assign(note, {
    amount: total, amount_shipping: shipped, discount_amount: discount, discount_amounts: shownDiscounts(discounts), pretax_credit_amounts: pretax(discounts), shipping_cost: shipping,
    subtotal, subtotal_excluding_tax: subtotal - inclusive, total, total_excluding_tax: total - inclusive - exclusive, total_taxes: showTaxes(taxes),
  });
  return total;
}
