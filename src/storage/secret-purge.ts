// Making destroyed values unreadable. A database keeps what was overwritten for a while: in its tables until they are written anew,
// and in its log until that is cut off. That something is to be purged is noted with the change itself, so that a process that
// dies between the two is made up for by the next.
import { sql, type Kysely, type Transaction } from 'kysely';
import type { Schema } from './schema.ts';

export const PURGE_FACT = 'secrets-to-purge';

/** Within the transaction that destroys a value. */
export async function notePurge(trx: Transaction<Schema>): Promise<void> {
  const value = new Date().toISOString();
  await trx.insertInto('facts').values({ key: PURGE_FACT, value }).onConflict((conflict) => conflict.column('key').doUpdateSet({ value })).execute();
}

/** Who reads the table for longer, a backup for instance, is not made to wait for; nor are those who would wait behind. */
const LONGEST_WAIT = '5s';
/** Log files that an older start may have set aside with old contents; each is 16 MB. */
const MOST_SWITCHES = 64;

/** Writes the table anew without what was destroyed; of the embedded database the log is cut off too. */
export async function purgeSecrets(db: Kysely<Schema>, kind: 'embedded' | 'postgresql'): Promise<void> {
  const noted = await db.selectFrom('facts').select('value').where('key', '=', PURGE_FACT).executeTakeFirst();
  if (noted === undefined) return;
  await db.connection().execute(async (connection) => {
    await sql`select set_config('lock_timeout', ${LONGEST_WAIT}, false)`.execute(connection);
    try {
      await sql`vacuum full secret_versions`.execute(connection);
    } finally {
      await sql`reset lock_timeout`.execute(connection);
    }
  });
  if (kind === 'embedded') await cutLog(db);
  // What was destroyed meanwhile wrote another value, and is purged by its own turn.
  await db.deleteFrom('facts').where('key', '=', PURGE_FACT).where('value', '=', noted.value).execute();
}

/** Begins a new file of the log and lets the older ones be removed, which wal_recycle = off makes of them instead of renaming. */
async function cutLog(db: Kysely<Schema>): Promise<void> {
  for (let count = 0; count < MOST_SWITCHES; count += 1) {
    await sql`select pg_switch_wal()`.execute(db);
    await sql`checkpoint`.execute(db);
    const { rows } = await sql<{ readonly ahead: boolean }>`select exists (select from pg_ls_waldir() where name > pg_walfile_name(pg_current_wal_lsn())) as ahead`.execute(db);
    if (rows[0]?.ahead !== true) return;
  }
}
