// The operations of a project: listed, asked to end, forgotten. One is followed by `useOperation`.
import { call } from './call.ts';
import type { Operation } from './operation.ts';
import { pagesQuery } from './pages.ts';

export interface OperationFilter {
  readonly state: '' | 'RUNNING' | 'SUCCEEDED' | 'FAILED';
  readonly verb: string;
  /** A part of the name of what it works on. */
  readonly target: string;
}

export const operationsQuery = (project: string, { state, verb, target }: OperationFilter) => pagesQuery<Operation>(
  `/v1/projects/${encodeURIComponent(project)}/locations/-/operations`, 'operations',
  { filter: [...STATES[state], ...(verb === '' ? [] : [`metadata.verb=${JSON.stringify(verb)}`]), ...(target === '' ? [] : [`metadata.target:${JSON.stringify(target)}`])].join(' AND ') },
  { refetchInterval: 5_000 },
);

const STATES: Readonly<Record<OperationFilter['state'], readonly string[]>> = { '': [], RUNNING: ['done=false'], SUCCEEDED: ['done=true', 'NOT error.code>0'], FAILED: ['error.code>0'] };

export function stateOfOperation({ done, error }: Operation): 'RUNNING' | 'SUCCEEDED' | 'FAILED' {
  return !done ? 'RUNNING' : error === undefined ? 'SUCCEEDED' : 'FAILED';
}

/** @throws ApiError */
export function cancelOperation(name: string): Promise<unknown> {
  return call(`/v1/${name}:cancel`, { method: 'POST', body: {} });
}

export function forgetOperation(name: string): Promise<unknown> {
  return call(`/v1/${name}`, { method: 'DELETE' });
}
