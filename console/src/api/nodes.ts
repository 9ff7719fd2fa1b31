// How many nodes a connection has, and what they take.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export interface Nodes {
  /** false where there is no limit, and no nodes to count. */
  readonly limited: boolean;
  readonly nodeCount?: number;
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
  readonly transactionsPerSecond?: number;
  readonly waitingCalls?: number;
  readonly processCount?: number;
}

/** @param everyMs how often they are asked for: oftener where they are looked at alone than in a list */
export const nodesQuery = (connection: string, everyMs = 5_000) => queryOptions({
  queryKey: ['nodes', connection], refetchInterval: everyMs,
  queryFn: ({ signal }) => call<Nodes>(`/v2/${connection}:showNodes`, { signal }),
});
