// List: filter text in, a page of rows and the token of the next page out, over any connector. The order is always: read,
// evaluate the whole filter, sort, cut. It knows no connector and no caller.
import type { Call, Row, Session } from '../spi/connector.ts';
import { planList, SOURCE_PAGE_SIZE, type ListQuery, type ListTarget, type PlannedList } from './list-plan.ts';
import { invalidPageToken, type PageTokens, type Position } from './page-token.ts';
import { FirstRows, type Placed, type RowOrder } from './row-order.ts';
import { readScanPage, type Cut } from './scan-page.ts';
import { SourceReader, type ScanBudget, type ScanCost } from './source-reader.ts';

export interface ListSettings {
  readonly budget: ScanBudget;
  readonly tokens: PageTokens;
}

export interface ListPage {
  /** Whole rows, at most as many as the page size; all there are where the entity type has no key. */
  readonly rows: readonly Row[];
  /** Absent on the last page. A page may be short, even empty, and have one. */
  readonly nextPageToken?: string;
  readonly cost: ScanCost;
}

/**
 * Gives one page of a list.
 * @throws StatusError INVALID_ARGUMENT and OUT_OF_RANGE for the query, UNIMPLEMENTED without LIST, RESOURCE_EXHAUSTED reason
 * SCAN_LIMIT when the budget is spent, CANCELLED and DEADLINE_EXCEEDED at the end of the call, and what the session throws.
 */
export async function listRows(target: ListTarget, session: Session, call: Call, query: ListQuery, settings: ListSettings): Promise<ListPage> {
  const list = planList(target, query);
  const reader = new SourceReader(session, call, list, settings.budget);
  const cut = await readPage(list, reader, query.pageToken, settings.tokens);
  return {
    rows: cut.rows, cost: reader.cost,
    ...(cut.next === undefined ? {} : { nextPageToken: settings.tokens.issue(list.identity, cut.next) }),
  };
}

/**
 * Gives every row of a list, one after the other, sorted only where the source does it: for SQL, exports and bulk writes.
 * @throws as `listRows`; `pageSize` and `pageToken` of the query are not read.
 */
export async function* allRows(target: ListTarget, session: Session, call: Call, query: ListQuery, budget: ScanBudget): AsyncGenerator<Row> {
  const list = planList(target, query);
  yield* matchingRows(list, new SourceReader(session, call, list, budget));
}

async function readPage(list: PlannedList, reader: SourceReader, token: string | undefined, tokens: PageTokens): Promise<Cut> {
  const position = token === undefined || token === '' ? undefined : tokens.read(list.identity, token);
  const { order, route } = list;
  if (list.entity.key === undefined) {
    if (position !== undefined) throw invalidPageToken(`${list.entity.name} has no id and is listed as one page, without tokens`);
    return { rows: await everyRow(list, reader) };
  }
  if (order !== undefined) return sortedPage(list, reader, order, position?.kind === 'row' ? position : undefined);
  if (route.kind === 'gets') return namedPage(list, reader, route.ids, position?.kind === 'ids' ? position.next : 0);
  return readScanPage({ list, reader, plan: route.plan, key: list.entity.key, mark: tokens.mark }, position?.kind === 'cursor' ? position : { kind: 'cursor', given: [] });
}

/** Rows that the filter keeps, in the order of the source or of the ids that the filter names. */
async function* matchingRows(list: PlannedList, reader: SourceReader): AsyncGenerator<Row> {
  const { route, matches } = list;
  if (route.kind === 'gets') {
    for await (const row of reader.gets(route.ids, () => route.ids.length)) if (row !== undefined && matches(row)) yield row;
    return;
  }
  for (let cursor: string | undefined; ;) {
    const page = await reader.page(route.plan, cursor, SOURCE_PAGE_SIZE);
    for (const row of page.rows) if (matches(row)) yield row;
    if (page.next === undefined) return;
    cursor = page.next;
  }
}

async function everyRow(list: PlannedList, reader: SourceReader): Promise<readonly Row[]> {
  const rows = await Array.fromAsync(matchingRows(list, reader));
  const { order } = list;
  return order === undefined ? rows : rows.map(order.place).toSorted(order.compare).map(({ row }) => row);
}

/** A sort of ours reads everything for each page, but keeps one page of it. */
async function sortedPage(list: PlannedList, reader: SourceReader, order: RowOrder, after: Position & { kind: 'row' } | undefined): Promise<Cut> {
  const first = new FirstRows(order, list.pageSize + 1);
  for await (const row of matchingRows(list, reader)) {
    const placed = order.place(row);
    if (after === undefined || order.compare(placed, after) > 0) first.add(placed);
  }
  const placed = first.inOrder();
  const last: Placed | undefined = placed[list.pageSize - 1];
  const rows = placed.slice(0, list.pageSize).map(({ row }) => row);
  return placed.length <= list.pageSize || last === undefined ? { rows } : { rows, next: { kind: 'row', value: last.value, id: last.id } };
}

async function namedPage(list: PlannedList, reader: SourceReader, ids: readonly string[], begin: number): Promise<Cut> {
  const rows: Row[] = [];
  let next = begin;
  for await (const row of reader.gets(ids.slice(begin), () => list.pageSize - rows.length)) {
    next += 1;
    if (row !== undefined && list.matches(row)) rows.push(row);
    if (rows.length === list.pageSize) break;
  }
  return next < ids.length ? { rows, next: { kind: 'ids', next } } : { rows };
}
