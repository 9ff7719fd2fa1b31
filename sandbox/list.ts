// Lists: newest first, filtered, cut into pages by cursors. It must not know what filters mean.
import { invalidRequest, missing } from './errors.ts';
import type { Answer, Call } from './call.ts';
import { expand } from './expand.ts';
import { filterOf, narrowed } from './filters.ts';
import type { Test } from './filters.ts';
import type { JsonObject } from './json.ts';
import { number, text, texts } from './json.ts';
import { OLDEST_FIRST, VIEWS } from './nesting.ts';
import { materialise, renderText } from './render.ts';
import type { Entry } from './store.ts';
import { positionOf } from './store.ts';

interface Page {
  readonly entries: readonly Entry[];
  readonly more: boolean;
}

const NONE: readonly Entry[] = [];

/** Answers a v1 list. */
export function list(call: Call): Answer {
  const limit = limitOf(call, 10);
  const { entries, more } = pageOf(call, limit);
  const texts = textsOf(call, entries);
  return { kind: 'text', text: `{"object":"list","data":[${texts.join(',')}],"has_more":${more},"url":${JSON.stringify(call.path)}}` };
}

/** Answers a v2 list: pages have tokens, and the next page's address. */
export function listV2(call: Call): Answer {
  const limit = limitOf(call, 20);
  const after = text(call.params, 'page');
  const [collection, candidates, test] = candidatesOf(call);
  void collection;
  const rows = candidates.toReversed().filter((entry) => test === undefined || test(entry.row));
  const start = after === undefined ? 0 : rows.findIndex((entry) => entry.key === Buffer.from(after, 'base64url').toString()) + 1;
  const page = rows.slice(start, start + limit);
  const last = page.at(-1);
  const next = last === undefined || start + limit >= rows.length ? null : `${call.path}?page=${Buffer.from(last.key).toString('base64url')}&limit=${limit}${filtersIn(call.params)}`;
  return { kind: 'text', text: `{"data":[${textsOf(call, page).join(',')}],"next_page_url":${JSON.stringify(next)},"previous_page_url":null}` };
}

function filtersIn(params: JsonObject): string {
  const pairs = Object.entries(params).filter(([name]) => name !== 'page' && name !== 'limit');
  return pairs.flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one, index) => {
    const key = Array.isArray(value) ? `${name}[${index}]` : name;
    return typeof one === 'object' ? '' : `&${encodeURIComponent(key)}=${encodeURIComponent(String(one))}`;
  })).join('');
}

function textsOf(call: Call, entries: readonly Entry[]): readonly string[] {
  const scope = call.transaction.scope;
  const paths = texts(call.params, 'expand');
  if (paths.length === 0) return entries.map((entry) => renderText(scope, entry, call.legacy));
  return entries.map((entry) => JSON.stringify(expand(call, materialise(scope, entry, call.legacy), paths, 'data')));
}

/** How many rows a page has; all of them where a list is not paged at all. */
function limitOf(call: Call, usual: number): number {
  if (!call.endpoint.params.has('limit')) return Number.POSITIVE_INFINITY;
  const limit = number(call.params, 'limit') ?? usual;
  if (limit < 1) throw invalidRequest(`Invalid limit: must be at least 1`, 'limit', 'parameter_invalid_integer');
  if (limit > 100) throw invalidRequest(`Invalid limit: must be at most 100`, 'limit', 'parameter_invalid_integer');
  return limit;
}

/** Where a list's rows lie, oldest first, and the test they must pass. */
function candidatesOf(call: Call): readonly [string, readonly Entry[], Test | undefined] {
  const { scope } = call.transaction;
  const path = call.endpoint.collection;
  const view = VIEWS[path];
  const around = { now: call.now, children: (collection: string, parent: string) => call.transaction.children(collection, parent) };
  const parent = call.ids.at(-1);
  if (view !== undefined && parent !== undefined) {
    const given = view.collection === '/v1/tax_ids' ? { owner: {} } : {};
    const test = filterOf(view.collection, { ...given, ...call.params }, around, []);
    const mine = scope.collections.get(view.collection)?.where(view.by, parent) ?? NONE;
    return [view.collection, mine, test];
  }
  const rows = scope.collections.get(path);
  const test = filterOf(path, withoutParent(path, call.params), around, call.ids);
  if (path === '/v1/subscription_items') return [path, rows?.children.get(text(call.params, 'subscription') ?? '') ?? NONE, test];
  if (rows === undefined) return [path, NONE, test];
  return [path, parent === undefined ? narrowed(path, rows, call.params) : (rows.children.get(parent) ?? NONE), test];
}

function withoutParent(path: string, params: JsonObject): JsonObject {
  if (path !== '/v1/subscription_items') return params;
  const { subscription: _, ...rest } = params;
  return rest;
}

function pageOf(call: Call, limit: number): Page {
  const [collection, candidates, test] = candidatesOf(call);
  const ascending = OLDEST_FIRST.has(collection);
  const startingAfter = text(call.params, 'starting_after');
  const endingBefore = text(call.params, 'ending_before');
  if (startingAfter !== undefined && endingBefore !== undefined) {
    throw invalidRequest('You cannot parameterize on both starting_after and ending_before.', 'starting_after');
  }
  const cursor = startingAfter ?? endingBefore;
  if (cursor === undefined) return walk(candidates, test, limit, ascending ? 0 : candidates.length - 1, ascending ? 1 : -1);
  const param = startingAfter === undefined ? 'ending_before' : 'starting_after';
  const at = call.transaction.scope.collections.get(collection)?.byKey.get(cursor);
  if (at === undefined || (test !== undefined && !test(at.row))) throw missing(call.endpoint.objects[0] ?? 'object', cursor, param);
  const position = positionOf(candidates, at);
  if (startingAfter !== undefined) return walk(candidates, test, limit, position + (ascending ? 1 : -1), ascending ? 1 : -1);
  const before = walk(candidates, test, limit, position + (ascending ? -1 : 1), ascending ? -1 : 1);
  return { entries: before.entries.toReversed(), more: before.more };
}

/** Up to so many rows that pass, from a place on in one direction, and whether there is one more. */
function walk(candidates: readonly Entry[], test: Test | undefined, limit: number, from: number, step: 1 | -1): Page {
  const entries: Entry[] = [];
  for (let at = from; at >= 0 && at < candidates.length; at += step) {
    const entry = candidates[at];
    if (entry === undefined || (test !== undefined && !test(entry.row))) continue;
    if (entries.length === limit) return { entries, more: true };
    entries.push(entry);
  }
  return { entries, more: false };
}
