// Stripe's events of writes: each event tells which request caused it, and under which idempotency key. Read without changing
// anything, newest first, within bounds.
import type { Call } from '../../spi/connector.ts';
import type { UnsettledWrite, WriteTold } from '../../spi/writes.ts';
import type { Exchange } from './exchange.ts';
import { outcomeTold } from './outcome-findings.ts';
import { isObject, type StripeObject } from './response.ts';
import { shapeNamed, findEntity } from './tables.ts';

export interface FoundEvent {
  readonly type: string;
  /** The object that it is about, as it was then. */
  readonly object: StripeObject;
}

export interface EventSearch {
  /** Oldest first. */
  readonly byKey: ReadonlyMap<string, readonly FoundEvent[]>;
  /** Why events that there are may not have been found; absent where all were read. */
  readonly gap?: WriteTold;
}

const EVENTS = '/v1/events';
const PAGE = 100;
const MOST_PAGES = 100;
/** Stripe lists events for thirty days. */
const LISTED_MS = 30 * 86_400_000;
/** Clocks differ, and what Stripe does for a request may take a while. */
const SLACK_MS = 300_000;

/** Looks for the events of all writes at once, in the time in which they were sent. */
export async function searchEvents(exchange: Exchange, call: Call, writes: readonly UnsettledWrite[], account: string | undefined, now: Date): Promise<EventSearch> {
  const wanted = new Set(writes.flatMap(({ keys }) => keys));
  const from = Math.min(...writes.map(({ firstSent }) => firstSent.getTime())) - SLACK_MS;
  const until = Math.max(...writes.map(({ lastSent }) => lastSent.getTime())) + SLACK_MS;
  const byKey = new Map<string, FoundEvent[]>();
  let after: string | undefined;
  for (let page = 0; page < MOST_PAGES; page += 1) {
    const created = { gte: Math.floor(from / 1_000), lte: Math.ceil(until / 1_000) };
    const list = await exchange.object(call, { method: 'GET', path: EVENTS, endpoint: EVENTS, parameters: { created, limit: PAGE, ...(after === undefined ? {} : { starting_after: after }) }, account });
    const events = Array.isArray(list['data']) ? list['data'].filter(isObject) : [];
    for (const event of events) note(byKey, event, wanted);
    const last = events.at(-1)?.['id'];
    if (list['has_more'] !== true || typeof last !== 'string') {
      return now.getTime() - from > LISTED_MS ? { byKey, gap: outcomeTold('EVENTS_TOO_OLD') } : { byKey };
    }
    after = last;
  }
  return { byKey, gap: outcomeTold('EVENTS_TOO_MANY', { most: String(MOST_PAGES * PAGE) }) };
}

function note(byKey: Map<string, FoundEvent[]>, event: StripeObject, wanted: ReadonlySet<string>): void {
  const { request, type, data } = event;
  const key = isObject(request) ? request['idempotency_key'] : undefined;
  const object = isObject(data) ? data['object'] : undefined;
  if (typeof key !== 'string' || !wanted.has(key) || typeof type !== 'string' || !isObject(object)) return;
  byKey.set(key, [{ type, object }, ...(byKey.get(key) ?? [])]);
}

let types: ReadonlySet<string> | undefined;

/** Whether Stripe tells by an event when this happens to such an object: `invoice`, `created`. What the SDK knows of event types decides. */
export function hasEvent(object: string, verb: 'created' | 'updated' | 'deleted'): boolean {
  types ??= new Set((shapeNamed(findEntity('WebhookEndpoint')?.create?.shape)['enabled_events']?.items?.enum ?? []).flatMap((type) => suffixesOf(type)));
  return types.has(`${object}.${verb}`);
}

/** `customer.subscription.created` is of `subscription` too. */
function suffixesOf(type: string): readonly string[] {
  const parts = type.split('.');
  return parts.map((_, index) => parts.slice(index).join('.'));
}
