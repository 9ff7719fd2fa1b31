// The lines of a connection's log on the page: read once, older ones on demand, and followed while that is wanted.
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import { followLog, type LineSearch, type LogLine, type LogPage, readLog } from '../api/recent.ts';

export interface ShownLog {
  /** Newest first. */
  readonly lines: readonly LogLine[];
  readonly keeper: Pick<LogPage, 'process' | 'keptSince'> | undefined;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly retry: () => void;
  readonly isFollowing: boolean;
  /** Whether what is followed was broken off, and is tried again. */
  readonly isCut: boolean;
  readonly setIsFollowing: (follows: boolean) => void;
  /** undefined where there are none. */
  readonly older: (() => void) | undefined;
}

/** What came after a page was read, and what was asked for from before it. */
interface Added {
  readonly to: LogPage;
  readonly newer: readonly LogLine[];
  readonly older: readonly LogLine[];
  readonly next: string | undefined;
}

const FIRST = 200;
/** More would slow the page; older ones are read again when they are wanted. */
const MOST = 1_000;
const AGAIN_AFTER_MS = 2_000;

export function useLog(connection: string, { verbosity = '', severity = '', search = '', requestId = '' }: LineSearch): ShownLog {
  const [isFollowing, setIsFollowing] = useState(true);
  const [kept, setAdded] = useState<Added>();
  const [failure, setFailure] = useState<Error | null>(null);
  const [isCut, setIsCut] = useState(false);
  const first = useQuery({
    queryKey: ['log', connection, verbosity, severity, search, requestId], gcTime: 0, staleTime: Infinity,
    queryFn: ({ signal }) => readLog(connection, { verbosity, severity, search, requestId }, { pageSize: FIRST }, signal),
  });
  const page = first.data;
  const added = page === undefined ? undefined : kept?.to === page ? kept : { to: page, newer: [], older: [], next: page.nextPageToken };
  /** After which line to go on. */
  const newest = useRef<{ readonly of: LogPage; readonly id: string }>(undefined);

  useEffect(() => {
    if (page === undefined || !isFollowing) return undefined;
    // Where there is none, everything is after it.
    if (newest.current?.of !== page) newest.current = { of: page, id: page.lines[0]?.id ?? '0' };
    const change = (how: (now: Added) => Added): void => setAdded((now) => how(now?.to === page ? now : { to: page, newer: [], older: [], next: page.nextPageToken }));
    const gone = new AbortController();
    const take = (lines: readonly LogLine[]): void => {
      setFailure(null);
      setIsCut(false);
      const last = lines.at(-1);
      if (last === undefined) return;
      newest.current = { of: page, id: last.id };
      change((now) => ({ ...now, newer: [...lines.toReversed(), ...now.newer].slice(0, MOST) }));
    };
    const follow = async (): Promise<void> => {
      // A server that stops ends it, and so do proxies on the way: it goes on where it ended.
      while (!gone.signal.aborted) {
        await followLog(connection, { verbosity, severity, search, requestId }, newest.current?.id, gone.signal, take).catch((error: unknown) => {
          if (gone.signal.aborted) return;
          setFailure(error instanceof Error ? error : new Error(String(error)));
          setIsCut(true);
        });
        await pause(AGAIN_AFTER_MS, gone.signal);
      }
    };
    void follow();
    return () => {
      gone.abort();
      setIsCut(false);
    };
  }, [page, isFollowing, connection, verbosity, severity, search, requestId]);

  const next = added?.next;
  const older = useCallback(() => {
    if (page === undefined || next === undefined) return;
    readLog(connection, { verbosity, severity, search, requestId }, { pageSize: FIRST, pageToken: next }).then((more) => setAdded((now) => {
      const before = now?.to === page ? now : { to: page, newer: [], older: [], next };
      return { ...before, older: [...before.older, ...more.lines], next: more.nextPageToken };
    }), (error: Error) => setFailure(error));
  }, [page, next, connection, verbosity, severity, search, requestId]);

  return {
    lines: [...(added?.newer ?? []), ...(page?.lines ?? []), ...(added?.older ?? [])].slice(0, MOST), keeper: page, isPending: first.isPending, error: first.error ?? failure,
    retry: () => { setFailure(null); void first.refetch(); }, isFollowing, isCut: isFollowing && isCut, setIsFollowing, older: next === undefined ? undefined : older,
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    }, { once: true });
  });
}
