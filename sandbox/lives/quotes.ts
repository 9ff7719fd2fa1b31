// The life of a quote: draft, open, accepted into an invoice, a subscription or a schedule, or canceled; and its PDF.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { change, makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, isObject, number, object, objects, text, texts } from '../json.ts';
import type { Totals } from './amounts.ts';
import { costOf, discountsFrom, nameOf, priceOf, sum } from './amounts.ts';
import { INVOICES, insertLine, recompute } from './invoice-lines.ts';
import { openDraft } from './invoices.ts';
import { setPhases } from './schedule-phases.ts';
import { SCHEDULES } from './schedules.ts';
import { insertSubscription } from './subscriptions.ts';

const QUOTES = '/v1/quotes';
const QUOTE_LINES = '/v1/quotes/{}/line_items';
const MONTH = 30 * 24 * 3600;

function insertLines(call: Call, quote: JsonObject, items: readonly JsonObject[]): void {
  for (const known of call.transaction.children(QUOTE_LINES, idOf(quote))) call.transaction.remove(QUOTE_LINES, idOf(known));
  items.forEach((item, at) => {
    const price = priceOf(call, item, `line_items[${at}]`);
    const row = makeRow(call, 'item', {});
    const quantity = number(item, 'quantity') ?? 1;
    const cost = costOf(price, quantity);
    delete row['adjustable_quantity'];
    delete row['metadata'];
    Object.assign(row, {
      amount_subtotal: cost, amount_total: cost, currency: price['currency'] ?? 'usd', description: nameOf(call, price), price: clone(price), quantity,
      _parent: idOf(quote), _tax_rates: texts(item, 'tax_rates'), _discounts: discountsFrom(call, objects(item, 'discounts'), {}, `line_items[${at}][discounts]`).map(idOf),
    });
    call.transaction.insert(QUOTE_LINES, row);
  });
}

/** Sums a quote's lines: what is due at once, and what recurs. */
function resum(call: Call, quote: JsonObject): void {
  const lines = call.transaction.editChildren(QUOTE_LINES, idOf(quote));
  const totalsOf = (some: readonly JsonObject[]): Totals => sum(call, some.map((line) => ({
    amount: number(line, 'amount_subtotal') ?? 0, discountable: true, taxRates: texts(line, '_tax_rates'), discounts: texts(line, '_discounts'), product: text(object(line, 'price'), 'product'), currency: text(line, 'currency'),
  })), texts(quote, 'discounts'), texts(quote, 'default_tax_rates'));
  const all = totalsOf(lines);
  lines.forEach((line, at) => {
    const discount = (all.lines[at]?.discounts ?? []).reduce((total, one) => total + one.amount, 0);
    const taxes = all.lines[at]?.taxes ?? [];
    const exclusive = taxes.filter((tax) => !tax.inclusive).reduce((total, tax) => total + tax.amount, 0);
    Object.assign(line, { amount_discount: discount, amount_tax: taxes.reduce((total, tax) => total + tax.amount, 0), amount_total: (number(line, 'amount_subtotal') ?? 0) - discount + exclusive });
  });
  const recurring = lines.filter((line) => text(object(line, 'price'), 'type') === 'recurring');
  const details = object(object(recurring[0], 'price'), 'recurring');
  const again = totalsOf(recurring);
  const shown = (totals: Totals): JsonObject => ({ amount_subtotal: totals.subtotal, amount_total: totals.total, total_details: { amount_discount: totals.discount, amount_shipping: 0, amount_tax: totals.tax } });
  quote['computed'] = {
    recurring: details === undefined ? null : { ...shown(again), interval: details['interval'] ?? 'month', interval_count: details['interval_count'] ?? 1 },
    upfront: shown(all),
  };
  Object.assign(quote, { amount_subtotal: all.subtotal, amount_total: all.total, total_details: { amount_discount: all.discount, amount_shipping: 0, amount_tax: all.tax }, currency: text(lines[0], 'currency') ?? quote['currency'] ?? null });
}

function settle(call: Call, quote: JsonObject): void {
  if (Array.isArray(call.params['line_items'])) insertLines(call, quote, objects(call.params, 'line_items'));
  if (call.params['discounts'] !== undefined) quote['discounts'] = discountsFrom(call, objects(call.params, 'discounts'), {}).map(idOf);
  for (const rate of texts(call.params, 'default_tax_rates')) findNamed(call, '/v1/tax_rates', rate, 'default_tax_rates');
  resum(call, quote);
}

/** Creation, change. */
export const quoteLife: Life = {
  created: (call, row) => {
    Object.assign(row, { status: 'draft', expires_at: number(call.params, 'expires_at') ?? call.now + MONTH, discounts: [], metadata: row['metadata'] ?? {}, default_tax_rates: texts(call.params, 'default_tax_rates') });
    const settings = object(row, 'invoice_settings');
    if (settings !== undefined && object(call.params, 'invoice_settings')?.['issuer'] === undefined) settings['issuer'] = { type: 'self' };
    settle(call, row);
  },
  updated: (call, row, before) => {
    const harmless = new Set(['metadata', 'expand', 'expires_at']);
    if (before['status'] !== 'draft' && Object.keys(call.params).some((name) => !harmless.has(name))) {
      throw unexpectedState('You cannot update a quote that is not in draft status.');
    }
    row['discounts'] = before['discounts'] ?? [];
    settle(call, row);
  },
};

function refuse(quote: JsonObject, verb: string, needed: string): Error {
  return unexpectedState(`This quote cannot be ${verb} because it has a status of ${text(quote, 'status') ?? ''}. Only a quote with status ${needed} may be ${verb}.`);
}

/** `POST /v1/quotes/{}/finalize` */
export function finalizeVerb(call: Call): Answer {
  const quote = editAddressed(call, QUOTES, 'quote');
  if (quote['status'] !== 'draft') throw refuse(quote, 'finalized', 'draft');
  const customer = text(quote, 'customer');
  if (call.transaction.children(QUOTE_LINES, idOf(quote)).length === 0) throw unexpectedState('The quote must have at least one line item before it can be finalized.');
  const owner = customer === undefined ? undefined : call.transaction.edit('/v1/customers', customer);
  const sequence = (number(owner, '_quotes') ?? 0) + 1;
  if (owner !== undefined) owner['_quotes'] = sequence;
  quote['expires_at'] = number(call.params, 'expires_at') ?? quote['expires_at'] ?? call.now + MONTH;
  quote['number'] = `QT-${text(owner, 'invoice_prefix') ?? randomLetters(8).toUpperCase()}-${String(sequence).padStart(4, '0')}-1`;
  move(call, quote, 'open', 'finalized_at');
  emit(call, 'quote.finalized', { collection: QUOTES, key: idOf(quote) });
  return place(QUOTES, idOf(quote));
}

function move(call: Call, quote: JsonObject, status: string, transition: string): void {
  quote['status'] = status;
  const transitions = object(quote, 'status_transitions');
  if (transitions !== undefined) transitions[transition] = call.now;
}

/** `POST /v1/quotes/{}/cancel` */
export function cancelVerb(call: Call): Answer {
  const quote = editAddressed(call, QUOTES, 'quote');
  if (quote['status'] !== 'draft' && quote['status'] !== 'open') throw refuse(quote, 'canceled', 'draft or open');
  move(call, quote, 'canceled', 'canceled_at');
  emit(call, 'quote.canceled', { collection: QUOTES, key: idOf(quote) });
  return place(QUOTES, idOf(quote));
}

/** `POST /v1/quotes/{}/accept` */
export function acceptVerb(call: Call): Answer {
  const quote = editAddressed(call, QUOTES, 'quote');
  if (quote['status'] !== 'open') throw refuse(quote, 'accepted', 'open');
  if ((number(quote, 'expires_at') ?? Number.POSITIVE_INFINITY) < call.now) throw unexpectedState('This quote has expired and can no longer be accepted.');
  const customer = call.transaction.edit('/v1/customers', text(quote, 'customer') ?? '');
  if (customer === undefined) throw invalidRequest('A quote must have a customer before it can be accepted.', 'customer', 'parameter_missing');
  const lines = call.transaction.children(QUOTE_LINES, idOf(quote));
  const recurring = lines.filter((line) => text(object(line, 'price'), 'type') === 'recurring');
  move(call, quote, 'accepted', 'accepted_at');
  if (recurring.length > 0) subscribe(call, quote, customer, recurring, lines.filter((line) => !recurring.includes(line)));
  else quote['invoice'] = idOf(bill(call, quote, customer, lines));
  emit(call, 'quote.accepted', { collection: QUOTES, key: idOf(quote) });
  return place(QUOTES, idOf(quote));
}

/** A quote of things sold once becomes a draft invoice. */
function bill(call: Call, quote: JsonObject, customer: JsonObject, lines: readonly JsonObject[]): JsonObject {
  const invoice = makeRow(call, 'invoice', { currency: text(quote, 'currency') ?? 'usd', collection_method: text(quote, 'collection_method') ?? 'charge_automatically' });
  openDraft(call, invoice, customer, { reason: 'manual', quote: idOf(quote) });
  const settings = object(quote, 'invoice_settings');
  Object.assign(invoice, { description: settings?.['description'] ?? quote['description'] ?? null, footer: settings?.['footer'] ?? quote['footer'] ?? null, custom_fields: clone(settings?.['custom_fields'] ?? null) });
  if (quote['collection_method'] === 'send_invoice') invoice['due_date'] = call.now + (number(settings, 'days_until_due') ?? 30) * 24 * 3600;
  call.transaction.insert(INVOICES, invoice);
  emit(call, 'invoice.created', { collection: INVOICES, key: idOf(invoice) });
  for (const line of lines) {
    insertLine(call, idOf(invoice), {
      amount: number(line, 'amount_subtotal') ?? 0, currency: text(line, 'currency') ?? 'usd', description: line['description'] ?? null, price: object(line, 'price'),
      quantity: number(line, 'quantity') ?? 1, period: { end: call.now, start: call.now }, taxRates: texts(line, '_tax_rates'), discounts: texts(line, '_discounts'), parent: null,
    });
  }
  invoice['discounts'] = texts(quote, 'discounts');
  invoice['default_tax_rates'] = texts(quote, 'default_tax_rates').map((id) => clone(call.transaction.find('/v1/tax_rates', id) ?? {}));
  recompute(call, invoice);
  return invoice;
}

function subscribe(call: Call, quote: JsonObject, customer: JsonObject, lines: readonly JsonObject[], onceLines: readonly JsonObject[]): void {
  const data = object(quote, 'subscription_data');
  const effective = number(data, 'effective_date');
  const sold = (line: JsonObject): JsonObject => ({ price: text(object(line, 'price'), 'id') ?? '', quantity: line['quantity'] ?? 1, tax_rates: texts(line, '_tax_rates'), discounts: texts(line, '_discounts').map((discount): JsonObject => ({ discount })) });
  const items = lines.map(sold);
  const once = onceLines.map(sold);
  if (effective !== undefined && effective > call.now) {
    quote['subscription_schedule'] = idOf(schedule(call, quote, customer, { items, add_invoice_items: once }, effective));
    return;
  }
  const fields: JsonObject = {
    collection_method: quote['collection_method'] ?? 'charge_automatically', metadata: isObject(data?.['metadata']) ? data['metadata'] : {}, description: data?.['description'] ?? null,
    discounts: texts(quote, 'discounts'), default_tax_rates: texts(quote, 'default_tax_rates'),
    ...(number(data, 'trial_period_days') === undefined ? {} : { trial_period_days: number(data, 'trial_period_days') ?? 0 }),
    ...(quote['collection_method'] === 'send_invoice' ? { days_until_due: number(object(quote, 'invoice_settings'), 'days_until_due') ?? 30 } : {}),
  };
  const subscription = insertSubscription(call, customer, items, fields, { quote: idOf(quote), once });
  quote['subscription'] = idOf(subscription);
}

function schedule(call: Call, quote: JsonObject, customer: JsonObject, phase: JsonObject, start: number): JsonObject {
  const row = makeRow(call, 'subscription_schedule', {});
  row['customer'] = idOf(customer);
  const data = object(quote, 'subscription_data');
  const sent = quote['collection_method'] === 'send_invoice';
  const trial = number(data, 'trial_period_days');
  change(call, row, { default_settings: { collection_method: quote['collection_method'] ?? 'charge_automatically', ...(sent ? { invoice_settings: { days_until_due: number(object(quote, 'invoice_settings'), 'days_until_due') ?? 30 } } : {}) } });
  setPhases(call, row, [{
    ...phase, currency: quote['currency'] ?? 'usd', metadata: isObject(data?.['metadata']) ? data['metadata'] : {}, default_tax_rates: texts(quote, 'default_tax_rates'),
    discounts: texts(quote, 'discounts').map((discount): JsonObject => ({ discount })), ...(text(data, 'description') === undefined ? {} : { description: text(data, 'description') ?? '' }),
    ...(trial === undefined ? {} : { trial_end: start + trial * 24 * 3600 }),
  }], start);
  emit(call, 'subscription_schedule.created', { collection: SCHEDULES, key: idOf(row) });
  return call.transaction.insert(SCHEDULES, row);
}

/** `GET /v1/quotes/{}/pdf`: one plain page that names the quote. */
export function pdfVerb(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const quote = call.transaction.find(QUOTES, id);
  if (quote === undefined) throw missing('quote', id, 'quote', 404);
  if (quote['status'] === 'draft') throw unexpectedState('A PDF can only be downloaded for a finalized quote.');
  const total = `${((number(quote, 'amount_total') ?? 0) / 100).toFixed(2)} ${(text(quote, 'currency') ?? '').toUpperCase()}`;
  return { kind: 'bytes', type: 'application/pdf', bytes: pdf([`Quote ${text(quote, 'number') ?? id}`, `Total ${total}`]) };
}

/** The smallest PDF that shows lines of text. */
function pdf(lines: readonly string[]): Buffer {
  const content = `BT /F1 18 Tf 72 720 Td 24 TL ${lines.map((line) => `(${line.replaceAll(/[()\\]/g, '\\$&')}) Tj T*`).join(' ')} ET`;
  const parts = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`, '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let body = '%PDF-1.4\n';
  const offsets = parts.map((one, at) => {
    const offset = body.length;
    body += `${at + 1} 0 obj\n${one}\nendobj\n`;
    return offset;
  });
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(`${body}xref\n0 ${offsets.length + 1}\n0000000000 65535 f \n${table}trailer << /Size ${offsets.length + 1} /Root 1 0 R >>\nstartxref\n${body.length}\n%%EOF\n`);
}
