// What a note of a write says, by its stable name and the values in it: for those who say it in other words.
import { type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const writeFindings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.alterTable('writes').addColumn('finding', 'json').execute();
  },
};
