// Sorts the SDK's methods into entities with their operations and into actions, by HTTP method and path alone.
// Must not know types: what a call takes and answers is filled in elsewhere.

import { ACTION_NAMES, ENTITY_NAMES } from './stripe-name-exceptions.ts';
import { nameAction, nameEntity, segmentsOf, singular } from './stripe-names.ts';
import type { SdkMethod } from './stripe-sdk-methods.ts';

export type EntityOperation = 'list' | 'get' | 'create' | 'update' | 'delete' | 'search';

/** An id in a path: the name of its slot and the entity it identifies. */
export interface Slot {
  readonly slot: string;
  readonly entity: string;
}

export interface SdkEntity {
  readonly entity: string;
  /** The collection's path, ids as `{}`. */
  readonly collection: string;
  readonly parents: readonly Slot[];
  readonly singleton: boolean;
  readonly methods: ReadonlyMap<EntityOperation, SdkMethod>;
}

export interface SdkAction {
  readonly action: string;
  readonly method: SdkMethod;
  readonly slots: readonly Slot[];
  readonly testOnly: boolean;
}

export interface Classified {
  readonly entities: readonly SdkEntity[];
  readonly actions: readonly SdkAction[];
}

/** Every method is one operation of one entity, or one action; cancelling a subscription is both. */
export function classify(methods: readonly SdkMethod[]): Classified {
  const found = new Map<string, Map<EntityOperation, SdkMethod>>();
  const verbs: SdkMethod[] = [];
  const readable = new Set(methods.filter((method) => method.http === 'GET').map((method) => stem(method)));
  for (const method of methods) {
    const operation = operationOf(method, readable);
    if (operation === undefined) verbs.push(method);
    else {
      const collection = collectionOf(method, operation);
      const operations = found.get(collection) ?? new Map<EntityOperation, SdkMethod>();
      if (operations.has(operation)) throw new Error(`${collection} has two of ${operation}`);
      found.set(collection, operations.set(operation, method));
      // A DELETE that the SDK calls by another name changes more than it removes: it is an action as well.
      if (operation === 'delete' && !method.name.startsWith('del')) verbs.push(method);
    }
  }
  const names = new Map([...found].map(([path, operations]) => [path, nameEntity(path, isSingleton(operations))]));
  assertUsed(Object.keys(ENTITY_NAMES), new Set(names.keys()));
  assertUsed(Object.keys(ACTION_NAMES), new Set(verbs.map((method) => `${method.http} ${method.path}`)));
  return {
    entities: [...found].map(([collection, operations]) => ({
      entity: names.get(collection) ?? '', collection, parents: slotsOf(collection, names),
      singleton: isSingleton(operations), methods: operations,
    })),
    actions: verbs.map((method) => actionOf(method, names)),
  };
}

/** An exception to the naming that no longer applies is a mistake waiting to be made. */
function assertUsed(exceptions: readonly string[], used: ReadonlySet<string>): void {
  const unused = exceptions.filter((key) => !used.has(key));
  if (unused.length > 0) throw new Error(`stripe-name-exceptions.ts names what is not there: ${unused.join(', ')}`);
}

function operationOf(method: SdkMethod, readable: ReadonlySet<string>): EntityOperation | undefined {
  if (method.kind !== 'call') return method.kind;
  const own = method.path.endsWith('/{}');
  // A test helper acts on what is an entity elsewhere, unless it has one of its own.
  if (isTestHelper(method.path) && !readable.has(stem(method)) && ENTITY_NAMES[method.path] === undefined) return undefined;
  if (own) return method.http === 'GET' ? 'get' : method.http === 'POST' ? 'update' : 'delete';
  if (method.http === 'GET') return method.name.startsWith('retrieve') ? 'get' : undefined;
  if (method.http === 'DELETE') return undefined;
  if (method.name.startsWith('update') && readable.has(method.path)) return 'update';
  return method.name === 'create' || readable.has(method.path) ? 'create' : undefined;
}

/** The collection a method would belong to: its path without the last id. */
function stem(method: SdkMethod): string {
  return method.path.replace(/\/\{\}$/, '');
}

function collectionOf(method: SdkMethod, operation: EntityOperation): string {
  return operation === 'search' ? method.path.replace(/\/search$/, '') : stem(method);
}

function isSingleton(operations: ReadonlyMap<EntityOperation, SdkMethod>): boolean {
  const get = operations.get('get');
  return get !== undefined && !get.path.endsWith('/{}');
}

function isTestHelper(path: string): boolean {
  return path.includes('/test_helpers/');
}

function actionOf(method: SdkMethod, names: ReadonlyMap<string, string>): SdkAction {
  const slots = slotsOf(method.path, names);
  const { entity, rest } = subjectOf(method.path, names);
  return {
    action: nameAction({ http: method.http, path: method.path, method: method.name, entity, rest }),
    method, slots, testOnly: isTestHelper(method.path),
  };
}

/** The entity whose collection a path begins with, the longest there is, and what follows it and its id. */
function subjectOf(path: string, names: ReadonlyMap<string, string>): { readonly entity: string; readonly rest: readonly string[] } {
  const parts = segmentsOf(path);
  for (let length = parts.length; length > 0; length--) {
    const entity = entityAt(path, parts.slice(0, length), names);
    if (entity !== undefined) return { entity, rest: parts.slice(length).filter((part) => part !== '{}') };
  }
  const rest = parts.slice(-1);
  return { entity: nameEntity(path.slice(0, path.lastIndexOf('/')), false), rest };
}

/** Each id of a path, named after the collection before it; an entity's own comes last and is named by the caller. */
function slotsOf(path: string, names: ReadonlyMap<string, string>): readonly Slot[] {
  const parts = segmentsOf(path);
  return parts.flatMap((part, index) => {
    if (part !== '{}') return [];
    const entity = entityAt(path, parts.slice(0, index), names);
    if (entity === undefined) throw new Error(`no entity for an id of ${path}`);
    return [{ slot: singular(parts[index - 1] ?? ''), entity }];
  });
}

/** Test helpers hang on the entities of the same path outside. */
function entityAt(path: string, parts: readonly string[], names: ReadonlyMap<string, string>): string | undefined {
  const version = path.slice(0, '/v1'.length);
  const tail = parts.join('/');
  return names.get(`${version}/${tail}`) ?? names.get(`${version}/test_helpers/${tail}`);
}
