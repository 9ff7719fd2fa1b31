// Taxes worked out: calculations of what is asked about, transactions that record them, reversals. Rates are the account's own tax
// registrations with the rates below; what is sold where no registration is active costs no tax.
import type { Answer, Call, Handler } from '../call.ts';
import { editNamed, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text } from '../json.ts';

const CALCULATIONS = '/v1/tax/calculations';
const CALCULATION_LINES = '/v1/tax/calculations/{}/line_items';
const TRANSACTIONS = '/v1/tax/transactions';
const TRANSACTION_LINES = '/v1/tax/transactions/{}/line_items';
const NINETY_DAYS = 90 * 24 * 3600;
const GENERAL = 'txcd_99999999';
const NO_TAX = 'txcd_00000000';

/** The usual rate of a country in percent, and what its tax is called. Where states set theirs (US, CA) nothing is worked out. */
const RATES: Readonly<Record<string, readonly [percent: number, type: string, name: string]>> = {
  AT: [20, 'vat', 'VAT'], AU: [10, 'gst', 'GST'], BE: [21, 'vat', 'VAT'], BG: [20, 'vat', 'VAT'], CH: [8.1, 'vat', 'VAT'], CY: [19, 'vat', 'VAT'], CZ: [21, 'vat', 'VAT'], DE: [19, 'vat', 'VAT'],
  DK: [25, 'vat', 'VAT'], EE: [24, 'vat', 'VAT'], ES: [21, 'vat', 'VAT'], FI: [25.5, 'vat', 'VAT'], FR: [20, 'vat', 'VAT'], GB: [20, 'vat', 'VAT'], GR: [24, 'vat', 'VAT'], HR: [25, 'vat', 'VAT'],
  HU: [27, 'vat', 'VAT'], ID: [11, 'vat', 'VAT'], IE: [23, 'vat', 'VAT'], IT: [22, 'vat', 'VAT'], JP: [10, 'jct', 'JCT'], LT: [21, 'vat', 'VAT'], LU: [17, 'vat', 'VAT'], LV: [21, 'vat', 'VAT'],
  MT: [18, 'vat', 'VAT'], NL: [21, 'vat', 'VAT'], NO: [25, 'vat', 'VAT'], NZ: [15, 'gst', 'GST'], PL: [23, 'vat', 'VAT'], PT: [23, 'vat', 'VAT'], RO: [21, 'vat', 'VAT'], SE: [25, 'vat', 'VAT'],
  SG: [9, 'gst', 'GST'], SI: [22, 'vat', 'VAT'], SK: [23, 'vat', 'VAT'],
};

interface Rate {
  readonly percent: number;
  readonly type: string;
  readonly name: string;
  readonly country: string;
  readonly reason: string;
}

function registered(call: Call, country: string): boolean {
  return call.transaction.rows('/v1/tax/registrations').some((row) => row['country'] === country && (number(row, 'active_from') ?? 0) <= call.now && (number(row, 'expires_at') ?? call.now + 1) > call.now);
}

function rateFor(call: Call, country: string, code: string, override: string): Rate {
  const [percent, type, name] = RATES[country] ?? [0, 'vat', 'VAT'];
  const none = (reason: string): Rate => ({ percent: 0, type, name, country, reason });
  if (override === 'customer_exempt') return none('customer_exempt');
  if (override === 'reverse_charge') return none('reverse_charge');
  if (code === NO_TAX) return none('product_exempt');
  if (RATES[country] === undefined) return none('not_supported');
  if (!registered(call, country)) return none('not_collecting');
  return { percent, type, name, country, reason: 'standard_rated' };
}

function taxOn(amount: number, rate: Rate, inclusive: boolean): number {
  return Math.round(inclusive ? amount - amount / (1 + rate.percent / 100) : (amount * rate.percent) / 100);
}

function breakdown(amount: number, tax: number, rate: Rate, inclusive: boolean): JsonObject {
  return {
    amount: tax, jurisdiction: { country: rate.country, display_name: rate.country, level: 'country', state: null }, sourcing: 'destination',
    tax_rate_details: rate.percent === 0 ? null : { display_name: rate.name, percentage_decimal: String(rate.percent), tax_type: rate.type },
    taxability_reason: rate.reason, taxable_amount: rate.percent === 0 ? 0 : inclusive ? amount - tax : amount,
  };
}

function whereTo(call: Call): readonly [country: string, details: JsonObject] {
  const customer = text(call.params, 'customer');
  const known = customer === undefined ? undefined : findNamed(call, '/v1/customers', customer, 'customer');
  const given = object(call.params, 'customer_details');
  const shipping = object(object(known, 'shipping'), 'address');
  const address = object(given, 'address') ?? shipping ?? object(known, 'address');
  if (address === undefined && text(given, 'ip_address') === undefined) {
    throw invalidRequest("We could not determine the customer's tax location based on the provided address.", 'customer_details[address]', 'customer_tax_location_invalid');
  }
  const empty = { city: null, country: '', line1: null, line2: null, postal_code: null, state: null };
  return [text(address, 'country') ?? '', {
    address: { ...empty, ...address }, address_source: text(given, 'address_source') ?? (shipping === undefined ? 'billing' : 'shipping'), ip_address: text(given, 'ip_address') ?? null,
    tax_ids: objects(given, 'tax_ids'), taxability_override: text(given, 'taxability_override') ?? (known?.['tax_exempt'] === 'exempt' ? 'customer_exempt' : known?.['tax_exempt'] === 'reverse' ? 'reverse_charge' : 'none'),
  }];
}

const calculationLife: Life = {
  created: (call, row) => {
    const [country, details] = whereTo(call);
    const override = text(details, 'taxability_override') ?? 'none';
    const totals = { inclusive: 0, exclusive: 0, amount: 0 };
    const parts: JsonObject[] = [];
    const add = (amount: number, code: string, inclusive: boolean): readonly [number, JsonObject] => {
      const rate = rateFor(call, country, code, override);
      const tax = taxOn(amount, rate, inclusive);
      totals[inclusive ? 'inclusive' : 'exclusive'] += tax;
      totals.amount += amount;
      parts.push({
        amount: tax, inclusive, tax_rate_details: { country: rate.country, flat_amount: null, percentage_decimal: String(rate.percent), rate_type: 'percentage', state: null, tax_type: rate.type },
        taxability_reason: rate.reason, taxable_amount: rate.percent === 0 ? 0 : inclusive ? amount - tax : amount,
      });
      return [tax, breakdown(amount, tax, rate, inclusive)];
    };
    objects(call.params, 'line_items').forEach((item, at) => addLine(call, row, item, at, add));
    row['shipping_cost'] = shippingCost(call, add);
    Object.assign(row, {
      customer_details: details, tax_date: number(call.params, 'tax_date') ?? call.now, tax_amount_exclusive: totals.exclusive, tax_amount_inclusive: totals.inclusive,
      amount_total: totals.amount + totals.exclusive, tax_breakdown: parts, expires_at: call.now + NINETY_DAYS,
    });
  },
};

type Add = (amount: number, code: string, inclusive: boolean) => readonly [tax: number, breakdown: JsonObject];

function addLine(call: Call, row: JsonObject, item: JsonObject, at: number, add: Add): void {
  const line = makeRow(call, 'tax.calculation_line_item', {});
  const inclusive = item['tax_behavior'] === 'inclusive';
  const product = text(item, 'product') === undefined ? undefined : findNamed(call, '/v1/products', text(item, 'product') ?? '', `line_items[${at}][product]`);
  const code = text(item, 'tax_code') ?? text(product, 'tax_code') ?? GENERAL;
  const amount = number(item, 'amount') ?? 0;
  const [tax, detail] = add(amount, code, inclusive);
  Object.assign(line, {
    amount, amount_tax: tax, metadata: clone(item['metadata'] ?? {}), product: text(item, 'product') ?? null, quantity: number(item, 'quantity') ?? 1, reference: text(item, 'reference') ?? `L${at + 1}`,
    performance_location: text(item, 'performance_location') ?? null, tax_behavior: inclusive ? 'inclusive' : 'exclusive', tax_code: code, tax_breakdown: [detail], _parent: idOf(row),
  });
  call.transaction.insert(CALCULATION_LINES, line);
}

function shippingCost(call: Call, add: Add): JsonObject | null {
  const given = object(call.params, 'shipping_cost');
  if (given === undefined) return null;
  const rateId = text(given, 'shipping_rate');
  const rate = rateId === undefined ? undefined : findNamed(call, '/v1/shipping_rates', rateId, 'shipping_cost[shipping_rate]');
  const amount = number(given, 'amount') ?? number(object(rate, 'fixed_amount'), 'amount') ?? 0;
  const inclusive = (text(given, 'tax_behavior') ?? text(rate, 'tax_behavior')) === 'inclusive';
  const code = text(given, 'tax_code') ?? 'txcd_92010001';
  const [tax, detail] = add(amount, code, inclusive);
  return { amount, amount_tax: tax, ...(rateId === undefined ? {} : { shipping_rate: rateId }), tax_behavior: inclusive ? 'inclusive' : 'exclusive', tax_breakdown: [detail], tax_code: code };
}

function uniqueReference(call: Call): string {
  const reference = text(call.params, 'reference') ?? '';
  const taken = call.transaction.rows(TRANSACTIONS).some((row) => row['reference'] === reference);
  if (taken) throw invalidRequest(`A tax transaction with reference '${reference}' already exists.`, 'reference', 'resource_already_exists');
  return reference;
}

function recordCalculation(call: Call): Answer {
  const calculation = editNamed(call, CALCULATIONS, text(call.params, 'calculation') ?? '', 'calculation');
  if ((number(calculation, 'expires_at') ?? 0) <= call.now) throw unexpectedState('This calculation has expired. Create a new one.');
  const row = makeRow(call, 'tax.transaction', {});
  for (const name of ['currency', 'customer', 'customer_details', 'ship_from_details', 'tax_date']) row[name] = clone(calculation[name] ?? null);
  const shipping = object(calculation, 'shipping_cost');
  Object.assign(row, {
    metadata: call.params['metadata'] ?? {}, posted_at: number(call.params, 'posted_at') ?? call.now, reference: uniqueReference(call), reversal: null, type: 'transaction', shipping_cost: null,
  });
  if (shipping !== undefined) {
    const { tax_breakdown: _, ...cost } = clone(shipping);
    row['shipping_cost'] = cost;
  }
  call.transaction.insert(TRANSACTIONS, row);
  for (const line of call.transaction.children(CALCULATION_LINES, idOf(calculation))) insertLine(call, row, line, {});
  calculation['_transaction'] = idOf(row);
  return place(TRANSACTIONS, idOf(row));
}

function insertLine(call: Call, row: JsonObject, like: JsonObject, fields: JsonObject): void {
  const line = makeRow(call, 'tax.transaction_line_item', {});
  for (const name of ['amount', 'amount_tax', 'metadata', 'product', 'quantity', 'reference', 'tax_behavior', 'tax_code']) line[name] = clone(like[name] ?? null);
  Object.assign(line, { reversal: null, type: 'transaction' }, fields, { _parent: idOf(row) });
  call.transaction.insert(TRANSACTION_LINES, line);
}

function reverse(call: Call): Answer {
  const original = editNamed(call, TRANSACTIONS, text(call.params, 'original_transaction') ?? '', 'original_transaction');
  if (original['type'] === 'reversal') throw unexpectedState('You cannot reverse a reversal.');
  if (original['_reversed'] === true) throw unexpectedState('This transaction has already been fully reversed.');
  const row = makeRow(call, 'tax.transaction', {});
  for (const name of ['currency', 'customer', 'customer_details', 'ship_from_details', 'tax_date']) row[name] = clone(original[name] ?? null);
  Object.assign(row, {
    metadata: call.params['metadata'] ?? {}, posted_at: call.now, reference: uniqueReference(call), reversal: { original_transaction: idOf(original) }, type: 'reversal', shipping_cost: null,
  });
  call.transaction.insert(TRANSACTIONS, row);
  const lines = call.transaction.children(TRANSACTION_LINES, idOf(original));
  if (call.params['mode'] === 'full') reverseAll(call, row, original, lines);
  else reversePart(call, row, original, lines);
  return place(TRANSACTIONS, idOf(row));
}

const against = (line: JsonObject, amount: number, tax: number): JsonObject => ({ amount: -amount, amount_tax: -tax, reversal: { original_line_item: idOf(line) }, type: 'reversal' });

function reverseAll(call: Call, row: JsonObject, original: JsonObject, lines: readonly JsonObject[]): void {
  for (const line of lines) insertLine(call, row, line, against(line, number(line, 'amount') ?? 0, number(line, 'amount_tax') ?? 0));
  const shipping = object(original, 'shipping_cost');
  if (shipping !== undefined) row['shipping_cost'] = { ...clone(shipping), amount: -(number(shipping, 'amount') ?? 0), amount_tax: -(number(shipping, 'amount_tax') ?? 0) };
  original['_reversed'] = true;
}

function reversePart(call: Call, row: JsonObject, original: JsonObject, lines: readonly JsonObject[]): void {
  const flat = number(call.params, 'flat_amount');
  if (flat !== undefined) {
    const whole = lines.reduce((total, line) => total + (number(line, 'amount') ?? 0) + (line['tax_behavior'] === 'inclusive' ? 0 : (number(line, 'amount_tax') ?? 0)), 0);
    if (flat >= 0) throw invalidRequest('`flat_amount` must be negative.', 'flat_amount', 'parameter_invalid_integer');
    if (-flat > whole) throw invalidRequest('The flat amount is greater than the amount of the original transaction.', 'flat_amount', 'amount_too_large');
    for (const line of lines) insertLine(call, row, line, against(line, Math.round(((number(line, 'amount') ?? 0) * -flat) / whole), Math.round(((number(line, 'amount_tax') ?? 0) * -flat) / whole)));
    return;
  }
  objects(call.params, 'line_items').forEach((given, at) => {
    const line = lines.find((one) => idOf(one) === given['original_line_item']);
    if (line === undefined) throw missing('tax.transaction_line_item', text(given, 'original_line_item') ?? '', `line_items[${at}][original_line_item]`);
    const fields = { ...against(line, 0, 0), amount: given['amount'] ?? 0, amount_tax: given['amount_tax'] ?? 0, reference: text(given, 'reference') ?? '', metadata: given['metadata'] ?? {}, quantity: given['quantity'] ?? line['quantity'] ?? 1 };
    insertLine(call, row, line, fields);
  });
  const shipping = object(original, 'shipping_cost');
  const given = object(call.params, 'shipping_cost');
  if (given !== undefined && shipping !== undefined) row['shipping_cost'] = { ...clone(shipping), ...given };
}

/** `GET /v1/tax/associations/find`: the calculation that a payment intent was made with, and whether its tax was recorded. */
function find(call: Call): Answer {
  const id = text(call.params, 'payment_intent') ?? '';
  const intent = findNamed(call, '/v1/payment_intents', id, 'payment_intent');
  const calculation = text(object(object(object(intent, 'hooks'), 'inputs'), 'tax'), 'calculation');
  if (calculation === undefined) throw missing('tax.association', id, 'payment_intent', 404);
  const transaction = text(call.transaction.find(CALCULATIONS, calculation), '_transaction');
  const attempts = transaction === undefined ? [] : [{ committed: { transaction }, source: id, status: 'committed' }];
  return { kind: 'row', row: { id: `taxa_${id.slice(3)}`, object: 'tax.association', calculation, payment_intent: id, tax_transaction_attempts: attempts } };
}

/** Lives of this room. */
export const TAX_LIVES: Readonly<Record<string, Life>> = { [CALCULATIONS]: calculationLife };

/** Verbs of this room. */
export const TAX_VERBS: Readonly<Record<string, Handler>> = {
  'GET /v1/tax/associations/find': find,
  'POST /v1/tax/transactions/create_from_calculation': recordCalculation,
  'POST /v1/tax/transactions/create_reversal': reverse,
};
