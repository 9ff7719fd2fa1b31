// How refunds end that did not end at once: those of the test cards that wait or fail, and those whose customer never answered.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, idOf, place } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { text } from '../json.ts';
import { REFUNDS, giveBackToCharge } from './refunds.ts';
import { editIn, mustBe } from './statuses.ts';

function told(call: Call, row: JsonObject, type: string): void {
  emit(call, type, { collection: REFUNDS, key: idOf(row) });
  emit(call, 'charge.refund.updated', { collection: REFUNDS, key: idOf(row) });
}

function fail(call: Call, row: JsonObject, reason: string): void {
  Object.assign(row, { status: 'failed', failure_reason: reason });
  delete row['pending_reason'];
  giveBackToCharge(call, row);
  told(call, row, 'refund.failed');
}

/** Ends a refund of a test card: one that waited succeeds, one that seemed well fails. */
export function settleRefund(call: Call, row: JsonObject): void {
  delete row['_settles_at'];
  if (text(row, 'status') === 'succeeded') {
    fail(call, row, 'expired_or_canceled_card');
    return;
  }
  row['status'] = 'succeeded';
  delete row['pending_reason'];
  told(call, row, 'refund.updated');
}

/** `POST /v1/test_helpers/refunds/{}/expire` */
function expire(call: Call): Answer {
  const row = editIn(call, REFUNDS);
  mustBe(row, ['requires_action']);
  delete row['next_action'];
  fail(call, row, 'unknown');
  return place(REFUNDS, idOf(row));
}

/** Verbs of this room. */
export const REFUND_WORK_VERBS: Readonly<Record<string, Handler>> = { 'POST /v1/test_helpers/refunds/{}/expire': expire };
