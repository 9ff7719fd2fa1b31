// Lists that may be long: read page by page, as one looks further.
import { infiniteQueryOptions } from '@tanstack/react-query';
import { call, type CallOptions, type Json } from './call.ts';

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next: string | undefined;
}

/** @param items the member of the answer that holds them */
export function pagesQuery<Item>(path: string, items: string, query: CallOptions['query'], options: { readonly refetchInterval?: number } = {}) {
  return infiniteQueryOptions({
    queryKey: [items, path, query],
    queryFn: async ({ pageParam, signal }): Promise<PageOf<Item>> => {
      const page: Json = await call(path, { query: { pageSize: 100, ...query, pageToken: pageParam }, signal });
      const [found, next] = [page[items], page['nextPageToken']];
      return { items: Array.isArray(found) ? (found as Item[]) : [], next: typeof next === 'string' && next !== '' ? next : undefined };
    },
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    ...options,
  });
}
