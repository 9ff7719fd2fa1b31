// Connections in SQL.
import type { Kysely, Transaction } from 'kysely';
import { locationOf, type Connection } from '../connections/model.ts';
import type { ConnectionRepository } from '../connections/repository.ts';
import { moved, onResource } from './errors.ts';
import { insertOperation, storeOperation } from './operation-repository.ts';
import type { OperationJobs } from './queue.ts';
import type { Schema } from './schema.ts';

export function createConnectionRepository(db: Kysely<Schema>, jobs: OperationJobs): ConnectionRepository {
  return {
    async find(name) {
      const row = await db.selectFrom('connections').select('body').where('name', '=', name).executeTakeFirst();
      return row?.body;
    },

    async list(parent, { size, after }) {
      const rows = await db.selectFrom('connections').select('body').where('parent', '=', parent)
        .$if(after !== undefined, (query) => query.where('name', '>', after ?? ''))
        .orderBy('name').limit(size).execute();
      return rows.map(({ body }) => body);
    },

    insert(connection, operation) {
      return onResource(connection.name, () => db.transaction().execute(async (trx) => {
        await trx.insertInto('connections').values({ ...keys(connection), name: connection.name, parent: locationOf(connection.name) }).execute();
        await insertOperation(trx, operation, jobs);
      }));
    },

    replace(connection, expectedEtag, operation) {
      return db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx.updateTable('connections').set(keys(connection))
          .where('name', '=', connection.name).where('etag', '=', expectedEtag).executeTakeFirst();
        if (numUpdatedRows === 0n) throw moved(connection.name);
        await storeOperation(trx, operation, jobs);
      });
    },

    remove(name, expectedEtag, operation) {
      return db.transaction().execute(async (trx) => {
        await removeConnection(trx, name, expectedEtag);
        await storeOperation(trx, operation, jobs);
      });
    },
  };
}

function keys(connection: Connection): { readonly etag: string; readonly body: string } {
  return { etag: connection.etag, body: JSON.stringify(connection) };
}

async function removeConnection(trx: Transaction<Schema>, name: string, etag: string): Promise<void> {
  const { numDeletedRows } = await trx.deleteFrom('connections').where('name', '=', name).where('etag', '=', etag).executeTakeFirst();
  if (numDeletedRows === 0n) throw moved(name);
}
