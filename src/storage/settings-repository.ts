// Settings and refreshes of schemas in SQL, each with the operation that tells of it.
import type { Kysely } from 'kysely';
import type { SchemaRefreshRepository } from '../connections/schema-refreshes.ts';
import type { SettingsRepository } from '../connections/settings.ts';
import { locationOf } from '../connections/model.ts';
import { tellChange } from './changes.ts';
import { onResource } from './errors.ts';
import { insertOperation } from './operation-repository.ts';
import type { OperationJobs } from './queue.ts';
import type { Schema } from './schema.ts';

export function createSettingsRepository(db: Kysely<Schema>, jobs: OperationJobs): SettingsRepository {
  return {
    async find(name) {
      const row = await db.selectFrom('settings').select('body').where('name', '=', name).executeTakeFirst();
      return row?.body;
    },

    change(name, project, change) {
      return onResource(name, () => db.transaction().execute(async (trx) => {
        await trx.insertInto('settings').values({ name, project, body: '{}' }).onConflict((conflict) => conflict.column('name').doNothing()).execute();
        const { body } = await trx.selectFrom('settings').select('body').where('name', '=', name).forUpdate().executeTakeFirstOrThrow();
        const { values, operation } = change(body);
        await trx.updateTable('settings').set({ body: JSON.stringify(values) }).where('name', '=', name).execute();
        await insertOperation(trx, operation, jobs);
      }));
    },
  };
}

export function createSchemaRefreshRepository(db: Kysely<Schema>, jobs: OperationJobs): SchemaRefreshRepository {
  return {
    async refreshedAt(connection) {
      const row = await db.selectFrom('schema_refreshes').select('refresh_time').where('connection', '=', connection).executeTakeFirst();
      return row?.refresh_time;
    },

    refresh(connection, at, operation) {
      return onResource(connection, () => db.transaction().execute(async (trx) => {
        await trx.insertInto('schema_refreshes').values({ connection, refresh_time: at })
          .onConflict((conflict) => conflict.column('connection').doUpdateSet({ refresh_time: at })).execute();
        await insertOperation(trx, operation, jobs);
        await tellChange(trx, 'connection', connection);
      }));
    },

    async keep(operation) {
      const known = await db.selectFrom('operations').select('body').where('name', '=', operation.name).executeTakeFirst();
      if (known !== undefined) return known.body;
      const { name, metadata, done } = operation;
      await db.insertInto('operations').values({ name, parent: locationOf(name), done, create_time: metadata.createTime, body: JSON.stringify(operation) })
        .onConflict((conflict) => conflict.column('name').doNothing()).execute();
      return operation;
    },
  };
}
