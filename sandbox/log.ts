// The append-only log with its snapshots. Each commit is one line, written before it is acknowledged: the page cache keeps it when the
// process dies (not when the power does). A generation is one snapshot and the log after it. It must not know what rows mean.
import { closeSync, existsSync, fstatSync, ftruncateSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Operation, Scope, Store } from './store.ts';

const GROWTH = 64 * 1024 * 1024;
const KEY_LIFETIME = 24 * 3600 * 1000;
const EVENT_LIFETIME = 30 * 24 * 3600;

interface Line {
  readonly s: string;
  readonly o: readonly Operation[];
  /** What was done in other accounts with it. */
  readonly b?: readonly Line[];
}

/** Holds a folder for one process, by a lock that the kernel frees when the process dies. */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const database = new DatabaseSync(join(folder, 'lock'));
  try {
    database.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new Error(`Another sandbox is using ${folder}. Stop it, or name another folder with --data.`, { cause });
  }
  return () => database.close();
}

/** The log of one folder. */
export class Log {
  private readonly folder: string;
  private generation = 0;
  private file: number | undefined;
  private size = 0;
  private readonly growth: number;
  private threshold: number;

  /** `growth` is how many bytes the log may reach before it is folded into a snapshot. */
  constructor(folder: string, growth = GROWTH) {
    this.folder = folder;
    this.growth = growth;
    this.threshold = growth;
  }

  /** Whether nothing was ever written here. */
  isNew(): boolean {
    return this.generations().length === 0;
  }

  /** Reads everything back into the store and opens the log for what comes; a torn last line is cut off. */
  open(store: Store): void {
    this.generation = this.generations().at(-1) ?? 0;
    this.replay(store, this.path('snapshot'));
    const good = this.replay(store, this.path('log'));
    this.file = openSync(this.path('log'), 'a');
    this.size = fstatSync(this.file).size;
    if (this.size > good) ftruncateSync(this.file, good);
    this.size = good;
    this.removeOld();
  }

  /** Writes one commit; when this returns, the death of the process cannot take it. */
  append(scope: Scope, operations: readonly Operation[], beside: readonly { readonly scope: Scope; readonly operations: readonly Operation[] }[] = []): void {
    if (this.file === undefined) return;
    const others = beside.map((one): Line => ({ s: one.scope.name, o: one.operations }));
    const bytes = Buffer.from(`${JSON.stringify({ s: scope.name, o: operations, ...(others.length === 0 ? {} : { b: others }) } satisfies Line)}\n`);
    for (let written = 0; written < bytes.length; ) written += writeSync(this.file, bytes, written);
    this.size += bytes.length;
  }

  /** Starts a new generation when the log has grown enough. */
  compact(store: Store): void {
    if (this.file === undefined || this.size < this.threshold) return;
    this.snapshot(store);
  }

  /** Writes the whole store as the next generation: it counts from the renaming on, never half. */
  snapshot(store: Store): void {
    const next = this.generation + 1;
    const draft = join(this.folder, 'snapshot.tmp');
    const file = openSync(draft, 'w');
    let size = 0;
    for (const lines of snapshotLines(store)) size += writeSync(file, lines);
    closeSync(file);
    renameSync(draft, join(this.folder, `snapshot-${next}`));
    if (this.file !== undefined) closeSync(this.file);
    this.generation = next;
    this.file = openSync(this.path('log'), 'a');
    this.size = 0;
    this.threshold = Math.max(this.growth, size);
    this.removeOld();
  }

  close(): void {
    if (this.file !== undefined) closeSync(this.file);
    this.file = undefined;
  }

  private path(kind: 'snapshot' | 'log'): string {
    return join(this.folder, `${kind}-${this.generation}`);
  }

  private generations(): readonly number[] {
    const names = existsSync(this.folder) ? readdirSync(this.folder) : [];
    const numbers = names.map((name) => /^(?:snapshot|log)-(\d+)$/.exec(name)?.[1]).filter((one) => one !== undefined);
    return [...new Set(numbers.map(Number))].sort((a, b) => a - b);
  }

  private removeOld(): void {
    for (const one of this.generations().filter((generation) => generation < this.generation)) {
      rmSync(join(this.folder, `snapshot-${one}`), { force: true });
      rmSync(join(this.folder, `log-${one}`), { force: true });
    }
  }

  /** Applies a file's whole lines; returns how many bytes they are. */
  private replay(store: Store, path: string): number {
    if (!existsSync(path)) return 0;
    const bytes = readFileSync(path);
    let start = 0;
    for (let end = bytes.indexOf(10); end >= 0; end = bytes.indexOf(10, start)) {
      const line = JSON.parse(bytes.toString('utf8', start, end)) as Line;
      for (const one of [...(line.b ?? []), line]) {
        const scope = store.scope(one.s);
        for (const operation of one.o) store.apply(scope, operation);
      }
      start = end + 1;
    }
    return start;
  }
}

const BATCH = 200;

/** The store as log lines, some rows to a line; kept answers and events that are past their time are left out. */
function* snapshotLines(store: Store): Generator<string> {
  for (const scope of store.scopes.values()) {
    const line = (operations: readonly Operation[]): string => `${JSON.stringify({ s: scope.name, o: operations } satisfies Line)}\n`;
    const oldestEvent = Date.now() / 1000 - EVENT_LIFETIME;
    for (const [collection, rows] of scope.collections) {
      const entries = collection === '/v1/events' ? rows.order.filter((entry) => entry.created >= oldestEvent) : rows.order;
      for (let at = 0; at < entries.length; at += BATCH) {
        yield line(entries.slice(at, at + BATCH).map((entry): Operation => ['put', collection, entry.key, entry.row]));
      }
      if (rows.stubs.size > 0) yield line([...rows.stubs].map((key): Operation => ['remove', collection, key, true]));
    }
    for (const [key, kept] of scope.keys) {
      if (Date.now() - kept.at < KEY_LIFETIME) yield line([['key', key, kept]]);
    }
  }
}
