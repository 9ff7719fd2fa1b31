// Connections, as the management API shows them.
import { queryOptions } from '@tanstack/react-query';
import type { ConnectionBody } from '../connection-form/body.ts';
import { call, callList } from './call.ts';

export interface Connection {
  readonly name: string;
  readonly description?: string;
  readonly connectorVersion?: string;
  readonly createTime?: string;
  readonly updateTime?: string;
  readonly status: { readonly state: string; readonly description?: string; readonly status?: string };
  readonly nodeConfig?: { readonly minNodeCount?: number; readonly maxNodeCount?: number };
  readonly labels?: Readonly<Record<string, string>>;
  readonly suspended?: boolean;
  readonly connectionRevision?: string;
  readonly host?: string;
  readonly lockConfig?: { readonly locked?: boolean; readonly reason?: string };
  readonly trafficShapingConfigs?: readonly { readonly quotaLimit?: string; readonly duration?: string }[];
  readonly serviceAccount?: string;
}

/** With all that its user has set. */
export type ConfiguredConnection = Connection & ConnectionBody;

const REFRESHED_MS = 10_000;
const MANY = 1_000;

export const connectionsQuery = (project: string) => queryOptions({
  queryKey: ['connections', project],
  queryFn: ({ signal }) => callList<Connection>(`/v1/projects/${encodeURIComponent(project)}/locations/-/connections`, 'connections', {}, signal),
  // Very many are asked for in many pages: less often.
  refetchInterval: ({ state }) => REFRESHED_MS * Math.max(1, Math.ceil((state.data?.length ?? 0) / MANY)),
});

export const idOf = (name: string): string => name.split('/').at(-1) ?? '';
export const regionOf = (name: string): string => name.split('/')[3] ?? '';

export const connectionQuery = (name: string) => queryOptions({
  queryKey: ['connection', name],
  queryFn: ({ signal }) => call<ConfiguredConnection>(`/v1/${name}`, { query: { view: 'FULL' }, signal }),
  refetchInterval: 10_000,
});
