// The states of connections in SQL: one row for each, written within the transaction that changes the connection.
import { sql, type Kysely, type Transaction } from 'kysely';
import { STATES_KEPT, type StateRepository } from '../connections/history.ts';
import type { Connection } from '../connections/model.ts';
import type { Schema } from './schema.ts';

export function createStateRepository(db: Kysely<Schema>): StateRepository {
  return {
    async list(connection) {
      const rows = await db.selectFrom('connection_states').select(['time', 'body']).where('connection', '=', connection).orderBy('sequence', 'desc').limit(STATES_KEPT).execute();
      return rows.map(({ time, body }) => ({ time: time.toISOString(), ...body }));
    },
  };
}

/** @param operation that led to the state. */
export async function keepStateWithin(trx: Transaction<Schema>, { name, status, connectionRevision }: Connection, operation: string, time: Date): Promise<void> {
  const { state, description, status: reason } = status;
  const body = JSON.stringify({ state, ...(description === undefined ? {} : { description }), ...(reason === undefined ? {} : { status: reason }), connectionRevision, operation });
  await trx.insertInto('connection_states').values({ connection: name, time, body }).execute();
  await sql`delete from connection_states where connection = ${name}
    and sequence <= (select sequence from connection_states where connection = ${name} order by sequence desc offset ${STATES_KEPT}::integer limit 1)`.execute(trx);
}

export async function forgetStatesWithin(trx: Transaction<Schema>, connection: string): Promise<void> {
  await trx.deleteFrom('connection_states').where('connection', '=', connection).execute();
}
