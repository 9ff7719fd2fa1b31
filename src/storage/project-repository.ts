// Projects in SQL.
import { sql, type Kysely, type Transaction } from 'kysely';
import { StatusError } from '../errors/status-error.ts';
import { projectMissing, type ProjectRepository } from '../iam/projects.ts';
import { tellChange } from './changes.ts';
import { moved, onResource } from './errors.ts';
import { bindWithin, removeMemberWithin } from './policy-repository.ts';
import type { Schema } from './schema.ts';
import { removeTokensWithin } from './token-repository.ts';

export function createProjectRepository(db: Kysely<Schema>): ProjectRepository {
  return {
    async find(projectId) {
      const row = await db.selectFrom('projects').select('body').where('id', '=', projectId).executeTakeFirst();
      return row?.body;
    },

    async list() {
      const rows = await db.selectFrom('projects').select('body').orderBy('id').execute();
      return rows.map(({ body }) => body);
    },

    insert(project, { email, uniqueId }, owner) {
      return onResource(`projects/${project.projectId}`, () => db.transaction().execute(async (trx) => {
        const { projectId: id, projectNumber: number, etag } = project;
        await trx.insertInto('projects').values({ id, number, etag, body: JSON.stringify(project) }).execute();
        await trx.insertInto('service_accounts').values({
          email, project: id, display_name: 'Connections that name no other account', create_time: project.createTime, unique_id: uniqueId, description: '', disabled: false,
        }).onConflict((conflict) => conflict.column('email').doNothing()).execute();
        if (owner !== undefined) await bindWithin(trx, `projects/${id}`, [{ role: 'roles/owner', members: [owner] }]);
        await tellChange(trx, 'project', id);
      }));
    },

    replace(project, expectedEtag) {
      return db.transaction().execute(async (trx) => {
        const { projectId: id, etag } = project;
        const { numUpdatedRows } = await trx.updateTable('projects').set({ etag, body: JSON.stringify(project) }).where('id', '=', id).where('etag', '=', expectedEtag).executeTakeFirst();
        if (numUpdatedRows === 0n) throw moved(`projects/${id}`);
        await tellChange(trx, 'project', id);
      });
    },

    remove({ projectId: id, etag }) {
      return db.transaction().execute(async (trx) => {
        await lockProject(trx, id);
        const within = `projects/${id}/`;
        const connection = await trx.selectFrom('connections').select('name').where(startsWith('name', within)).limit(1).executeTakeFirst();
        if (connection !== undefined) throw notEmpty(id, connection.name);
        const secret = await trx.selectFrom('secrets').select('name').where('project', '=', id).limit(1).executeTakeFirst();
        if (secret !== undefined) throw notEmpty(id, secret.name);
        const { numDeletedRows } = await trx.deleteFrom('projects').where('id', '=', id).where('etag', '=', etag).executeTakeFirst();
        if (numDeletedRows === 0n) throw moved(`projects/${id}`);
        const accounts = await trx.deleteFrom('service_accounts').where('project', '=', id).returning('email').execute();
        await trx.deleteFrom('operations').where(startsWith('parent', within)).execute();
        await trx.deleteFrom('policies').where((where) => where.or([where('resource', '=', `projects/${id}`), startsWith('resource', within)])).execute();
        for (const { email } of accounts) {
          await removeTokensWithin(trx, `serviceAccount:${email}`);
          await removeMemberWithin(trx, `serviceAccount:${email}`);
        }
        await tellChange(trx, 'project', id);
        await tellChange(trx, 'policy', `projects/${id}`);
      });
    },
  };
}

function startsWith(column: string, beginning: string): ReturnType<typeof sql<boolean>> {
  return sql<boolean>`starts_with(${sql.ref(column)}, ${beginning})`;
}

/**
 * Holds a project for the rest of a transaction that makes something in it, so that it cannot be deleted meanwhile.
 * @throws StatusError NOT_FOUND, telling how to create it.
 */
export async function holdProject(trx: Transaction<Schema>, id: string): Promise<void> {
  const found = await trx.selectFrom('projects').select('id').where('id', '=', id).forKeyShare().executeTakeFirst();
  if (found === undefined) throw projectMissing(id);
}

async function lockProject(trx: Transaction<Schema>, id: string): Promise<void> {
  const found = await trx.selectFrom('projects').select('id').where('id', '=', id).forUpdate().executeTakeFirst();
  if (found === undefined) throw projectMissing(id);
}

function notEmpty(id: string, holds: string): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'PROJECT_NOT_EMPTY', {
    message: `Project '${id}' still has ${holds}: only a project without connections and secrets can be deleted.`, metadata: { resource: `projects/${id}`, holds },
  });
}
