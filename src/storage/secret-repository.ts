// Secrets and their sealed versions in SQL.
import { sql, type Kysely, type Selectable } from 'kysely';
import { StatusError } from '../errors/status-error.ts';
import { secretProjectOf, type Secret, type SecretName, type SecretVersion, type SecretVersionInfo } from '../secrets/model.ts';
import type { SecretRepository } from '../secrets/repository.ts';
import { tellChange } from './changes.ts';
import { moved, onResource } from './errors.ts';
import { removePolicyWithin } from './policy-repository.ts';
import { holdProject } from './project-repository.ts';
import type { Schema } from './schema.ts';
import { notePurge, purgeSecrets, PURGE_FACT } from './secret-purge.ts';

const INFO = ['secret', 'number', 'state', 'create_time', 'destroy_time', 'etag', 'checksum_given'] as const;

export function createSecretRepository(db: Kysely<Schema>, kind: 'embedded' | 'postgresql'): SecretRepository {
  return {
    insert(secret, first) {
      return onResource(secret.name, () => db.transaction().execute(async (trx) => {
        const project = secretProjectOf(secret.name);
        await holdProject(trx, project);
        await trx.insertInto('secrets').values({ ...columns(secret), name: secret.name, project, create_time: secret.createTime }).execute();
        if (first !== undefined) await trx.insertInto('secret_versions').values(row(first)).execute();
        await tellChange(trx, 'secret', secret.name);
      }));
    },

    async findSecret(name) {
      const found = await db.selectFrom('secrets').selectAll().where('name', '=', name).executeTakeFirst();
      return found && secretOf(found);
    },

    async list(project) {
      const rows = await db.selectFrom('secrets').selectAll().where('project', '=', project).execute();
      return rows.map(secretOf);
    },

    async count(project) {
      const { total } = await db.selectFrom('secrets').select(({ fn }) => fn.countAll<string | number>().as('total')).where('project', '=', project).executeTakeFirstOrThrow();
      return Number(total);
    },

    replace(secret, expectedEtag) {
      return db.transaction().execute(async (trx) => {
        const { numUpdatedRows } = await trx.updateTable('secrets').set(columns(secret)).where('name', '=', secret.name).where('etag', '=', expectedEtag).executeTakeFirst();
        if (numUpdatedRows === 0n) throw moved(secret.name);
        await tellChange(trx, 'secret', secret.name);
      });
    },

    remove(name, expectedEtag) {
      return db.transaction().execute(async (trx) => {
        const { numDeletedRows } = await trx.deleteFrom('secrets').where('name', '=', name).where('etag', '=', expectedEtag).executeTakeFirst();
        if (numDeletedRows === 0n) throw moved(name);
        await removePolicyWithin(trx, name);
        await notePurge(trx);
        await tellChange(trx, 'secret', name);
      });
    },

    add: (secret, mostVersions, make) => db.transaction().execute(async (trx) => {
      // Of two that add at once the second waits here, and takes the number after.
      const owner = await trx.selectFrom('secrets').select('name').where('name', '=', secret).forUpdate().executeTakeFirst();
      if (owner === undefined) throw missing(secret);
      const { newest, count } = await trx.selectFrom('secret_versions').where('secret', '=', secret)
        .select(({ fn }) => [fn.max('number').as('newest'), fn.countAll<string | number>().as('count')]).executeTakeFirstOrThrow();
      if (Number(count) >= mostVersions) throw full(secret, mostVersions);
      const version = make((newest ?? 0) + 1);
      await trx.insertInto('secret_versions').values(row(version)).execute();
      await tellChange(trx, 'secret', secret);
      return version;
    }),

    async find(secret, version) {
      const found = await db.selectFrom('secret_versions').selectAll().where('secret', '=', secret)
        // A name may carry a number that the column cannot hold: that is no version, and no fault.
        .$if(version !== 'latest', (query) => query.where(sql<boolean>`number = ${Number(version)}::bigint`))
        .orderBy('number', 'desc').limit(1).executeTakeFirst();
      return found && { ...infoOf(found), sealed: found.sealed };
    },

    async listVersions(secret) {
      const rows = await db.selectFrom('secret_versions').select(INFO).where('secret', '=', secret).orderBy('number', 'desc').execute();
      return rows.map(infoOf);
    },

    setState({ name, secret, number, state, destroyTime, etag }, expectedEtag) {
      return db.transaction().execute(async (trx) => {
        const destroyed = state === 'DESTROYED' ? { sealed: new Uint8Array(), destroy_time: destroyTime ?? null } : {};
        const { numUpdatedRows } = await trx.updateTable('secret_versions').set({ state, etag, ...destroyed })
          .where('secret', '=', secret).where('number', '=', number).where('etag', '=', expectedEtag).executeTakeFirst();
        if (numUpdatedRows === 0n) throw moved(name);
        if (state === 'DESTROYED') await notePurge(trx);
        await tellChange(trx, 'secret', secret);
      });
    },

    purge: () => purgeSecrets(db, kind),

    async purgePending() {
      return (await db.selectFrom('facts').select('key').where('key', '=', PURGE_FACT).executeTakeFirst()) !== undefined;
    },
  };
}

function columns({ etag, name: _name, createTime: _createTime, ...spec }: Secret): { readonly etag: string; readonly body: string } {
  return { etag, body: JSON.stringify(spec) };
}

function secretOf({ name, create_time: createTime, etag, body }: Selectable<Schema['secrets']>): Secret {
  return { name, createTime, etag, ...body };
}

function row({ secret, number, state, sealed, createTime, etag, checksumGiven }: SecretVersion): Schema['secret_versions'] {
  return { secret, number, state, sealed, create_time: createTime, destroy_time: null, etag, checksum_given: checksumGiven };
}

function infoOf(found: Omit<Selectable<Schema['secret_versions']>, 'sealed'>): SecretVersionInfo {
  const { secret, number, state, create_time: createTime, destroy_time: destroyTime, etag, checksum_given: checksumGiven } = found;
  return { name: `${secret}/versions/${number}`, secret, number, state, createTime, etag, checksumGiven, ...(destroyTime === null ? {} : { destroyTime }) };
}

function missing(secret: SecretName): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Secret [${secret}] not found.`, metadata: { resource: secret } });
}

function full(secret: SecretName, most: number): StatusError {
  return new StatusError('RESOURCE_EXHAUSTED', 'LIMIT_REACHED', {
    message: `${secret} has ${most} versions, as many as it may have: use another secret, or raise KONEKTOR_SECRET_VERSIONS.`, metadata: { resource: secret, limit: String(most) },
  });
}
