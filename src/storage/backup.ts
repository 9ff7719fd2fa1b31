// Everything that is stored, as it was at one moment, in lines that either database can load. Secrets stay sealed. The queue's
// own tables are left out: what is pending stands in the operations, and is taken up by the next start.
import { randomUUID } from 'node:crypto';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { sql, type Kysely, type Transaction } from 'kysely';
import { sealed, splitLines, type BackupHeader, type BackupLine, type BackupRows } from './backup-lines.ts';
import type { Database } from './database.ts';
import { levelOf } from './migrate.ts';
import type { Schema } from './schema.ts';
import { TABLES } from './tables.ts';

export interface BackupParts {
  readonly database: Pick<Database, 'db' | 'kind'>;
  readonly keyFingerprint: string;
  readonly now: () => Date;
  /** Where the embedded database may set rows aside for as long as the backup is being read. */
  readonly folder: string;
}

const ROWS_PER_LINE = 200;

/** The lines of a backup, its end included. It may be read slowly: nobody is kept waiting for the reader. */
export function backUp(parts: BackupParts): AsyncGenerator<BackupLine> {
  return sealed(parts.database.kind === 'postgresql' ? ofSnapshot(parts) : ofEmbedded(parts));
}

async function headerOf(db: Kysely<Schema>, { keyFingerprint, now }: BackupParts): Promise<BackupHeader> {
  return { kind: 'konektor backup', format: 1, level: await levelOf(db), created: now().toISOString(), keyFingerprint };
}

/** PostgreSQL shows one moment for as long as its transaction is open, and others go on meanwhile. */
async function* ofSnapshot(parts: BackupParts): AsyncGenerator<BackupHeader | BackupRows> {
  const trx = await parts.database.db.startTransaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute();
  try {
    yield await headerOf(trx, parts);
    for (const table of Object.keys(TABLES)) yield* rowsOf(trx, table);
  } finally {
    await trx.rollback().execute();
  }
}

/** The embedded database serves one transaction at a time: what changes is set aside in one that is short, what only grows is read after it up to where it was then. */
async function* ofEmbedded(parts: BackupParts): AsyncGenerator<BackupHeader | BackupRows> {
  const { db } = parts.database;
  const aside = await openAside(parts.folder);
  try {
    const ends = new Map<string, string>();
    await db.transaction().execute(async (trx) => {
      await aside.write(`${JSON.stringify(await headerOf(trx, parts))}\n`);
      for (const [table, kind] of Object.entries(TABLES)) {
        if (kind === 'changing') for await (const line of rowsOf(trx, table)) await aside.write(`${JSON.stringify(line)}\n`);
        else ends.set(table, await lastOf(trx, table, kind.growing));
      }
    });
    for await (const line of splitLines(aside.createReadStream({ start: 0, autoClose: false }))) yield JSON.parse(line.toString('utf8')) as BackupHeader | BackupRows;
    for (const [table, kind] of Object.entries(TABLES)) if (kind !== 'changing') yield* rowsUpTo(db, table, kind.growing, ends.get(table) ?? '0');
  } finally {
    await aside.close();
  }
}

/** A file without a name, which is gone when it is closed, however that comes about. */
async function openAside(folder: string): Promise<FileHandle> {
  const file = join(folder, `backup.${process.pid}.${randomUUID()}.aside`);
  const handle = await open(file, 'wx+', 0o600);
  await unlink(file);
  return handle;
}

interface RowText {
  readonly row: string;
}

async function* rowsOf(trx: Transaction<Schema>, table: string): AsyncGenerator<BackupRows> {
  await sql`declare backup_rows no scroll cursor for select row_to_json(one)::text as row from ${sql.table(table)} as one`.execute(trx);
  for (;;) {
    const { rows } = await sql<RowText>`fetch ${sql.lit(ROWS_PER_LINE)} from backup_rows`.execute(trx);
    if (rows.length > 0) yield { table, rows: rows.map(({ row }) => row) };
    if (rows.length < ROWS_PER_LINE) break;
  }
  await sql`close backup_rows`.execute(trx);
}

async function lastOf(trx: Transaction<Schema>, table: string, column: string): Promise<string> {
  const { rows: [last] } = await sql<{ readonly last: string | null }>`select max(${sql.ref(column)})::text as last from ${sql.table(table)}`.execute(trx);
  return last?.last ?? '0';
}

async function* rowsUpTo(db: Kysely<Schema>, table: string, column: string, end: string): AsyncGenerator<BackupRows> {
  let after = '0';
  for (;;) {
    const { rows } = await sql<RowText & { readonly at: string }>`select row_to_json(one)::text as row, ${sql.ref(column)}::text as at from ${sql.table(table)} as one
      where ${sql.ref(column)} > ${after}::bigint and ${sql.ref(column)} <= ${end}::bigint order by ${sql.ref(column)} limit ${ROWS_PER_LINE}::integer`.execute(db);
    if (rows.length > 0) yield { table, rows: rows.map(({ row }) => row) };
    after = rows.at(-1)?.at ?? end;
    if (rows.length < ROWS_PER_LINE) return;
  }
}
