// Disputes: opened by the test cards for it, answered with evidence, closed as lost. An inquiry is one that has taken no money yet.
import type { Answer, Call } from '../call.ts';
import { editAddressed, emit, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow, withoutHidden } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text } from '../json.ts';
import { insertTransaction } from './balance-transactions.ts';
import { CHARGES } from './payments.ts';
import { closeReview, settleWarnings } from './reviews.ts';
import type { Behaviour } from './test-cards.ts';

/** Where disputes lie. */
export const DISPUTES = '/v1/disputes';
const MINUTE = 60;
const WEEK = 7 * 24 * 3600;
const FEE = 1500;

/** Opens a dispute over a charge that a disputing test card paid. */
export function insertDispute(call: Call, charge: JsonObject, { reason, inquiry, enhanced }: Behaviour & { readonly kind: 'disputes' }): void {
  const row = makeRow(call, 'dispute', {});
  const amount = number(charge, 'amount') ?? 0;
  const withdrawn = inquiry ? [] : [insertTransaction(call, { amount: -amount, currency: text(charge, 'currency') ?? 'usd', fee: FEE, source: idOf(row), type: 'adjustment', reporting: 'dispute', description: 'Chargeback withdrawal' })];
  Object.assign(row, {
    amount, charge: idOf(charge), currency: charge['currency'] ?? 'usd', is_charge_refundable: inquiry, payment_intent: charge['payment_intent'] ?? null, reason, status: inquiry ? 'warning_needs_response' : 'needs_response',
    balance_transactions: withdrawn.map((one) => withoutHidden(clone(one))),
    evidence_details: { ...object(row, 'evidence_details'), due_by: call.now + WEEK, has_evidence: false, past_due: false, submission_count: 0 },
    payment_method_details: { card: { brand: text(object(object(charge, 'payment_method_details'), 'card'), 'brand') ?? 'visa', case_type: inquiry ? 'inquiry' : 'chargeback', network_reason_code: reason === 'fraudulent' ? '10.4' : '13.1' }, type: 'card' },
  });
  if (enhanced !== undefined) row['enhanced_eligibility_types'] = [enhanced];
  call.transaction.insert(DISPUTES, row);
  closeReview(call, charge, 'disputed');
  settleWarnings(call, charge);
  charge['disputed'] = true;
  emit(call, 'charge.dispute.created', { collection: DISPUTES, key: idOf(row) });
  if (!inquiry) emit(call, 'charge.dispute.funds_withdrawn', { collection: DISPUTES, key: idOf(row) });
  emit(call, 'charge.updated', { collection: CHARGES, key: idOf(charge) });
}

/** Evidence is kept until it is submitted; then the bank looks at it. */
export const disputeLife: Life = {
  updated: (call, row, before) => {
    const inquiry = before['status'] === 'warning_needs_response';
    if (before['status'] !== 'needs_response' && !inquiry && call.params['evidence'] !== undefined) throw unexpectedState('This dispute is not in a state that takes evidence.');
    if (call.params['evidence'] !== undefined) row['evidence_details'] = { ...object(row, 'evidence_details'), has_evidence: true };
    // Evidence goes to the bank at once unless it is only staged.
    if (call.params['submit'] === false || (call.params['evidence'] === undefined && call.params['submit'] !== true)) return;
    row['status'] = inquiry ? 'warning_under_review' : 'under_review';
    const details = object(row, 'evidence_details');
    row['evidence_details'] = { ...details, submission_count: (number(details, 'submission_count') ?? 0) + 1 };
    row['_decided_at'] = call.now + MINUTE;
  },
};

/** What the bank decides where the evidence says one of these words. */
const OUTCOMES: Readonly<Record<string, 'won' | 'lost' | 'escalated'>> = { winning_evidence: 'won', losing_evidence: 'lost', escalate_inquiry_evidence: 'escalated' };

/** What the bank will say: Stripe's test texts decide, with any other it goes on looking. */
function verdictOn(row: JsonObject): 'won' | 'lost' | 'escalated' | undefined {
  return OUTCOMES[text(object(row, 'evidence'), 'uncategorized_text') ?? ''];
}

/** When a dispute next has something to do. */
export function disputeDue(row: JsonObject): number | undefined {
  const status = text(row, 'status') ?? '';
  if (status.endsWith('needs_response')) return number(object(row, 'evidence_details'), 'due_by');
  return status.endsWith('under_review') && verdictOn(row) !== undefined ? number(row, '_decided_at') : undefined;
}

/** Nobody answered in time, or the bank has decided. */
export function disputeTurn(call: Call, row: JsonObject): void {
  const status = text(row, 'status') ?? '';
  const late = status.endsWith('needs_response');
  if (late) row['evidence_details'] = { ...object(row, 'evidence_details'), past_due: true };
  const outcome = late ? 'lost' : (verdictOn(row) ?? 'lost');
  const inquiry = status.startsWith('warning');
  if (inquiry && outcome === 'escalated') escalate(call, row);
  else if (inquiry) end(call, row, 'warning_closed');
  else if (outcome === 'won') reinstate(call, row);
  else end(call, row, 'lost');
}

function end(call: Call, row: JsonObject, status: string): void {
  row['status'] = status;
  emit(call, 'charge.dispute.closed', { collection: DISPUTES, key: idOf(row) });
}

function move(call: Call, row: JsonObject, amount: number, fee: number, description: string): void {
  const transaction = insertTransaction(call, { amount, currency: text(row, 'currency') ?? 'usd', fee, source: idOf(row), type: 'adjustment', reporting: amount < 0 ? 'dispute' : 'dispute_reversal', description });
  row['balance_transactions'] = [...objects(row, 'balance_transactions'), withoutHidden(clone(transaction))];
}

function reinstate(call: Call, row: JsonObject): void {
  move(call, row, number(row, 'amount') ?? 0, 0, 'Chargeback reversal');
  emit(call, 'charge.dispute.funds_reinstated', { collection: DISPUTES, key: idOf(row) });
  end(call, row, 'won');
}

/** An inquiry becomes a dispute: the money goes, and evidence is asked for anew. */
function escalate(call: Call, row: JsonObject): void {
  const details = object(object(row, 'payment_method_details'), 'card');
  Object.assign(row, { status: 'needs_response', is_charge_refundable: false, evidence_details: { ...object(row, 'evidence_details'), due_by: call.now + WEEK } });
  if (details !== undefined) details['case_type'] = 'chargeback';
  move(call, row, -(number(row, 'amount') ?? 0), FEE, 'Chargeback withdrawal');
  emit(call, 'charge.dispute.funds_withdrawn', { collection: DISPUTES, key: idOf(row) });
}

/** `POST /v1/disputes/{}/close` */
export function closeVerb(call: Call): Answer {
  const row = editAddressed(call, DISPUTES, 'dispute');
  const status = text(row, 'status') ?? '';
  if (['lost', 'won', 'warning_closed'].includes(status)) throw unexpectedState('This dispute is already closed.');
  row['status'] = status.startsWith('warning') ? 'warning_closed' : 'lost';
  emit(call, 'charge.dispute.closed', { collection: DISPUTES, key: idOf(row) });
  return place(DISPUTES, idOf(row));
}
