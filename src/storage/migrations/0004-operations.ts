// What lists of operations look for: newest first within a location, and what has ended long ago.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const operations: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createIndex('operations_newest').on('operations').columns(['parent', 'create_time desc', 'name desc']).execute();
    await db.schema.createIndex('operations_ended').on('operations').column('create_time').where(sql.ref('done'), '=', true).execute();
  },
};
