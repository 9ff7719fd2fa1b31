// The one place that opens a database: PGlite in the data folder, or PostgreSQL by its address. Both speak the same SQL.
import { randomInt } from 'node:crypto';
import { Kysely, PGliteDialect, PostgresDialect } from 'kysely';
import pg from 'pg';
import { fromPglite, type ConstructorOptions } from 'pg-boss';
import { CHANNEL, createChanges, type Changes } from './changes.ts';
import { startEmbedded } from './embedded.ts';
import { migrate } from './migrate.ts';
import { createPostgresPool } from './postgres-pool.ts';
import type { Schema } from './schema.ts';

export interface Database {
  readonly db: Kysely<Schema>;
  readonly kind: 'embedded' | 'postgresql';
  /** The number of this process: the database knows it for as long as the process lives. */
  readonly process: number;
  /** What any process on this database changed. */
  readonly changes: Changes;
  /** How the queue reaches the same database. */
  readonly queueOptions: ConstructorOptions;
  close(): Promise<void>;
}

/** Opens the embedded database in a folder that this process holds the lock of. */
export async function openEmbedded(folder: string): Promise<Database> {
  const pglite = await startEmbedded(folder);
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite }) });
  await orClose(db, () => migrate(db));
  const changes = createChanges();
  await pglite.listen(CHANNEL, (payload) => changes.receive(payload));
  const number = drawNumber();
  await pglite.query('select pg_advisory_lock_shared($1, $2)', [PROCESSES_LOCK, number]);
  return { db, kind: 'embedded', process: number, changes, queueOptions: { db: fromPglite(pglite), backend: 'pglite' }, close: () => db.destroy() };
}

/** Opens a PostgreSQL database. */
export async function openPostgres(url: string): Promise<Database> {
  const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPostgresPool(url) }) });
  await orClose(db, () => migrate(db));
  const changes = createChanges();
  const number = drawNumber();
  const channel = await orClose(db, () => listen(url, changes, number));
  return {
    db, kind: 'postgresql', process: number, changes, queueOptions: { connectionString: url, max: 4 },
    async close() {
      await channel.close();
      await db.destroy();
    },
  };
}

/** Shared by every server on a PostgreSQL for as long as it runs, so that nobody restores under it. */
export const SERVER_LOCK = 5_207_002;

/** First half of the lock that each process holds on its number for as long as it lives; who asks for the locks sees who is there. */
export const PROCESSES_LOCK = 5_207_003;

function drawNumber(): number {
  return randomInt(1, 2_147_483_647);
}

/** A database as it is, neither migrated nor listened to: for backups and restores while no server of this folder runs. */
export async function openAsItIs(place: { readonly folder: string } | { readonly url: string }): Promise<Pick<Database, 'db' | 'kind' | 'close'>> {
  if ('url' in place) {
    const db = new Kysely<Schema>({ dialect: new PostgresDialect({ pool: createPostgresPool(place.url) }) });
    return { db, kind: 'postgresql', close: () => db.destroy() };
  }
  const db = new Kysely<Schema>({ dialect: new PGliteDialect({ pglite: await startEmbedded(place.folder) }) });
  return { db, kind: 'embedded', close: () => db.destroy() };
}

/** What the work gives; the database is closed again where it fails. */
async function orClose<T>(db: Kysely<Schema>, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await db.destroy();
    throw error;
  }
}

const LONGEST_PAUSE_MS = 5_000;
/** A connection that died without a word is noticed within two of these. */
const PING_MS = 10_000;

/** Listens on a connection of its own, opened anew whenever it is lost; what was missed meanwhile is told as such. */
async function listen(url: string, changes: Changes, number: number): Promise<{ close(): Promise<void> }> {
  let closed = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let answered = true;
  const ping = setInterval(() => {
    const asked = client;
    if (asked === undefined) return;
    // Ending a connection that does not answer begins the way to a new one.
    if (!answered) asked.connection.stream.destroy();
    answered = false;
    asked.query('select 1').then(() => { answered = true; }, () => undefined);
  }, PING_MS).unref();

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, keepAlive: true });
    fresh.on('notification', ({ payload }) => changes.receive(payload ?? '[]'));
    fresh.on('error', () => undefined);
    fresh.on('end', () => again(100));
    await fresh.connect();
    await fresh.query(`listen ${CHANNEL}`);
    await fresh.query('select pg_advisory_lock_shared($1)', [SERVER_LOCK]);
    // Shared, since the database may not have noticed yet that the connection before is gone.
    await fresh.query('select pg_advisory_lock_shared($1, $2)', [PROCESSES_LOCK, number]);
    client = fresh;
    answered = true;
    if (closed) await fresh.end();
  }

  function again(pause: number): void {
    if (closed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void connect().then(() => changes.missed(), () => again(Math.min(pause * 2, LONGEST_PAUSE_MS))), pause);
    timer.unref();
  }

  await connect();
  return {
    async close() {
      closed = true;
      clearTimeout(timer);
      clearInterval(ping);
      await client?.end();
    },
  };
}
