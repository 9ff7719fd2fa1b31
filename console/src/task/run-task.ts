// Runs the Connectors task, and keeps what it answered: pages of a list are put one behind the other.
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiError } from '../api/api-error.ts';
import { call } from '../api/call.ts';
import type { Choice } from './choice.ts';
import { flatInputs, type TaskInputs } from './inputs.ts';

export type OutputRow = Readonly<Record<string, unknown>>;

export interface TaskOutput {
  /** What was run, for the words around its output. */
  readonly choice: Choice;
  readonly payload: readonly OutputRow[] | OutputRow;
  readonly nextPageToken: string;
  readonly milliseconds: number;
}

export interface TaskRun {
  readonly output: TaskOutput | undefined;
  readonly error: Error | null;
  readonly isPending: boolean;
  readonly run: (inputs: TaskInputs) => void;
  readonly next: () => void;
  readonly forget: () => void;
}

interface Asked {
  readonly inputs: TaskInputs;
  readonly pageToken?: string;
}

interface Answer {
  readonly connectorOutputPayload: readonly OutputRow[] | OutputRow;
  readonly nextPageToken: string;
}

export function useTask(connection: string, choice: Choice, isTyped: boolean): TaskRun {
  const [output, setOutput] = useState<TaskOutput>();
  const [asked, setAsked] = useState<TaskInputs>();
  const key = useRef({ of: '', key: '' });
  const data = useQueryClient();
  const task = useMutation({
    mutationFn: async ({ inputs, pageToken }: Asked): Promise<TaskOutput> => {
      const body = flatInputs(connection, choice, inputs, pageToken);
      const begunAt = performance.now();
      const headers = { 'idempotency-key': keyOf(key.current, JSON.stringify(body)), ...(isTyped ? { 'x-konektor-output': 'typed' } : {}) };
      const location = connection.split('/').slice(0, 4).join('/');
      const answer = await call<Answer>(`/v2/${location}/integrations/ExecuteConnection:execute`, { method: 'POST', query: { triggerId: 'api_trigger/ExecuteConnection' }, body, headers });
      return { choice, payload: answer.connectorOutputPayload, nextPageToken: answer.nextPageToken, milliseconds: performance.now() - begunAt };
    },
    onSuccess(answer, { inputs, pageToken }) {
      key.current = { of: '', key: '' };
      setAsked(inputs);
      setOutput((before) => (pageToken === undefined || before === undefined ? answer : { ...answer, payload: [...rowsOf(before.payload), ...rowsOf(answer.payload)] }));
      void data.invalidateQueries({ queryKey: ['writes', connection] });
    },
    // A write whose end is not known is repeated under its key; one that was refused is another one.
    onError(error, { pageToken }) {
      if (pageToken === undefined) setOutput(undefined);
      if (!(error instanceof ApiError) || !['UNAVAILABLE', 'DEADLINE_EXCEEDED'].includes(error.code)) key.current = { of: '', key: '' };
    },
  });
  return {
    output, error: task.error, isPending: task.isPending,
    run: (inputs) => task.mutate({ inputs }),
    next: () => { if (asked !== undefined && output !== undefined) task.mutate({ inputs: asked, pageToken: output.nextPageToken }); },
    forget: () => { setOutput(undefined); task.reset(); },
  };
}

/** The same request has the same key until it is known how it ended. */
function keyOf(kept: { of: string; key: string }, request: string): string {
  if (kept.of !== request) Object.assign(kept, { of: request, key: crypto.randomUUID() });
  return kept.key;
}

export function rowsOf(payload: TaskOutput['payload']): readonly OutputRow[] {
  return Array.isArray(payload) ? payload : [payload as OutputRow];
}
