// The last lines of the log of each connection, kept in memory as the log writes them: what the connection asks for by its verbosity,
// and what went wrong or changed besides. Bounded by lines and by characters; who follows is handed what comes.
import type { ObservedEvent } from '../observe/events.ts';
import { levelOf, lineOf, type LoggedEvent } from '../observe/line.ts';
import { createFollower, type Follower } from './follower.ts';

export type Severity = 'INFO' | 'WARNING' | 'ERROR';
export const SEVERITIES: readonly Severity[] = ['INFO', 'WARNING', 'ERROR'];

export interface LogLine {
  /** Grows from line to line, through restarts too. */
  readonly id: number;
  readonly time: string;
  readonly severity: Severity;
  /** At which it is written, 1 to 5. */
  readonly verbosity: number;
  readonly message: string;
  readonly requestId: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Which lines; what is absent leaves none out. */
export interface LineSearch {
  /** Lines of at most this level. */
  readonly verbosity?: number | undefined;
  /** Lines of at least this. */
  readonly severity?: Severity | undefined;
  /** A text somewhere in the line, in any case. */
  readonly search?: string | undefined;
  readonly requestId?: string | undefined;
  /** Lines after this id. */
  readonly after?: number | undefined;
}

export interface RecentLog {
  observe(event: ObservedEvent): void;
  /** Newest first. */
  read(connection: string, search: LineSearch): readonly LogLine[];
  /** Lines as they come, beginning with those that are kept after `search.after`; undefined where too many follow already. */
  follow(connection: string, search: LineSearch, signal: AbortSignal): AsyncIterable<readonly LogLine[]> | undefined;
  forget(connection: string): void;
  /** Nobody follows any more: the server stops. */
  close(): void;
}

export interface LogBounds {
  readonly linesPerConnection: number;
  readonly charactersPerConnection: number;
  /** Of all connections together: then those that were not called for longest lose their lines. */
  readonly characters: number;
  readonly followers: number;
}

const BOUNDS: LogBounds = { linesPerConnection: 2_000, charactersPerConnection: 2_000_000, characters: 32_000_000, followers: 100 };

interface Kept {
  readonly lines: { readonly line: LogLine; readonly size: number }[];
  size: number;
}

export function createRecentLog(bounds: LogBounds = BOUNDS, now: () => number = Date.now): RecentLog {
  const known = new Map<string, Kept>();
  const followers = new Map<string, Set<Follower>>();
  let [size, lastId, following, isClosed] = [0, 0, 0, false];

  function drop(connection: string): void {
    size -= known.get(connection)?.size ?? 0;
    known.delete(connection);
  }

  function keep(connection: string, line: LogLine): void {
    const kept = known.get(connection) ?? { lines: [], size: 0 };
    known.delete(connection);
    known.set(connection, kept);
    const characters = charactersIn(line);
    kept.lines.push({ line, size: characters });
    kept.size += characters;
    size += characters;
    // Many at once, so that few are moved often.
    if (kept.lines.length > bounds.linesPerConnection * 1.1 || kept.size > bounds.charactersPerConnection) {
      let [count, gone] = [0, 0];
      for (const one of kept.lines) {
        if (kept.lines.length - count <= bounds.linesPerConnection && kept.size - gone <= bounds.charactersPerConnection * 0.9) break;
        count += 1;
        gone += one.size;
      }
      kept.lines.splice(0, count);
      kept.size -= gone;
      size -= gone;
    }
    for (const [oldest] of known) {
      if (size <= bounds.characters || oldest === connection) break;
      drop(oldest);
    }
  }

  const linesOf = (connection: string, search: LineSearch): LogLine[] => (known.get(connection)?.lines ?? []).map(({ line }) => line).filter((line) => passes(line, search));

  return {
    observe(event) {
      const found = aboutConnection(event);
      if (found === undefined) return;
      lastId = Math.max(lastId + 1, now() * 1_000);
      const { kind, facts: { connection: _connection, requestId, verbosity, ...facts } } = lineOf(found.event);
      const line: LogLine = {
        id: lastId, time: new Date(now()).toISOString(), severity: severityOf(found.event), verbosity: typeof verbosity === 'number' ? verbosity : 1, message: kind,
        requestId: typeof requestId === 'string' ? requestId : undefined, facts,
      };
      keep(found.connection, line);
      for (const follower of followers.get(found.connection) ?? []) follower.take(line);
    },

    read: (connection, search) => linesOf(connection, search).toReversed(),

    follow(connection, search, signal) {
      if (following >= bounds.followers) return undefined;
      const all = followers.get(connection) ?? new Set<Follower>();
      followers.set(connection, all);
      // From now on alone where nothing is said of what came before.
      const before = search.after === undefined ? [] : linesOf(connection, search);
      const follower = createFollower({ before, passes: (line) => passes(line, search), signal, left: () => leave() });
      const leave = (): void => {
        if (!all.delete(follower)) return;
        following -= 1;
        if (all.size === 0 && followers.get(connection) === all) followers.delete(connection);
      };
      following += 1;
      all.add(follower);
      if (signal.aborted) leave();
      else if (isClosed) follower.end();
      return follower.batches;
    },

    forget(connection) {
      drop(connection);
      for (const follower of followers.get(connection) ?? []) follower.end();
    },

    close() {
      isClosed = true;
      for (const all of followers.values()) for (const follower of all) follower.end();
    },
  };
}

/** Transactions and what a connection asks to be told; and of all else what the log would tell of it unasked. */
function aboutConnection(event: ObservedEvent): { readonly event: LoggedEvent; readonly connection: string } | undefined {
  if (event.kind === 'verbosity' || !('connection' in event) || event.connection === undefined || event.kind === 'request') return undefined;
  const isKept = event.kind === 'transaction' || levelOf(event) !== 'debug';
  return isKept ? { event, connection: event.connection } : undefined;
}

/** Codes that say that not the caller, but this server or the source is in trouble. */
const GRAVE: ReadonlySet<string> = new Set(['INTERNAL', 'UNAVAILABLE', 'UNKNOWN', 'DATA_LOSS', 'DEADLINE_EXCEEDED']);

function severityOf(event: LoggedEvent): Severity {
  if (event.kind === 'transaction') return event.code === 'OK' ? 'INFO' : GRAVE.has(event.code) ? 'ERROR' : 'WARNING';
  if (event.kind === 'trace') return /Failure$|Failed$/.test(event.what) ? 'WARNING' : 'INFO';
  return ({ error: 'ERROR', warn: 'WARNING', info: 'INFO', debug: 'INFO' } as const)[levelOf(event)];
}

function passes(line: LogLine, { verbosity, severity, search, requestId, after }: LineSearch): boolean {
  if (after !== undefined && line.id <= after) return false;
  if (verbosity !== undefined && line.verbosity > verbosity) return false;
  if (severity !== undefined && SEVERITIES.indexOf(line.severity) < SEVERITIES.indexOf(severity)) return false;
  if (requestId !== undefined && requestId !== '' && line.requestId !== requestId) return false;
  if (search === undefined || search === '') return true;
  const wanted = search.toLowerCase();
  return line.message.toLowerCase().includes(wanted) || (line.requestId ?? '').toLowerCase().includes(wanted) || holds(line.facts, wanted);
}

/** Whether a text stands somewhere in a value: as it is shown, not as JSON escapes it. */
function holds(value: unknown, wanted: string): boolean {
  if (typeof value === 'object' && value !== null) return Object.entries(value).some(([key, one]) => key.toLowerCase().includes(wanted) || holds(one, wanted));
  return (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') && String(value).toLowerCase().includes(wanted);
}

/** What keeping a value costs, roughly. */
function charactersIn(value: unknown): number {
  if (typeof value === 'string') return value.length + 16;
  if (typeof value !== 'object' || value === null) return 8;
  return Object.values(value).reduce((all: number, one) => all + 16 + charactersIn(one), 32);
}
