// Pages of the management API's lists. A token tells after which item the next page begins, not how many were seen: what
// comes or goes between two pages neither repeats an item nor hides one. A token is bound to the list that gave it.
import { createHash } from 'node:crypto';
import { StatusError } from '../errors/status-error.ts';
import { matches } from './evaluate.ts';
import type { Fields } from './field.ts';
import { parseFilter } from './filter.ts';
import { compareKeys, keyOf, parseOrder, type Order, type OrderKey } from './order.ts';

/** What a caller asks of a list; what is absent or empty takes the list's usual. */
export interface ListRequest {
  readonly filter?: string | undefined;
  readonly orderBy?: string | undefined;
  readonly pageSize?: number | undefined;
  readonly pageToken?: string | undefined;
}

/** What a list offers. */
export interface ListSpec {
  /** Which list this is, with everything that decides what is in it beside filter and order: its parent, a view of it. */
  readonly list: string;
  readonly fields: Fields;
  /** The field that no two items have alike; `name` where absent. */
  readonly unique?: string;
  /** The order where none is asked for: `metadata.createTime desc`. By the unique field where absent. */
  readonly order?: string;
  readonly sizes: { readonly usual: number; readonly most: number };
}

export interface Page<T> {
  readonly items: readonly T[];
  /** Absent on the last page. */
  readonly nextPageToken?: string;
}

/** One page of a list that is at hand. @throws StatusError INVALID_ARGUMENT: INVALID_FILTER, INVALID_REQUEST, INVALID_PAGE_TOKEN */
export function listPage<T extends object>(items: readonly T[], request: ListRequest, spec: ListSpec): Page<T> {
  const filter = parseFilter(request.filter ?? '', spec.fields);
  const order = parseOrder(request.orderBy || (spec.order ?? ''), spec.fields, spec.unique ?? 'name');
  const { size, after } = readPage(request, spec, order);
  const keyed = items.filter((item) => matches(filter, item)).map((item) => ({ item, key: keyOf(order, item) }));
  const rest = keyed.filter(({ key }) => after === undefined || compareKeys(order, key, after) > 0)
    .toSorted((a, b) => compareKeys(order, a.key, b.key));
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return {
    items: page.map(({ item }) => item),
    ...(rest.length > page.length && last !== undefined ? { nextPageToken: writePageToken(request, spec, last.key) } : {}),
  };
}

/**
 * How many items, and after which: for lists that a store pages itself.
 * @throws StatusError INVALID_ARGUMENT, INVALID_PAGE_TOKEN where another list gave the token, or nobody.
 */
export function readPage(request: ListRequest, spec: ListSpec, order: Order): { readonly size: number; readonly after?: OrderKey } {
  const size = Math.min(request.pageSize || spec.sizes.usual, spec.sizes.most);
  if (request.pageToken === undefined || request.pageToken === '') return { size };
  const [binding, ...after] = decode(request.pageToken);
  if (binding === undefined || after.length !== order.length || !after.every(isKeyPart)) throw strange('pageToken was not given by this server.');
  if (binding !== bindingOf(request, spec)) throw strange('pageToken was given by another request: filter, orderBy and parent must stay the same from page to page.');
  return { size, after };
}

/** The token of the page that begins after the item with this key. */
export function writePageToken(request: ListRequest, spec: ListSpec, after: OrderKey): string {
  return Buffer.from(JSON.stringify([bindingOf(request, spec), ...after])).toString('base64url');
}

function decode(token: string): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}

/** Milliseconds of the last instant that a Date can hold. Lists are ordered by whole numbers and instants, within this. */
const LARGEST = 8.64e15;

/** Who makes a token up shall get no further than who was given one: what no store or Date takes is refused here. */
function isKeyPart(part: unknown): part is OrderKey[number] {
  if (typeof part === 'number') return Number.isInteger(part) && Math.abs(part) <= LARGEST;
  // oxlint-disable-next-line no-control-regex -- no value that is listed holds NUL, and no database takes it
  return part === null || typeof part === 'boolean' || (typeof part === 'string' && !/\u0000/.test(part));
}

function bindingOf({ filter, orderBy }: ListRequest, { list }: ListSpec): string {
  return createHash('sha256').update(JSON.stringify([list, filter ?? '', orderBy ?? ''])).digest('base64url').slice(0, 22);
}

function strange(message: string): StatusError {
  return new StatusError('INVALID_ARGUMENT', 'INVALID_PAGE_TOKEN', { message });
}
