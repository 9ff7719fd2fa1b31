// Policies of resources, and minted tokens, of which only the hash is kept.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const identity: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createTable('policies')
      .addColumn('resource', 'text', (column) => column.primaryKey())
      .addColumn('etag', 'text', (column) => column.notNull())
      .addColumn('body', 'json', (column) => column.notNull())
      .execute();
    await db.schema.createTable('tokens')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('hash', 'bytea', (column) => column.notNull().unique())
      .addColumn('member', 'text', (column) => column.notNull())
      .addColumn('body', 'json', (column) => column.notNull())
      .addColumn('expire_time', 'text', (column) => column.notNull())
      .addColumn('create_time', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('tokens_member').on('tokens').columns(['member', 'id']).execute();
  },
};
