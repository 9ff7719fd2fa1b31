// How a connection is beside what it is configured with, and what is done to it as a whole.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
import type { Operation } from './operation.ts';

export interface Nodes {
  readonly limited: boolean;
  readonly nodeCount?: number;
  readonly minNodeCount: number;
  readonly maxNodeCount: number;
  readonly transactionsPerSecond?: number;
  readonly waitingCalls?: number;
  readonly processCount?: number;
}

const LOOKED_EVERY_MS = 5_000;

export const nodesQuery = (connection: string) => queryOptions({
  queryKey: ['nodes', connection], refetchInterval: LOOKED_EVERY_MS,
  queryFn: ({ signal }) => call<Nodes>(`/v2/${connection}:showNodes`, { signal }),
});

export const readinessQuery = (connection: string) => queryOptions({
  queryKey: ['connection', connection, 'readiness'], refetchInterval: LOOKED_EVERY_MS,
  queryFn: async ({ signal }) => (await call<{ readonly status: string }>(`/v2/${connection}:checkReadiness`, { signal })).status === 'READY',
});

export interface DiagnosisStep {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  readonly hint?: string;
  readonly milliseconds: number;
}

/** Looks at it step by step, which takes a moment. @throws ApiError */
export async function diagnose(connection: string): Promise<readonly DiagnosisStep[]> {
  return (await call<{ readonly steps: readonly DiagnosisStep[] }>(`/v1/${connection}:diagnose`, { method: 'POST', body: {} })).steps;
}

/** Begins a change of the fields that the mask names. @throws ApiError */
export function changeConnection(connection: string, updateMask: string, body: object): Promise<Operation> {
  return call<Operation>(`/v1/${connection}`, { method: 'PATCH', query: { updateMask }, body });
}

/** Begins the removal. @throws ApiError */
export function deleteConnection(connection: string): Promise<Operation> {
  return call<Operation>(`/v1/${connection}`, { method: 'DELETE' });
}
