// A change of settings, followed to its end: what is shown is what the server then says.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ApiError } from '../api/api-error.ts';
import { type Operation, useOperation } from '../api/operation.ts';

export interface Change<Value> {
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly make: (value: Value) => void;
}

export function useChange<Value>(make: (value: Value) => Promise<Operation>): Change<Value> {
  const data = useQueryClient();
  const begun = useMutation({ mutationFn: make });
  const { operation, error, isRunning } = useOperation(begun.data?.name);
  const isDone = operation?.done === true;
  useEffect(() => { if (isDone) void data.invalidateQueries({ queryKey: ['settings'] }); }, [isDone, data]);
  const failed = operation?.error === undefined ? null : ApiError.fromAnswer(operation.error.code, { error: operation.error });
  return { isPending: begun.isPending || isRunning, error: begun.error ?? error ?? failed, make: begun.mutate };
}
