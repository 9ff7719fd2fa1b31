// The states that connections were in. What is there already begins with the state that it is in.
import { sql, type Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

export const connectionStates: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema.createTable('connection_states')
      .addColumn('sequence', 'bigint', (column) => column.primaryKey().generatedByDefaultAsIdentity())
      .addColumn('connection', 'text', (column) => column.notNull())
      .addColumn('time', 'timestamptz(3)', (column) => column.notNull())
      .addColumn('body', 'json', (column) => column.notNull())
      .execute();
    await db.schema.createIndex('connection_states_connection').on('connection_states').columns(['connection', 'sequence']).execute();
    await sql`insert into connection_states (connection, time, body)
      select name, (body ->> 'updateTime')::timestamptz, json_strip_nulls(json_build_object('state', body -> 'status' ->> 'state', 'description', body -> 'status' ->> 'description',
        'status', body -> 'status' ->> 'status', 'connectionRevision', coalesce(body ->> 'connectionRevision', '1'), 'operation', body ->> 'operation'))
      from connections where body -> 'status' ->> 'state' is not null and body ->> 'updateTime' is not null`.execute(db);
  },
};
