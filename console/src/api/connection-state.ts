// How a connection is beside what it is configured with, and what is done to it as a whole.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
import type { Operation } from './operation.ts';

const LOOKED_EVERY_MS = 5_000;

export const readinessQuery = (connection: string) => queryOptions({
  queryKey: ['connection', connection, 'readiness'], refetchInterval: LOOKED_EVERY_MS,
  queryFn: async ({ signal }) => (await call<{ readonly status: string }>(`/v2/${connection}:checkReadiness`, { signal })).status === 'READY',
});

/** Begins a change of the fields that the mask names. @throws ApiError */
export function changeConnection(connection: string, updateMask: string, body: object): Promise<Operation> {
  return call<Operation>(`/v1/${connection}`, { method: 'PATCH', query: { updateMask }, body });
}

/** Begins the removal. @throws ApiError */
export function deleteConnection(connection: string): Promise<Operation> {
  return call<Operation>(`/v1/${connection}`, { method: 'DELETE' });
}
