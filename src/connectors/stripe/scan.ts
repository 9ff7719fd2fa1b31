// Reading the pages of a plan: cursors, passes, pages that Stripe cut short, cursors whose object is gone. The cursor handed out
// is JSON of ours; what a plan says is explained in `plan-list.ts`.
import { StatusError } from '../../errors/status-error.ts';
import type { Call, ListPlan, Page, Row } from '../../spi/connector.ts';
import type { Scalar } from '../../spi/filter.ts';
import type { Binding } from './bindings.ts';
import type { Ask, Exchange } from './exchange.ts';
import type { StripeFault } from './errors.ts';
import type { Parameters, Value } from './form.ts';
import { fillPath } from './id.ts';
import { completeLists } from './nested-list.ts';
import { CONTROL } from './plan-list.ts';
import { isDeleted, isObject, type StripeObject } from './response.ts';
import { finishRow, includesOf } from './row.ts';

interface Cursor {
  /** Which pass is being read. */
  readonly pass?: number;
  /** The last id given; on API v2 and in searches, Stripe's token of the next page. */
  readonly after?: string;
  /** The ids before it, nearest first: where to begin again if it was deleted. */
  readonly before?: readonly string[];
  /** When the last row was created, in unix seconds: where to begin if all of those were deleted. */
  readonly created?: number;
  /** Parameters that Stripe refused; what they would have filtered is filtered here. */
  readonly without?: readonly string[];
  readonly index?: number;
}

/** So many of the last ids are kept for the recovery of a cursor. */
const REMEMBERED = 10;
const LARGEST_PAGE = 100;

export interface Scan {
  readonly exchange: Exchange;
  readonly call: Call;
  readonly binding: Binding;
  readonly plan: ListPlan['scan'];
  readonly passthrough: boolean;
  readonly get: (id: string, account: string | undefined) => Promise<Row>;
}

/** @throws INVALID_ARGUMENT for a cursor that is none of ours, and what Stripe refuses. */
export async function scanPage(scan: Scan, page: { readonly cursor?: string; readonly size: number }): Promise<Page> {
  const cursor = readCursor(page.cursor);
  const size = Math.max(1, Math.min(LARGEST_PAGE, Math.floor(page.size)));
  if (scan.plan[CONTROL.ids] !== undefined) return readIds(scan, cursor, size);
  if (scan.plan[CONTROL.search] !== undefined) return readSearch(scan, cursor, size);
  if (scan.binding.row.singleton) return readSingleton(scan);
  return readList(scan, cursor, size);
}

function readCursor(text: string | undefined): Cursor {
  if (text === undefined) return {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) return parsed;
  } catch {
    // Falls through to the error.
  }
  throw new StatusError('INVALID_ARGUMENT', 'INVALID_PAGE_TOKEN', { message: 'The cursor was not made by this connector' });
}

function accountOf({ plan }: Scan): string | undefined {
  const account = plan[CONTROL.account];
  return typeof account === 'string' ? account : undefined;
}

function textsOf(value: Scalar | readonly Scalar[] | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

async function readIds(scan: Scan, { index = 0 }: Cursor, size: number): Promise<Page> {
  const ids = textsOf(scan.plan[CONTROL.ids]);
  const rows: Row[] = [];
  for (const id of ids.slice(index, index + size)) {
    const row = await orNothing(scan.get(id, accountOf(scan)));
    if (row !== undefined) rows.push(row);
  }
  return index + size < ids.length ? { rows, next: JSON.stringify({ index: index + size }) } : { rows };
}

/** An id that is nobody's finds no row; in a list that is no error. */
async function orNothing(row: Promise<Row>): Promise<Row | undefined> {
  return row.catch((error: unknown) => {
    if (error instanceof StatusError && error.reason === 'ROW_NOT_FOUND') return undefined;
    throw error;
  });
}

async function readSingleton(scan: Scan): Promise<Page> {
  const { binding, exchange, call } = scan;
  const { get } = binding.row;
  if (get === undefined) return { rows: [] };
  const parents = textsOf(scan.plan[CONTROL.parents]);
  const answer = await exchange.ask(call, {
    method: 'GET', api: binding.row.api, host: binding.row.host, path: fillPath(get.path, parents), endpoint: get.path,
    parameters: { ...includesOf(get.shape), ...queryOf(scan, {}) }, account: accountOf(scan),
  });
  if (answer.kind === 'object') return { rows: [finishRow(binding, answer.object, parents, scan.passthrough)] };
  if (answer.kind === 'fault' && isMissing(scan, answer.fault)) return { rows: [] };
  throw answer.error;
}

/** What Search finds is read again by id: it may show rows that have changed, or are gone. */
async function readSearch(scan: Scan, { after }: Cursor, size: number): Promise<Page> {
  const { binding, exchange, call, plan } = scan;
  const { search = '' } = binding.row;
  const found = await exchange.object(call, {
    method: 'GET', path: search, endpoint: search, account: accountOf(scan),
    parameters: { query: String(plan[CONTROL.search]), limit: size, ...(after === undefined ? {} : { page: after }) },
  });
  const rows: Row[] = [];
  for (const object of objectsOf(found)) {
    const row = typeof object['id'] === 'string' ? await orNothing(scan.get(object['id'], accountOf(scan))) : undefined;
    if (row !== undefined) rows.push(row);
  }
  const next = found['has_more'] === true && typeof found['next_page'] === 'string' ? found['next_page'] : undefined;
  return next === undefined ? { rows } : { rows, next: JSON.stringify({ after: next }) };
}

function objectsOf(list: StripeObject): readonly StripeObject[] {
  const { data } = list;
  return Array.isArray(data) ? data.filter(isObject) : [];
}

async function readList(scan: Scan, start: Cursor, size: number): Promise<Page> {
  let cursor = start;
  let limit = size;
  let skip: ReadonlySet<string> = new Set();
  for (;;) {
    const answer = await scan.exchange.ask(scan.call, askOf(scan, cursor, limit));
    if (answer.kind === 'object') return pageOf(scan, answer.object, cursor, skip);
    if (answer.kind === 'truncated') {
      if (limit === 1) throw answer.error;
      limit = Math.ceil(limit / 2);
      continue;
    }
    const { fault, error } = answer;
    const recovered = isCursorLost(fault) ? earlier(scan, cursor) : undefined;
    if (recovered !== undefined) {
      skip = new Set([...skip, ...recovered.skip]);
      cursor = recovered.cursor;
      continue;
    }
    if (isMissing(scan, fault)) return nextPass(scan, cursor, []);
    const refused = cursor.after === undefined ? droppable(scan, cursor, fault) : undefined;
    if (refused === undefined) throw error;
    cursor = { ...cursor, without: [...(cursor.without ?? []), ...refused] };
  }
}

function askOf(scan: Scan, cursor: Cursor, limit: number): Ask {
  const { binding } = scan;
  const { list, api, host } = binding.row;
  if (list === undefined) throw new StatusError('UNIMPLEMENTED', 'OPERATION_NOT_SUPPORTED', { message: `${binding.row.entity} has no operation LIST` });
  const paging: Parameters = !list.paged ? {} : api === 'v2'
    ? { limit, ...(cursor.after === undefined ? {} : { page: cursor.after }) }
    : { limit, ...(cursor.after === undefined ? {} : { starting_after: cursor.after }) };
  const bound: Parameters = cursor.after === undefined && cursor.created !== undefined ? { 'created[lte]': cursor.created } : {};
  return {
    method: 'GET', api, host, path: fillPath(list.path, textsOf(scan.plan[CONTROL.parents])), endpoint: list.path,
    parameters: { ...queryOf(scan, cursor), ...includesOf(list.shape), ...bound, ...paging }, account: accountOf(scan),
    ...(limit > 1 && list.paged ? { asksForLess: true } : {}),
  };
}

function queryOf({ plan }: Scan, { pass = 0, without = [], after, created }: Cursor): Parameters {
  const query: Record<string, Value> = {};
  const passes = plan[CONTROL.passes];
  for (const [name, value] of Object.entries(plan)) {
    if (name.startsWith('@') || without.includes(name)) continue;
    // The bound of a recovered cursor replaces the plan's own, which it lies within.
    if (created !== undefined && after === undefined && name === 'created[lt]') continue;
    const one = name === passes && Array.isArray(value) ? value[pass] : value;
    if (one !== undefined && one !== null) query[name] = one;
  }
  return query;
}

async function pageOf(scan: Scan, list: StripeObject, cursor: Cursor, skip: ReadonlySet<string>): Promise<Page> {
  const { binding, exchange, call, plan, passthrough } = scan;
  const parents = textsOf(plan[CONTROL.parents]);
  const complete = textsOf(plan[CONTROL.complete]).map((path) => path.split('.'));
  const objects = objectsOf(list);
  const rows: Row[] = [];
  for (const object of objects) {
    if (isDeleted(object) || (skip.size > 0 && skip.has(String(object['id'])))) continue;
    const whole = complete.length === 0 ? object : await completeLists(exchange, call, object, complete, accountOf(scan));
    rows.push(finishRow(binding, whole, parents, passthrough));
  }
  const next = binding.row.api === 'v2' ? nextOfToken(list, cursor) : nextOfIds(list, objects, cursor, skip);
  return next === undefined ? nextPass(scan, cursor, rows) : { rows, next: JSON.stringify(next) };
}

function nextOfToken(list: StripeObject, cursor: Cursor): Cursor | undefined {
  const url = list['next_page_url'];
  const token = typeof url === 'string' ? new URL(url, 'https://api.stripe.com').searchParams.get('page') : null;
  return token === null ? undefined : { ...cursor, after: token };
}

function nextOfIds(list: StripeObject, objects: readonly StripeObject[], cursor: Cursor, skip: ReadonlySet<string>): Cursor | undefined {
  const last = objects.at(-1);
  if (list['has_more'] !== true || last === undefined || typeof last['id'] !== 'string') return undefined;
  const ids = objects.map(({ id }) => String(id)).toReversed().slice(1, REMEMBERED);
  const before = [...ids, ...[...skip].filter((id) => !ids.includes(id)), ...(cursor.before ?? [])].slice(0, REMEMBERED);
  const { pass, without } = cursor;
  const created = typeof last['created'] === 'number' ? last['created'] : undefined;
  return {
    after: last['id'], before, ...(created === undefined ? {} : { created }),
    ...(pass === undefined ? {} : { pass }), ...(without === undefined ? {} : { without }),
  };
}

function nextPass({ plan }: Scan, { pass = 0, without }: Cursor, rows: readonly Row[]): Page {
  const passes = plan[String(plan[CONTROL.passes] ?? '')];
  if (!Array.isArray(passes) || pass + 1 >= passes.length) return { rows };
  return { rows, next: JSON.stringify({ pass: pass + 1, ...(without === undefined ? {} : { without }) }) };
}

function isCursorLost({ code, param }: StripeFault): boolean {
  return code === 'resource_missing' && param === 'starting_after';
}

/**
 * The cursor to begin with again when its object is gone: the id before, else the second in which the last row was created.
 * Rows between the two were given already and are skipped.
 */
function earlier({ binding }: Scan, cursor: Cursor): { readonly cursor: Cursor; readonly skip: readonly string[] } | undefined {
  const { after, before: [nearest, ...rest] = [], ...others } = cursor;
  if (after === undefined) return undefined;
  if (nearest !== undefined) return { cursor: { ...others, after: nearest, before: rest }, skip: [after] };
  return binding.newestFirst !== undefined && cursor.created !== undefined ? { cursor: others, skip: [after] } : undefined;
}

/** The filter names an object that does not exist: no row can belong to it. */
function isMissing({ plan }: Scan, { status, code, param }: StripeFault): boolean {
  if (code !== 'resource_missing') return false;
  if (textsOf(plan[CONTROL.parents]).length > 0 && status === 404 && (param === undefined || plan[param] === undefined)) return true;
  return param !== undefined && typeof plan[param] === 'string';
}

/** The filters that Stripe refused: left out, they leave the list wider, and we filter what it gives. */
function droppable({ binding, plan }: Scan, { without = [] }: Cursor, { status, param }: StripeFault): readonly string[] | undefined {
  if (status !== 400 || param === undefined) return undefined;
  const stem = param.replace(/\[.*$/, '');
  const needed = new Set([...(binding.row.list?.required ?? []), ...[...binding.filters.pseudo.values()].map(({ wire }) => wire.replace(/\[.*$/, ''))]);
  const named = Object.keys(plan).filter((name) => !name.startsWith('@') && !without.includes(name) && (name === param || name.startsWith(`${stem}[`) || name === stem));
  return named.length === 0 || needed.has(stem) ? undefined : named;
}

