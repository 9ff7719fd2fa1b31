// Service accounts in SQL.
import type { Kysely } from 'kysely';
import type { ServiceAccountRepository } from '../iam/service-accounts.ts';
import { onResource } from './errors.ts';
import type { Schema } from './schema.ts';

export function createServiceAccountRepository(db: Kysely<Schema>): ServiceAccountRepository {
  return {
    async find(email) {
      const row = await db.selectFrom('service_accounts').selectAll().where('email', '=', email).executeTakeFirst();
      return row && { email: row.email, project: row.project, displayName: row.display_name, createTime: row.create_time };
    },

    async insert({ email, project, displayName, createTime }) {
      await onResource(email, () => db.insertInto('service_accounts').values({ email, project, display_name: displayName, create_time: createTime }).execute());
    },
  };
}
