// Gathers what a sandbox answers: every resource made, read, changed, listed and deleted, every verb tried on the rows there are, every
// property that can be expanded expanded, every event. It judges nothing.
import type { JsonObject } from '../../sandbox/json.ts';
import { isObject, objects, text } from '../../sandbox/json.ts';
import type { Collection, Endpoint, Type } from '../../sandbox/sdk.ts';
import { COLLECTIONS, ENDPOINTS, rowShape } from '../../sandbox/sdk.ts';
import type { Walker } from '../../sandbox/walk.ts';
import { LIST_NEEDS, walkerOf } from '../../sandbox/walk.ts';

/** Takes an answered object and where it was answered. */
export type Take = (row: JsonObject, from: string) => void;

/** The rows in an answer: those of a page, or the one. */
function rowsIn(answer: JsonObject): readonly JsonObject[] {
  if (Array.isArray(answer['data'])) return objects(answer, 'data');
  return text(answer, 'object') === undefined ? [] : [answer];
}

/** Asks the sandbox at an address for everything. */
export async function gather(url: string, take: Take): Promise<void> {
  const walker = walkerOf(() => url, (method, path, { status, row }) => {
    if (status === 200) for (const one of rowsIn(row)) take(one, `${method} ${path}`);
  });
  for (const found of COLLECTIONS.values()) await cycle(walker, found);
  for (const endpoint of ENDPOINTS) if (endpoint.kind === 'verb') await attempt(walker, endpoint);
  for (const found of COLLECTIONS.values()) await readAll(walker, found);
  await pages(walker, '/v1/events');
}

const paged = (found: Collection): JsonObject => (found.operations.get('list')?.params.has('limit') === true ? { limit: 100 } : {});

async function cycle(walker: Walker, found: Collection): Promise<void> {
  if (!found.operations.has('create')) return;
  const path = await walker.placed(found.path);
  const { row } = await walker.ask('POST', path, await walker.paramsFor(found));
  const id = text(row, 'id');
  if (found.operations.has('list')) await walker.ask('GET', path, { ...paged(found), ...LIST_NEEDS[found.path]?.(row) });
  if (id === undefined) return;
  if (found.operations.has('retrieve')) await walker.ask('GET', `${path}/${id}`);
  if (found.operations.get('update')?.params.has('metadata') === true) await walker.ask('POST', `${path}/${id}`, { metadata: { colour: 'green' } });
  if (!found.operations.has('delete')) return;
  await walker.ask('DELETE', `${path}/${id}`);
  if (found.operations.has('retrieve')) await walker.ask('GET', `${path}/${id}`);
}

const MOST_TRIED = 12;

/** A verb on rows in different states; where it is refused there is nothing to judge. */
async function attempt(walker: Walker, endpoint: Endpoint): Promise<void> {
  const [above = '', ...below] = endpoint.path.split('/{}');
  if (below.length !== 1) return;
  const found = COLLECTIONS.get(above.replace('/v1/test_helpers/', '/v1/')) ?? COLLECTIONS.get(above);
  if (found?.operations.has('list') !== true) return;
  const params: JsonObject = {};
  for (const field of endpoint.params.values()) if (field.required) params[field.name] = await walker.valueFor(field);
  const { row } = await walker.ask('GET', found.path, paged(found));
  const states = new Map(objects(row, 'data').map((one) => [text(one, 'status') ?? '', one]));
  for (const one of [...states.values()].slice(0, MOST_TRIED)) await walker.ask(endpoint.method, `${above}/${text(one, 'id') ?? ''}${below[0] ?? ''}`, params);
}

const named = (type: Type): boolean => typeof type !== 'string' && type[0] === 'or' && type.includes('string') && type.some((one) => Array.isArray(one) && one[0] === 'row');

/** Lists, and the newest rows of each with every reference in them expanded. */
async function readAll(walker: Walker, found: Collection): Promise<void> {
  if (found.parents > 0) return;
  if (found.singleton) {
    await walker.ask('GET', found.path);
    return;
  }
  if (!found.operations.has('list')) return;
  const { row } = await walker.ask('GET', found.path, paged(found));
  const expand = [...(rowShape(found.object)?.values() ?? [])].filter((field) => named(field.type)).map((field) => field.name);
  if (!found.operations.has('retrieve') || found.version === 'v2' || expand.length === 0) return;
  for (const one of objects(row, 'data').slice(0, MOST_TRIED)) await walker.ask('GET', `${found.path}/${text(one, 'id') ?? ''}`, { expand });
}

async function pages(walker: Walker, path: string): Promise<void> {
  for (let after: string | undefined, more = true; more; ) {
    const { row } = await walker.ask('GET', path, { limit: 100, ...(after === undefined ? {} : { starting_after: after }) });
    more = row['has_more'] === true;
    after = text(objects(row, 'data').filter(isObject).at(-1), 'id');
  }
}
