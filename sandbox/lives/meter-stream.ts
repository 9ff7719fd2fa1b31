// The fast way for meter events: a session with a token, a stream that takes many at once and answers nothing, and the reports on what
// was wrong with them, as events of API v2. Stripe reports after some minutes, the sandbox at once.
import type { Answer, Call } from '../call.ts';
import { emitFor, idOf, place } from '../call.ts';
import { makeRow } from '../generic.ts';
import { newId, randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { object, objects, text } from '../json.ts';

const SESSIONS = '/v2/billing/meter_event_session';
const METERS = '/v1/billing/meters';
const EVENTS = '/v2/core/events';
const FIFTEEN_MINUTES = 15 * 60;
const OLDEST = 35 * 24 * 3600;
const NEWEST = 5 * 60;

/** What is wrong with one meter event; `meter` where it is known whose it would be. */
interface Fault {
  readonly code: string;
  readonly message: string;
  readonly meter: string | undefined;
  readonly identifier: string;
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, '.000Z');

/** `POST /v2/billing/meter_event_session` */
export function openSession(call: Call): Answer {
  const row = makeRow(call, 'v2.billing.meter_event_session', {});
  Object.assign(row, { authentication_token: `rk_${call.livemode ? 'live' : 'test'}_${randomLetters(60)}`, expires_at: iso(call.now + FIFTEEN_MINUTES) });
  call.transaction.insert(SESSIONS, row);
  return place(SESSIONS, idOf(row));
}

/** `POST /v2/billing/meter_event_stream`: takes what is good and reports the rest. */
export function takeStream(call: Call): Answer {
  const faults: Fault[] = [];
  for (const event of objects(call.params, 'events')) {
    const fault = faultOf(call, event);
    if (fault === undefined) keep(call, event);
    else faults.push(fault);
  }
  for (const meter of new Set(faults.map((fault) => fault.meter))) report(call, meter, faults.filter((fault) => fault.meter === meter));
  return { kind: 'text', text: '{}' };
}

function keep(call: Call, event: JsonObject): void {
  const row = makeRow(call, 'billing.meter_event', {});
  const at = Date.parse(text(event, 'timestamp') ?? '') / 1000;
  Object.assign(row, { event_name: event['event_name'] ?? '', identifier: event['identifier'] ?? randomLetters(32), payload: event['payload'] ?? {}, timestamp: Number.isNaN(at) ? call.now : Math.floor(at) });
  const key = newId('billing.meter_event', call.livemode);
  call.transaction.insert('/v1/billing/meter_events', row, key);
  emitFor(call, 'billing.meter_event', 'created', { collection: '/v1/billing/meter_events', key });
}

function faultOf(call: Call, event: JsonObject): Fault | undefined {
  const name = text(event, 'event_name') ?? '';
  const identifier = text(event, 'identifier') ?? randomLetters(32);
  const meters = call.transaction.rows(METERS).filter((row) => text(row, 'event_name') === name);
  const meter = meters.find((row) => row['status'] === 'active') ?? meters[0];
  const wrong = (code: string, message: string): Fault => ({ code, message, meter: meter === undefined ? undefined : idOf(meter), identifier });
  if (meter === undefined) return wrong('no_meter', `No meter found for event name ${name}.`);
  if (meter['status'] !== 'active') return wrong('archived_meter', `The meter for event name ${name} is not active.`);
  const payload = object(event, 'payload');
  const mapped = text(object(meter, 'customer_mapping'), 'event_payload_key') ?? 'stripe_customer_id';
  const valued = text(object(meter, 'value_settings'), 'event_payload_key') ?? 'value';
  const customer = text(payload, mapped);
  if (customer === undefined) return wrong('meter_event_no_customer_defined', `The event has no customer: its payload has no key ${mapped}.`);
  if (call.transaction.find('/v1/customers', customer) === undefined) return wrong('meter_event_customer_not_found', `There is no customer ${customer}.`);
  const value = text(payload, valued) ?? '';
  if (object(meter, 'default_aggregation')?.['formula'] !== 'count' && !/^-?\d+(\.\d+)?$/.test(value)) return wrong('meter_event_invalid_value', `The value '${value}' is no number.`);
  const at = Date.parse(text(event, 'timestamp') ?? '') / 1000;
  if (at > call.now + NEWEST) return wrong('timestamp_in_future', 'The timestamp is more than five minutes ahead.');
  return at < call.now - OLDEST ? wrong('timestamp_too_far_in_past', 'The timestamp is more than 35 days old.') : undefined;
}

function report(call: Call, meter: string | undefined, faults: readonly Fault[]): void {
  const codes = [...new Set(faults.map((fault) => fault.code))];
  const row: JsonObject = {
    id: newId('v2.core.event', call.livemode), object: 'v2.core.event', created: iso(call.told), livemode: call.livemode,
    type: `v1.billing.meter.${meter === undefined ? 'no_meter_found' : 'error_report_triggered'}`,
    ...(meter === undefined ? {} : { related_object: { id: meter, type: 'billing.meter', url: `${METERS}/${meter}` } }),
    data: {
      developer_message_summary: `There ${faults.length === 1 ? 'is 1 invalid event' : `are ${faults.length} invalid events`}`,
      reason: {
        error_count: faults.length,
        error_types: codes.map((code) => {
          const these = faults.filter((fault) => fault.code === code);
          return { code, error_count: these.length, sample_errors: these.slice(0, 5).map((fault) => ({ error_message: fault.message, request: { identifier: fault.identifier } })) };
        }),
      },
      validation_end: iso(call.told), validation_start: iso(call.told),
    },
  };
  call.transaction.insert(EVENTS, row);
}
