// How far search lags behind: it finds rows as they were a while ago, as Stripe's does. What changed since is remembered in memory alone:
// a sandbox that starts anew has caught up. It must not know queries.
import type { JsonObject } from './json.ts';
import { ENDPOINTS } from './sdk.ts';
import type { Operation, Scope } from './store.ts';

const SEARCHED: ReadonlySet<string> = new Set(ENDPOINTS.filter((one) => one.kind === 'search').map((one) => one.collection));

interface Change {
  readonly collection: string;
  readonly key: string;
  /** The row as it was; undefined if there was none. */
  readonly before: JsonObject | undefined;
  /** Seconds since 1970. */
  readonly at: number;
}

/** The changes that search does not know of yet, of each account and mode. */
const changes = new WeakMap<Scope, Change[]>();

/** Notes what an operation is about to change, where search lags. */
export function noteChange(scope: Scope, operation: Operation, at: number): void {
  const [what, collection, key] = operation;
  if ((what !== 'put' && what !== 'remove') || !SEARCHED.has(collection) || typeof key !== 'string') return;
  const known = changes.get(scope) ?? [];
  known.push({ collection, key, before: scope.collections.get(collection)?.byKey.get(key)?.row, at });
  changes.set(scope, known);
}

/** The rows of a collection that search knows otherwise than they are: as they were so many seconds ago, or not at all. */
export function outdated(scope: Scope, collection: string, now: number, delay: number): ReadonlyMap<string, JsonObject | undefined> {
  const fresh = (changes.get(scope) ?? []).filter((one) => one.at + delay > now);
  changes.set(scope, fresh);
  const found = new Map<string, JsonObject | undefined>();
  for (const one of fresh) if (one.collection === collection && !found.has(one.key)) found.set(one.key, one.before);
  return found;
}
