// Settings of a project and of its regions, and where a region's runtime is.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
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

const at = (project: string, region: string): string => `/v1/projects/${encodeURIComponent(project)}/locations/${encodeURIComponent(region)}`;

export const settingsQuery = (project: string) => queryOptions({ queryKey: ['settings', project], queryFn: ({ signal }) => call<Settings>(`${at(project, 'global')}/settings`, { signal }) });

export const regionalQuery = (project: string, region: string) => queryOptions({
  queryKey: ['settings', project, region], enabled: region !== '',
  queryFn: ({ signal }) => call<RegionalSettings>(`${at(project, region)}/regionalSettings`, { signal }),
});

export const runtimeQuery = (project: string, region: string) => queryOptions({
  queryKey: ['runtime', project, region], enabled: region !== '',
  queryFn: ({ signal }) => call<RuntimeConfig>(`${at(project, region)}/runtimeConfig`, { signal }),
});

/** @throws ApiError */
export function changeSettings(project: string, settings: Settings): Promise<Operation> {
  return call<Operation>(`${at(project, 'global')}/settings`, { method: 'PATCH', body: settings });
}

export function changeEgress(project: string, region: string, egressMode: string): Promise<Operation> {
  return call<Operation>(`${at(project, region)}/regionalSettings`, { method: 'PATCH', query: { updateMask: 'networkConfig.egressMode' }, body: { networkConfig: { egressMode } } });
}
