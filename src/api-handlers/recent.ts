// What the rows of figures, states and logs of connections do.
import type { recentOperations } from '../api/recent.ts';
import type { Answer, ApiHandlers } from '../api/table.ts';
import type { StateRepository } from '../connections/history.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { parseOrder } from '../listing/order.ts';
import { readPage, writePageToken } from '../listing/page.ts';
import { SPANS, type RecentFigures } from '../recent/figures.ts';
import type { IntervalFigures } from '../recent/interval.ts';
import type { LineSearch, LogLine, RecentLog, Severity } from '../recent/log.ts';

type RecentHandlers = Pick<ApiHandlers<Principal>, keyof typeof recentOperations>;

export interface RecentHandlerParts {
  readonly figures: RecentFigures;
  readonly log: RecentLog;
  readonly states: StateRepository;
  /** Whose memory this is, and since when. */
  readonly keeper: { readonly process: string; readonly keptSince: string };
  /** @throws StatusError NOT_FOUND for a connection that is not there. */
  readonly requireConnection: (name: string) => Promise<void>;
  /** @throws StatusError NOT_FOUND for a project that is not there. */
  readonly requireProject: (project: string) => Promise<void>;
  readonly now: () => Date;
}

const TOTALS_SECONDS = 300;
const FIELDS = { id: 'number' } as const;
const ORDER = 'id desc';
const SIZES = { usual: 100, most: 1_000 } as const;

export function recentHandlers({ figures, log, states, keeper, requireConnection, requireProject, now }: RecentHandlerParts): RecentHandlers {
  return {
    'connections.showFigures': async (_call, { path: { connection }, query: { span = 'LAST_15_MINUTES' } }) => {
      await requireConnection(connection);
      const { seconds, count } = SPANS[span];
      const end = now();
      return {
        ...keeper, startTime: new Date(end.getTime() - seconds * count * 1_000).toISOString(), endTime: end.toISOString(), intervalSeconds: seconds,
        intervals: figures.ofConnection(connection, span).map(shownInterval),
      };
    },

    'connections.listFigures': async (_call, { path: { location } }) => {
      const [, project = '', , place] = location.split('/');
      await requireProject(project);
      const beginning = place === '-' ? `projects/${project}/locations/` : `${location}/`;
      const connections = figures.totals(TOTALS_SECONDS).filter(({ connection }) => connection.startsWith(beginning))
        .map(({ throttled, ...totals }) => ({ ...totals, throttledCalls: throttled })).toSorted((a, b) => (a.connection < b.connection ? -1 : 1));
      return { ...keeper, seconds: TOTALS_SECONDS, connections };
    },

    'connections.listStates': async (_call, { path: { connection } }) => {
      await requireConnection(connection);
      return { states: await states.list(connection) };
    },

    'connections.readLog': async (_call, { path: { connection }, query }) => {
      await requireConnection(connection);
      const search = searchOf(query);
      const spec = { list: `${connection}:readLog ${JSON.stringify(search)}`, fields: FIELDS, unique: 'id', order: ORDER, sizes: SIZES };
      const { size, after: [last] = [] } = readPage(query, spec, parseOrder(ORDER, FIELDS, 'id'));
      const found = log.read(connection, search).filter(({ id }) => typeof last !== 'number' || id < last);
      const page = found.slice(0, size);
      const oldest = page.at(-1);
      return { ...keeper, lines: page.map(shownLine), ...(found.length > page.length && oldest !== undefined ? { nextPageToken: writePageToken(query, spec, [oldest.id]) } : {}) };
    },

    'connections.followLog': async (call, { path: { connection }, query }) => {
      await requireConnection(connection);
      const batches = log.follow(connection, searchOf(query), call.signal);
      if (batches === undefined) throw new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', { message: 'So many follow logs of this server that no more are let in; read the log instead, or stop following elsewhere.', metadata: { resource: connection } });
      return shownBatches(batches, keeper);
    },
  };
}

async function* shownBatches(batches: AsyncIterable<readonly LogLine[]>, keeper: RecentHandlerParts['keeper']): AsyncGenerator<Answer<'connections.followLog'>> {
  for await (const lines of batches) yield { ...keeper, lines: lines.map(shownLine) };
}

interface LineQuery {
  readonly verbosity?: number | undefined;
  readonly severity?: Severity | undefined;
  readonly search?: string | undefined;
  readonly requestId?: string | undefined;
  readonly after?: string | undefined;
}

function searchOf({ verbosity, severity, search, requestId, after }: LineQuery): LineSearch {
  return { verbosity, severity, search, requestId, after: after === undefined ? undefined : Number(after) };
}

function shownLine({ id, requestId, ...line }: LogLine): Answer<'connections.followLog'>['lines'][number] {
  return { id: String(id), ...line, ...(requestId === undefined ? {} : { requestId }) };
}

function shownInterval({ start, calls, latency, throttled, sourceCalls, sourceLatency, nodes, waiting }: IntervalFigures): Answer<'connections.showFigures'>['intervals'][number] {
  return {
    startTime: new Date(start).toISOString(), calls, ...(latency === undefined ? {} : { latency }), throttledCalls: throttled, sourceCalls, ...(sourceLatency === undefined ? {} : { sourceLatency }),
    ...(nodes === undefined ? {} : { nodeCount: nodes }), ...(waiting === undefined ? {} : { waitingCalls: waiting }),
  };
}
