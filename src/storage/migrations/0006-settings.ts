// Settings of projects and regions, and when the schemas of connections were read anew. Both go with what they belong to.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const settings: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createTable('settings')
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('project', 'text', (column) => column.notNull().references('projects.id').onDelete('cascade'))
      .addColumn('body', 'json', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('settings_project').on('settings').column('project').execute();
    await db.schema.createTable('schema_refreshes')
      .addColumn('connection', 'text', (column) => column.primaryKey().references('connections.name').onDelete('cascade'))
      .addColumn('refresh_time', 'text', (column) => column.notNull())
      .execute();
  },
};
