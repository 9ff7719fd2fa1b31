// The journal of writes of a connection: what went to the source, and what is not known to have ended.
import { queryOptions } from '@tanstack/react-query';
import { call, callList } from './call.ts';
import { pagesQuery } from './pages.ts';

export interface Write {
  readonly name: string;
  readonly state: 'UNDER_WAY' | 'UNKNOWN' | 'NOT_DONE' | 'SUCCEEDED' | 'FAILED';
  readonly operation: string;
  readonly target: string;
  readonly entity?: string;
  readonly idempotencyKey: string;
  readonly partOf?: string;
  readonly attempts: number;
  readonly createTime: string;
  readonly sendTime: string;
  readonly settleTime?: string;
  readonly reconcileTime?: string;
  readonly error?: { readonly code: string; readonly reason: string };
  readonly note?: string;
  /** A stable name of what the note says, with its values. */
  readonly finding?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

export interface Reconciled extends Required<Pick<Write, 'note'>>, Pick<Write, 'finding' | 'facts'> {
  readonly write: Write;
}

const LOOKED_EVERY_MS = 10_000;

export const unfinishedWritesQuery = (connection: string) => queryOptions({
  queryKey: ['writes', connection, 'unfinished'], refetchInterval: LOOKED_EVERY_MS,
  queryFn: async ({ signal }) => {
    const of = (state: string): Promise<readonly Write[]> => callList<Write>(`/v1/${connection}/writes`, 'writes', { filter: `state = ${state}` }, signal);
    const [unknown, underWay] = await Promise.all([of('UNKNOWN'), of('UNDER_WAY')]);
    return [...unknown, ...underWay];
  },
});

export const writesQuery = (connection: string, state: string) => pagesQuery<Write>(`/v1/${connection}/writes`, 'writes', { filter: state === '' ? '' : `state = ${state}` });

/** Finds out at the source how a write ended, or takes the caller's word. @throws ApiError */
export function reconcile(write: string, as?: 'SUCCEEDED' | 'NOT_DONE'): Promise<Reconciled> {
  return call<Reconciled>(`/v1/${write}:reconcile`, { method: 'POST', body: as === undefined ? {} : { as } });
}

/** Finds out how a write ended, and before it how its rows did where it is one by a filter. @param write its name @throws ApiError */
export async function findOut(write: string): Promise<Reconciled> {
  const [connection = ''] = write.split('/writes/');
  const rows = await callList<Write>(`/v1/${connection}/writes`, 'writes', { filter: `state = UNKNOWN AND partOf = ${JSON.stringify(write)}` });
  for (const row of rows) await reconcile(row.name);
  return reconcile(write);
}

/** Finds out about all that are not known, page by page. @throws ApiError */
export async function reconcileAll(connection: string): Promise<readonly Reconciled[]> {
  const all: Reconciled[] = [];
  let pageToken: string | undefined;
  do {
    const page: { readonly results: readonly Reconciled[]; readonly nextPageToken?: string } = await call(`/v1/${connection}/writes:reconcile`, { method: 'POST', body: pageToken === undefined ? {} : { pageToken } });
    all.push(...page.results);
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return all;
}
