// Credit notes: what is taken back of a finalized invoice, before it is paid or after. Previews are not done.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { number, objects, text } from '../json.ts';
import { insertBalance } from './customers.ts';
import { INVOICES } from './invoice-lines.ts';
import { markPaid } from './invoices.ts';

const NOTES = '/v1/credit_notes';
const NOTE_LINES = '/v1/credit_notes/{}/lines';

function amountOf(call: Call, row: JsonObject, invoice: JsonObject): number {
  const lines = objects(call.params, 'lines');
  if (lines.length === 0) {
    const amount = number(call.params, 'amount') ?? (number(call.params, 'refund_amount') ?? 0) + (number(call.params, 'credit_amount') ?? 0) + (number(call.params, 'out_of_band_amount') ?? 0);
    if (amount > 0) insertLine(call, row, { amount, description: `Credit for ${text(invoice, 'number') ?? ''}`, type: 'custom_line_item' });
    return amount;
  }
  return lines.reduce((total, line) => {
    const source = call.transaction.find('/v1/invoices/{}/lines', text(line, 'invoice_line_item') ?? '');
    const quantity = number(line, 'quantity') ?? number(source, 'quantity') ?? 1;
    const unit = number(line, 'unit_amount') ?? Math.round((number(source, 'amount') ?? 0) / (number(source, 'quantity') ?? 1));
    const amount = number(line, 'amount') ?? unit * quantity;
    insertLine(call, row, { amount, description: line['description'] ?? source?.['description'] ?? null, quantity, type: line['type'] ?? 'custom_line_item', unit_amount: unit, unit_amount_decimal: String(unit), ...(source === undefined ? {} : { invoice_line_item: idOf(source) }) });
    return total + amount;
  }, 0);
}

function insertLine(call: Call, note: JsonObject, fields: JsonObject): void {
  const row = makeRow(call, 'credit_note_line_item', {});
  call.transaction.insert(NOTE_LINES, { ...row, taxes: [], ...fields, _parent: idOf(note) });
}

/** Creation; nothing but memo and metadata changes later. */
export const creditNoteLife: Life = {
  created: (call, row) => {
    const invoice = editNamed(call, INVOICES, text(call.params, 'invoice') ?? '', 'invoice');
    if (invoice['status'] !== 'open' && invoice['status'] !== 'paid') throw unexpectedState('Credit notes can only be created for invoices that are open or paid.', 'invoice_not_editable');
    const amount = amountOf(call, row, invoice);
    if (amount <= 0) throw invalidRequest('The credit note must have an amount greater than 0.', 'amount', 'parameter_missing');
    const open = invoice['status'] === 'open';
    const most = open ? (number(invoice, 'amount_remaining') ?? 0) : (number(invoice, 'amount_paid') ?? 0) - (number(invoice, 'post_payment_credit_notes_amount') ?? 0);
    if (amount > most) throw invalidRequest(`The amount of the credit note (${amount}) is greater than what remains of the invoice (${most}).`, 'amount', 'amount_too_large');
    const count = (number(invoice, '_credit_notes') ?? 0) + 1;
    invoice['_credit_notes'] = count;
    Object.assign(row, {
      amount, customer: invoice['customer'] ?? null, currency: invoice['currency'] ?? 'usd', effective_at: row['effective_at'] ?? call.now, invoice: idOf(invoice), metadata: row['metadata'] ?? {},
      number: `${text(invoice, 'number') ?? ''}-CN-${String(count).padStart(2, '0')}`, pdf: `https://pay.stripe.com/credit_notes/${call.account}/${randomLetters(40)}/pdf`, subtotal: amount, subtotal_excluding_tax: amount,
      total: amount, total_excluding_tax: amount, total_taxes: [], type: open ? 'pre_payment' : 'post_payment', pre_payment_amount: open ? amount : 0, post_payment_amount: open ? 0 : amount,
    });
    if (open) beforePayment(call, invoice, amount);
    else afterPayment(call, row, invoice, amount);
  },
};

function beforePayment(call: Call, invoice: JsonObject, amount: number): void {
  const remaining = (number(invoice, 'amount_remaining') ?? 0) - amount;
  invoice['pre_payment_credit_notes_amount'] = (number(invoice, 'pre_payment_credit_notes_amount') ?? 0) + amount;
  invoice['amount_due'] = (number(invoice, 'amount_due') ?? 0) - amount;
  invoice['amount_remaining'] = remaining;
  const intent = call.transaction.edit('/v1/payment_intents', text(invoice, '_payment_intent') ?? '');
  if (intent !== undefined && remaining > 0) intent['amount'] = remaining;
  if (remaining <= 0) markPaid(call, invoice, 0);
}

function afterPayment(call: Call, row: JsonObject, invoice: JsonObject, amount: number): void {
  invoice['post_payment_credit_notes_amount'] = (number(invoice, 'post_payment_credit_notes_amount') ?? 0) + amount;
  const credit = number(call.params, 'credit_amount') ?? 0;
  row['out_of_band_amount'] = call.params['out_of_band_amount'] ?? null;
  const customer = credit === 0 ? undefined : call.transaction.edit('/v1/customers', text(invoice, 'customer') ?? '');
  if (customer === undefined) return;
  customer['balance'] = (number(customer, 'balance') ?? 0) - credit;
  row['customer_balance_transaction'] = idOf(insertBalance(call, customer, { amount: -credit, currency: text(invoice, 'currency') ?? 'usd', credit_note: idOf(row), type: 'credit_note' }));
}

/** `POST /v1/credit_notes/{}/void` */
export function voidVerb(call: Call): Answer {
  const row = editAddressed(call, NOTES);
  const invoice = call.transaction.edit(INVOICES, text(row, 'invoice') ?? '');
  if (row['status'] === 'void' || row['type'] !== 'pre_payment' || invoice?.['status'] !== 'open') throw unexpectedState('You can only void credit notes of open invoices.');
  const amount = number(row, 'amount') ?? 0;
  Object.assign(row, { status: 'void', voided_at: call.now });
  invoice['amount_due'] = (number(invoice, 'amount_due') ?? 0) + amount;
  invoice['amount_remaining'] = (number(invoice, 'amount_remaining') ?? 0) + amount;
  invoice['pre_payment_credit_notes_amount'] = (number(invoice, 'pre_payment_credit_notes_amount') ?? 0) - amount;
  emit(call, 'credit_note.voided', { collection: NOTES, key: idOf(row) });
  return place(NOTES, idOf(row));
}
