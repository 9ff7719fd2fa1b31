// A backup back into a database: brought to the level of the backup, loaded, and brought on to the newest, in one transaction.
// Whatever fails leaves the database as it was.
import { sql, type Kysely, type Transaction } from 'kysely';
import { BackupError, type BackupHeader, type BackupLine } from './backup-lines.ts';
import { SERVER_LOCK } from './database.ts';
import { knowsLevel, migrate, migrateTo } from './migrate.ts';
import type { Schema } from './schema.ts';
import { TABLE_NAMES } from './tables.ts';

export interface RestoreParts {
  readonly db: Kysely<Schema>;
  /** Of the master key that is here. */
  readonly keyFingerprint: string;
  /** Replace what is stored already. */
  readonly force: boolean;
}

/** Whether this program, with the key that is here, can restore a backup that begins so. @throws BackupError */
export function requireRestorable({ level, keyFingerprint }: BackupHeader, fingerprintHere: string): void {
  if (!knowsLevel(level)) throw new BackupError(`This backup was written by a newer Konektor (${level.slice(0, 100)}). Restore it with that version.`);
  if (keyFingerprint === fingerprintHere) return;
  throw new BackupError(`The secrets in this backup are sealed with another master key (its fingerprint is ${keyFingerprint.slice(0, 64)}, that of the key here ${fingerprintHere}). `
    + 'Put the file master.key of the old data folder into the new one, or set KONEKTOR_MASTER_KEY, and restore again.');
}

/** Loads a backup. @throws BackupError where the database is in use or holds something, or the backup cannot be loaded. */
export async function restore({ db, keyFingerprint, force }: RestoreParts, lines: AsyncIterable<BackupLine>): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await requireStopped(trx);
    if (!force && (await holdsRows(trx))) {
      throw new BackupError('The database holds something already. Restore into an empty one (another KONEKTOR_DATA_DIR or DATABASE_URL), or replace what is there with --force.');
    }
    await dropTables(trx);
    for await (const line of lines) {
      if ('kind' in line) {
        requireRestorable(line, keyFingerprint);
        await migrateTo(trx, line.level);
        // What migrations put there is in the backup too.
        for (const table of (await tablesThere(trx)).toReversed()) await sql`delete from ${sql.table(table)}`.execute(trx);
      } else if ('table' in line) {
        if (!TABLE_NAMES.includes(line.table)) throw new BackupError(`The backup has rows of a table that is not known here: ${line.table.slice(0, 100)}.`);
        await sql`insert into ${sql.table(line.table)} overriding system value select * from json_populate_recordset(null::${sql.table(line.table)}, ${`[${line.rows.map(readable).join(',')}]`}::json)`.execute(trx);
      }
    }
    await setSequences(trx);
    await migrate(trx);
  });
}

/** A NUL, or half of a surrogate pair, behind its backslash; whatever else is escaped is passed over. */
const ESCAPED = /\\(?:u(?:d[89ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|(0000|d[89a-f][0-9a-f]{2}))|[^])/gi;

/** The row with U+FFFD for what the database keeps within JSON, as earlier versions let it, but cannot read from it. */
function readable(row: string): string {
  return row.replace(ESCAPED, (escape: string, unreadable: string | undefined) => (unreadable === undefined ? escape : '\\ufffd'));
}

/** Every server on a PostgreSQL shares this lock for as long as it runs. */
async function requireStopped(trx: Transaction<Schema>): Promise<void> {
  const { rows: [lock] } = await sql<{ readonly mine: boolean }>`select pg_try_advisory_xact_lock(${SERVER_LOCK}::bigint) as mine`.execute(trx);
  if (lock?.mine !== true) throw new BackupError('A server is running on this database. Stop every server, then restore.');
}

async function tablesThere(trx: Transaction<Schema>): Promise<readonly string[]> {
  const { rows } = await sql<{ readonly name: string }>`select table_name as name from information_schema.tables where table_schema = current_schema()`.execute(trx);
  const there = new Set(rows.map(({ name }) => name));
  return TABLE_NAMES.filter((name) => there.has(name));
}

async function holdsRows(trx: Transaction<Schema>): Promise<boolean> {
  for (const table of await tablesThere(trx)) {
    const { rows: [found] } = await sql<{ readonly some: boolean }>`select exists (select from ${sql.table(table)}) as some`.execute(trx);
    if (found?.some === true) return true;
  }
  return false;
}

/** Ours and no others: the database may be shared. */
async function dropTables(trx: Transaction<Schema>): Promise<void> {
  for (const table of [...TABLE_NAMES.toReversed(), 'kysely_migration', 'kysely_migration_lock']) await sql`drop table if exists ${sql.table(table)} cascade`.execute(trx);
  await sql`drop schema if exists jobs cascade`.execute(trx);
}

/** Numbers that the database gives go on after the largest that was loaded. */
async function setSequences(trx: Transaction<Schema>): Promise<void> {
  const { rows } = await sql<{ readonly table: string; readonly column: string }>`select table_name as table, column_name as column from information_schema.columns
    where table_schema = current_schema() and is_identity = 'YES'`.execute(trx);
  for (const { table, column } of rows.filter(({ table }) => TABLE_NAMES.includes(table))) {
    await sql`select setval(pg_get_serial_sequence(${table}, ${column}), greatest(max(${sql.ref(column)}), 1), max(${sql.ref(column)}) is not null) from ${sql.table(table)}`.execute(trx);
  }
}
