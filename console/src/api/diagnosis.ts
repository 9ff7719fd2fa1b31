// A connection, or the server, looked at step by step.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export interface DiagnosisStep {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  /** A stable name of what was found, and its values; absent where an error was, which has a reason. */
  readonly finding?: string;
  readonly facts?: Readonly<Record<string, string>>;
  readonly reason?: string;
  readonly message: string;
  readonly hint?: string;
  readonly milliseconds: number;
}

interface Diagnosis {
  readonly steps: readonly DiagnosisStep[];
}

/** Looks at a connection, which takes a moment. @throws ApiError */
export async function diagnose(connection: string): Promise<readonly DiagnosisStep[]> {
  return (await call<Diagnosis>(`/v1/${connection}:diagnose`, { method: 'POST', body: {} })).steps;
}

export const serverQuery = queryOptions({
  queryKey: ['server'], refetchInterval: 30_000,
  queryFn: async ({ signal }) => (await call<Diagnosis>('/v1/diagnosis', { signal })).steps,
});
