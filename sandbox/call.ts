// One request on its way through a handler: what was asked, by whom, and the transaction it works in. The lives see nothing else.
import type { JsonObject } from './json.ts';
import { clone, text } from './json.ts';
import { missing } from './errors.ts';
import { newId } from './identifiers.ts';
import type { Endpoint } from './sdk.ts';
import { COLLECTIONS, LATEST_VERSION, enumValues } from './sdk.ts';
import type { Place, Transaction } from './transaction.ts';

/** What a handler answers: a row that lies in the store, a row that does not, JSON text, or bytes. */
export type Answer =
  | ({ readonly kind: 'place' } & Place)
  | { readonly kind: 'row'; readonly row: JsonObject }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly type: string; readonly bytes: Buffer };

/** What happens when an invoice of a subscription cannot be collected: in how many days it is tried again, and how it ends. */
export interface Billing {
  readonly retryDays: readonly number[];
  readonly afterFailures: 'cancel' | 'unpaid' | 'past_due';
}

/** One request. */
export interface Call {
  readonly endpoint: Endpoint;
  readonly transaction: Transaction;
  /** The ids in the path, outermost first. */
  readonly ids: readonly string[];
  readonly params: JsonObject;
  /** Parameters that only the asked-for, older version takes; unchecked. */
  readonly oldParams: JsonObject;
  /** The path as asked for, without the query. */
  readonly path: string;
  readonly version: string;
  readonly legacy: boolean;
  /** The oldest version whose ways are taken: the one asked for, or empty, which is any, where none was. */
  readonly oldest: string;
  readonly livemode: boolean;
  readonly account: string;
  /** Where the sandbox's own pages are; empty where nobody can visit them. */
  readonly site: string;
  /** Seconds since 1970, by the test clock that the request's rows belong to, or else by the sandbox's own. */
  readonly now: number;
  /** The test clock, if there is one; rows that are made belong to it. */
  readonly clock: string;
  /** The time that events carry: the sandbox's own, also where a test clock rules. */
  readonly told: number;
  readonly billing: Billing;
  /** How many seconds search lags behind what was written. */
  readonly searchDelay: number;
  /** Null where no request asked for it, but time came. */
  readonly requestId: string | null;
  readonly idempotencyKey: string | null;
}

/** Does what an endpoint does. */
export type Handler = (call: Call) => Answer;

/** Answers a row by where it lies. */
export function place(collection: string, key: string): Answer {
  return { kind: 'place', collection, key };
}

/** The collection where rows of an object lie; the shortest path that retrieves them. */
export const HOME: ReadonlyMap<string, string> = new Map([['discount', '/_discounts'] as const, ...[...COLLECTIONS.values()]
  .filter((one) => one.operations.has('retrieve') || one.operations.has('list'))
  .sort((a, b) => b.path.length - a.path.length)
  .flatMap((one) => one.objects.map((object) => [object, one.path] as const))]);

const enabledEvents = COLLECTIONS.get('/v1/webhook_endpoints')?.operations.get('create')?.params.get('enabled_events')?.type;
const eventEnum = Array.isArray(enabledEvents) && Array.isArray(enabledEvents[1]) && typeof enabledEvents[1][1] === 'number' ? enabledEvents[1][1] : -1;

/** The types of events that exist. */
export const EVENT_TYPES: ReadonlySet<string> = new Set(enumValues(eventEnum));

/** Objects whose events have another name than their own. */
const EVENT_NAMES: Readonly<Record<string, string>> = {
  bank_account: 'customer.source', card: 'customer.source', discount: 'customer.discount', dispute: 'charge.dispute', source: 'customer.source',
  subscription: 'customer.subscription', tax_id: 'customer.tax_id', 'issuing.authorization': 'issuing_authorization', 'issuing.card': 'issuing_card',
  'issuing.cardholder': 'issuing_cardholder', 'issuing.dispute': 'issuing_dispute', 'issuing.personalization_design': 'issuing_personalization_design',
  'issuing.token': 'issuing_token', 'issuing.transaction': 'issuing_transaction',
};

/** Says that a row of an object was created, changed or deleted, if Stripe has an event for it. */
export function emitFor(call: Call, object: string, what: 'created' | 'updated' | 'deleted', at: Place, previous?: JsonObject): void {
  emit(call, `${EVENT_NAMES[object] ?? object}.${what}`, at, previous);
}

/** Says that something happened to a row, if Stripe has an event for it. */
export function emit(call: Call, type: string, at: Place, previous?: JsonObject): void {
  if (EVENT_TYPES.has(type)) call.transaction.happened({ ...eventOf(call, type), ...(previous === undefined ? {} : { _previous: previous }) }, at);
}

/** Says that something happened to what lies nowhere: the balance, a platform's application. */
export function emitAbout(call: Call, type: string, about: JsonObject, account?: string): void {
  call.transaction.happened({ ...eventOf(call, type), _about: about, ...(account === undefined ? {} : { account }) }, { collection: '', key: '' });
}

function eventOf(call: Call, type: string): JsonObject {
  return {
    id: newId('event', call.livemode),
    object: 'event',
    api_version: LATEST_VERSION,
    created: call.told,
    data: {},
    livemode: call.livemode,
    pending_webhooks: 0,
    request: { id: call.requestId, idempotency_key: call.idempotencyKey },
    type,
  };
}

/** Objects that change without an event of their own: other events tell. */
const QUIET = new Set(['application_fee', 'charge', 'event', 'payment_method', 'transfer']);
/** Objects that come into being beside others, without a request of their own. */
const BESIDES = new Set(['invoiceitem', 'plan', 'price', 'product', 'setup_intent', 'tax_id']);
const UNTOLD = new Set(['next_invoice_sequence', 'times_redeemed', 'updated']);

/** Before a call ends: rows that came or changed on the way get their events, and those told already what there was before. */
export function emitChanges(call: Call): void {
  for (const other of call.transaction.others()) emitChangesIn({ ...call, transaction: other, account: other.scope.account });
  emitChangesIn(call);
}

function emitChangesIn(call: Call): void {
  for (const { place: at, before, row } of call.transaction.changed()) {
    const object = text(row, 'object') ?? '';
    if (QUIET.has(object)) continue;
    const name = EVENT_NAMES[object] ?? object;
    const told = call.transaction.toldOf(at);
    if (before === undefined) {
      if (BESIDES.has(object) && told.length === 0) emit(call, `${name}.created`, at);
      continue;
    }
    const changed = changesBetween(before, row);
    const updated = told.find((event) => event['type'] === `${name}.updated`);
    if (updated !== undefined) {
      const previous = updated['_previous'];
      updated['_previous'] = { ...changed, ...(typeof previous === 'object' && !Array.isArray(previous) ? previous : {}) };
    } else if (Object.keys(changed).some((key) => !UNTOLD.has(key)) && !told.some((event) => event['type'] === `${name}.deleted` || event['type'] === `${name}.created`)) {
      emit(call, `${name}.updated`, at, changed);
    }
  }
}

/** The row a parameter names, to be changed; a 400 if there is none. */
export function editNamed(call: Call, collection: string, id: string, param: string): JsonObject {
  const row = call.transaction.edit(collection, id);
  if (row === undefined) throw missing(COLLECTIONS.get(collection)?.object ?? 'object', id, param);
  return row;
}

/** The row a parameter names, to be read; a 400 if there is none. */
export function findNamed(call: Call, collection: string, id: string, param: string): JsonObject {
  const row = call.transaction.find(collection, id);
  if (row === undefined) throw missing(COLLECTIONS.get(collection)?.object ?? 'object', id, param);
  return row;
}

/** The row that the path names, to be changed; a 404 if there is none. */
export function editAddressed(call: Call, collection: string, param = 'id'): JsonObject {
  const id = call.ids[0] ?? '';
  const row = call.transaction.edit(collection, id);
  if (row === undefined) throw missing(COLLECTIONS.get(collection)?.object ?? 'object', id, param, 404, otherMode(call, collection, id));
  return row;
}

/** Stripe's hint when the id belongs to the other mode; the store of that mode is not looked into for anything else. */
export function otherMode(call: Call, collection: string, id: string): string {
  const other = call.transaction.sibling?.collections.get(collection)?.byKey.has(id) === true;
  if (!other) return '';
  const [have, used] = call.livemode ? ['test', 'live'] : ['live', 'test'];
  return `; a similar object exists in ${have} mode, but a ${used} mode key was used to make this request.`;
}

/** What of a row changed, with the values from before: the `previous_attributes` of an event. */
export function changesBetween(before: JsonObject, after: JsonObject): JsonObject {
  const changed: JsonObject = {};
  for (const key of Object.keys(after)) {
    // What the row did not have at all has no value from before.
    if (!key.startsWith('_') && before[key] !== undefined && JSON.stringify(before[key]) !== JSON.stringify(after[key])) changed[key] = clone(before[key]);
  }
  return changed;
}


/** A row's id. */
export function idOf(row: JsonObject): string {
  return text(row, 'id') ?? '';
}
