// That a subscription pauses, and why. It must not know what is settled then.
import type { Call } from '../call.ts';
import { emit, idOf } from '../call.ts';
import type { JsonObject } from '../json.ts';

/** Where subscriptions lie. */
export const SUBSCRIPTIONS = '/v1/subscriptions';

/** Pauses a subscription, and says why. */
export function notePause(call: Call, row: JsonObject, why: 'pause_requested' | 'trial_end_without_payment_method'): void {
  Object.assign(row, { status: 'paused', status_details: { paused: { subscription: { type: why }, transitioned_at: call.now, type: 'subscription' } } });
  emit(call, 'customer.subscription.paused', { collection: SUBSCRIPTIONS, key: idOf(row) });
}
