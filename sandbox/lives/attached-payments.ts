// Payments that are put to an invoice by hand: made before, or elsewhere and reported.
import type { Answer, Call } from '../call.ts';
import { editNamed, emit, findNamed, idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text } from '../json.ts';
import { INVOICES } from './invoice-lines.ts';
import { INVOICE_PAYMENTS, askFor, markPaid } from './invoices.ts';
import { editIn, mustBe } from './statuses.ts';

/** What a payment that is attached has brought: its amount, whether that is there already, and how the invoice's payment names it. */
function attached(call: Call): readonly [amount: number, paid: boolean, payment: JsonObject] {
  const intentId = text(call.params, 'payment_intent');
  const recordId = text(call.params, 'payment_record');
  if ((intentId === undefined) === (recordId === undefined)) throw invalidRequest('You must provide exactly one of `payment_intent` or `payment_record`.', 'payment_intent', 'parameter_missing');
  if (intentId !== undefined) {
    const intent = editNamed(call, '/v1/payment_intents', intentId, 'payment_intent');
    if (intent['status'] === 'canceled') throw unexpectedState('A canceled PaymentIntent cannot be attached to an invoice.', 'payment_intent_unexpected_state');
    const paid = intent['status'] === 'succeeded';
    if (!paid) intent['_attached_to'] = call.ids[0] ?? '';
    return [number(intent, paid ? 'amount_received' : 'amount') ?? 0, paid, { payment_intent: intentId, type: 'payment_intent' }];
  }
  const record = findNamed(call, '/v1/payment_records', recordId ?? '', 'payment_record');
  const guaranteed = number(object(record, 'amount_guaranteed'), 'value') ?? 0;
  return [guaranteed > 0 ? guaranteed : (number(object(record, 'amount_requested'), 'value') ?? 0), guaranteed > 0, { payment_record: recordId ?? '', type: 'payment_record' }];
}

/** `POST /v1/invoices/{}/attach_payment` */
export function attachPayment(call: Call): Answer {
  const invoice = editIn(call, INVOICES);
  mustBe(invoice, ['open', 'uncollectible']);
  const [amount, paid, payment] = attached(call);
  const taken = call.transaction.rows(INVOICE_PAYMENTS).some((row) => row['invoice'] === idOf(invoice) && JSON.stringify(row['payment']) === JSON.stringify(payment));
  if (taken) throw unexpectedState('This payment is already attached to the invoice.');
  const row = makeRow(call, 'invoice_payment', {});
  Object.assign(row, {
    amount_requested: amount, amount_paid: paid ? amount : null, currency: invoice['currency'] ?? 'usd', invoice: idOf(invoice), is_default: false, payment, status: paid ? 'paid' : 'open',
    status_transitions: { canceled_at: null, paid_at: paid ? call.now : null },
  });
  call.transaction.insert(INVOICE_PAYMENTS, row);
  if (paid) payWith(call, invoice, row, amount);
  return place(INVOICES, idOf(invoice));
}

function payWith(call: Call, invoice: JsonObject, row: JsonObject, amount: number): void {
  const before = number(invoice, 'amount_paid') ?? 0;
  const left = (number(invoice, 'amount_remaining') ?? 0) - amount;
  emit(call, 'invoice_payment.paid', { collection: INVOICE_PAYMENTS, key: idOf(row) });
  if (left > 0) {
    Object.assign(invoice, { amount_paid: before + amount, amount_remaining: left });
    askFor(call, invoice, left);
    return;
  }
  askFor(call, invoice, 0);
  markPaid(call, invoice, before + amount);
  invoice['amount_overpaid'] = Math.max(0, -left);
}

/** A payment intent that was attached before it was paid is paid now. */
export function payAttached(call: Call, invoice: JsonObject, intent: string): void {
  const known = call.transaction.rowsWhere(INVOICE_PAYMENTS, 'invoice', idOf(invoice)).find((row) => row['status'] === 'open' && text(object(row, 'payment'), 'payment_intent') === intent);
  const row = known === undefined || (invoice['status'] !== 'open' && invoice['status'] !== 'uncollectible') ? undefined : call.transaction.edit(INVOICE_PAYMENTS, idOf(known));
  if (row === undefined) return;
  const amount = number(row, 'amount_requested') ?? 0;
  Object.assign(row, { status: 'paid', amount_paid: amount, status_transitions: { canceled_at: null, paid_at: call.now } });
  payWith(call, invoice, row, amount);
}
