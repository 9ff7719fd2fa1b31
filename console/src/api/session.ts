// Who is signed in.
import { queryOptions } from '@tanstack/react-query';
import { ApiError } from './api-error.ts';
import { call } from './call.ts';

export interface Session {
  /** `user:ani@example.com`, `admin` */
  readonly caller: string;
  /** May do everything. */
  readonly unrestricted: boolean;
  /** When it ends, RFC 3339. */
  readonly expireTime?: string;
}

/** null where nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal }): Promise<Session | null> => {
    try {
      return await call<Session>('/console/session', { signal });
    } catch (error) {
      if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') return null;
      throw error;
    }
  },
  staleTime: 60_000,
});

/** @throws ApiError UNAUTHENTICATED where nobody has this token */
export function signIn(token: string): Promise<Session> {
  return call<Session>('/console/session', { method: 'POST', headers: { authorization: `Bearer ${token.trim()}` } });
}

export function signOut(): Promise<unknown> {
  return call('/console/session', { method: 'DELETE' });
}
