// Disputes: opened by the test cards for it, answered with evidence, closed as lost.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, text } from '../json.ts';
import { CHARGES, insertTransaction } from './payments.ts';

const DISPUTES = '/v1/disputes';
const WEEK = 7 * 24 * 3600;
const FEE = 1500;

/** Opens a dispute over a charge that a disputing test card paid. */
export function insertDispute(call: Call, charge: JsonObject): void {
  const row = makeRow(call, 'dispute', {});
  const amount = number(charge, 'amount') ?? 0;
  insertTransaction(call, { amount: -amount, currency: text(charge, 'currency') ?? 'usd', fee: FEE, source: idOf(row), type: 'adjustment', description: 'Chargeback withdrawal' });
  Object.assign(row, {
    amount, charge: idOf(charge), currency: charge['currency'] ?? 'usd', is_charge_refundable: false, payment_intent: charge['payment_intent'] ?? null, reason: 'fraudulent', status: 'needs_response',
    evidence_details: { ...object(row, 'evidence_details'), due_by: call.now + WEEK, has_evidence: false, past_due: false, submission_count: 0 },
    payment_method_details: { card: { brand: text(object(object(charge, 'payment_method_details'), 'card'), 'brand') ?? 'visa', case_type: 'chargeback', network_reason_code: '10.4' }, type: 'card' },
  });
  call.transaction.insert(DISPUTES, row);
  charge['disputed'] = true;
  emit(call, 'charge.dispute.created', { collection: DISPUTES, key: idOf(row) });
  emit(call, 'charge.updated', { collection: CHARGES, key: idOf(charge) });
}

/** Evidence is kept until it is submitted; then the bank looks at it. */
export const disputeLife: Life = {
  updated: (call, row, before) => {
    if (before['status'] !== 'needs_response' && call.params['evidence'] !== undefined) throw unexpectedState('This dispute is not in a state that takes evidence.');
    if (call.params['evidence'] !== undefined) row['evidence_details'] = { ...object(row, 'evidence_details'), has_evidence: true };
    if (!flag(call.params, 'submit')) return;
    row['status'] = 'under_review';
    const details = object(row, 'evidence_details');
    row['evidence_details'] = { ...details, submission_count: (number(details, 'submission_count') ?? 0) + 1 };
  },
};

/** `POST /v1/disputes/{}/close` */
export function closeVerb(call: Call): Answer {
  const row = editAddressed(call, DISPUTES, 'dispute');
  if (row['status'] === 'lost' || row['status'] === 'won') throw unexpectedState('This dispute is already closed.');
  row['status'] = 'lost';
  emit(call, 'charge.dispute.closed', { collection: DISPUTES, key: idOf(row) });
  return place(DISPUTES, idOf(row));
}
