// Connections in SQL.
import { sql, type Kysely, type Transaction } from 'kysely';
import { locationOf, projectOf, type Connection } from '../connections/model.ts';
import type { ConnectionRepository } from '../connections/repository.ts';
import { StatusError } from '../errors/status-error.ts';
import { tellChange } from './changes.ts';
import { moved, onResource } from './errors.ts';
import { insertOperation, storeOperation } from './operation-repository.ts';
import { removePolicyWithin } from './policy-repository.ts';
import { holdProject } from './project-repository.ts';
import type { OperationJobs } from './queue.ts';
import type { Schema } from './schema.ts';
import { forgetStatesWithin, keepStateWithin } from './state-repository.ts';

export function createConnectionRepository(db: Kysely<Schema>, jobs: OperationJobs, now: () => Date = () => new Date()): ConnectionRepository {
  return {
    async find(name) {
      const row = await db.selectFrom('connections').select('body').where('name', '=', name).executeTakeFirst();
      return row?.body;
    },

    async list(parent) {
      const everywhere = /^(projects\/[^/]+\/locations\/)-$/.exec(parent)?.[1];
      const rows = await db.selectFrom('connections').select('body')
        .where(everywhere === undefined ? sql<boolean>`parent = ${parent}` : sql<boolean>`starts_with(parent, ${everywhere})`).execute();
      return rows.map(({ body }) => body);
    },

    insert(connection, operation, most = 0) {
      return onResource(connection.name, () => db.transaction().execute(async (trx) => {
        const parent = locationOf(connection.name);
        await holdProject(trx, projectOf(connection.name));
        if (most > 0) await requireRoom(trx, parent, most);
        await trx.insertInto('connections').values({ ...keys(connection), name: connection.name, parent }).execute();
        await keepStateWithin(trx, connection, operation.name, now());
        await insertOperation(trx, operation, jobs);
        await tellChange(trx, 'connection', connection.name);
      }));
    },

    replace(connection, expectedEtag, operation) {
      return db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx.updateTable('connections').set(keys(connection))
          .where('name', '=', connection.name).where('etag', '=', expectedEtag).executeTakeFirst();
        if (numUpdatedRows === 0n) throw moved(connection.name);
        await keepStateWithin(trx, connection, operation.name, now());
        await storeOperation(trx, operation, jobs);
        await tellChange(trx, 'connection', connection.name);
      });
    },

    remove(name, expectedEtag, operation) {
      return db.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx.deleteFrom('connections').where('name', '=', name).where('etag', '=', expectedEtag).executeTakeFirst();
        if (numDeletedRows === 0n) throw moved(name);
        await removePolicyWithin(trx, name);
        await forgetStatesWithin(trx, name);
        await storeOperation(trx, operation, jobs);
        await tellChange(trx, 'connection', name);
      });
    },
  };
}

function keys(connection: Connection): { readonly etag: string; readonly body: string } {
  return { etag: connection.etag, body: JSON.stringify(connection) };
}

/** Those that make connections in one location wait for each other, so that none counts what another is about to add. */
async function requireRoom(trx: Transaction<Schema>, parent: string, most: number): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext(${parent}))`.execute(trx);
  const { count } = await trx.selectFrom('connections').select(({ fn }) => fn.countAll<string | number>().as('count')).where('parent', '=', parent).executeTakeFirstOrThrow();
  if (Number(count) < most) return;
  throw new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', { message: `${parent} has ${most} connections, as many as KONEKTOR_CONNECTIONS_PER_LOCATION allows.`, metadata: { resource: parent, limit: String(most) } });
}
