// How much went through the connections of a project of late.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export interface Totals {
  readonly connection: string;
  readonly calls: number;
  readonly errors: number;
}

/** Those without calls are left out. Of the process that answers. */
export const totalsQuery = (project: string) => queryOptions({
  queryKey: ['totals', project], refetchInterval: 10_000,
  queryFn: async ({ signal }) => (await call<{ readonly connections: readonly Totals[] }>(`/v1/projects/${encodeURIComponent(project)}/locations/-/connections:showFigures`, { signal })).connections,
});
