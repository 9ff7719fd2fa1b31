// Secrets and their versions. A value goes out once, when it is typed, and comes back only where it is accessed on purpose.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';

export interface Secret {
  readonly name: string;
  readonly createTime: string;
  readonly labels?: Readonly<Record<string, string>>;
}

export interface SecretVersion {
  readonly name: string;
  readonly createTime: string;
  readonly destroyTime?: string;
  readonly state: 'ENABLED' | 'DISABLED' | 'DESTROYED';
}

export const secretsQuery = (project: string) => queryOptions({
  queryKey: ['secrets', project],
  queryFn: ({ signal }) => callList<Secret>(`/v1/projects/${encodeURIComponent(project)}/secrets`, 'secrets', {}, signal),
});

export const secretQuery = (name: string) => queryOptions({
  queryKey: ['secret', name],
  queryFn: ({ signal }) => call<Secret>(`/v1/${name}`, { signal }),
});

export const versionsQuery = (secret: string) => queryOptions({
  queryKey: ['versions', secret],
  queryFn: ({ signal }) => callList<SecretVersion>(`/v1/${secret}/versions`, 'versions', {}, signal),
});

/** @throws ApiError */
export function createSecret(project: string, id: string): Promise<Secret> {
  return call<Secret>(`/v1/projects/${encodeURIComponent(project)}/secrets`, { method: 'POST', query: { secretId: id }, body: { replication: { automatic: {} } } });
}

export function addVersion(secret: string, value: string): Promise<SecretVersion> {
  return call<SecretVersion>(`/v1/${secret}:addVersion`, { method: 'POST', body: { payload: { data: base64Of(value) } } });
}

export function deleteSecret(name: string): Promise<unknown> {
  return call(`/v1/${name}`, { method: 'DELETE' });
}

export type VersionDeed = 'enable' | 'disable' | 'destroy';

export function changeVersion(name: string, deed: VersionDeed): Promise<unknown> {
  return call(`/v1/${name}:${deed}`, { method: 'POST', body: {} });
}

/** The value as text; as base64 where it is no text. */
export async function accessVersion(name: string): Promise<string> {
  const { payload } = await call<{ readonly payload: { readonly data: string } }>(`/v1/${name}:access`);
  return textOf(payload.data);
}

function base64Of(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCodePoint(byte)).join(''));
}

function textOf(base64: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0));
  } catch {
    return base64;
  }
}
