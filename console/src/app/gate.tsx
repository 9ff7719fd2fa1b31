// Lets in who is signed in, and asks everybody else who they are. Where a session ends by itself, what stands on the page, typed or
// read, is put out of sight and kept until its owner signs in again.
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Activity, type JSX, useEffect } from 'react';
import { Outlet } from 'react-router';
import { hasFailed } from '../api/failed.ts';
import { endedQuery, heedPages, sessionQuery } from '../api/session.ts';
import { ErrorAlert } from '../parts/error-alert.tsx';
import { Loading } from '../parts/loading.tsx';
import { SignIn } from './sign-in.tsx';

export function Gate(): JSX.Element {
  const data = useQueryClient();
  useEffect(() => heedPages(data), [data]);
  const session = useQuery(sessionQuery);
  const { data: ended } = useQuery(endedQuery);
  if (session.isPending) return <Loading />;
  if (hasFailed(session)) return <ErrorAlert error={session.error} retry={() => void session.refetch()} />;
  const isOut = session.data === null;
  const owner = session.data?.caller ?? ended;
  return (
    <>
      {isOut ? <SignIn hasEnded={ended !== null} /> : null}
      {owner === null ? null : <Activity key={owner} mode={isOut ? 'hidden' : 'visible'}><Outlet /></Activity>}
    </>
  );
}
