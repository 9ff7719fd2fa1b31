// The form of a backup: lines of JSON. A header, the rows table by table, and an end that tells how many there were and what
// the lines before it hash to, so that nothing can be missing or altered unnoticed. It knows no database.
import { createHash } from 'node:crypto';

export interface BackupHeader {
  readonly kind: 'konektor backup';
  readonly format: 1;
  /** The last migration of the database. */
  readonly level: string;
  /** RFC 3339. */
  readonly created: string;
  /** Tells which master key the secrets are sealed with, and nothing of the key. */
  readonly keyFingerprint: string;
}

export interface BackupRows {
  readonly table: string;
  /** JSON texts as the database wrote them: no number passes through this program. */
  readonly rows: readonly string[];
}

export interface BackupEnd {
  readonly end: true;
  /** Rows by table. */
  readonly counts: Readonly<Record<string, number>>;
  /** Of all lines before this one, each with its line feed. */
  readonly sha256: string;
}

export type BackupLine = BackupHeader | BackupRows | BackupEnd;

/** A backup that cannot be used, with what to do. */
export class BackupError extends Error {}

/** Adds the end to the lines of a backup. */
export async function* sealed(lines: AsyncIterable<BackupHeader | BackupRows>): AsyncGenerator<BackupLine> {
  const digest = createHash('sha256');
  const counts: Record<string, number> = {};
  for await (const line of lines) {
    digest.update(`${JSON.stringify(line)}\n`);
    if ('table' in line) counts[line.table] = (counts[line.table] ?? 0) + line.rows.length;
    yield line;
  }
  yield { end: true, counts, sha256: digest.digest('hex') };
}

/** Reads a backup and makes sure that it is whole. @throws BackupError at its end where it is not. */
export async function* verified(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<BackupLine> {
  const digest = createHash('sha256');
  const counts = new Map<string, number>();
  let end: BackupEnd | undefined;
  let isFirst = true;
  for await (const bytes of splitLines(chunks)) {
    if (end !== undefined) throw damaged('something follows its end');
    const line = readLine(bytes, isFirst);
    isFirst = false;
    if ('end' in line) end = line;
    else {
      digest.update(bytes).update('\n');
      if ('table' in line) counts.set(line.table, (counts.get(line.table) ?? 0) + line.rows.length);
    }
    if (end !== undefined && (end.sha256 !== digest.digest('hex') || !sameCounts(end.counts, counts))) throw damaged('it was altered: its lines are not those that its end tells of');
    yield line;
  }
  if (end === undefined) throw damaged('it breaks off before its end');
}

/** Lines of bytes; only a line feed ends one, since texts may hold every other separator. */
export async function* splitLines(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let pending: Buffer[] = [];
  for await (const chunk of chunks) {
    let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    for (let at = rest.indexOf(LINE_FEED); at !== -1; at = rest.indexOf(LINE_FEED)) {
      yield Buffer.concat([...pending, rest.subarray(0, at)]);
      pending = [];
      rest = rest.subarray(at + 1);
    }
    if (rest.length > 0) pending.push(rest);
  }
  // What has no line feed behind it is no whole line.
  if (pending.length > 0) throw damaged('it breaks off in the middle of a line');
}

const LINE_FEED = 0x0a;

function readLine(bytes: Buffer, isFirst: boolean): BackupLine {
  const line = parse(bytes);
  if (isFirst) {
    if (line['kind'] !== 'konektor backup') throw new BackupError('This is no backup of Konektor.');
    if (line['format'] !== 1) throw new BackupError(`This backup has the format ${String(line['format'])}, which this version does not know. Restore it with the version that wrote it, or a newer one.`);
  }
  const { kind, level, created, keyFingerprint, table, rows, end, counts, sha256 } = line;
  if (isFirst && typeof level === 'string' && typeof created === 'string' && typeof keyFingerprint === 'string') return { kind: 'konektor backup', format: 1, level, created, keyFingerprint };
  if (!isFirst && kind === undefined && typeof table === 'string' && Array.isArray(rows) && rows.every((row) => typeof row === 'string')) return { table, rows };
  if (!isFirst && end === true && typeof counts === 'object' && counts !== null && typeof sha256 === 'string') return { end, counts: { ...counts }, sha256 };
  throw damaged('a line of it is of no known form');
}

function parse(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const line: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof line === 'object' && line !== null ? { ...line } : {};
  } catch {
    throw damaged('a line of it is not JSON');
  }
}

function sameCounts(told: Readonly<Record<string, unknown>>, counts: ReadonlyMap<string, number>): boolean {
  return Object.keys(told).length === counts.size && [...counts].every(([table, count]) => told[table] === count);
}

function damaged(how: string): BackupError {
  return new BackupError(`This backup cannot be used: ${how}. Nothing was written. Take another copy of it, or another backup.`);
}
