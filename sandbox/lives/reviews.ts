// Risk that is looked at by people: reviews of payments with an elevated risk, and warnings of issuers that a payment was fraud.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, idOf, place } from '../call.ts';
import { unexpectedState } from '../errors.ts';
import { makeRow } from '../generic.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';
import { editIn } from './statuses.ts';

const REVIEWS = '/v1/reviews';
const WARNINGS = '/v1/radar/early_fraud_warnings';

/** Opens a review of a charge. */
export function openReview(call: Call, charge: JsonObject): JsonObject {
  const row = makeRow(call, 'review', {});
  Object.assign(row, { charge: idOf(charge), open: true, opened_reason: 'rule', reason: 'rule', payment_intent: charge['payment_intent'] ?? null });
  call.transaction.insert(REVIEWS, row);
  charge['review'] = idOf(row);
  emit(call, 'review.opened', { collection: REVIEWS, key: idOf(row) });
  return row;
}

/** Closes the review of a charge, if it has an open one. */
export function closeReview(call: Call, charge: JsonObject, reason: string): void {
  const row = call.transaction.edit(REVIEWS, text(charge, 'review') ?? '');
  if (row?.['open'] === true) end(call, row, reason);
}

function end(call: Call, row: JsonObject, reason: string): void {
  Object.assign(row, { open: false, closed_reason: reason, reason });
  emit(call, 'review.closed', { collection: REVIEWS, key: idOf(row) });
}

function approve(call: Call): Answer {
  const row = editIn(call, REVIEWS);
  if (row['open'] !== true) throw unexpectedState(`This review is already closed: ${text(row, 'closed_reason') ?? ''}.`);
  end(call, row, 'approved');
  return place(REVIEWS, idOf(row));
}

/** An issuer warns that a charge was made with a stolen card. */
export function warnOfFraud(call: Call, charge: JsonObject): void {
  const row = makeRow(call, 'radar.early_fraud_warning', {});
  Object.assign(row, { actionable: true, charge: idOf(charge), fraud_type: 'unauthorized_use_of_card', ...(text(charge, 'payment_intent') === undefined ? {} : { payment_intent: charge['payment_intent'] ?? '' }) });
  call.transaction.insert(WARNINGS, row);
  emit(call, 'radar.early_fraud_warning.created', { collection: WARNINGS, key: idOf(row) });
}

/** A warning about a charge that was given back or disputed asks for nothing more. */
export function settleWarnings(call: Call, charge: JsonObject): void {
  for (const known of call.transaction.rows(WARNINGS)) {
    if (known['charge'] !== idOf(charge) || known['actionable'] !== true) continue;
    const row = call.transaction.edit(WARNINGS, idOf(known));
    if (row === undefined) continue;
    row['actionable'] = false;
    emit(call, 'radar.early_fraud_warning.updated', { collection: WARNINGS, key: idOf(row) }, { actionable: true });
  }
}

/** Verbs of this room. */
export const REVIEW_VERBS: Readonly<Record<string, Handler>> = { 'POST /v1/reviews/{}/approve': approve };
