// The audit log: appended to, never changed, pruned by age and number.
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const audit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createTable('audit_entries')
      .addColumn('sequence', 'bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity())
      .addColumn('time', 'timestamptz(3)', (column) => column.notNull())
      .addColumn('project', 'text', (column) => column.notNull())
      .addColumn('principal', 'text', (column) => column.notNull())
      .addColumn('operation', 'text', (column) => column.notNull())
      .addColumn('method', 'text', (column) => column.notNull())
      .addColumn('kind', 'text', (column) => column.notNull())
      .addColumn('resource', 'text', (column) => column.notNull())
      .addColumn('code', 'text', (column) => column.notNull())
      .addColumn('reason', 'text', (column) => column.notNull())
      .addColumn('request_id', 'text', (column) => column.notNull())
      .addColumn('address', 'text', (column) => column.notNull())
      .addColumn('user_agent', 'text', (column) => column.notNull())
      .addColumn('milliseconds', 'integer', (column) => column.notNull())
      .addColumn('source_request_ids', 'json', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('audit_entries_project').on('audit_entries').columns(['project', 'sequence']).execute();
    await db.schema.createIndex('audit_entries_time').on('audit_entries').column('time').execute();
  },
};
