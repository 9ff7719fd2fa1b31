// Usage that is reported and what it adds up to: meter events, their adjustments, the summaries of meters; and billing credits that are
// granted, voided, expire, and the balance they leave.
import type { Answer, Call, Handler } from '../call.ts';
import { emit, findNamed, idOf, place } from '../call.ts';
import { listComputed } from '../computed-list.ts';
import { invalidRequest, missing, unexpectedState } from '../errors.ts';
import type { Life } from '../generic.ts';
import { makeRow } from '../generic.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, objects, text, texts } from '../json.ts';
import { fingerprint } from './payment-methods.ts';
import { editIn } from './statuses.ts';

const EVENTS = '/v1/billing/meter_events';
const EVENTS_V2 = '/v2/billing/meter_events';
const ADJUSTMENTS = '/v1/billing/meter_event_adjustments';
const ADJUSTMENTS_V2 = '/v2/billing/meter_event_adjustments';
const METERS = '/v1/billing/meters';
const GRANTS = '/v1/billing/credit_grants';
const CREDITS = '/v1/billing/credit_balance_transactions';
const DAY = 24 * 3600;

/** A meter event keeps its identifier for a day; a second one with it is refused. */
const eventLife: Life = {
  created: (call, row) => {
    const given = call.params['timestamp'];
    const identifier = text(call.params, 'identifier') ?? randomLetters(32);
    const same = eventsOf(call).find((one) => one !== row && one['identifier'] === identifier && timeOf(one) > call.now - DAY);
    if (same !== undefined) throw invalidRequest(`An event already exists with identifier ${identifier}.`, 'identifier');
    Object.assign(row, { identifier, timestamp: given ?? (call.endpoint.path.startsWith('/v2/') ? new Date(call.now * 1000).toISOString() : call.now) });
  },
};

function timeOf(event: JsonObject): number {
  return number(event, 'timestamp') ?? Date.parse(text(event, 'timestamp') ?? '') / 1000;
}

/** `cancel` takes an event out of what is added up; the summaries look at the adjustments. */
const adjustmentLife: Life = {
  created: (call, row) => {
    const identifier = text(object(call.params, 'cancel'), 'identifier');
    const found = eventsOf(call).find((event) => event['identifier'] === identifier && event['event_name'] === call.params['event_name']);
    if (found === undefined) return;
    if (call.now - timeOf(found) > DAY) throw invalidRequest('Meter events can only be canceled within 24 hours of Stripe receiving them.', 'cancel[identifier]');
    row['status'] = 'complete';
  },
};

function eventsOf(call: Call): JsonObject[] {
  return [EVENTS, EVENTS_V2].flatMap((collection) => call.transaction.rows(collection));
}

function canceledOf(call: Call): ReadonlySet<string> {
  const rows = [ADJUSTMENTS, ADJUSTMENTS_V2].flatMap((collection) => call.transaction.rows(collection));
  return new Set(rows.filter((row) => row['status'] === 'complete').map((row) => `${text(row, 'event_name') ?? ''} ${text(object(row, 'cancel'), 'identifier') ?? ''}`));
}

interface Window {
  readonly start: number;
  readonly end: number;
}

const GRAINS: Readonly<Record<string, number>> = { day: DAY, hour: 3600 };

function windowsOf(call: Call): readonly Window[] {
  const start = number(call.params, 'start_time') ?? 0;
  const end = number(call.params, 'end_time') ?? 0;
  const grain = text(call.params, 'value_grouping_window');
  const width = grain === undefined ? undefined : GRAINS[grain];
  for (const [name, value] of [['start_time', start], ['end_time', end]] as const) {
    if (value % (width ?? 60) !== 0) throw invalidRequest(`${name} must be aligned with ${grain ?? 'minute'} boundaries.`, name, 'parameter_invalid_integer');
  }
  if (end <= start) throw invalidRequest('end_time must be after start_time.', 'end_time');
  if (width === undefined) return [{ start, end }];
  return Array.from({ length: (end - start) / width }, (_, at) => ({ start: start + at * width, end: start + (at + 1) * width }));
}

/** What was reported of a customer and not taken back, in the order of its time. */
function reported(call: Call, meter: JsonObject, customer: string): readonly JsonObject[] {
  const by = text(object(meter, 'customer_mapping'), 'event_payload_key') ?? 'stripe_customer_id';
  const canceled = canceledOf(call);
  return eventsOf(call)
    .filter((event) => event['event_name'] === meter['event_name'] && !canceled.has(`${text(event, 'event_name') ?? ''} ${text(event, 'identifier') ?? ''}`) && text(object(event, 'payload'), by) === customer)
    .toSorted((a, b) => timeOf(a) - timeOf(b));
}

/** What a customer used from a time up to another, by a meter; nothing where there is no such meter. */
export function usageOf(call: Call, meter: string | undefined, customer: string, start: number, end: number): number {
  const found = call.transaction.find(METERS, meter ?? '');
  if (found === undefined) return 0;
  const inside = reported(call, found, customer).filter((event) => timeOf(event) >= start && timeOf(event) < end);
  return inside.length === 0 ? 0 : valueOf(found, inside);
}

/** `GET /v1/billing/meters/{}/event_summaries`: what a customer used, in all or by hour or day; the newest first. */
function summaries(call: Call): Answer {
  const id = call.ids[0] ?? '';
  const meter = call.transaction.find(METERS, id);
  if (meter === undefined) throw missing('billing.meter', id, 'id', 404);
  const customer = text(call.params, 'customer') ?? '';
  findNamed(call, '/v1/customers', customer, 'customer');
  const mine = reported(call, meter, customer);
  const rows = windowsOf(call).flatMap((window) => {
    const inside = mine.filter((event) => timeOf(event) >= window.start && timeOf(event) < window.end);
    if (inside.length === 0) return [];
    return [{ id: `mtrusg_test_${fingerprint(`${id}${customer}${window.start}${window.end}`)}`, object: 'billing.meter_event_summary', aggregated_value: valueOf(meter, inside), end_time: window.end, livemode: call.livemode, meter: id, start_time: window.start }];
  });
  return listComputed(call, rows.toReversed());
}

function valueOf(meter: JsonObject, events: readonly JsonObject[]): number {
  const formula = text(object(meter, 'default_aggregation'), 'formula') ?? 'sum';
  const key = text(object(meter, 'value_settings'), 'event_payload_key') ?? 'value';
  const values = events.map((event) => Number(object(event, 'payload')?.[key] ?? 0)).filter(Number.isFinite);
  if (formula === 'count') return events.length;
  return formula === 'last' ? (values.at(-1) ?? 0) : values.reduce((total, value) => total + value, 0);
}

const meterLife: Life = {
  check: (call) => {
    const name = text(call.params, 'event_name') ?? '';
    const taken = call.endpoint.kind === 'create' && call.transaction.rows(METERS).some((row) => row['event_name'] === name && row['status'] === 'active');
    if (taken) throw invalidRequest(`There is already an active meter with the event name '${name}'.`, 'event_name', 'resource_already_exists');
  },
  created: (call, row) => {
    row['customer_mapping'] = { event_payload_key: 'stripe_customer_id', type: 'by_id', ...object(call.params, 'customer_mapping') };
    row['value_settings'] = { event_payload_key: 'value', ...object(call.params, 'value_settings') };
  },
};

function book(call: Call, grant: JsonObject, type: 'credit' | 'debit', reason: string, amount: JsonObject): void {
  const row = makeRow(call, 'billing.credit_balance_transaction', {});
  const detail: JsonObject = { amount: clone(amount), type: reason, [type === 'credit' ? 'credits_application_invoice_voided' : 'credits_applied']: null };
  Object.assign(row, { credit: null, debit: null, [type]: detail, credit_grant: idOf(grant), effective_at: number(grant, 'effective_at') ?? call.now, type, _customer: text(grant, 'customer') ?? '' });
  call.transaction.insert(CREDITS, row);
  emit(call, 'billing.credit_balance_transaction.created', { collection: CREDITS, key: idOf(row) });
}

function leftOf(call: Call, grant: JsonObject): JsonObject {
  const rows = call.transaction.rows(CREDITS).filter((row) => row['credit_grant'] === idOf(grant));
  const value = (row: JsonObject, type: string): number => number(object(object(object(row, type), 'amount'), 'monetary'), 'value') ?? 0;
  const sum = rows.reduce((total, row) => total + value(row, 'credit') - value(row, 'debit'), 0);
  const currency = text(object(object(grant, 'amount'), 'monetary'), 'currency') ?? 'usd';
  return { monetary: { currency, value: sum }, type: 'monetary' };
}

const grantLife: Life = {
  check: (call) => {
    if (call.endpoint.kind === 'create' && call.params['customer'] === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
  },
  created: (call, row) => {
    row['metadata'] ??= {};
    row['effective_at'] ??= call.now;
    const expires = number(row, 'expires_at');
    if (expires !== undefined && expires <= call.now) throw invalidRequest('`expires_at` must be in the future.', 'expires_at');
    book(call, row, 'credit', 'credits_granted', object(row, 'amount') ?? {});
  },
};

function end(what: 'expire' | 'void'): Handler {
  return (call) => {
    const row = editIn(call, GRANTS);
    const expired = (number(row, 'expires_at') ?? call.now + 1) <= call.now;
    if (number(row, 'voided_at') !== undefined) throw unexpectedState('This credit grant has already been voided.');
    if (expired) throw unexpectedState('This credit grant has already expired.');
    const left = leftOf(call, row);
    if (what === 'void' && JSON.stringify(left) !== JSON.stringify(row['amount'])) throw unexpectedState('You cannot void a credit grant that has been applied.');
    book(call, row, 'debit', what === 'void' ? 'credits_voided' : 'credits_expired', left);
    Object.assign(row, what === 'void' ? { voided_at: call.now } : { expires_at: call.now }, { updated: call.now });
    emit(call, 'billing.credit_grant.updated', { collection: GRANTS, key: idOf(row) });
    return place(GRANTS, idOf(row));
  };
}

/** `GET /v1/billing/credit_balance_summary`: what is left, by currency, of all grants or of those that the filter names. */
function summary(call: Call): Answer {
  const customer = text(call.params, 'customer');
  if (customer === undefined) throw invalidRequest('Missing required param: customer.', 'customer', 'parameter_missing');
  findNamed(call, '/v1/customers', customer, 'customer');
  const filter = object(call.params, 'filter');
  const only = filter?.['type'] === 'credit_grant' ? text(filter, 'credit_grant') : undefined;
  const scope = object(filter, 'applicability_scope');
  const prices = objects(scope, 'prices').map(idOf).concat(texts(scope, 'prices'));
  const fits = (grant: JsonObject): boolean => {
    const own = objects(object(object(grant, 'applicability_config'), 'scope'), 'prices').map(idOf);
    return only === undefined ? own.length === 0 || own.some((id) => prices.includes(id)) : idOf(grant) === only;
  };
  const sums = new Map<string, number>();
  for (const grant of call.transaction.rows(GRANTS)) {
    if (grant['customer'] !== customer || !fits(grant) || (number(grant, 'effective_at') ?? 0) > call.now || (number(grant, 'expires_at') ?? call.now + 1) <= call.now) continue;
    const left = object(leftOf(call, grant), 'monetary');
    const currency = text(left, 'currency') ?? 'usd';
    sums.set(currency, (sums.get(currency) ?? 0) + (number(left, 'value') ?? 0));
  }
  const money = (currency: string, value: number): JsonObject => ({ monetary: { currency, value }, type: 'monetary' });
  const balances = [...sums].map(([currency, value]) => ({ available_balance: money(currency, value), ledger_balance: money(currency, value) }));
  return { kind: 'row', row: { object: 'billing.credit_balance_summary', balances, customer, customer_account: null, livemode: call.livemode } };
}

/** Lives of this room. */
export const METERING_LIVES: Readonly<Record<string, Life>> = {
  [EVENTS]: eventLife, [EVENTS_V2]: eventLife, [ADJUSTMENTS]: adjustmentLife, [ADJUSTMENTS_V2]: adjustmentLife, [METERS]: meterLife, [GRANTS]: grantLife,
};

/** Verbs of this room. */
export const METERING_VERBS: Readonly<Record<string, Handler>> = {
  'GET /v1/billing/credit_balance_summary': summary,
  'GET /v1/billing/meters/{}/event_summaries': summaries,
  'POST /v1/billing/credit_grants/{}/expire': end('expire'),
  'POST /v1/billing/credit_grants/{}/void': end('void'),
};
