// Verbs whose whole effect is a change of status: from which statuses, to which, what time is noted, which event tells. Data, and one
// function that does it. A verb that does more than this has a life of its own elsewhere.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, otherMode, place } from '../call.ts';
import { missing, unexpectedState } from '../errors.ts';
import type { JsonObject } from '../json.ts';
import { clone, object, text } from '../json.ts';
import { COLLECTIONS } from '../sdk.ts';

/** A change of status. */
export interface Transition {
  readonly from: readonly string[];
  readonly to: string;
  /** Where the time is written, as a path of at most two steps. */
  readonly at?: string;
  readonly event?: string;
  readonly also?: JsonObject;
  /** What the change brings besides; may refuse. */
  readonly besides?: (call: Call, row: JsonObject) => void;
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
  '/v2/core/event_destinations/{}/disable': { from: ['enabled'], to: 'disabled', also: { status_details: { disabled: { reason: 'user' } } } },
  '/v2/core/event_destinations/{}/enable': { from: ['disabled'], to: 'enabled', also: { status_details: {} } },
  '/v1/apps/installs/{}/uninstall': { from: ['installed', 'installing', 'install_failed', 'uninstall_failed'], to: 'uninstalling' },
  '/v1/financial_connections/accounts/{}/disconnect': { from: ['active', 'inactive'], to: 'disconnected', event: 'financial_connections.account.disconnected', also: { subscriptions: null } },
  '/v1/identity/verification_sessions/{}/redact': { from: ['requires_input', 'verified', 'canceled'], to: '', event: 'identity.verification_session.redacted', also: { redaction: { status: 'redacted' }, client_secret: null, url: null } },
  '/v1/invoice_rendering_templates/{}/archive': { from: ['active'], to: 'archived' },
  '/v1/invoice_rendering_templates/{}/unarchive': { from: ['archived'], to: 'active' },
  '/v1/three_d_secure/authentications/{}/cancel': { from: ['requires_submission', 'requires_challenge'], to: 'canceled', also: { outcome: 'canceled' } },
  '/v1/test_helpers/issuing/personalization_designs/{}/activate': { from: ['inactive', 'review', 'rejected'], to: 'active', event: 'issuing_personalization_design.activated', also: { rejection_reasons: { card_logo: null, carrier_text: null } } },
  '/v1/test_helpers/issuing/personalization_designs/{}/deactivate': { from: ['active', 'review'], to: 'inactive', event: 'issuing_personalization_design.deactivated' },
  '/v1/test_helpers/issuing/personalization_designs/{}/reject': {
    from: ['active', 'review', 'inactive'], to: 'rejected', event: 'issuing_personalization_design.rejected',
    besides: (call, row) => {
      const reasons = object(call.params, 'rejection_reasons') ?? {};
      row['rejection_reasons'] = { card_logo: clone(reasons['card_logo'] ?? null), carrier_text: clone(reasons['carrier_text'] ?? null) };
    },
  },
  '/v2/money_management/outbound_payments/{}/cancel': { from: ['processing'], to: 'canceled', at: 'status_transitions.canceled_at', also: { cancelable: false } },
  '/v2/money_management/outbound_setup_intents/{}/cancel': { from: ['requires_action', 'requires_payout_method'], to: 'canceled' },
  '/v2/money_management/payout_intents/{}/cancel': { from: ['pending', 'requires_action'], to: 'canceled', at: 'status_transitions.canceled_at' },
  '/v2/money_management/recipient_verifications/{}/acknowledge': { from: ['awaiting_acknowledgement'], to: 'acknowledged', at: 'status_transitions.acknowledged_at' },
};

/** The collection whose row a verb's path names: test helpers act on the rows of others. */
export function collectionOf(path: string): string {
  return path.slice(0, path.indexOf('/{}')).replace('/test_helpers/', '/');
}

/** The row the path names, to be changed; Stripe's 404 if there is none. */
export function editIn(call: Call, collection: string): JsonObject {
  const key = call.ids[0] ?? '';
  const row = call.transaction.edit(collection, key);
  if (row === undefined) throw missing(COLLECTIONS.get(collection)?.object ?? 'object', key, 'id', 404, otherMode(call, collection, key));
  return row;
}

/** Refuses what a row's status does not allow. */
export function mustBe(row: JsonObject, from: readonly string[], status = text(row, 'status') ?? ''): void {
  if (from.includes(status)) return;
  const kind = (text(row, 'object') ?? 'object').replaceAll(/[._]/g, ' ');
  throw unexpectedState(`You cannot do this to a ${kind} that has a status of ${status}. It must be ${from.join(' or ')}.`);
}

/** The time as rows of this version have it. */
export function timeFor(call: Call): string | number {
  return call.endpoint.path.startsWith('/v2/') ? new Date(call.now * 1000).toISOString().replace(/\.\d+Z$/, '.000Z') : call.now;
}

/** Does a change of status to the row that the path names. */
export function transit(call: Call, path: string, transition: Transition): Answer {
  const collection = collectionOf(path);
  const row = editIn(call, collection);
  mustBe(row, transition.from);
  Object.assign(row, clone(transition.also ?? {}));
  if (transition.to !== '') row['status'] = transition.to;
  note(row, transition.at, timeFor(call));
  transition.besides?.(call, row);
  if (transition.event !== undefined) emit(call, transition.event, { collection, key: call.ids[0] ?? '' });
  return place(collection, call.ids[0] ?? '');
}

function note(row: JsonObject, at: string | undefined, now: string | number): void {
  if (at === undefined) return;
  const [first = '', second] = at.split('.');
  if (second === undefined) row[first] = now;
  else row[first] = { ...object(row, first), [second]: now };
}

/** Verbs from transitions by path. */
export function transitions(table: Readonly<Record<string, Transition>>): Readonly<Record<string, Handler>> {
  return Object.fromEntries(Object.entries(table).map(([path, transition]): [string, Handler] => [`POST ${path}`, (call) => transit(call, path, transition)]));
}

/** The verbs that only change a status, by method and path. */
export const STATUS_VERBS: Readonly<Record<string, Handler>> = transitions(TRANSITIONS);
