// Brings a database to the newest schema. Kysely locks, so that of several processes one migrates; a database newer than
// this program is refused, since it holds what this program would not understand.
import { sql, type Kysely } from 'kysely';
import { Migrator, type Migration, type MigrationResultSet } from 'kysely/migration';
import { core } from './migrations/0001-core.ts';
import { identity } from './migrations/0002-identity.ts';
import { projects } from './migrations/0003-projects.ts';
import { operations } from './migrations/0004-operations.ts';
import { audit } from './migrations/0005-audit.ts';
import { settings } from './migrations/0006-settings.ts';
import { writes } from './migrations/0007-writes.ts';
import { rates } from './migrations/0008-rates.ts';
import { auditChanges } from './migrations/0009-audit-changes.ts';
import { connectionStates } from './migrations/0010-connection-states.ts';
import { writeFindings } from './migrations/0011-write-findings.ts';
import type { Schema } from './schema.ts';

/** In order; names are never changed once released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-core': core,
  '0002-identity': identity,
  '0003-projects': projects,
  '0004-operations': operations,
  '0005-audit': audit,
  '0006-settings': settings,
  '0007-writes': writes,
  '0008-rates': rates,
  '0009-audit-changes': auditChanges,
  '0010-connection-states': connectionStates,
  '0011-write-findings': writeFindings,
};

/** @throws Error where the database is newer than this program, or a migration failed. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  // Kysely asks the database about all its tables first, which is a tenth of a second of every start.
  if ((await migrationsOf(db)).join() === Object.keys(MIGRATIONS).join()) return;
  await run(db, (migrator) => migrator.migrateToLatest());
}

/** Brings an empty database to an older level. @throws Error */
export function migrateTo(db: Kysely<Schema>, level: string): Promise<void> {
  return run(db, (migrator) => migrator.migrateTo(level));
}

export function knowsLevel(level: string): boolean {
  return Object.hasOwn(MIGRATIONS, level);
}

/** The last migration that a database has had; '' where it has had none. */
export async function levelOf(db: Kysely<Schema>): Promise<string> {
  return (await migrationsOf(db)).at(-1) ?? '';
}

/** The migrations that a database has had, in order. */
async function migrationsOf(db: Kysely<Schema>): Promise<readonly string[]> {
  const { rows: [there] } = await sql<{ readonly some: boolean }>`select to_regclass('kysely_migration') is not null as some`.execute(db);
  if (there?.some !== true) return [];
  const { rows } = await sql<{ readonly name: string }>`select name from kysely_migration order by name collate "C"`.execute(db);
  return rows.map(({ name }) => name);
}

/** The level that this program works on. */
export const NEWEST_LEVEL = Object.keys(MIGRATIONS).at(-1) ?? '';

async function run(db: Kysely<Schema>, how: (migrator: Migrator) => Promise<MigrationResultSet>): Promise<void> {
  const { error } = await how(new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } }));
  if (error === undefined) return;
  const text = error instanceof Error ? error.message : 'the migration failed';
  if (/previously executed migration .* is missing/.test(text)) {
    throw new Error(`The database was written by a newer Konektor (${text}). Run that version, or restore an older backup.`);
  }
  throw error instanceof Error ? error : new Error(text);
}
