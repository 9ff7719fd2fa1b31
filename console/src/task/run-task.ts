// Runs the Connectors task, and keeps what it answered: pages of a list are put one behind the other.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { call } from '../api/call.ts';
import type { Choice } from './choice.ts';
import { flatInputs, type TaskInputs } from './inputs.ts';

export type OutputRow = Readonly<Record<string, unknown>>;

export interface TaskOutput {
  /** What was run, for the words around its output. */
  readonly choice: Choice;
  readonly inputs: TaskInputs;
  readonly payload: readonly OutputRow[] | OutputRow;
  readonly nextPageToken: string;
  readonly pages: number;
  readonly milliseconds: number;
}

export interface TaskRun {
  readonly output: TaskOutput | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  /** @param key of a write; '' of a read */
  readonly run: (inputs: TaskInputs, key: string) => void;
  readonly next: () => void;
  /** Page after page, to the last or until it is stopped. */
  readonly all: () => void;
  readonly isReadingAll: boolean;
  readonly stop: () => void;
}

interface Asked {
  readonly inputs: TaskInputs;
  readonly key: string;
  /** Goes on behind what was read. */
  readonly after?: TaskOutput;
  readonly isAll?: boolean;
}

interface Answer {
  readonly connectorOutputPayload: readonly OutputRow[] | OutputRow;
  readonly nextPageToken: string;
}

/** The answer to a read that was long enough to be held in a page. */
const MOST_ROWS = 50_000;

export interface TaskEnd {
  readonly inputs: TaskInputs;
  readonly isDone: boolean;
}

export function useTask(connection: string, choice: Choice, isTyped: boolean, onEnd: (end: TaskEnd) => void): TaskRun {
  const [output, setOutput] = useState<TaskOutput>();
  const isStopped = useRef(false);
  const data = useQueryClient();
  const task = useMutation({
    mutationFn: async ({ inputs, key, after, isAll = false }: Asked): Promise<TaskOutput> => {
      isStopped.current = false;
      const location = connection.split('/').slice(0, 4).join('/');
      const headers = { ...(key === '' ? {} : { 'idempotency-key': key }), ...(isTyped ? { 'x-konektor-output': 'typed' } : {}) };
      let read = after;
      for (;;) {
        const begunAt = performance.now();
        const { connectorOutputPayload: payload, nextPageToken } = await call<Answer>(`/v2/${location}/integrations/ExecuteConnection:execute`, {
          method: 'POST', query: { triggerId: 'api_trigger/ExecuteConnection' }, body: flatInputs(connection, choice, inputs, read?.nextPageToken), headers,
        });
        const milliseconds = performance.now() - begunAt + (read?.milliseconds ?? 0);
        read = { choice, inputs, payload: read === undefined ? payload : [...rowsOf(read.payload), ...rowsOf(payload)], nextPageToken, pages: (read?.pages ?? 0) + 1, milliseconds };
        setOutput(read);
        if (!isAll || read.nextPageToken === '' || isStopped.current || rowsOf(read.payload).length >= MOST_ROWS) return read;
      }
    },
    onSuccess(_output, { inputs, after }) {
      if (after === undefined) onEnd({ inputs, isDone: true });
    },
    onError(_error, { inputs, after }) {
      if (after !== undefined) return;
      setOutput(undefined);
      onEnd({ inputs, isDone: false });
    },
    // What the task changed is shown elsewhere, and so is that it was called.
    onSettled: () => void data.invalidateQueries({ queryKey: ['writes', connection] }),
  });
  const more = (isAll: boolean) => (): void => { if (output !== undefined) task.mutate({ inputs: output.inputs, key: '', after: output, isAll }); };
  return {
    output, error: task.error, isPending: task.isPending,
    run: (inputs, key) => task.mutate({ inputs, key }), next: more(false), all: more(true),
    isReadingAll: task.isPending && task.variables.isAll === true, stop: () => { isStopped.current = true; },
  };
}

export function rowsOf(payload: TaskOutput['payload']): readonly OutputRow[] {
  return Array.isArray(payload) ? payload : [payload as OutputRow];
}
