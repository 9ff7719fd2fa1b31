// The journal of writes: one row for each, from before it is sent until long after it is settled. Connections are named, not
// referred to: what is not settled stays when its connection goes.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

const TEXTS = ['connection', 'caller_key', 'kind', 'name', 'row_id', 'parent', 'object', 'account', 'output', 'request_hash', 'state'] as const;
const TIMES = ['create_time', 'first_send_time', 'last_send_time'] as const;

export const writes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    let table = db.schema.createTable('writes')
      .addColumn('id', 'text', (column) => column.primaryKey())
      .addColumn('sequence', 'bigint', (column) => column.notNull().generatedByDefaultAsIdentity());
    for (const name of TEXTS) table = table.addColumn(name, 'text', (column) => column.notNull());
    table = table.addColumn('generation', 'integer', (column) => column.notNull()).addColumn('attempt', 'integer', (column) => column.notNull())
      .addColumn('owner', 'integer', (column) => column.notNull()).addColumn('answered', 'boolean', (column) => column.notNull());
    for (const name of TIMES) table = table.addColumn(name, 'timestamptz(3)', (column) => column.notNull());
    await table.addColumn('settle_time', 'timestamptz(3)').addColumn('reconcile_time', 'timestamptz(3)')
      .addColumn('code', 'text', (column) => column.notNull()).addColumn('reason', 'text', (column) => column.notNull()).addColumn('note', 'text', (column) => column.notNull())
      .addColumn('sealed', 'bytea').execute();
    await db.schema.createIndex('writes_connection').on('writes').columns(['connection', 'sequence']).execute();
    await db.schema.createIndex('writes_settled').on('writes').column('settle_time').where(sql.ref('settle_time'), 'is not', null).execute();
    // Small: what is under way, and what is not known.
    await sql`create index writes_unsettled on writes (connection, object) where state in ('UNDER_WAY', 'UNKNOWN')`.execute(db);
    await sql`create index writes_parts on writes (parent, sequence) where parent <> ''`.execute(db);
  },
};
