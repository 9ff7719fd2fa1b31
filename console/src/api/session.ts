// Who is signed in.
import { type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export interface Session {
  /** `user:ani@example.com`, `admin` */
  readonly caller: string;
  /** May do everything. */
  readonly unrestricted: boolean;
  /** When it ends, RFC 3339. */
  readonly expireTime?: string;
}

const SESSION = ['session'] as const;
/** Where it is kept that a session ended by itself, until somebody signs in or out. */
export const ENDED = ['session-ended'] as const;

/** null where nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: SESSION,
  queryFn: async ({ signal, client }): Promise<Session | null> => {
    const session = await call<Session | { readonly caller: null }>('/console/session', { signal });
    if (session.caller === null && (client.getQueryData(SESSION) ?? null) !== null) client.setQueryData(ENDED, true);
    return session.caller === null ? null : session;
  },
  staleTime: 60_000,
});

/** A way to sign in beside a token: at an issuer. */
export interface SignInWay {
  readonly id: string;
  readonly name: string;
}

export const signInsQuery = queryOptions({
  queryKey: ['sign-ins'], staleTime: 300_000,
  queryFn: async ({ signal }) => (await call<{ readonly signIns: readonly SignInWay[] }>('/console/sign-ins', { signal })).signIns,
});

/** Where the browser goes to sign in at an issuer; it comes back to `to`. */
export function signInAddress({ id }: SignInWay, to: string): string {
  return `/console/sign-in/with/${encodeURIComponent(id)}?${new URLSearchParams({ to }).toString()}`;
}

/** @throws ApiError UNAUTHENTICATED where nobody has this token */
export function signIn(token: string): Promise<Session> {
  return call<Session>('/console/session', { method: 'POST', headers: { authorization: `Bearer ${token.trim()}` } });
}

export function signOut(): Promise<unknown> {
  return call('/console/session', { method: 'DELETE' });
}

/** Another caller, or nobody: nothing that the one before saw is shown to them. */
export function startOver(data: QueryClient, session: Session | null): void {
  data.setQueryData(sessionQuery.queryKey, session);
  data.getMutationCache().clear();
  data.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] });
}
