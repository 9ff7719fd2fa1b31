// The roles there are, in the reader's words.
import { useQuery, type UseQueryResult } from '@tanstack/react-query';
import { type Role, rolesQuery } from '../api/policies.ts';
import { useTold } from '../words/told.ts';

export function useRoles(): UseQueryResult<readonly Role[]> {
  const { roleOf } = useTold();
  return useQuery({ ...rolesQuery, select: (roles: readonly Role[]) => roles.map(roleOf) });
}
