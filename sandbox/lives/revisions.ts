// Revisions of open invoices: a draft that says the same and may be changed; finalized, it takes the place of the one before.
import type { Call } from '../call.ts';
import { editNamed, idOf } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text, texts } from '../json.ts';
import { INVOICES, ITEMS, LINES, pull } from './invoice-lines.ts';

/** What a revision says like the invoice that it revises. */
const ALIKE = ['collection_method', 'currency', 'custom_fields', 'default_payment_method', 'default_tax_rates', 'description', 'discounts', 'due_date', 'footer', 'on_behalf_of', 'shipping_cost', 'shipping_details', 'statement_descriptor'] as const;

/** The invoice that a request wants to revise; only one that is still to be paid can be. */
export function revised(call: Call): JsonObject | undefined {
  const id = text(object(call.params, 'from_invoice'), 'invoice');
  if (id === undefined) return undefined;
  const invoice = editNamed(call, INVOICES, id, 'from_invoice[invoice]');
  if (invoice['status'] !== 'open' && invoice['status'] !== 'uncollectible') throw unexpectedState(`You can only revise invoices that are open or uncollectible. This invoice has a status of ${text(invoice, 'status') ?? ''}.`);
  if (text(invoice, 'latest_revision') !== undefined) throw unexpectedState('This invoice was revised already: revise its latest revision.');
  return invoice;
}

/** Makes a fresh draft say what the revised invoice says, but for what the request says itself. */
export function copyInto(call: Call, draft: JsonObject, invoice: JsonObject): void {
  for (const name of ALIKE) if (call.params[name] === undefined) draft[name] = clone(invoice[name] ?? null);
  draft['from_invoice'] = { action: 'revision', invoice: idOf(invoice) };
  for (const line of call.transaction.children(LINES, idOf(invoice))) {
    const item = makeRow(call, 'invoiceitem', {});
    Object.assign(item, {
      amount: line['amount'] ?? 0, currency: line['currency'] ?? 'usd', customer: invoice['customer'] ?? '', description: line['description'] ?? null, discountable: line['discountable'] ?? true,
      discounts: texts(line, 'discounts'), metadata: clone(line['metadata'] ?? {}), parent: null, period: clone(line['period'] ?? {}), pricing: clone(line['pricing'] ?? null), quantity: number(line, 'quantity') ?? 1,
      quantity_decimal: line['quantity_decimal'] ?? '1', tax_rates: texts(line, '_tax_rates').map((id) => clone(call.transaction.find('/v1/tax_rates', id) ?? {})), test_clock: invoice['test_clock'] ?? null,
    });
    call.transaction.insert(ITEMS, item);
    pull(call, item, draft);
  }
}

/** A revision that is finalized takes the place of the invoice that it revises. */
export function replaceRevised(call: Call, invoice: JsonObject, takeBack: (revised: JsonObject) => void): void {
  const before = call.transaction.edit(INVOICES, text(object(invoice, 'from_invoice'), 'invoice') ?? '');
  if (before === undefined) return;
  before['latest_revision'] = idOf(invoice);
  if (before['status'] === 'open' || before['status'] === 'uncollectible') takeBack(before);
}
