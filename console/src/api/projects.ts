// Projects and their services.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';

export interface Project {
  readonly projectId: string;
  readonly projectNumber?: string;
  readonly name?: string;
  readonly createTime?: string;
  readonly lifecycleState?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface Service {
  /** `projects/p/services/connectors.googleapis.com` */
  readonly name: string;
  readonly config: { readonly name: string; readonly title: string };
  readonly state: 'ENABLED' | 'DISABLED';
}

export const projectsQuery = queryOptions({
  queryKey: ['projects'],
  queryFn: ({ signal }) => callList<Project>('/v1/projects', 'projects', {}, signal),
});

const at = (project: string): string => `/v1/projects/${encodeURIComponent(project)}`;

export const projectQuery = (project: string) => queryOptions({
  queryKey: ['project', project],
  queryFn: ({ signal }) => call<Project>(at(project), { signal }),
});

export const servicesQuery = (project: string) => queryOptions({
  queryKey: ['services', project],
  queryFn: ({ signal }) => callList<Service>(`${at(project)}/services`, 'services', { pageSize: 200 }, signal),
});

/** @throws ApiError */
export function createProject(project: { readonly projectId: string; readonly name?: string }): Promise<unknown> {
  return call('/v1/projects', { method: 'POST', body: project });
}

export function updateProject(project: string, change: { readonly name: string; readonly labels: Readonly<Record<string, string>> }): Promise<unknown> {
  return call(at(project), { method: 'PUT', body: change });
}

export function deleteProject(project: string): Promise<unknown> {
  return call(at(project), { method: 'DELETE' });
}

export function setService({ name }: Service, isEnabled: boolean): Promise<unknown> {
  return call(`/v1/${name}:${isEnabled ? 'enable' : 'disable'}`, { method: 'POST', body: {} });
}
