// The first tables: connections, operations, secrets, service accounts, and facts about this installation.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const core: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createTable('connections')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('parent', 'text', (column) => column.notNull())
      .addColumn('etag', 'text', (column) => column.notNull())
      .addColumn('body', 'json', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('connections_parent').on('connections').columns(['parent', 'name']).execute();
    await db.schema.createTable('operations')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('parent', 'text', (column) => column.notNull())
      .addColumn('done', 'boolean', (column) => column.notNull())
      .addColumn('create_time', 'text', (column) => column.notNull())
      .addColumn('body', 'json', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('operations_pending').on('operations').column('create_time').where(sql.ref('done'), '=', false).execute();
    await db.schema.createTable('secrets')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('create_time', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createTable('secret_versions')
      .addColumn('secret', 'text', (column) => column.notNull().references('secrets.name').onDelete('cascade'))
      .addColumn('number', 'integer', (column) => column.notNull())
      .addColumn('state', 'text', (column) => column.notNull())
      .addColumn('sealed', 'bytea', (column) => column.notNull())
      .addColumn('create_time', 'text', (column) => column.notNull())
      .addPrimaryKeyConstraint('secret_versions_key', ['secret', 'number'])
      .execute();
    await db.schema.createTable('service_accounts')
      .addColumn('email', 'text', (column) => column.primaryKey())
      .addColumn('project', 'text', (column) => column.notNull())
      .addColumn('display_name', 'text', (column) => column.notNull())
      .addColumn('create_time', 'text', (column) => column.notNull())
      .execute();
    await db.schema.createTable('facts')
      .addColumn('key', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .addColumn('set_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
      .execute();
  },
};
