// What the one who is signed in may do: pages offer no more than that.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { call } from './call.ts';
import { sessionQuery } from './session.ts';

const permissionsQuery = (resource: string, asked: readonly string[]) => queryOptions({
  queryKey: ['permissions', resource, ...asked],
  queryFn: async ({ signal }) => (await call<{ readonly permissions?: readonly string[] }>(`/v1/${resource}:testIamPermissions`, { method: 'POST', body: { permissions: asked }, signal })).permissions ?? [],
  staleTime: 30_000,
});

/**
 * Tells whether the caller has a permission on a resource; no, while that is not known.
 * @param resource `projects/p`, or the name of what has a policy of its own
 * @param asked all that the page will ask about
 */
export function useMay(resource: string, asked: readonly string[]): (permission: string) => boolean {
  const { data = [] } = useQuery(permissionsQuery(resource, asked));
  return (permission) => data.includes(permission);
}

/** Whether it is known that the caller lacks a permission on a resource. */
export function useMayNot(resource: string, permission: string): boolean {
  return useQuery(permissionsQuery(resource, [permission])).data?.includes(permission) === false;
}

/** Whether the caller administers the whole installation. */
export function useIsAdministrator(): boolean {
  return useQuery(sessionQuery).data?.unrestricted === true;
}
