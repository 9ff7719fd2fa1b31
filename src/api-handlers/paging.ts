// Pages of lists whose order never changes (types, actions, connections): the token is the name of the last item given.
import { StatusError } from '../errors/status-error.ts';

export interface PageRequest {
  readonly size: number;
  readonly after?: string;
}

/** @throws StatusError INVALID_ARGUMENT where the token is not one of ours. */
export function readPage(query: { readonly pageSize?: number; readonly pageToken?: string }, sizes: { readonly usual: number; readonly most: number }): PageRequest {
  const size = Math.min(query.pageSize || sizes.usual, sizes.most);
  if (query.pageToken === undefined || query.pageToken === '') return { size };
  const after = Buffer.from(query.pageToken, 'base64url').toString('utf8');
  // oxlint-disable-next-line no-control-regex -- no name holds a control character, and no database takes NUL
  if (after.startsWith('after:') && !/[\u0000-\u001f]/.test(after)) return { size, after: after.slice('after:'.length) };
  throw new StatusError('INVALID_ARGUMENT', 'INVALID_PAGE_TOKEN', { message: 'pageToken was not given by this server.' });
}

export function pageToken(lastName: string): string {
  return Buffer.from(`after:${lastName}`).toString('base64url');
}

/** One page of a list that is at hand, in order of name. */
export function cutPage<T extends { readonly name: string }>(all: readonly T[], page: PageRequest): { readonly items: readonly T[]; readonly nextPageToken?: string } {
  const { after } = page;
  const rest = after === undefined ? all : all.filter(({ name }) => name > after);
  const items = rest.slice(0, page.size);
  const last = items.at(-1);
  return rest.length > items.length && last !== undefined ? { items, nextPageToken: pageToken(last.name) } : { items };
}
