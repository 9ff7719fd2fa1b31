// Create, retrieve, update and delete as the table alone describes them, with room for a life to add what is its own.
// It must not know any one resource.
import type { Answer, Call } from './call.ts';
import { HOME, changesBetween, emitFor, otherMode, place } from './call.ts';
import { invalidRequest, missing } from './errors.ts';
import { blankRow, fill } from './fill.ts';
import type { Resolve } from './fill.ts';
import { newId } from './identifiers.ts';
import type { JsonObject } from './json.ts';
import { clone, isObject, text } from './json.ts';
import { VIEWS } from './nesting.ts';
import type { Collection } from './sdk.ts';
import { COLLECTIONS, rowShape } from './sdk.ts';

/** What a life adds to the usual operations of its collection. */
export interface Life {
  /** Before the row is filled: may refuse. */
  readonly check?: (call: Call) => void;
  /** After a fresh row was filled and inserted; it may still be changed, and be refused. */
  readonly created?: (call: Call, row: JsonObject) => void;
  /** After parameters were laid into a row; `before` is what it was. */
  readonly updated?: (call: Call, row: JsonObject, before: JsonObject) => void;
  /** Before a row is deleted: may refuse, may delete more. */
  readonly deleted?: (call: Call, row: JsonObject) => void;
}

const UNCHECKED = new Set(['account', 'application', 'bank_account', 'card', 'file', 'payment_method', 'source', 'discount', 'v2.core.account']);

/** Finds rows that parameters name, and complains where Stripe would. */
export function resolver(call: Call): Resolve {
  return (objects, id, param) => {
    for (const object of objects) {
      const found = call.transaction.find(HOME.get(object) ?? '', id);
      if (found !== undefined) return withoutHidden(found);
    }
    const [first] = objects;
    const checked = first !== undefined && objects.every((object) => !UNCHECKED.has(object) && (COLLECTIONS.get(HOME.get(object) ?? '')?.operations.has('create') ?? false));
    if (checked) throw missing(first, id, param, 400, otherMode(call, HOME.get(first) ?? '', id));
    return undefined;
  };
}

/** A copy of a row without the sandbox's own keys. */
export function withoutHidden(row: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(row).filter(([key]) => !key.startsWith('_')));
}

function objectFor(collection: Collection, params: JsonObject): string {
  const asked = text(params, 'object');
  if (asked !== undefined && collection.objects.includes(asked)) return asked;
  return collection.objects.find((object) => object !== 'account') ?? collection.object;
}

/** A fresh row with id, time and mode, the parameters laid in; not yet inserted. */
export function makeRow(call: Call, object: string, params: JsonObject): JsonObject {
  const row = blankRow(object);
  const shape = rowShape(object);
  const v2 = object.startsWith('v2.');
  if (shape?.has('id') === true) row['id'] = text(params, 'id') ?? newId(object, call.livemode);
  const now = v2 ? new Date(call.now * 1000).toISOString().replace(/\.\d+Z$/, '.000Z') : call.now;
  for (const name of ['created', 'date', 'updated']) if (shape?.get(name)?.required === true) row[name] = now;
  if (shape?.has('livemode') === true) row['livemode'] = call.livemode;
  if (call.clock !== '') row['_clock'] = call.clock;
  if (shape !== undefined) fill(row, shape, params, resolver(call));
  return row;
}

/** Where rows of the call's collection lie: views share another's. */
export function storedIn(call: Call): string {
  return VIEWS[call.endpoint.collection]?.collection ?? call.endpoint.collection;
}

/** The key of a row: its id, except where ids repeat under different parents. */
function keyOf(call: Call, id: string): string {
  return call.endpoint.collection === '/v1/accounts/{}/capabilities' ? `${call.ids[0] ?? ''}/${id}` : id;
}

function checkParents(call: Call, collection: Collection): void {
  const steps = collection.path.split('/{}');
  const above = steps[0] ?? '';
  const parent = call.ids[0];
  const known = COLLECTIONS.get(above);
  if (collection.parents === 0 || parent === undefined || known === undefined || !known.operations.has('create')) return;
  if (call.transaction.find(above, parent) === undefined) throw missing(known.object, parent, known.object.replaceAll('.', '_'), 404, otherMode(call, above, parent));
}

function adopt(row: JsonObject, parents: readonly string[]): void {
  const parent = parents.at(-1);
  if (parent !== undefined) row['_parent'] = parent;
  if (parents.length > 1) row['_grandparent'] = parents[0] ?? '';
}

/** Creates a row. */
export function create(call: Call, collection: Collection, life: Life): Answer {
  checkParents(call, collection);
  life.check?.(call);
  const object = objectFor(collection, call.params);
  const row = makeRow(call, object, call.params);
  adopt(row, call.ids);
  const view = VIEWS[collection.path];
  if (view !== undefined) row[view.by] = call.ids[0] ?? null;
  const id = text(row, 'id');
  const key = id === undefined ? newId(object, call.livemode) : keyOf(call, id);
  const home = storedIn(call);
  if (call.transaction.find(home, key) !== undefined) {
    throw invalidRequest(`${named(object)} already exists.`, 'id', 'resource_already_exists');
  }
  call.transaction.insert(home, row, key);
  emitFor(call, object, 'created', { collection: home, key });
  life.created?.(call, row);
  return place(home, key);
}

function named(object: string): string {
  return object.charAt(0).toUpperCase() + object.slice(1).replaceAll(/[._]/g, ' ');
}

/** The row the path names, or Stripe's 404. */
function addressed(call: Call, collection: Collection): JsonObject {
  const id = call.ids.at(-1) ?? '';
  const home = storedIn(call);
  const row = call.transaction.find(home, keyOf(call, id));
  const parent = call.ids.length > 1 ? call.ids.at(-2) : undefined;
  const by = VIEWS[collection.path]?.by;
  const astray = parent !== undefined && row !== undefined && text(row, by ?? '_parent') !== parent;
  if (row === undefined || astray) throw missing(objectFor(collection, {}), id, 'id', 404, otherMode(call, home, id));
  return row;
}

/** What stubs say besides that they are; kept where it can be found again. */
const STUBS = '/_stubs';
const STUB_FIELDS: Readonly<Record<string, readonly string[]>> = { 'terminal.reader': ['device_type', 'serial_number'] };

/** Retrieves a row; of some deleted ones their stub. */
export function retrieve(call: Call, collection: Collection): Answer {
  const id = call.ids.at(-1) ?? '';
  const home = storedIn(call);
  if (call.endpoint.stub && call.transaction.isStub(home, id)) return { kind: 'row', row: { id, object: collection.object, deleted: true, ...call.transaction.find(STUBS, id) } };
  addressed(call, collection);
  return place(home, keyOf(call, id));
}

/** Changes a row. */
export function update(call: Call, collection: Collection, life: Life): Answer {
  const id = call.ids.at(-1) ?? '';
  const home = storedIn(call);
  const before = addressed(call, collection);
  life.check?.(call);
  const row = call.transaction.edit(home, keyOf(call, id)) ?? clone(before);
  change(call, row, call.params);
  life.updated?.(call, row, before);
  const changed = changesBetween(before, row);
  const object = text(row, 'object') ?? collection.object;
  if (Object.keys(changed).length > 0) emitFor(call, object, 'updated', { collection: home, key: keyOf(call, id) }, changed);
  return place(home, keyOf(call, id));
}

/** Lays parameters into a row and marks the time, where rows have one for it. */
export function change(call: Call, row: JsonObject, params: JsonObject): void {
  const shape = rowShape(text(row, 'object') ?? '');
  if (shape === undefined) return;
  fill(row, shape, params, resolver(call));
  if (shape.get('updated')?.type === 'number') row['updated'] = call.now;
}

/** Deletes a row; answers its stub. */
export function remove(call: Call, collection: Collection, life: Life): Answer {
  const id = call.ids.at(-1) ?? '';
  const home = storedIn(call);
  const row = addressed(call, collection);
  life.deleted?.(call, row);
  const remembered = COLLECTIONS.get(home)?.operations.get('retrieve')?.stub === true;
  const object = text(row, 'object') ?? collection.object;
  call.transaction.remove(home, keyOf(call, id), remembered);
  emitFor(call, object, 'deleted', { collection: home, key: keyOf(call, id) });
  if (!call.endpoint.stub) return { kind: 'row', row: withoutHidden(row) };
  const fields = STUB_FIELDS[object];
  const more = fields === undefined ? {} : call.transaction.insert(STUBS, Object.fromEntries(fields.map((name) => [name, row[name] ?? null])), id);
  return { kind: 'row', row: collection.version === 'v2' ? { id, object } : { id, object, deleted: true, ...more } };
}

/** A row of which there is one; it is made when first asked for. */
export function singleton(call: Call, collection: Collection, life: Life): Answer {
  checkParents(call, collection);
  const key = call.ids.at(-1) ?? 'self';
  const home = collection.path;
  const known = call.transaction.find(home, key);
  if (known === undefined) {
    const row = makeRow(call, collection.object, {});
    adopt(row, call.ids);
    life.created?.(call, row);
    call.transaction.insert(home, row, key);
  }
  if (call.endpoint.kind === 'update') {
    const row = call.transaction.edit(home, key);
    if (row !== undefined) {
      const before = clone(row);
      change(call, row, call.params);
      life.updated?.(call, row, before);
      emitFor(call, collection.object, 'updated', { collection: home, key }, changesBetween(before, row));
    }
  }
  return place(home, key);
}

/** The id in a parameter that may hold an object with one. */
export function paramObject(call: Call, name: string): JsonObject | undefined {
  const value = call.params[name];
  return isObject(value) ? value : undefined;
}
