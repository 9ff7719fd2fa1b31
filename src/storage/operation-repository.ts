// Long-running operations in SQL.
import { sql, type Kysely, type Transaction } from 'kysely';
import { locationOf } from '../connections/model.ts';
import type { Operation } from '../operations/model.ts';
import type { OperationRepository } from '../operations/repository.ts';
import { tellChange } from './changes.ts';
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

    async list(parent, { size, after }) {
      const everywhere = /^(projects\/[^/]+\/locations\/)-$/.exec(parent)?.[1];
      const rows = await db.selectFrom('operations').select('body')
        .where(everywhere === undefined ? sql<boolean>`parent = ${parent}` : sql<boolean>`starts_with(parent, ${everywhere})`)
        .$if(after !== undefined, (query) => query.where(sql<boolean>`(create_time, name) < (${after?.createTime ?? ''}, ${after?.name ?? ''})`))
        .orderBy('create_time', 'desc').orderBy('name', 'desc').limit(size).execute();
      return rows.map(({ body }) => body);
    },

    requestCancellation(name) {
      return db.transaction().execute(async (trx) => {
        const running = await trx.selectFrom('operations').select('body').where('name', '=', name).where('done', '=', false).forUpdate().executeTakeFirst();
        if (running === undefined) return false;
        const { body } = running;
        await trx.updateTable('operations').set(row({ ...body, metadata: { ...body.metadata, requestedCancellation: true } })).where('name', '=', name).execute();
        await tellChange(trx, 'operation', name);
        return true;
      });
    },

    async remove(name) {
      const { numDeletedRows } = await db.deleteFrom('operations').where('name', '=', name).where('done', '=', true).executeTakeFirst();
      return numDeletedRows > 0n;
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
