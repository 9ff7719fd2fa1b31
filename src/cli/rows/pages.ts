// The pages of a list of rows, as far as they are wanted: one, so many rows, or all.
import type { RowCaller, RowOutput } from '../../api/row-caller.ts';
import { CommandError } from '../command-error.ts';
import { countOf } from '../count.ts';

/** The most rows that a server gives on a page. */
const LARGEST_PAGE = 200;

export interface PageOptions {
  readonly limit?: string;
  readonly pageSize?: string;
  readonly pageToken?: string;
  readonly all?: true;
}

export interface ListOrder {
  readonly connection: string;
  readonly entityType: string;
  readonly filter?: string | undefined;
  readonly sort?: string | undefined;
}

export interface Extent {
  /** How many rows are wanted; undefined for one page, Infinity for all. */
  readonly rows: number | undefined;
  readonly pageSize: number | undefined;
  readonly pageToken: string | undefined;
}

/** @throws CommandError */
export function readExtent({ limit, pageSize, pageToken, all }: PageOptions): Extent {
  if (all === true && limit !== undefined) throw new CommandError('INVALID_ARGUMENT', '--all reads every row and --limit so many: pass one of them.');
  const [rows, size] = [limit === undefined ? undefined : countOf('--limit', limit), pageSize === undefined ? undefined : countOf('--page-size', pageSize)];
  return { rows: all === true ? Infinity : rows, pageSize: size, pageToken };
}

/** `Created desc` as the API takes it. @throws CommandError */
export function readSort(sort: string | undefined): { readonly sortBy?: string[]; readonly sortOrder?: string[] } {
  if (sort === undefined || sort.trim() === '') return {};
  const [, column, direction = 'asc'] = /^([^\s,]+)(?:\s+(asc|desc))?$/i.exec(sort.trim()) ?? [];
  if (column === undefined) throw new CommandError('INVALID_ARGUMENT', `A list is sorted by one column, and "${sort.slice(0, 100)}" names none or several.`, "Write --sort Name, or --sort 'Created desc'.");
  return { sortBy: [column], sortOrder: [direction.toUpperCase()] };
}

/** The query of a list, without its pages. */
export function listQuery({ filter, sort }: Pick<ListOrder, 'filter' | 'sort'>): { readonly conditions?: string; readonly sortBy?: string[]; readonly sortOrder?: string[] } {
  return { ...(filter === undefined || filter.trim() === '' ? {} : { conditions: filter }), ...readSort(sort) };
}

export interface RowPage {
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  /** Where the rows behind these begin; undefined behind the last. */
  readonly next: string | undefined;
}

/** Each page as it comes, one at a time: nothing is read ahead of who takes them. @throws CommandError */
export async function* rowPages(call: RowCaller, order: ListOrder, { rows: wanted, pageSize, pageToken }: Extent): AsyncGenerator<RowPage> {
  const { connection, entityType } = order;
  let [left, token] = [wanted, pageToken];
  do {
    const size = left === undefined ? pageSize : Math.min(pageSize ?? LARGEST_PAGE, left, LARGEST_PAGE);
    const query = { ...listQuery(order), ...(size === undefined ? {} : { pageSize: size }), ...(token === undefined ? {} : { pageToken: token }) };
    const page: RowOutput<'entities.list'> = await call('entities.list', { path: { connection, entityType }, query });
    const rows = page.entities.map(({ fields }) => fields);
    token = page.nextPageToken === '' ? undefined : page.nextPageToken;
    yield { rows, next: token };
    left = left === undefined ? undefined : left - rows.length;
  } while (token !== undefined && left !== undefined && left > 0);
}
