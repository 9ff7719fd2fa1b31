// Payments that were made elsewhere and are reported here: a record of the whole, and of each attempt.
import type { Answer, Call, Handler } from '../call.ts';
import { idOf, place } from '../call.ts';
import { invalidRequest, unexpectedState } from '../errors.ts';
import { makeRow } from '../generic.ts';
import { mergeMap } from '../fill.ts';
import type { JsonObject } from '../json.ts';
import { clone, number, object, text } from '../json.ts';
import { editIn } from './statuses.ts';

const RECORDS = '/v1/payment_records';
const ATTEMPTS = '/v1/payment_attempt_records';
const AMOUNTS = ['amount', 'amount_authorized', 'amount_canceled', 'amount_failed', 'amount_guaranteed', 'amount_refunded', 'amount_requested'] as const;

function methodDetails(given: JsonObject | undefined): JsonObject | null {
  if (given === undefined) return null;
  const billing = object(given, 'billing_details');
  const empty = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
  return {
    billing_details: billing === undefined ? null : { email: null, name: null, phone: null, ...billing, address: { ...empty, ...object(billing, 'address') } },
    payment_method: text(given, 'payment_method') ?? null, type: text(given, 'type') ?? 'custom', custom: { type: null, ...object(given, 'custom'), display_name: text(object(given, 'custom'), 'display_name') ?? '' },
  };
}

function shippingOf(given: JsonObject | undefined): JsonObject | null {
  if (given === undefined) return null;
  return { name: null, phone: null, ...given, address: { city: null, country: null, line1: null, line2: null, postal_code: null, state: null, ...object(given, 'address') } };
}

/** Lays what a report says of the payer and the goods into records. */
function describe(call: Call, rows: readonly JsonObject[]): void {
  for (const row of rows) {
    const customer = object(call.params, 'customer_details');
    if (customer !== undefined) row['customer_details'] = { customer: null, email: null, name: null, phone: null, ...customer };
    if (call.params['description'] !== undefined) row['description'] = call.params['description'];
    if (object(call.params, 'shipping_details') !== undefined) row['shipping_details'] = shippingOf(object(call.params, 'shipping_details'));
    const metadata = object(call.params, 'metadata');
    if (metadata !== undefined) row['metadata'] = mergeMap(object(row, 'metadata') ?? {}, metadata);
  }
}

const money = (value: number, currency: string): JsonObject => ({ currency, value });
const valueOf = (row: JsonObject, name: string): number => number(object(row, name), 'value') ?? 0;
const currencyOf = (row: JsonObject): string => text(object(row, 'amount_requested'), 'currency') ?? 'usd';

/** Moves the whole amount to where an attempt ended. */
function end(row: JsonObject, outcome: string): void {
  const whole = valueOf(row, 'amount_requested');
  const currency = currencyOf(row);
  row['amount_guaranteed'] = money(outcome === 'guaranteed' ? whole : 0, currency);
  row['amount_authorized'] = money(outcome === 'guaranteed' ? whole : 0, currency);
  row['amount_failed'] = money(outcome === 'failed' ? whole : 0, currency);
  row['amount_canceled'] = money(outcome === 'canceled' ? whole : 0, currency);
  row['_outcome'] = outcome;
}

function insertAttempt(call: Call, record: JsonObject): JsonObject {
  const row = makeRow(call, 'payment_attempt_record', {});
  const { id: _, object: __, latest_payment_attempt_record: ___, ...shared } = clone(record);
  Object.assign(row, shared, { created: call.now, metadata: {}, payment_record: idOf(record) });
  for (const name of AMOUNTS) if (name !== 'amount' && name !== 'amount_requested') row[name] = money(0, currencyOf(record));
  const given = object(call.params, 'payment_method_details');
  if (given !== undefined) row['payment_method_details'] = methodDetails(given);
  describe(call, [row]);
  const outcome = text(call.params, 'outcome');
  delete row['_outcome'];
  if (outcome !== undefined) end(row, outcome);
  record['latest_payment_attempt_record'] = idOf(row);
  return call.transaction.insert(ATTEMPTS, row);
}

function report(call: Call): Answer {
  const requested = object(call.params, 'amount_requested') ?? {};
  const value = number(requested, 'value') ?? 0;
  if (value < 0) throw invalidRequest('This value must be greater than or equal to 0.', 'amount_requested[value]', 'parameter_invalid_integer');
  const currency = text(requested, 'currency') ?? 'usd';
  const row = makeRow(call, 'payment_record', {});
  for (const name of AMOUNTS) row[name] = money(name === 'amount' || name === 'amount_requested' ? value : 0, currency);
  const processor = object(call.params, 'processor_details');
  Object.assign(row, {
    customer_presence: call.params['customer_presence'] ?? null, metadata: {}, payment_method_details: methodDetails(object(call.params, 'payment_method_details')), reported_by: 'self',
    processor_details: { custom: { payment_reference: text(object(processor, 'custom'), 'payment_reference') ?? null }, type: 'custom' },
  });
  describe(call, [row]);
  call.transaction.insert(RECORDS, row);
  const outcome = text(call.params, 'outcome');
  if (outcome !== undefined) end(row, outcome);
  insertAttempt(call, row);
  return place(RECORDS, idOf(row));
}

function reportAttempt(call: Call): Answer {
  const row = editIn(call, RECORDS);
  if (row['_outcome'] === 'guaranteed') throw unexpectedState('This Payment Record is already guaranteed: no further attempt can be reported.');
  insertAttempt(call, row);
  const outcome = text(call.params, 'outcome');
  if (outcome !== undefined) end(row, outcome);
  describe(call, [row]);
  return place(RECORDS, idOf(row));
}

function reportOutcome(outcome: string): Handler {
  return (call) => {
    const row = editIn(call, RECORDS);
    const attempt = call.transaction.edit(ATTEMPTS, text(row, 'latest_payment_attempt_record') ?? '');
    const known = text(attempt, '_outcome');
    if (known !== undefined) throw unexpectedState(`The latest payment attempt is already ${known}.`);
    end(row, outcome);
    if (attempt !== undefined) end(attempt, outcome);
    describe(call, attempt === undefined ? [row] : [row, attempt]);
    return place(RECORDS, idOf(row));
  };
}

function inform(call: Call): Answer {
  const row = editIn(call, RECORDS);
  const attempt = call.transaction.edit(ATTEMPTS, text(row, 'latest_payment_attempt_record') ?? '');
  describe(call, attempt === undefined ? [row] : [row, attempt]);
  return place(RECORDS, idOf(row));
}

function reportRefund(call: Call): Answer {
  const row = editIn(call, RECORDS);
  const left = valueOf(row, 'amount_guaranteed') - valueOf(row, 'amount_refunded');
  const amount = number(object(call.params, 'amount'), 'value') ?? left;
  if (left <= 0) throw unexpectedState('This Payment Record has no guaranteed amount left to refund.');
  if (amount > left) throw invalidRequest(`The refund amount (${amount}) is greater than what is left (${left}).`, 'amount[value]', 'amount_too_large');
  const attempt = call.transaction.edit(ATTEMPTS, text(row, 'latest_payment_attempt_record') ?? '');
  for (const one of attempt === undefined ? [row] : [row, attempt]) one['amount_refunded'] = money(valueOf(one, 'amount_refunded') + amount, currencyOf(row));
  describe(call, [row]);
  return place(RECORDS, idOf(row));
}

/** Verbs of this room. */
export const PAYMENT_RECORD_VERBS: Readonly<Record<string, Handler>> = {
  'POST /v1/payment_records/report_payment': report,
  'POST /v1/payment_records/{}/report_payment_attempt': reportAttempt,
  'POST /v1/payment_records/{}/report_payment_attempt_canceled': reportOutcome('canceled'),
  'POST /v1/payment_records/{}/report_payment_attempt_failed': reportOutcome('failed'),
  'POST /v1/payment_records/{}/report_payment_attempt_guaranteed': reportOutcome('guaranteed'),
  'POST /v1/payment_records/{}/report_payment_attempt_informational': inform,
  'POST /v1/payment_records/{}/report_refund': reportRefund,
};
