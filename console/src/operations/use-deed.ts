// Something that is done by an operation and takes a while: begun, followed to its end, and what went wrong on the way.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { failureOf, type Operation, useOperation } from '../api/operation.ts';

export interface Deed<Input> {
  readonly begin: (input: Input) => void;
  readonly isRunning: boolean;
  readonly isDone: boolean;
  readonly error: Error | null;
  readonly reset: () => void;
}

/** @param ended called once for each that ended without an error. */
export function useDeed<Input>(work: (input: Input) => Promise<Operation>, ended?: () => void): Deed<Input> {
  const data = useQueryClient();
  const begun = useMutation({ mutationFn: work, onSuccess: () => data.invalidateQueries({ queryKey: ['connection'] }) });
  const followed = useOperation(begun.data?.name);
  const { operation } = followed;
  const failure = operation === undefined ? undefined : failureOf(operation);
  const isDone = operation?.done === true && failure === undefined;
  const told = useRef<string>(undefined);
  useEffect(() => {
    if (!isDone || operation === undefined || told.current === operation.name) return;
    told.current = operation.name;
    ended?.();
  }, [isDone, operation, ended]);
  return { begin: begun.mutate, isRunning: begun.isPending || followed.isRunning, isDone, error: begun.error ?? followed.error ?? failure ?? null, reset: begun.reset };
}
