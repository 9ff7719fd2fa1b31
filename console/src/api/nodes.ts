// How many nodes a connection has.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export interface Nodes {
  /** false where there is no limit, and no nodes to count. */
  readonly limited: boolean;
  readonly nodeCount?: number;
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
}

export const nodesQuery = (name: string) => queryOptions({
  queryKey: ['nodes', name], refetchInterval: 15_000,
  queryFn: ({ signal }) => call<Nodes>(`/v2/${name}:showNodes`, { signal }),
});
