// One request's changes: drafts over the store, turned into operations when all went well. It must not know which rows they are.
import type { JsonObject } from './json.ts';
import { clone, text } from './json.ts';
import { byProperty } from './row-order.ts';
import type { ValuesOf } from './row-order.ts';
import type { Operation, Scope } from './store.ts';

interface Draft {
  readonly collection: string;
  readonly key: string;
  readonly row: JsonObject;
}

/** Where a row lies. */
export interface Place {
  readonly collection: string;
  readonly key: string;
}

interface Happening extends Place {
  readonly row: JsonObject;
  readonly removed: boolean;
}

/** The row with `id` and `object` first and the rest by the alphabet, as Stripe shows rows. */
function inOrder(row: JsonObject): JsonObject {
  const keys = Object.keys(row);
  const rank = (key: string): string => (key === 'id' ? ' 1' : key === 'object' ? ' 2' : key);
  if (keys.every((key, at) => at === 0 || rank(keys[at - 1] ?? '') <= rank(key))) return row;
  return Object.fromEntries(keys.sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).map((key) => [key, row[key] ?? null]));
}

function unreachable(name: string): never {
  throw new Error(`${name} cannot be reached from here`);
}

/** Reads see the drafts; nothing reaches the store before the operations are applied. */
export class Transaction {
  readonly scope: Scope;
  /** The same account in the other mode, for a hint in messages. */
  readonly sibling: Scope | undefined;
  /** Finds the scope of a name, for what is done beside this one. */
  readonly reach: (name: string) => Scope;
  private readonly family: Map<string, Transaction>;
  private readonly drafts = new Map<string, Draft>();
  private readonly removed = new Map<string, readonly [Place, boolean]>();
  private readonly happenings: Happening[] = [];

  constructor(scope: Scope, sibling?: Scope, reach: (name: string) => Scope = unreachable, family = new Map<string, Transaction>()) {
    this.scope = scope;
    this.sibling = sibling;
    this.reach = reach;
    this.family = family;
    family.set(scope.account, this);
  }

  /** What is done in another account, in the same mode: kept together with this, or not at all. */
  across(account: string): Transaction {
    return this.family.get(account) ?? new Transaction(this.reach(`${account}/${this.scope.livemode ? 'live' : 'test'}`), undefined, this.reach, this.family);
  }

  /** What is done in other accounts. */
  others(): readonly Transaction[] {
    return [...this.family.values()].filter((one) => one !== this);
  }

  /** A transaction over the same scope that nobody will apply. */
  rehearsal(): Transaction {
    return new Transaction(this.scope, this.sibling, this.reach);
  }

  /** The row as it stands in this transaction; not to be changed. */
  find(collection: string, key: string): JsonObject | undefined {
    const at = `${collection}\n${key}`;
    if (this.removed.has(at)) return undefined;
    return this.drafts.get(at)?.row ?? this.scope.collections.get(collection)?.byKey.get(key)?.row;
  }

  /** The row to be changed in place; it is written when the transaction ends. */
  edit(collection: string, key: string): JsonObject | undefined {
    const at = `${collection}\n${key}`;
    const draft = this.drafts.get(at)?.row;
    if (draft !== undefined) return draft;
    const found = this.find(collection, key);
    if (found === undefined) return undefined;
    const row = clone(found);
    this.drafts.set(at, { collection, key, row });
    return row;
  }

  /** Adds a row under its id, or under another key. */
  insert(collection: string, row: JsonObject, key = text(row, 'id') ?? ''): JsonObject {
    this.drafts.set(`${collection}\n${key}`, { collection, key, row });
    return row;
  }

  /** Puts a row back as it was, also one that this transaction took away. */
  restore(collection: string, row: JsonObject): void {
    const key = text(row, 'id') ?? '';
    this.removed.delete(`${collection}\n${key}`);
    this.insert(collection, row, key);
  }

  /** Takes a row away; a stub makes its id be remembered. */
  remove(collection: string, key: string, stub = false): void {
    this.removed.set(`${collection}\n${key}`, [{ collection, key }, stub]);
  }

  /** Whether a deleted row's id is remembered. */
  isStub(collection: string, key: string): boolean {
    return this.scope.collections.get(collection)?.stubs.has(key) ?? false;
  }

  /** Every row of a collection as it stands, oldest first, new ones last. */
  rows(collection: string): JsonObject[] {
    return this.current(collection, (this.scope.collections.get(collection)?.order ?? []).map((entry) => entry.key), () => true);
  }

  /** The rows with a value in a property as they stand, oldest first, new ones last. */
  rowsWhere(collection: string, name: string, value: string, valuesOf: ValuesOf = byProperty(name)): JsonObject[] {
    const stored = (this.scope.collections.get(collection)?.where(name, value, valuesOf) ?? []).map((entry) => entry.key);
    const holds = (row: JsonObject): boolean => valuesOf(row).includes(value);
    return this.current(collection, stored, holds).filter(holds);
  }

  /** The rows that lie under a parent. */
  children(collection: string, parent: string): JsonObject[] {
    const keys = (this.scope.collections.get(collection)?.children.get(parent) ?? []).map((entry) => entry.key);
    return this.current(collection, keys, (row) => text(row, '_parent') === parent);
  }

  /** The rows under a parent, to be changed in place. */
  editChildren(collection: string, parent: string): JsonObject[] {
    return this.editAll(collection, this.children(collection, parent));
  }

  /** These rows, to be changed in place. */
  editAll(collection: string, rows: readonly JsonObject[]): JsonObject[] {
    return rows.map((row) => this.edit(collection, text(row, 'id') ?? '')).filter((row) => row !== undefined);
  }

  /** Says that something happened to a row; the event shows the row as it is at the end. */
  happened(event: JsonObject, place: Place): void {
    const removed = this.removed.has(`${place.collection}\n${place.key}`);
    this.happenings.push({ collection: place.collection, key: place.key, row: event, removed });
  }

  /** The rows that this transaction made or changed, each with what it was. */
  changed(): readonly { readonly place: Place; readonly before: JsonObject | undefined; readonly row: JsonObject }[] {
    return [...this.drafts].filter(([at]) => !this.removed.has(at)).map(([, { collection, key, row }]) => ({
      place: { collection, key }, row, before: this.scope.collections.get(collection)?.byKey.get(key)?.row,
    }));
  }

  /** The events of a row so far; they may still be completed. */
  toldOf(place: Place): readonly JsonObject[] {
    return this.happenings.filter((one) => one.collection === place.collection && one.key === place.key).map((one) => one.row);
  }

  /** What is to be done to the store, in order. */
  operations(): Operation[] {
    const event = ({ row, collection, key }: Happening): Operation => ['event', row, collection, key];
    const kept = [...this.drafts].filter(([at]) => !this.removed.has(at)).map(([, draft]) => draft);
    return [
      ...this.happenings.filter((one) => one.removed).map(event),
      ...kept.map(({ collection, key, row }): Operation => ['put', collection, key, inOrder(row)]),
      ...[...this.removed.values()].map(([{ collection, key }, stub]): Operation => ['remove', collection, key, stub]),
      ...this.happenings.filter((one) => !one.removed).map(event),
    ];
  }

  private current(collection: string, keys: readonly string[], wanted: (row: JsonObject) => boolean): JsonObject[] {
    const stored = new Set(keys);
    const fresh = [...this.drafts.values()].filter((draft) => draft.collection === collection && !stored.has(draft.key) && wanted(draft.row));
    const known = keys.map((key) => this.find(collection, key)).filter((row) => row !== undefined);
    return [...known, ...fresh.map((draft) => this.find(collection, draft.key)).filter((row) => row !== undefined)];
  }
}
