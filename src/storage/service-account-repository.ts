// Service accounts in SQL.
import type { Kysely, Selectable } from 'kysely';
import { StatusError } from '../errors/status-error.ts';
import type { ServiceAccount, ServiceAccountRepository } from '../iam/service-accounts.ts';
import { tellChange } from './changes.ts';
import { onResource } from './errors.ts';
import { removeMemberWithin, removePolicyWithin } from './policy-repository.ts';
import { holdProject } from './project-repository.ts';
import type { Schema } from './schema.ts';
import { removeTokensWithin } from './token-repository.ts';

export function createServiceAccountRepository(db: Kysely<Schema>): ServiceAccountRepository {
  return {
    async find(email) {
      const row = await db.selectFrom('service_accounts').selectAll().where('email', '=', email).executeTakeFirst();
      return row && account(row);
    },

    async findByUniqueId(uniqueId) {
      const row = await db.selectFrom('service_accounts').selectAll().where('unique_id', '=', uniqueId).executeTakeFirst();
      return row && account(row);
    },

    async list(project) {
      const rows = await db.selectFrom('service_accounts').selectAll().where('project', '=', project).orderBy('email').execute();
      return rows.map(account);
    },

    insert({ email, project, uniqueId, displayName, description, disabled, createTime }) {
      return onResource(email, () => db.transaction().execute(async (trx) => {
        await holdProject(trx, project);
        await trx.insertInto('service_accounts').values({ email, project, unique_id: uniqueId, display_name: displayName, description, disabled, create_time: createTime }).execute();
        await tellChange(trx, 'project', project);
      }));
    },

    update({ email, project }, { displayName, description, disabled }) {
      return db.transaction().execute(async (trx) => {
        // Kysely leaves out what is undefined.
        const changed = await trx.updateTable('service_accounts').set({ display_name: displayName, description, disabled }).where('email', '=', email).returningAll().executeTakeFirst();
        if (changed === undefined) throw gone(email);
        await tellChange(trx, 'project', project);
        return account(changed);
      });
    },

    remove({ email, project }) {
      return db.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx.deleteFrom('service_accounts').where('email', '=', email).executeTakeFirst();
        if (numDeletedRows === 0n) throw gone(email);
        await removePolicyWithin(trx, `projects/${project}/serviceAccounts/${email}`);
        await removeTokensWithin(trx, `serviceAccount:${email}`);
        await removeMemberWithin(trx, `serviceAccount:${email}`);
        await tellChange(trx, 'project', project);
      });
    },
  };
}

function account(row: Selectable<Schema['service_accounts']>): ServiceAccount {
  return {
    email: row.email, project: row.project, uniqueId: row.unique_id, displayName: row.display_name, description: row.description, disabled: row.disabled, createTime: row.create_time,
  };
}

function gone(email: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Service account ${email} does not exist.`, metadata: { resource: email } });
}
