// A ledger of what requests did: which rows each made, changed and took away, under which idempotency key, with which answer. It is part
// of the state, written in one line with what it tells of, so that it is as true after a death as before. The newest are kept.
import type { Call } from './call.ts';
import type { Json, JsonObject } from './json.ts';
import { number, objects, text } from './json.ts';
import type { Operation, Scope, Store } from './store.ts';
import type { Transaction } from './transaction.ts';

const EFFECTS = '/_effects';
const MOST = 20_000;

interface Done {
  readonly created: readonly JsonObject[];
  readonly changed: readonly JsonObject[];
}

/** What a transaction is about to do; to be asked before it is applied. */
export function doneBy(transaction: Transaction): Done {
  const rows = transaction.changed().filter((one) => one.place.collection.startsWith('/v'));
  const shown = (one: (typeof rows)[number]): JsonObject => ({ collection: one.place.collection, id: one.place.key });
  return {
    created: rows.filter((one) => one.before === undefined).map(shown),
    changed: rows.filter((one) => one.before !== undefined && JSON.stringify(one.before) !== JSON.stringify(one.row)).map(shown),
  };
}

/** The entry for a request that did something; undefined for one that did nothing. */
export function effectOf(call: Call, method: string, done: Done, operations: readonly Operation[], status: number, at: number): Operation | undefined {
  const { scope } = call.transaction;
  const deleted = operations.flatMap((one): JsonObject[] => (one[0] === 'remove' ? [{ collection: one[1], id: one[2] }] : []));
  const events = operations.flatMap((one): string[] => (one[0] === 'event' ? [text(one[1], 'type') ?? ''] : []));
  if (done.created.length + done.changed.length + deleted.length === 0) return undefined;
  const count = number(last(scope), 'n') ?? 0;
  const row: JsonObject = {
    n: count + 1, at, request_id: call.requestId, idempotency_key: call.idempotencyKey, account: scope.account, livemode: scope.livemode, method, path: call.path, status,
    created: [...done.created], changed: [...done.changed], deleted, events,
  };
  return ['put', EFFECTS, String(count % MOST), row];
}

const newest = new WeakMap<Scope, JsonObject>();

function last(scope: Scope): JsonObject | undefined {
  const known = newest.get(scope);
  if (known !== undefined) return known;
  const rows = scope.collections.get(EFFECTS)?.order ?? [];
  return rows.map((entry) => entry.row).toSorted((a, b) => (number(a, 'n') ?? 0) - (number(b, 'n') ?? 0)).at(-1);
}

/** Remembers the newest entry of a scope, so that the next need not look for it. */
export function remember(scope: Scope, operation: Operation): void {
  if (operation[0] === 'put') newest.set(scope, operation[3]);
}

/** The ledger, oldest first; filtered by `idempotency_key`, `request_id`, `path`, `collection`. */
export function effectsIn(store: Store, wanted: URLSearchParams): Json {
  const all = [...store.scopes.values()].flatMap((scope) => (scope.collections.get(EFFECTS)?.order ?? []).map((entry) => entry.row));
  const fits = (row: JsonObject): boolean => [...wanted].every(([name, value]) => {
    if (name === 'collection') return ['created', 'changed', 'deleted'].some((kind) => objects(row, kind).some((one) => one['collection'] === value));
    return text(row, name) === value;
  });
  const effects = all.filter(fits).toSorted((a, b) => (number(a, 'at') ?? 0) - (number(b, 'at') ?? 0) || (number(a, 'n') ?? 0) - (number(b, 'n') ?? 0));
  return { total: effects.length, effects };
}
