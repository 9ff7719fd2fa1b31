// Every endpoint and what does it: the generic operations with each collection's life, and verbs where a life has them.
import type { Call, Handler } from '../call.ts';
import { notDone } from '../errors.ts';
import { create, remove, retrieve, singleton, update } from '../generic.ts';
import type { Life } from '../generic.ts';
import { list, listV2 } from '../list.ts';
import type { Collection, Endpoint } from '../sdk.ts';
import { COLLECTIONS, ENDPOINTS } from '../sdk.ts';

const NO_LIFE: Life = {};
const LIVES: Readonly<Record<string, Life>> = {};
const VERBS: Readonly<Record<string, Handler>> = {};

/** The endpoints that requests are matched with. */
export const ROUTES: readonly Endpoint[] = ENDPOINTS;

function handlerOf(endpoint: Endpoint): Handler {
  const verb = VERBS[`${endpoint.method} ${endpoint.path}`];
  if (verb !== undefined) return verb;
  const collection = COLLECTIONS.get(endpoint.collection);
  if (collection === undefined || endpoint.kind === 'verb' || endpoint.kind === 'search') {
    return () => {
      throw notDone(`${endpoint.method} ${endpoint.path}`);
    };
  }
  return usual(endpoint, collection, LIVES[endpoint.collection] ?? NO_LIFE);
}

function usual(endpoint: Endpoint, collection: Collection, life: Life): Handler {
  if (collection.singleton && endpoint.path === collection.path && endpoint.kind !== 'create') return (call: Call) => singleton(call, collection, life);
  switch (endpoint.kind) {
    case 'list': return collection.version === 'v2' ? listV2 : list;
    case 'create': return (call) => create(call, collection, life);
    case 'retrieve': return (call) => retrieve(call, collection);
    case 'update': return (call) => update(call, collection, life);
    case 'delete': return (call) => remove(call, collection, life);
    case 'search':
    case 'verb': throw new Error(`${endpoint.path} is no usual operation`);
  }
}

/** What does each endpoint, by method and path. */
export const HANDLERS: ReadonlyMap<string, Handler> = new Map(ROUTES.map((endpoint) => [`${endpoint.method} ${endpoint.path}`, handlerOf(endpoint)]));
