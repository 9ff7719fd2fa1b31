// Credit notes: what is taken back of a finalized invoice. What is still to be paid becomes less; what was paid is refunded, put to the
// customer's balance or given back elsewhere.
import type { Answer, Call } from '../call.ts';
import { editAddressed, editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { number, object, objects, text } from '../json.ts';
import { writeLines } from './credit-note-lines.ts';
import { insertBalance } from './customers.ts';
import { INVOICES } from './invoice-lines.ts';
import { INVOICE_PAYMENTS, askFor, markPaid } from './invoices.ts';
import { CHARGES } from './payments.ts';
import { insertRefund } from './refunds.ts';

const NOTES = '/v1/credit_notes';

/** Creation; nothing but memo and metadata changes later. */
export const creditNoteLife: Life = {
  created: (call, row) => {
    const invoice = editNamed(call, INVOICES, text(call.params, 'invoice') ?? '', 'invoice');
    if (invoice['status'] !== 'open' && invoice['status'] !== 'paid') throw unexpectedState('Credit notes can only be created for invoices that are open or paid.', 'invoice_not_editable');
    const amount = writeLines(call, row, invoice);
    if (amount <= 0) throw invalidRequest('The credit note must have an amount greater than 0.', 'amount', 'parameter_missing');
    const before = invoice['status'] === 'open' ? Math.min(amount, number(invoice, 'amount_remaining') ?? 0) : 0;
    const after = amount - before;
    const paid = (number(invoice, 'amount_paid') ?? 0) + spentFromBalance(invoice);
    const most = paid - (number(invoice, 'post_payment_credit_notes_amount') ?? 0);
    if (after > most) throw invalidRequest(`The credit note amount (${amount}) is greater than what can still be credited of the invoice (${before + Math.max(0, most)}).`, 'amount', 'amount_too_large');
    const count = (number(invoice, '_credit_notes') ?? 0) + 1;
    invoice['_credit_notes'] = count;
    Object.assign(row, {
      customer: invoice['customer'] ?? null, currency: invoice['currency'] ?? 'usd', effective_at: row['effective_at'] ?? call.now, invoice: idOf(invoice), metadata: row['metadata'] ?? {}, refunds: [],
      number: `${text(invoice, 'number') ?? ''}-CN-${String(count).padStart(2, '0')}`, pdf: `https://pay.stripe.com/credit_notes/${call.account}/${randomLetters(40)}/pdf`,
      type: after === 0 ? 'pre_payment' : before === 0 ? 'post_payment' : 'mixed', pre_payment_amount: before, post_payment_amount: after, out_of_band_amount: null,
    });
    if (after > 0) giveBack(call, row, invoice, after);
    else if (splitOf(call).some((part) => part > 0)) throw invalidRequest('You cannot specify `refund_amount`, `credit_amount`, `out_of_band_amount` or `refunds` for an invoice that is not paid.', 'refund_amount');
    if (before > 0) lessen(call, invoice, before);
  },
};

/** What of an invoice the customer's balance paid. */
function spentFromBalance(invoice: JsonObject): number {
  return Math.max(0, (number(invoice, 'total') ?? 0) - (number(invoice, 'pre_payment_credit_notes_amount') ?? 0) - (number(invoice, 'amount_due') ?? 0));
}

/** What is still to be paid becomes less; with nothing left the invoice is paid. */
function lessen(call: Call, invoice: JsonObject, amount: number): void {
  const remaining = (number(invoice, 'amount_remaining') ?? 0) - amount;
  invoice['pre_payment_credit_notes_amount'] = (number(invoice, 'pre_payment_credit_notes_amount') ?? 0) + amount;
  invoice['amount_due'] = (number(invoice, 'amount_due') ?? 0) - amount;
  invoice['amount_remaining'] = remaining;
  askFor(call, invoice, remaining);
  if (remaining <= 0) markPaid(call, invoice, number(invoice, 'amount_paid') ?? 0);
}

/** The shares of the customer's balance, of what was given back elsewhere, of a new refund, and of refunds that are there. */
function splitOf(call: Call): readonly [credit: number, elsewhere: number, refund: number, linked: number] {
  const given = (name: string): number => number(call.params, name) ?? 0;
  const linked = objects(call.params, 'refunds').reduce((total, one) => total + (number(one, 'amount_refunded') ?? number(findNamed(call, '/v1/refunds', text(one, 'refund') ?? '', 'refunds[refund]'), 'amount') ?? 0), 0);
  return [given('credit_amount'), given('out_of_band_amount'), given('refund_amount'), linked];
}

function giveBack(call: Call, row: JsonObject, invoice: JsonObject, amount: number): void {
  const [credit, elsewhere, refund, linked] = splitOf(call);
  if (credit + elsewhere + refund + linked !== amount) {
    throw invalidRequest(`The sum of credit amount, refund amount and out of band amount (${credit + elsewhere + refund + linked}) must equal the post payment amount of the credit note (${amount}).`);
  }
  invoice['post_payment_credit_notes_amount'] = (number(invoice, 'post_payment_credit_notes_amount') ?? 0) + amount;
  if (elsewhere > 0) row['out_of_band_amount'] = elsewhere;
  const made = refund === 0 ? [] : refunds(call, invoice, refund);
  const known = objects(call.params, 'refunds').map((one) => {
    const found = findNamed(call, '/v1/refunds', text(one, 'refund') ?? '', 'refunds[refund]');
    return [idOf(found), number(one, 'amount_refunded') ?? number(found, 'amount') ?? 0] as const;
  });
  row['refunds'] = [...made, ...known].map(([id, part]) => ({ amount_refunded: part, payment_record_refund: null, refund: id, type: 'refund' }));
  const customer = credit === 0 ? undefined : call.transaction.edit('/v1/customers', text(invoice, 'customer') ?? '');
  if (customer === undefined) return;
  customer['balance'] = (number(customer, 'balance') ?? 0) - credit;
  row['customer_balance_transaction'] = idOf(insertBalance(call, customer, { amount: -credit, currency: text(invoice, 'currency') ?? 'usd', credit_note: idOf(row), type: 'credit_note' }));
}

/** Refunds so much of the charges that paid an invoice, the newest first. */
function refunds(call: Call, invoice: JsonObject, amount: number): readonly (readonly [id: string, amount: number])[] {
  const charges = call.transaction.rowsWhere(INVOICE_PAYMENTS, 'invoice', idOf(invoice)).filter((one) => one['status'] === 'paid').flatMap((one) => {
    const intent = call.transaction.find('/v1/payment_intents', text(object(one, 'payment'), 'payment_intent') ?? '');
    const charge = call.transaction.edit(CHARGES, text(intent, 'latest_charge') ?? text(object(one, 'payment'), 'charge') ?? '');
    return charge === undefined ? [] : [charge];
  }).toReversed();
  let left = amount;
  const made = charges.flatMap((charge) => {
    const part = Math.min(left, (number(charge, 'amount_captured') ?? 0) - (number(charge, 'amount_refunded') ?? 0));
    if (part <= 0) return [];
    left -= part;
    return [[idOf(insertRefund(call, charge, part)), part] as const];
  });
  if (left > 0) throw invalidRequest('The refund amount is greater than what can be refunded of the payments of this invoice.', 'refund_amount', 'amount_too_large');
  return made;
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
  askFor(call, invoice, number(invoice, 'amount_remaining') ?? 0);
  emit(call, 'credit_note.voided', { collection: NOTES, key: idOf(row) });
  return place(NOTES, idOf(row));
}
