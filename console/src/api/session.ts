// Who is signed in.
import { type Query, type QueryClient, queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';

export interface Session {
  /** `user:ani@example.com`, `admin` */
  readonly caller: string;
  /** May do everything. */
  readonly unrestricted: boolean;
  /** When it ends, RFC 3339. */
  readonly expireTime?: string;
}

/** null where nobody is signed in. Asked again whenever one comes back to the page: somebody may have signed in beside it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ signal, client }): Promise<Session | null> => {
    const session = await call<Session | { readonly caller: null }>('/console/session', { signal });
    if (session.caller === null) markEnded(client);
    else takeBack(client, session);
    return session.caller === null ? null : session;
  },
  staleTime: 60_000, refetchOnWindowFocus: 'always',
});

/** The caller whose session ended by itself, until somebody signs in or out: what they were at is kept for them. null where none did. */
export const endedQuery = queryOptions<string | null>({ queryKey: ['session-ended'], queryFn: () => null, initialData: null, staleTime: Infinity, gcTime: Infinity });

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

/** Whoever is in is so no longer, by nobody's wish. */
export function endSession(data: QueryClient): void {
  markEnded(data);
  data.setQueryData(sessionQuery.queryKey, null);
}

/** Pages of this browser speak to each other by this name. */
const PAGES = 'konektor.session';

function tellPages(): void {
  const pages = new BroadcastChannel(PAGES);
  // A channel has no target to name: it is of this origin.
  // oxlint-disable-next-line unicorn/require-post-message-target-origin
  pages.postMessage('changed');
  pages.close();
}

/** Looks again who is signed in when somebody signs in or out on another page of this browser. @returns what ends that */
export function heedPages(data: QueryClient): () => void {
  const pages = new BroadcastChannel(PAGES);
  pages.addEventListener('message', () => void data.invalidateQueries({ queryKey: sessionQuery.queryKey }));
  return () => pages.close();
}

/** Somebody signed in: the one whose session ended goes on where they were, with everything asked for again. */
export function beginSession(data: QueryClient, session: Session): void {
  takeBack(data, session);
  data.setQueryData(sessionQuery.queryKey, session);
  tellPages();
}

/** Somebody signed out. */
export function leaveSession(data: QueryClient): void {
  forgetAll(data);
  data.setQueryData(sessionQuery.queryKey, null);
  tellPages();
}

function markEnded(data: QueryClient): void {
  const caller = data.getQueryData(sessionQuery.queryKey)?.caller;
  if (caller === undefined) return;
  data.setQueryData(endedQuery.queryKey, caller);
  // A form stands on what was read for it: it is kept for as long as one may be away.
  for (const query of data.getQueryCache().findAll({ type: 'active' })) query.setOptions({ ...query.options, gcTime: Infinity });
}

function takeBack(data: QueryClient, { caller }: Session): void {
  const before = data.getQueryData(sessionQuery.queryKey)?.caller ?? data.getQueryData(endedQuery.queryKey) ?? undefined;
  if (before !== undefined && before !== caller) forgetAll(data);
  else if (data.getQueryData(sessionQuery.queryKey) === null) void data.invalidateQueries({ predicate: isOfCaller });
}

/** Nothing that one caller saw is shown to another. */
function forgetAll(data: QueryClient): void {
  data.setQueryData(endedQuery.queryKey, null);
  data.getMutationCache().clear();
  data.removeQueries({ predicate: isOfCaller });
}

function isOfCaller({ queryKey }: Query): boolean {
  return queryKey[0] !== sessionQuery.queryKey[0] && queryKey[0] !== endedQuery.queryKey[0];
}
