// Verbs whose whole effect is a change of status: from which statuses, to which, what time is noted, which event tells. Data, and one
// function that does it. A verb that does more than this has a life of its own elsewhere.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, place } from '../call.ts';
import { missing, unexpectedState } from '../errors.ts';
import type { Json, JsonObject } from '../json.ts';
import { object, text } from '../json.ts';
import { COLLECTIONS } from '../sdk.ts';

interface Transition {
  readonly from: readonly string[];
  readonly to: string;
  /** Where the time is written, as a path of at most two steps. */
  readonly at?: string;
  readonly event?: string;
  readonly also?: JsonObject;
}

const TRANSITIONS: Readonly<Record<string, Transition>> = {
  '/v1/billing/alerts/{}/activate': { from: ['inactive'], to: 'active' },
  '/v1/billing/alerts/{}/archive': { from: ['active', 'inactive'], to: 'archived' },
  '/v1/billing/alerts/{}/deactivate': { from: ['active'], to: 'inactive' },
  '/v1/billing/feedback_options/{}/deactivate': { from: ['active'], to: 'inactive', at: 'status_transitions.deactivated_at' },
  '/v1/billing/meters/{}/deactivate': { from: ['active'], to: 'inactive', at: 'status_transitions.deactivated_at', event: 'billing.meter.deactivated' },
  '/v1/billing/meters/{}/reactivate': { from: ['inactive'], to: 'active', event: 'billing.meter.reactivated', also: { status_transitions: { deactivated_at: null } } },
  '/v1/climate/orders/{}/cancel': { from: ['awaiting_funds', 'confirmed', 'open'], to: 'canceled', at: 'canceled_at', event: 'climate.order.canceled' },
  '/v1/identity/verification_sessions/{}/cancel': { from: ['requires_input'], to: 'canceled', event: 'identity.verification_session.canceled' },
  '/v1/issuing/disputes/{}/submit': { from: ['unsubmitted'], to: 'submitted', event: 'issuing_dispute.submitted' },
  '/v1/treasury/inbound_transfers/{}/cancel': { from: ['processing'], to: 'canceled', event: 'treasury.inbound_transfer.canceled', also: { cancelable: false } },
  '/v1/treasury/outbound_payments/{}/cancel': { from: ['processing'], to: 'canceled', event: 'treasury.outbound_payment.canceled', also: { cancelable: false } },
  '/v1/treasury/outbound_transfers/{}/cancel': { from: ['processing'], to: 'canceled', event: 'treasury.outbound_transfer.canceled', also: { cancelable: false } },
  '/v2/core/event_destinations/{}/disable': { from: ['enabled'], to: 'disabled', also: { status_details: { disabled: { reason: 'user' } } } },
  '/v2/core/event_destinations/{}/enable': { from: ['disabled'], to: 'enabled', also: { status_details: {} } },
};

function transit(call: Call, path: string, transition: Transition): Answer {
  const collection = path.slice(0, path.indexOf('/{}'));
  const key = call.ids[0] ?? '';
  const kind = COLLECTIONS.get(collection)?.object ?? 'object';
  const row = call.transaction.edit(collection, key);
  if (row === undefined) throw missing(kind, key, 'id', 404);
  const status = text(row, 'status') ?? '';
  if (!transition.from.includes(status)) {
    throw unexpectedState(`You cannot do this to a ${kind.replaceAll(/[._]/g, ' ')} that has a status of ${status}. It must be ${transition.from.join(' or ')}.`);
  }
  Object.assign(row, transition.also, { status: transition.to });
  note(row, transition.at, call.now);
  if (transition.event !== undefined) emit(call, transition.event, { collection, key });
  return place(collection, key);
}

function note(row: JsonObject, at: string | undefined, now: Json): void {
  if (at === undefined) return;
  const [first = '', second] = at.split('.');
  if (second === undefined) row[first] = now;
  else row[first] = { ...object(row, first), [second]: now };
}

/** The verbs that only change a status, by method and path. */
export const STATUS_VERBS: Readonly<Record<string, Handler>> = Object.fromEntries(
  Object.entries(TRANSITIONS).map(([path, transition]): [string, Handler] => [`POST ${path}`, (call) => transit(call, path, transition)]),
);
