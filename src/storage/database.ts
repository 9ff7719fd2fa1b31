// The one place that opens a database: PGlite in the data folder, or PostgreSQL by its address. Both speak the same SQL.
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { migrate } from './migrate.ts';
import type { Schema } from './schema.ts';

export interface Database {
  readonly db: Kysely<Schema>;
  readonly kind: 'embedded' | 'postgresql';
  close(): Promise<void>;
}

/** Opens the embedded database in a folder that this process holds the lock of. */
export async function openEmbedded(folder: string): Promise<Database> {
  // Less shared memory keeps an idle server small; the tables here are small too.
  const pglite = await PGlite.create({ dataDir: folder, postgresqlconf: ['shared_buffers = 4MB'] });
  return migrated('embedded', new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) }));
}

/** Opens a PostgreSQL database. */
export async function openPostgres(url: string): Promise<Database> {
  const pool = new pg.Pool({ connectionString: url, max: 10 });
  // Without a listener a connection that the server drops while idle would end the process.
  pool.on('error', () => undefined);
  return migrated('postgresql', new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) }));
}

/** The database with its newest schema; closed again where that cannot be had. */
async function migrated(kind: Database['kind'], db: Kysely<Schema>): Promise<Database> {
  try {
    await migrate(db);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, kind, close: () => db.destroy() };
}
