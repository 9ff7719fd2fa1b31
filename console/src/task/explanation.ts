// What a List will do, as the server tells it before it is done. Asking costs the source nothing, so a filter is checked this way
// while it is written.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { TaskInputs } from './inputs.ts';

export interface Explanation {
  readonly entity: string;
  /** As it was understood; '' for every row. */
  readonly filter: string;
  readonly pageSize: number;
  readonly route: 'GET' | 'SCAN';
  readonly pushed: readonly string[];
  readonly remaining: string;
  readonly order: 'SOURCE' | 'SORTED_BY_SOURCE' | 'SORTED_HERE';
  readonly calls: number | 'unbounded';
  readonly fullScan: boolean;
  /** What the source will be asked, in its own terms. */
  readonly scan: Readonly<Record<string, unknown>>;
  readonly hints: readonly string[];
  readonly budget?: { readonly rows: number; readonly calls: number; readonly milliseconds: number };
}

export const explanationQuery = (connection: string, entity: string, { filter, pageSize, sortBy, isDescending }: Pick<TaskInputs, 'filter' | 'pageSize' | 'sortBy' | 'isDescending'>) => queryOptions({
  queryKey: ['explanation', connection, entity, filter.trim(), pageSize, sortBy, isDescending], retry: false, staleTime: 60_000, placeholderData: keepPreviousData,
  queryFn: ({ signal }) => call<Explanation>(`/v2/${connection}/entityTypes/${encodeURIComponent(entity)}/entities:explain`, {
    query: { conditions: filter.trim(), pageSize, ...(sortBy === '' ? {} : { sortBy, sortOrder: isDescending ? 'DESC' : 'ASC' }) }, signal,
  }),
});
