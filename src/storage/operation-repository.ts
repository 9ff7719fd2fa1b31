// Long-running operations in SQL.
import type { Kysely, Transaction } from 'kysely';
import { locationOf } from '../connections/model.ts';
import type { Operation } from '../operations/model.ts';
import type { OperationRepository } from '../operations/repository.ts';
import type { OperationJobs } from './queue.ts';
import type { Schema } from './schema.ts';

export function createOperationRepository(db: Kysely<Schema>): OperationRepository {
  return {
    async find(name) {
      const row = await db.selectFrom('operations').select('body').where('name', '=', name).executeTakeFirst();
      return row?.body;
    },

    async finish(operation) {
      await db.updateTable('operations').set(row(operation)).where('name', '=', operation.name).where('done', '=', false).execute();
    },

    async pending() {
      const rows = await db.selectFrom('operations').select('body').where('done', '=', false).orderBy('create_time').execute();
      return rows.map(({ body }) => body);
    },
  };
}

function row(operation: Operation): { readonly done: boolean; readonly body: string } {
  return { done: operation.done, body: JSON.stringify(operation) };
}

/** Adds an operation within the transaction of the change it tells of, and puts it on the queue unless it has ended. */
export async function insertOperation(trx: Transaction<Schema>, operation: Operation, jobs: OperationJobs): Promise<void> {
  const { name, metadata } = operation;
  await trx.insertInto('operations').values({ ...row(operation), name, parent: locationOf(name), create_time: metadata.createTime }).execute();
  if (!operation.done) await jobs.send(trx, name);
}

/** As `insertOperation`, or replaces the operation that is there; one that has ended stays as it is. */
export async function storeOperation(trx: Transaction<Schema>, operation: Operation, jobs: OperationJobs): Promise<void> {
  const { name, metadata } = operation;
  await trx.insertInto('operations').values({ ...row(operation), name, parent: locationOf(name), create_time: metadata.createTime })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row(operation)).where('operations.done', '=', false)).execute();
  if (!operation.done) await jobs.send(trx, name);
}
