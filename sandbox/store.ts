// The state: per account and mode, collections of rows, idempotency keys and tombstones; all of it a fold over operations, so that
// a live commit and the reading of the log are the same code. Rows are never changed in place. It must not know HTTP or the disk.
import { Agenda } from './agenda.ts';
import type { DeadlineOf } from './agenda.ts';
import type { JsonObject } from './json.ts';
import { idIn, number, text } from './json.ts';
import type { Outer } from './nesting.ts';
import { RowIndex, byProperty, insert, takeOut } from './row-order.ts';
import type { Entry, ValuesOf } from './row-order.ts';

export { positionOf } from './row-order.ts';
export type { Entry } from './row-order.ts';

/** What happened, as the log has it. `s` is the scope (account/mode), `k` a row's key in its collection. */
export type Operation =
  | readonly ['put', collection: string, key: string, row: JsonObject]
  | readonly ['remove', collection: string, key: string, stub: boolean]
  | readonly ['event', row: JsonObject, collection: string, key: string]
  | readonly ['key', key: string, kept: KeptAnswer];

/** An answer kept under an idempotency key. */
export interface KeptAnswer {
  readonly fingerprint: string;
  /** The method and path it was given at, and the id of that request; logs from before these were kept have neither. */
  readonly endpoint?: string;
  readonly requestId?: string;
  readonly status: number;
  readonly body: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** Rows of one kind, oldest first. */
export class Rows {
  readonly byKey = new Map<string, Entry>();
  readonly order: Entry[] = [];
  readonly children = new Map<string, Entry[]>();
  readonly stubs = new Set<string>();
  private readonly indexes = new Map<string, RowIndex>();
  private sequence = 0;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  put(key: string, row: JsonObject): Entry {
    const known = this.byKey.get(key);
    if (known !== undefined) {
      const before = known.row;
      known.row = row;
      for (const index of this.indexes.values()) {
        if (index.same(before, row)) continue;
        index.drop(known, before);
        index.add(known);
      }
      forget(known);
      return known;
    }
    const created = number(row, 'created') ?? number(row, 'date') ?? (Date.parse(text(row, 'created') ?? '') / 1000 || 0);
    this.sequence += 1;
    const parent = text(row, '_parent');
    const entry: Entry = { key, collection: this.name, sequence: this.sequence, created, parent, row, latestText: undefined, legacyText: undefined };
    this.byKey.set(key, entry);
    insert(this.order, entry);
    if (parent !== undefined) {
      const siblings = this.children.get(parent) ?? [];
      insert(siblings, entry);
      this.children.set(parent, siblings);
    }
    for (const index of this.indexes.values()) index.add(entry);
    return entry;
  }

  remove(key: string, stub: boolean): Entry | undefined {
    const entry = this.byKey.get(key);
    if (stub) this.stubs.add(key);
    if (entry === undefined) return undefined;
    this.byKey.delete(key);
    takeOut(this.order, entry);
    const siblings = entry.parent === undefined ? undefined : this.children.get(entry.parent);
    if (siblings !== undefined) takeOut(siblings, entry);
    for (const index of this.indexes.values()) index.drop(entry, entry.row);
    return entry;
  }

  /** The rows with a value in a property (or in what `valuesOf` reads under that name), oldest first; what makes that quick is made when first asked for. */
  where(name: string, value: string, valuesOf: ValuesOf = byProperty(name)): readonly Entry[] {
    const known = this.indexes.get(name);
    if (known !== undefined) return known.get(value);
    const made = new RowIndex(this.order, valuesOf);
    this.indexes.set(name, made);
    return made.get(value);
  }
}

/** Drops what was serialised of an entry. */
export function forget(entry: Entry): void {
  entry.latestText = undefined;
  entry.legacyText = undefined;
}

/** One account in one mode. */
export class Scope {
  readonly name: string;
  readonly account: string;
  readonly livemode: boolean;
  readonly collections = new Map<string, Rows>();
  readonly keys = new Map<string, KeptAnswer>();
  readonly inUse = new Set<string>();
  readonly agenda = new Agenda();

  constructor(name: string) {
    const [account = '', mode] = name.split('/');
    this.name = name;
    this.account = account;
    this.livemode = mode === 'live';
  }

  rows(collection: string): Rows {
    const known = this.collections.get(collection);
    if (known !== undefined) return known;
    const made = new Rows(collection);
    this.collections.set(collection, made);
    return made;
  }
}

const KEY_LIFETIME = 24 * 3600 * 1000;

/** Each answer kept drops up to two that are past their time, so that they never pile up. */
function dropOld(keys: Map<string, KeptAnswer>, now: number): void {
  let looked = 0;
  for (const [key, kept] of keys) {
    looked += 1;
    if (looked > 2 || now - kept.at <= KEY_LIFETIME) return;
    keys.delete(key);
  }
}

/** What turns an entry into the row that leaves, for events that must hold it as it was. */
export type Materialise = (scope: Scope, entry: Entry) => JsonObject;

/** Everything there is. */
export class Store {
  readonly scopes = new Map<string, Scope>();
  private readonly materialise: Materialise;
  private readonly outer: ReadonlyMap<string, Outer>;
  private readonly deadlineOf: DeadlineOf;

  /** `outer` names, for collections that are shown inside another's rows, that other one; `deadlineOf` says what rows wait for. */
  constructor(materialise: Materialise, outer: ReadonlyMap<string, Outer>, deadlineOf: DeadlineOf = () => undefined) {
    this.materialise = materialise;
    this.outer = outer;
    this.deadlineOf = deadlineOf;
  }

  scope(name: string): Scope {
    const known = this.scopes.get(name);
    if (known !== undefined) return known;
    const made = new Scope(name);
    this.scopes.set(name, made);
    return made;
  }

  apply(scope: Scope, operation: Operation): void {
    switch (operation[0]) {
      case 'put': {
        const [, collection, key, row] = operation;
        const entry = scope.rows(collection).put(key, row);
        this.forgetParent(scope, entry);
        const deadline = this.deadlineOf(collection, row);
        if (deadline === undefined) scope.agenda.drop(collection, key);
        else scope.agenda.set({ ...deadline, collection, key, created: entry.created, order: entry.sequence });
        return;
      }
      case 'remove': {
        const [, collection, key, stub] = operation;
        const entry = scope.rows(collection).remove(key, stub);
        scope.agenda.drop(collection, key);
        if (entry !== undefined) this.forgetParent(scope, entry);
        return;
      }
      case 'event': {
        const [, row, collection, key] = operation;
        const { _previous: before, _about: about, ...shown } = row;
        const entry = scope.collections.get(collection)?.byKey.get(key);
        const data: JsonObject = { object: entry === undefined ? (about ?? {}) : this.materialise(scope, entry) };
        if (before !== undefined) data['previous_attributes'] = before;
        scope.rows('/v1/events').put(text(row, 'id') ?? '', { ...shown, data });
        return;
      }
      case 'key': {
        const [, key, kept] = operation;
        scope.keys.delete(key);
        scope.keys.set(key, kept);
        dropOld(scope.keys, kept.at);
      }
    }
  }

  private forgetParent(scope: Scope, entry: Entry): void {
    const outer = this.outer.get(entry.collection);
    const key = outer?.by === undefined ? entry.parent : idIn(entry.row, outer.by);
    if (outer === undefined || key === undefined) return;
    const parent = scope.collections.get(outer.collection)?.byKey.get(key);
    if (parent !== undefined) forget(parent);
  }
}
