// Brings a database to the newest schema. Kysely locks, so that of several processes one migrates; a database newer than
// this program is refused, since it holds what this program would not understand.
import type { Kysely } from 'kysely';
import { Migrator, type Migration } from 'kysely/migration';
import { core } from './migrations/0001-core.ts';
import { identity } from './migrations/0002-identity.ts';
import { projects } from './migrations/0003-projects.ts';
import { operations } from './migrations/0004-operations.ts';
import { audit } from './migrations/0005-audit.ts';
import { settings } from './migrations/0006-settings.ts';
import type { Schema } from './schema.ts';

/** In order; names are never changed once released. */
const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-core': core,
  '0002-identity': identity,
  '0003-projects': projects,
  '0004-operations': operations,
  '0005-audit': audit,
  '0006-settings': settings,
};

/** @throws Error where the database is newer than this program, or a migration failed. */
export async function migrate(db: Kysely<Schema>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ ...MIGRATIONS }) } });
  const { error } = await migrator.migrateToLatest();
  if (error === undefined) return;
  const text = error instanceof Error ? error.message : 'the migration failed';
  if (/previously executed migration .* is missing/.test(text)) {
    throw new Error(`The database was written by a newer Konektor (${text}). Run that version, or restore an older backup.`);
  }
  throw error instanceof Error ? error : new Error(text);
}
