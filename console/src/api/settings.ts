// Settings of a project and of its regions, where a region's runtime is, and how the server is.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';
import type { Operation } from './operation.ts';

export interface Settings {
  readonly vpcsc?: boolean;
}

export interface RegionalSettings {
  readonly encryptionConfig?: { readonly encryptionType?: string };
  readonly networkConfig?: { readonly egressMode?: string };
  readonly provisioned?: boolean;
}

export interface RuntimeConfig {
  readonly state: string;
  readonly runtimeEndpoint?: string;
}

export interface Region {
  readonly locationId: string;
  readonly displayName?: string;
}

export interface Step {
  readonly id: string;
  readonly title: string;
  readonly outcome: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly message: string;
  readonly hint?: string;
}

const at = (project: string, region: string): string => `/v1/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(region)}`;

export const regionsQuery = (project: string) => queryOptions({
  queryKey: ['regions', project], staleTime: 300_000,
  queryFn: async ({ signal }) => (await callList<Region>(`/v1/projects/${encodeURIComponent(project)}/locations`, 'locations', {}, signal)).filter(({ locationId }) => locationId !== 'global'),
});

export const settingsQuery = (project: string) => queryOptions({ queryKey: ['settings', project], queryFn: ({ signal }) => call<Settings>(`${at(project, 'global')}/settings`, { signal }) });

export const regionalQuery = (project: string, region: string) => queryOptions({
  queryKey: ['settings', project, region], enabled: region !== '',
  queryFn: ({ signal }) => call<RegionalSettings>(`${at(project, region)}/regionalSettings`, { signal }),
});

export const runtimeQuery = (project: string, region: string) => queryOptions({
  queryKey: ['runtime', project, region], enabled: region !== '',
  queryFn: ({ signal }) => call<RuntimeConfig>(`${at(project, region)}/runtimeConfig`, { signal }),
});

export const serverQuery = queryOptions({
  queryKey: ['server'], refetchInterval: 30_000,
  queryFn: async ({ signal }) => (await call<{ readonly steps: readonly Step[] }>('/v1/diagnosis', { signal })).steps,
});

/** @throws ApiError */
export function changeSettings(project: string, settings: Settings): Promise<Operation> {
  return call<Operation>(`${at(project, 'global')}/settings`, { method: 'PATCH', body: settings });
}

export function changeEgress(project: string, region: string, egressMode: string): Promise<Operation> {
  return call<Operation>(`${at(project, region)}/regionalSettings`, { method: 'PATCH', query: { updateMask: 'networkConfig.egressMode' }, body: { networkConfig: { egressMode } } });
}
