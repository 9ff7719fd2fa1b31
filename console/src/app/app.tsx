// What surrounds every page: its look, its data, and what is said wherever one is.
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type JSX } from 'react';
import { RouterProvider } from 'react-router/dom';
import { isPassing, isSignedOut } from '../api/failed.ts';
import { endSession } from '../api/session.ts';
import { Look } from './look.tsx';
import { router } from './routes.tsx';
import { Unspoken } from './unspoken.tsx';

const MOST_TRIES = 2;

/** Whoever's session ended signs in again, and goes on. A token that nobody has, which ends none, is told of where it was typed. */
function noticeEnd(error: unknown): void {
  if (isSignedOut(error)) endSession(data);
}

const data = new QueryClient({
  queryCache: new QueryCache({ onError: noticeEnd }),
  mutationCache: new MutationCache({ onError: noticeEnd }),
  defaultOptions: {
    // What the server refused it will refuse again; what it could not do for a moment is asked for again. Whether this machine
    // is on the internet tells nothing of the server, which may be this machine.
    queries: { staleTime: 5_000, networkMode: 'always', retry: (failures, error) => failures < MOST_TRIES && isPassing(error) },
    // What was sent may hold a token or the value of a secret: it is forgotten with the page that sent it.
    mutations: { networkMode: 'always', gcTime: 0 },
  },
});

export function App(): JSX.Element {
  return (
    <Look>
      <QueryClientProvider client={data}>
        <RouterProvider router={router} />
      </QueryClientProvider>
      <Unspoken />
    </Look>
  );
}
