// Secrets and their sealed versions in SQL.
import type { Kysely } from 'kysely';
import type { SecretVersion } from '../secrets/model.ts';
import type { SecretRepository } from '../secrets/repository.ts';
import { onResource } from './errors.ts';
import type { Schema } from './schema.ts';

export function createSecretRepository(db: Kysely<Schema>): SecretRepository {
  return {
    insert(secret, first) {
      return onResource(secret, () => db.transaction().execute(async (trx) => {
        await trx.insertInto('secrets').values({ name: secret, create_time: first.createTime }).execute();
        await trx.insertInto('secret_versions').values(row(first)).execute();
      }));
    },

    async add(version) {
      await onResource(version.name, () => db.insertInto('secret_versions').values(row(version)).execute());
    },

    async find(secret, version) {
      const found = await db.selectFrom('secret_versions').selectAll().where('secret', '=', secret)
        .$if(version !== 'latest', (query) => query.where('number', '=', Number(version)))
        .orderBy('number', 'desc').limit(1).executeTakeFirst();
      if (found === undefined) return undefined;
      const { number, state, sealed, create_time: createTime } = found;
      return { name: `${secret}/versions/${number}`, secret, number, state, sealed, createTime };
    },
  };
}

function row({ secret, number, state, sealed, createTime }: SecretVersion): Schema['secret_versions'] {
  return { secret, number, state, sealed, create_time: createTime };
}
