// What processes count together: keys of a limiter, each with what was taken and until when that counts. In the form that
// rate-limiter-flexible wants; not logged, since after a crash nothing of it would still count.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const rates: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    // A restore makes all tables anew but this one, of which no backup tells.
    await sql`create unlogged table if not exists rates (key varchar(255) primary key, points integer not null default 0, expire bigint)`.execute(db);
  },
};
