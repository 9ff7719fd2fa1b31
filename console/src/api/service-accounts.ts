// Service accounts: whom connections act as.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';

export interface ServiceAccount {
  readonly name: string;
  readonly email: string;
  readonly uniqueId: string;
  readonly displayName?: string;
  readonly description?: string;
  readonly disabled?: boolean;
}

/** What a person may say of an account. */
export interface AccountWords {
  readonly displayName: string;
  readonly description: string;
}

export const accountsQuery = (project: string) => queryOptions({
  queryKey: ['accounts', project],
  queryFn: ({ signal }) => callList<ServiceAccount>(`/v1/projects/${encodeURIComponent(project)}/serviceAccounts`, 'accounts', { pageSize: 100 }, signal),
});

export const accountQuery = (name: string) => queryOptions({
  queryKey: ['account', name],
  queryFn: ({ signal }) => call<ServiceAccount>(`/v1/${name}`, { signal }),
});

/** @throws ApiError */
export function createAccount(project: string, accountId: string, words: AccountWords): Promise<ServiceAccount> {
  return call<ServiceAccount>(`/v1/projects/${encodeURIComponent(project)}/serviceAccounts`, { method: 'POST', body: { accountId, serviceAccount: words } });
}

export function updateAccount(name: string, words: AccountWords): Promise<unknown> {
  return call(`/v1/${name}`, { method: 'PATCH', body: { serviceAccount: words, updateMask: 'displayName,description' } });
}

export function setAccountEnabled(name: string, isEnabled: boolean): Promise<unknown> {
  return call(`/v1/${name}:${isEnabled ? 'enable' : 'disable'}`, { method: 'POST', body: {} });
}

export function deleteAccount(name: string): Promise<unknown> {
  return call(`/v1/${name}`, { method: 'DELETE' });
}
