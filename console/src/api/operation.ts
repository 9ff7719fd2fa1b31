// Long-running operations: what was begun is followed to its end.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from './api-error.ts';
import { call } from './call.ts';
import { isPassing } from './failed.ts';

export interface Operation {
  readonly name: string;
  readonly done: boolean;
  readonly metadata?: { readonly target?: string; readonly verb?: string; readonly createTime?: string; readonly endTime?: string; readonly statusMessage?: string; readonly requestedCancellation?: boolean };
  readonly error?: { readonly code: number; readonly message: string; readonly details?: readonly unknown[] };
  readonly response?: Readonly<Record<string, unknown>>;
}

/** How an operation failed, as errors of calls are told; undefined where it has not. */
export function failureOf({ error }: Operation): ApiError | undefined {
  return error === undefined ? undefined : ApiError.fromAnswer(error.code, { error });
}

const BETWEEN_MS = 500;

export interface FollowedOperation {
  readonly operation: Operation | undefined;
  readonly error: Error | null;
  readonly isRunning: boolean;
}

/** Follows an operation; when it has ended, whatever was shown of connections is asked for again. @param name undefined where nothing was begun */
export function useOperation(name: string | undefined): FollowedOperation {
  const data = useQueryClient();
  const followed = useQuery({
    queryKey: ['operation', name],
    queryFn: ({ signal }) => call<Operation>(`/v1/${name ?? ''}`, { signal }),
    enabled: name !== undefined,
    refetchInterval: ({ state }) => (state.data?.done === true || (state.error !== null && !isPassing(state.error)) ? false : BETWEEN_MS),
  });
  const isDone = followed.data?.done === true;
  useEffect(() => {
    if (isDone) void data.invalidateQueries({ predicate: ({ queryKey }) => ['connections', 'connection', 'operations'].includes(String(queryKey[0])) });
  }, [isDone, data]);
  return { operation: followed.data, error: followed.error, isRunning: name !== undefined && !isDone && (followed.error === null || isPassing(followed.error)) };
}
