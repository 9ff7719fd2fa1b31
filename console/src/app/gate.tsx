// Lets in who is signed in, and asks everybody else who they are.
import { useQuery } from '@tanstack/react-query';
import { type JSX } from 'react';
import { Outlet } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { sessionQuery } from '../api/session.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { SignIn } from './sign-in.tsx';

export function Gate(): JSX.Element {
  const session = useQuery(sessionQuery);
  if (session.isPending) return <Loading />;
  if (hasFailed(session)) return <ErrorAlert error={session.error} retry={() => void session.refetch()} />;
  return session.data === null ? <SignIn /> : <Outlet />;
}
