// What can be seen of a connection over time: figures, states, lines of its log.
import { queryOptions } from '@tanstack/react-query';
import { call } from './call.ts';
import { eachLine } from './lines.ts';

/** Whose memory it is. */
export interface Keeper {
  readonly process: string;
  readonly keptSince: string;
}

export const SPANS = ['LAST_15_MINUTES', 'LAST_DAY'] as const;
export type Span = (typeof SPANS)[number];

export interface Latency {
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly most: number;
}

export interface Interval {
  readonly startTime: string;
  readonly calls: Readonly<Record<string, number>>;
  readonly latency?: Latency;
  readonly throttledCalls: number;
  readonly sourceCalls: Readonly<Record<string, number>>;
  readonly nodeCount?: number;
  readonly waitingCalls?: number;
}

export interface Figures extends Keeper {
  readonly startTime: string;
  readonly endTime: string;
  readonly intervalSeconds: number;
  readonly intervals: readonly Interval[];
}

const FIGURES_MS = 5_000;

/** @param isLive asks again and again, but not while nobody sees the page. */
export const figuresQuery = (connection: string, span: Span, isLive: boolean) => queryOptions({
  queryKey: ['figures', connection, span],
  queryFn: ({ signal }) => call<Figures>(`/v1/${connection}:showFigures`, { query: { span }, signal }),
  refetchInterval: isLive ? FIGURES_MS : false, refetchIntervalInBackground: false,
});

export interface PastState {
  readonly time: string;
  readonly state: string;
  readonly description?: string;
  readonly status?: string;
  readonly connectionRevision: string;
  readonly operation?: string;
}

/** Under the connection, so that it is asked for again when that has changed. */
export const statesQuery = (connection: string) => queryOptions({
  queryKey: ['connection', connection, 'states'],
  queryFn: async ({ signal }) => (await call<{ readonly states: readonly PastState[] }>(`/v1/${connection}:listStates`, { signal })).states,
});

export const SEVERITIES = ['INFO', 'WARNING', 'ERROR'] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface LogLine {
  readonly id: string;
  readonly time: string;
  readonly severity: Severity;
  readonly verbosity: number;
  readonly message: string;
  readonly requestId?: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface LineSearch {
  readonly verbosity?: string;
  readonly severity?: string;
  readonly search?: string;
  readonly requestId?: string;
}

export interface LogPage extends Keeper {
  readonly lines: readonly LogLine[];
  readonly nextPageToken?: string;
}

/** Newest first. @throws ApiError */
export function readLog(connection: string, search: LineSearch, page: { readonly pageSize: number; readonly pageToken?: string }, signal?: AbortSignal): Promise<LogPage> {
  return call<LogPage>(`/v1/${connection}:readLog`, { query: { ...search, ...page }, ...(signal === undefined ? {} : { signal }) });
}

/** Hands over lines as they are written, oldest first, until the server or the signal ends it. @throws ApiError */
export function followLog(connection: string, search: LineSearch, after: string | undefined, signal: AbortSignal, take: (lines: readonly LogLine[]) => void): Promise<void> {
  return eachLine(`/v1/${connection}:followLog`, { ...search, after }, signal, (batch) => {
    const lines: unknown = typeof batch === 'object' && batch !== null ? Reflect.get(batch, 'lines') : undefined;
    if (Array.isArray(lines)) take(lines as LogLine[]);
  });
}
