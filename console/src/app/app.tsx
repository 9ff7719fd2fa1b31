// What surrounds every page: styles, colours, data, and who is signed in.
import { CacheProvider } from '@emotion/react';
import { CssBaseline } from '@mui/material';
import { ThemeProvider } from '@mui/material/styles';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { RouterProvider } from 'react-router/dom';
import { ApiError } from '../api/api-error.ts';
import { sessionQuery } from '../api/session.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { styles } from './nonce.ts';
import { router } from './routes.tsx';
import { SignIn } from './sign-in.tsx';
import { theme } from './theme.ts';

const MOST_TRIES = 2;

/** Whoever's session ended signs in again, and stays on the page. */
function forgetSession(error: unknown): void {
  if (error instanceof ApiError && error.code === 'UNAUTHENTICATED') data.setQueryData(sessionQuery.queryKey, null);
}

const data = new QueryClient({
  queryCache: new QueryCache({ onError: forgetSession }),
  mutationCache: new MutationCache({ onError: forgetSession }),
  defaultOptions: {
    // What the server refused it will refuse again; what it could not do for a moment is asked for again.
    queries: { staleTime: 5_000, retry: (failures, error) => failures < MOST_TRIES && error instanceof ApiError && ['UNAVAILABLE', 'RESOURCE_EXHAUSTED'].includes(error.code) },
  },
});

export function App(): JSX.Element {
  return (
    <CacheProvider value={styles}>
      <ThemeProvider theme={theme} defaultMode="system" noSsr>
        <CssBaseline />
        <QueryClientProvider client={data}>
          <Gate />
        </QueryClientProvider>
      </ThemeProvider>
    </CacheProvider>
  );
}

function Gate(): JSX.Element {
  const session = useQuery(sessionQuery);
  if (session.isPending) return <Loading />;
  if (session.isError) return <ErrorAlert error={session.error} retry={() => void session.refetch()} />;
  return session.data === null ? <SignIn /> : <RouterProvider router={router} />;
}
