// The catalogue of Stripe: puts together what the SDK's code and types say into the three tables the connector reads.
// Knows the format of the tables (`table.ts`); must not know where they are kept.

import { join } from 'node:path';
import type { ActionRow, CallRow, EntityRow, FilterOperator, Host, ListRow, Property, Shape, ShapeTable } from '../src/connectors/stripe/table.ts';
import type { SdkAction, SdkEntity } from './stripe-classify.ts';
import { classify } from './stripe-classify.ts';
import type { SdkMethod } from './stripe-sdk-methods.ts';
import { readSdkMethods } from './stripe-sdk-methods.ts';
import { openSdkTypes } from './stripe-sdk-types.ts';
import type { SdkTypes } from './stripe-sdk-types.ts';
import type { RowName, Shapes } from './stripe-shapes.ts';
import { readParams, readRow, startShapes } from './stripe-shapes.ts';

/** What the SDK says, as it says it: by shape and property, by entity, by action. */
export interface SdkDocs {
  readonly shapes: ReadonlyMap<string, ReadonlyMap<string, string>>;
  readonly entities: ReadonlyMap<string, string>;
  readonly actions: ReadonlyMap<string, string>;
}

export interface StripeCatalog {
  readonly entities: readonly EntityRow[];
  readonly actions: readonly ActionRow[];
  readonly shapes: ShapeTable;
  readonly docs: SdkDocs;
}

/** Reads the SDK whose `esm` folder this is. */
export function readStripeCatalog(esmFolder: string): StripeCatalog {
  const { entities: sdkEntities, actions: sdkActions } = classify(readSdkMethods(join(esmFolder, 'resources')));
  const types = openSdkTypes(esmFolder);
  const into = startShapes(types);
  const entities = sdkEntities.map((entity) => entityRow(entity, into)).sort(byVersionAndPath);
  const actions = sdkActions.map((action) => actionRow(action, into)).sort((a, b) => byVersionAndPath(pathed(a), pathed(b)));
  assertUnique('entity', entities.map((row) => row.entity));
  assertUnique('action', actions.map((row) => row.action));
  return {
    entities, actions,
    shapes: reachable(entities, actions, into.shapes),
    docs: {
      shapes: into.docs,
      entities: new Map(sdkEntities.map(({ entity, methods }) => [entity, docOfEntity([...methods.values()], types)])),
      actions: new Map(sdkActions.map(({ action, method }) => [action, docOf(method, types)])),
    },
  };
}

/** The SDK says nothing of an object itself: what it says of listing, reading or making one has to do. */
function docOfEntity(methods: readonly SdkMethod[], types: SdkTypes): string {
  const order = methods.toSorted((a, b) => rank(a) - rank(b));
  return order.map((method) => docOf(method, types)).find((doc) => doc !== '') ?? '';
}

function rank(method: SdkMethod): number {
  return method.kind === 'list' ? 0 : ['GET', 'POST', 'DELETE'].indexOf(method.http) + 1;
}

function docOf(method: SdkMethod, types: SdkTypes): string {
  return types.findMethod(method.file, method.resource, method.name).doc;
}

function entityRow({ entity, collection, parents, singleton, methods }: SdkEntity, into: Shapes): EntityRow {
  const slots = parents.map((parent) => parent.slot);
  const list = methods.get('list');
  const search = methods.get('search');
  const row = rowOf([...methods.values()], into);
  const host = commonHost([...methods.values()]);
  const own = singleton ? slots : [...slots, 'id'];
  const call = (operation: 'get' | 'create' | 'update' | 'delete', ids: readonly string[]): CallRow | undefined => {
    const method = methods.get(operation);
    return method && { ...callRow(method, ids, into), ...(hostOf(method) !== host && { host: hostOf(method) }) };
  };
  const get = call('get', own);
  const create = call('create', slots);
  const update = call('update', own);
  const remove = call('delete', own);
  return {
    entity, object: row.object, api: apiOf(collection), host, path: fillSlots(collection, slots),
    parents, singleton, row: row.shape,
    ...(list && { list: listRow(list, slots, into) }),
    ...(get && { get }), ...(create && { create }), ...(update && { update }), ...(remove && { delete: remove }),
    ...(search && { search: search.path }),
  };
}

/** What an entity's rows are: what its methods answer, the readers asked first. */
function rowOf(methods: readonly SdkMethod[], into: Shapes): RowName {
  const order = ['GET', 'POST', 'DELETE'];
  const sorted = methods.filter((method) => method.kind !== 'search').sort((a, b) => order.indexOf(a.http) - order.indexOf(b.http));
  for (const method of sorted) {
    const row = readRow(into, into.sdk.findMethod(method.file, method.resource, method.name).result);
    if (row !== undefined) return row;
  }
  throw new Error(`no row: ${methods.map((method) => method.path).join()}`);
}

function actionRow({ action, method, slots, testOnly }: SdkAction, into: Shapes): ActionRow {
  const { result } = into.sdk.findMethod(method.file, method.resource, method.name);
  const row = readRow(into, result);
  return {
    action, api: apiOf(method.path), host: hostOf(method),
    call: callRow(method, slots.map((slot) => slot.slot), into), slots,
    ...(row && { row: row.shape, object: row.object }),
    ...(method.streaming && { binary: true as const }),
    ...(testOnly && { testOnly: true as const }),
  };
}

function callRow(method: SdkMethod, slots: readonly string[], into: Shapes): CallRow {
  const { params } = into.sdk.findMethod(method.file, method.resource, method.name);
  const shape = params && readParams(into, params.type);
  const some = shape !== undefined && Object.keys(into.shapes.get(shape) ?? {}).length > 0;
  return {
    method: method.http, path: fillSlots(method.path, slots), ...(some && { shape }),
    ...(method.multipart && { multipart: true as const }),
  };
}

const PAGING = new Set(['limit', 'starting_after', 'ending_before', 'page']);
// v2's way to ask for more of each row, as `expand` is v1's.
const INCLUDE = 'include';

function listRow(method: SdkMethod, slots: readonly string[], into: Shapes): ListRow {
  const { params } = into.sdk.findMethod(method.file, method.resource, method.name);
  if (params === undefined) throw new Error(`${method.path} declares no parameters`);
  const name = readParams(into, params.type);
  const shape = into.shapes.get(name) ?? {};
  const offered = Object.entries(shape).filter(([property]) => !PAGING.has(property) && property !== INCLUDE);
  return {
    path: fillSlots(method.path, slots),
    filters: Object.fromEntries(offered.map(([property, type]) => [property, operatorsOf(type)])),
    shape: name,
    required: offered.filter(([, type]) => type.required).map(([property]) => property),
    paged: Object.keys(shape).some((property) => PAGING.has(property)),
  };
}

/** A `RangeQueryParam` compares; anything single can be asked to be equal; an object or a list can only be given. */
function operatorsOf(property: Property): readonly FilterOperator[] {
  const alternatives = property.of ?? [property];
  const operators: FilterOperator[] = [];
  if (alternatives.some((one) => one.type !== 'object' && one.type !== 'map' && one.type !== 'array')) operators.push('=');
  if (property.type === 'array' && property.items?.type !== 'object') operators.push('=');
  if (alternatives.some((one) => one.shape === 'RangeQueryParam')) operators.push('<', '<=', '>', '>=');
  return operators;
}

function fillSlots(path: string, slots: readonly string[]): string {
  const names = slots.values();
  return path.replaceAll('{}', () => `{${names.next().value ?? ''}}`);
}

function apiOf(path: string): 'v1' | 'v2' {
  return path.startsWith('/v2/') ? 'v2' : 'v1';
}

const HOSTS: Readonly<Record<string, Host>> = { api: 'api', files: 'files', meter_events: 'meter-events' };

function hostOf(method: SdkMethod): Host {
  const host = HOSTS[method.base];
  if (host === undefined) throw new Error(`a host new to this generator: ${method.base}`);
  return host;
}

/** The one host of all methods; `api` where they differ. */
function commonHost(methods: readonly SdkMethod[]): Host {
  const [host, ...others] = new Set(methods.map(hostOf));
  return host !== undefined && others.length === 0 ? host : 'api';
}

function pathed(row: ActionRow): { readonly api: string; readonly path: string } {
  return { api: row.api, path: `${row.testOnly ? 1 : 0}${row.call.path} ${row.action}` };
}

function byVersionAndPath(a: { readonly api: string; readonly path: string }, b: { readonly api: string; readonly path: string }): number {
  const [left, right] = [`${a.api} ${a.path}`, `${b.api} ${b.path}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

function assertUnique(what: string, names: readonly string[]): void {
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw new Error(`two of one ${what}: ${twice.join(', ')}`);
}

/** The shapes that a row of the tables leads to, sorted by name. */
function reachable(entities: readonly EntityRow[], actions: readonly ActionRow[], shapes: ReadonlyMap<string, Shape>): ShapeTable {
  const reached = new Set<string>();
  const visit = (name: string | undefined): void => {
    if (name === undefined || reached.has(name)) return;
    const shape = shapes.get(name);
    if (shape === undefined) throw new Error(`no shape ${name}`);
    reached.add(name);
    Object.values(shape).forEach(visitProperty);
  };
  const visitProperty = (property: Property): void => {
    visit(property.shape);
    if (property.items !== undefined) visitProperty(property.items);
    property.of?.forEach(visitProperty);
  };
  for (const row of entities) [row.row, row.list?.shape, row.get?.shape, row.create?.shape, row.update?.shape, row.delete?.shape].forEach(visit);
  for (const row of actions) [row.row, row.call.shape].forEach(visit);
  return Object.fromEntries([...reached].sort().map((name) => [name, shapes.get(name) ?? {}]));
}
