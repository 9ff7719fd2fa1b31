// Who wants to hear of an event, and the delivery that it becomes: a row beside the others, so that it survives like them.
// It must not know how deliveries are sent.
import type { World } from '../dispatch.ts';
import { randomLetters } from '../identifiers.ts';
import type { JsonObject } from '../json.ts';
import { number, object, text, texts } from '../json.ts';
import { OWN_ACCOUNT } from '../keys.ts';
import { materialise } from '../render.ts';
import { LATEST_VERSION } from '../sdk.ts';
import type { Operation, Scope } from '../store.ts';
import { isLegacy } from '../versions.ts';

/** Where deliveries lie, in the account whose event they tell. */
export const DELIVERIES = '/_deliveries';
/** The clock that deliveries wait by, so that nothing else takes them up. */
export const POST_CLOCK = '_deliveries';
/** Webhook endpoints of v1. */
export const ENDPOINTS = '/v1/webhook_endpoints';
/** Event destinations of v2. */
export const DESTINATIONS = '/v2/core/event_destinations';
const THIN = '/v2/core/events';
const PING = 'v2.core.event_destination.ping';

/** One that wants an event. */
export interface Destination {
  readonly collection: string;
  readonly id: string;
  /** The account and mode that it lies in. */
  readonly scope: string;
  readonly version: string;
  /** It is told that something happened, and fetches the rest itself. */
  readonly thin: boolean;
  /** It belongs to the platform, and the event to an account of it. */
  readonly connected: boolean;
}

/** Whether a url leads to this machine and no further. */
export function isLoopback(url: string): boolean {
  const host = URL.parse(url)?.hostname ?? '';
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(host);
}

/** Where a destination wants its deliveries; undefined where nothing is to be sent. */
export function addressOf(world: Pick<World, 'deliverAnywhere'>, row: JsonObject | undefined): string | undefined {
  const url = text(row, 'url') ?? text(object(row, 'webhook_endpoint'), 'url') ?? '';
  if (row?.['status'] !== 'enabled' || !/^https?:\/\//.test(url)) return undefined;
  return world.deliverAnywhere === true || isLoopback(url) ? url : undefined;
}

function wants(row: JsonObject, type: string): boolean {
  const enabled = texts(row, 'enabled_events');
  return enabled.includes('*') || enabled.includes(type);
}

function within(world: World, scope: Scope | undefined, type: string, connected: boolean): Destination[] {
  if (scope === undefined) return [];
  const endpoints = (scope.collections.get(ENDPOINTS)?.order ?? []).map((entry) => entry.row)
    .filter((row) => (row['_connect'] === true) === connected && wants(row, type) && addressOf(world, row) !== undefined)
    .map((row): Destination => ({ collection: ENDPOINTS, id: text(row, 'id') ?? '', scope: scope.name, version: text(row, 'api_version') ?? LATEST_VERSION, thin: false, connected }));
  const from = connected ? '@accounts' : '@self';
  const others = (scope.collections.get(DESTINATIONS)?.order ?? []).map((entry) => entry.row)
    .filter((row) => {
      const sources = texts(row, 'events_from');
      const heard = sources.length === 0 ? !connected : sources.some((one) => one === from || `@${one}` === from);
      return heard && wants(row, row['event_payload'] === 'thin' ? `v1.${type}` : type) && addressOf(world, row) !== undefined;
    })
    .map((row): Destination => ({ collection: DESTINATIONS, id: text(row, 'id') ?? '', scope: scope.name, version: text(row, 'snapshot_api_version') ?? LATEST_VERSION, thin: row['event_payload'] === 'thin', connected }));
  return [...endpoints, ...others];
}

/** Who wants an event of a scope: endpoints of the account itself, and those of the platform that listen to its accounts. */
export function destinationsFor(world: World, scope: Scope, event: JsonObject): readonly Destination[] {
  const type = text(event, 'type') ?? '';
  const own = within(world, scope, type, false);
  if (scope.account === OWN_ACCOUNT) return own;
  return [...own, ...within(world, world.store.scopes.get(`${OWN_ACCOUNT}/${scope.livemode ? 'live' : 'test'}`), type, true)];
}

function delivery(world: World, to: Destination, event: string, type: string): JsonObject {
  const now = Math.floor(world.now() / 1000);
  return {
    id: `_dl_${randomLetters(24)}`, created: now, event, type, destination: to.id, destination_collection: to.collection, destination_scope: to.scope,
    api_version: to.version, connected: to.connected, status: 'pending', attempts: [], next_attempt_at: now, ...(to.thin ? { thin: true } : {}),
  };
}

const put = (row: JsonObject): Operation => ['put', DELIVERIES, text(row, 'id') ?? '', row];

/** What delivers an event, which was applied just before, to a destination. */
export function deliveryOf(world: World, scope: Scope, to: Destination, [, event, collection, key]: Extract<Operation, readonly ['event', ...unknown[]]>): readonly Operation[] {
  const entry = scope.collections.get(collection)?.byKey.get(key);
  const type = text(event, 'type') ?? '';
  if (!to.thin) {
    const row = delivery(world, to, text(event, 'id') ?? '', type);
    // Old versions show what the event's own row no longer tells.
    return [put(isLegacy(to.version) && entry !== undefined ? { ...row, shown: materialise(scope, entry, true) } : row)];
  }
  const thin: JsonObject = {
    id: `evt_${scope.livemode ? 'live' : 'test'}_${randomLetters(26)}`, object: 'v2.core.event', changes: null, context: to.connected ? scope.account : null, created: new Date((number(event, 'created') ?? 0) * 1000).toISOString(),
    data: null, livemode: scope.livemode, reason: null, related_object: entry === undefined ? null : { id: key, type: text(entry.row, 'object') ?? '', url: `${collection.replace('{}', text(entry.row, '_parent') ?? '')}/${key}` }, type: `v1.${type}`,
  };
  return [['put', THIN, text(thin, 'id') ?? '', thin], put(delivery(world, to, text(thin, 'id') ?? '', `v1.${type}`))];
}

/** What delivers a ping, which is an event of v2 from the start, to the destination that it is for. */
export function pingOf(world: World, scope: Scope, operation: Operation): readonly Operation[] {
  if (operation[0] !== 'put' || operation[1] !== THIN || text(operation[3], 'type') !== PING) return [];
  const id = text(object(operation[3], 'related_object'), 'id') ?? '';
  if (addressOf(world, scope.collections.get(DESTINATIONS)?.byKey.get(id)?.row) === undefined) return [];
  const to: Destination = { collection: DESTINATIONS, id, scope: scope.name, version: LATEST_VERSION, thin: true, connected: false };
  return [put(delivery(world, to, operation[2], PING))];
}
