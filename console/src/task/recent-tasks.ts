// The tasks that were run lately, to run again. They are kept in the memory of the page alone, since their inputs are other people's
// data: a reload or another caller finds none.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import type { Choice } from './choice.ts';
import type { TaskInputs } from './inputs.ts';

export interface RecentTask {
  readonly choice: Choice;
  readonly inputs: TaskInputs;
  /** When it was run, in milliseconds. */
  readonly at: number;
  readonly isDone: boolean;
}

const MOST = 20;
const keyOf = (connection: string): readonly string[] => ['recentTasks', connection];

/** Newest first; the same task with the same inputs is there once. */
export function useRecentTasks(connection: string): { readonly recent: readonly RecentTask[]; readonly remember: (task: RecentTask) => void } {
  const data = useQueryClient();
  const { data: recent } = useQuery<readonly RecentTask[]>({ queryKey: keyOf(connection), queryFn: () => [], initialData: [], staleTime: Infinity, gcTime: Infinity });
  const remember = useCallback((task: RecentTask): void => {
    data.setQueryData<readonly RecentTask[]>(keyOf(connection), (before = []) => [task, ...before.filter((one) => sameText(one) !== sameText(task))].slice(0, MOST));
  }, [data, connection]);
  return { recent, remember };
}

const sameText = ({ choice, inputs }: RecentTask): string => JSON.stringify([choice, inputs]);
