// Projects in both databases, and the upgrade of a folder that knew none.
import { PGlite } from '@electric-sql/pglite';
import { Kysely, PGliteDialect, PostgresDialect, sql } from 'kysely';
import { Migrator } from 'kysely/migration';
import { rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProjectService, type ProjectService } from '../../src/iam/projects-service.ts';
import { createServiceAccountService } from '../../src/iam/service-accounts-service.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { createSecretService } from '../../src/secrets/service.ts';
import { openEmbedded, openPostgres, type Database } from '../../src/storage/database.ts';
import { core } from '../../src/storage/migrations/0001-core.ts';
import { beginOperation } from '../../src/operations/model.ts';
import { createPolicyRepository } from '../../src/storage/policy-repository.ts';
import { createProjectRepository } from '../../src/storage/project-repository.ts';
import { createSecretRepository } from '../../src/storage/secret-repository.ts';
import { createServiceAccountRepository } from '../../src/storage/service-account-repository.ts';
import { newDataFolder } from '../data-folders.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';
import { fillEmbedded } from './embedded-template.ts';

const NOW = new Date('2026-01-02T03:04:05.678Z');
const now = () => NOW;

function serviceOn({ db, changes }: Database, mostProjects = 100): ProjectService {
  const projects = createProjectService({ projects: createProjectRepository(db), mostProjects, policiesChanged: () => undefined, now });
  changes.on('project', (id) => projects.forget(id));
  return projects;
}

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('projects on %s', (_name, create) => {
  let place: TestDatabase;
  let database: Database;
  beforeAll(async () => {
    place = await create();
    database = await place.open();
  });
  afterAll(async () => {
    await database.close();
    await place.remove();
  });

  it('are made with an owner, a service account without roles and both services', async () => {
    const projects = serviceOn(database);
    const made = await projects.create({ projectId: 'toko', name: 'Toko', labels: { team: 'kasir' } }, 'user:ani@example.com');
    expect(made).toMatchObject({ projectId: 'toko', projectNumber: expect.stringMatching(/^\d{12}$/), name: 'Toko', labels: { team: 'kasir' }, lifecycleState: 'ACTIVE', createTime: NOW.toISOString() });
    expect(await projects.get('toko')).toEqual(made);
    expect((await createPolicyRepository(database.db).find('projects/toko'))?.bindings).toEqual([{ role: 'roles/owner', members: ['user:ani@example.com'] }]);
    expect(await createServiceAccountRepository(database.db).find('connections@toko.iam.gserviceaccount.com')).toMatchObject({ project: 'toko', uniqueId: expect.stringMatching(/^\d{21}$/), disabled: false });
    for (const name of ['connectors.googleapis.com', 'secretmanager.googleapis.com']) expect((await projects.service('toko', name)).state).toBe('ENABLED');
    await expect(projects.create({ projectId: 'toko' }, undefined)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    await projects.ensure('toko');
    await expect(projects.create({ projectId: 'Toko!', labels: { A: 1 }, name: 7, parent: { type: 'folder', id: '1' } }, undefined)).rejects.toMatchObject({
      code: 'INVALID_ARGUMENT', violations: [{ field: 'projectId' }, { field: 'name' }, { field: 'parent' }, { field: 'labels.A' }],
    });
  });

  it('have services that are disabled and enabled side by side, seen by other processes', async () => {
    const [one, other] = [serviceOn(database), serviceOn(database)];
    await one.create({ projectId: 'layanan' }, undefined);
    await other.get('layanan');
    await Promise.all([one.setServices('layanan', ['connectors.googleapis.com'], false), other.setServices('layanan', ['secretmanager.googleapis.com'], false)]);
    for (const service of ['connectors.googleapis.com', 'secretmanager.googleapis.com']) {
      const refused = async () => { await one.requireService('layanan', service); };
      await expect.poll(() => refused().then(() => 'passed', ({ reason }) => reason)).toBe('SERVICE_DISABLED');
    }
    await one.setServices('layanan', ['connectors.googleapis.com', 'secretmanager.googleapis.com'], true);
    await expect.poll(async () => other.requireService('layanan', 'connectors.googleapis.com')).toBeUndefined();
    expect((await one.get('layanan')).disabledServices).toBeUndefined();
    await expect(one.setServices('layanan', ['connectors.googleapis.com', 'storage.googleapis.com'], false)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect((await other.service('layanan', 'connectors.googleapis.com')).state, 'all or none').toBe('ENABLED');
  });

  it('are deleted only when they are empty, with their accounts and policies', async () => {
    const projects = serviceOn(database);
    await projects.create({ projectId: 'hapus' }, 'user:ani@example.com');
    await createSecretService({ repository: createSecretRepository(database.db, database.kind), seal: createSeal(Buffer.alloc(32)), now }).create('projects/hapus/secrets/s', 'value');
    await expect(projects.remove('hapus')).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'PROJECT_NOT_EMPTY', metadata: { holds: 'projects/hapus/secrets/s' } });
    const repository = createSecretRepository(database.db, database.kind);
    await repository.remove('projects/hapus/secrets/s', (await repository.findSecret('projects/hapus/secrets/s'))?.etag ?? '');
    const policies = createPolicyRepository(database.db);
    const account = (id: string): string => `serviceAccount:connections@${id}.iam.gserviceaccount.com`;
    await policies.bind('projects/demo/secrets/dibagi', [{ role: 'roles/secretmanager.viewer', members: [account('hapus'), account('hapus-lain')] }, { role: 'roles/viewer', members: [account('hapus')] }]);
    const operation = beginOperation('projects/hapus/locations/l', 'delete', 'projects/hapus/locations/l/connections/c', NOW);
    await database.db.insertInto('operations').values({ name: operation.name, parent: 'projects/hapus/locations/l', done: true, create_time: NOW.toISOString(), body: JSON.stringify(operation) }).execute();
    await projects.remove('hapus');
    expect(await database.db.selectFrom('operations').select('name').where('parent', '=', 'projects/hapus/locations/l').execute(), 'one made anew does not tell of the old').toEqual([]);
    expect(await policies.find('projects/demo/secrets/dibagi'), 'nobody inherits what others granted its accounts').toMatchObject({ bindings: [{ role: 'roles/secretmanager.viewer', members: [account('hapus-lain')] }] });
    await expect(projects.get('hapus')).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('POST /v1/projects') });
    expect(await createPolicyRepository(database.db).find('projects/hapus')).toBeUndefined();
    expect(await createServiceAccountRepository(database.db).list('hapus')).toEqual([]);
  });

  it('have no more accounts and no more siblings than the settings say', async () => {
    const projects = serviceOn(database);
    await projects.create({ projectId: 'batas' }, undefined);
    const accounts = createServiceAccountService({ accounts: createServiceAccountRepository(database.db), mostAccounts: 2, changed: () => undefined, now });
    await accounts.create('batas', { accountId: 'kasir', serviceAccount: { displayName: 'Kasir' } });
    await expect(accounts.create('batas', { accountId: 'lagi' })).rejects.toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'LIMIT_REACHED' });
    await expect(serviceOn(database, 1).create({ projectId: 'lebih' }, undefined)).rejects.toMatchObject({ reason: 'LIMIT_REACHED' });
    await expect(accounts.create('tiada', { accountId: 'kasir' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe.each(['PGlite', 'PostgreSQL'] as const)('an older state on %s', (kind) => {
  it('goes on: its projects exist, its connections have their accounts and roles', async () => {
    const folder = newDataFolder();
    const server = kind === 'PostgreSQL' ? await postgresql() : undefined;
    if (server === undefined) await fillEmbedded(folder);
    const dialect = server === undefined
      ? new PGliteDialect({ pglite: await PGlite.create({ dataDir: folder }) })
      : new PostgresDialect({ pool: new pg.Pool({ connectionString: server.url }) });
    const old = new Kysely<unknown>({ dialect });
    const { error } = await new Migrator({ db: old, provider: { getMigrations: async () => ({ '0001-core': core }) } }).migrateToLatest();
    expect(error).toBeUndefined();
    const seal = createSeal(Buffer.alloc(32, 1));
    const at = NOW.toISOString();
    for (const secret of ['projects/demo/secrets/key', 'projects/demo/secrets/unused']) {
      await sql`insert into secrets (name, create_time) values (${secret}, ${at})`.execute(old);
      await sql`insert into secret_versions (secret, number, state, sealed, create_time) values (${secret}, 1, 'ENABLED', ${seal.seal('sk_test_old', `${secret}/versions/1`)}, ${at})`.execute(old);
    }
    await sql`insert into service_accounts (email, project, display_name, create_time) values ('connections@demo.iam.gserviceaccount.com', 'demo', 'Lama', ${at})`.execute(old);
    for (const [name, serviceAccount] of [['projects/demo/locations/l/connections/a', 'connections@demo.iam.gserviceaccount.com'], ['projects/demo/locations/l/connections/b', 'own@demo.iam.gserviceaccount.com'], ['projects/other/locations/l/connections/c', 'connections@other.iam.gserviceaccount.com']] as const) {
      const body = JSON.stringify({ name, serviceAccount, authConfig: { additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/key/versions/latest' } }] } });
      await sql`insert into connections (name, parent, etag, body) values (${name}, ${name.split('/').slice(0, 4).join('/')}, 'e', ${body})`.execute(old);
    }
    await old.destroy();

    const database = server === undefined ? await openEmbedded(folder) : await openPostgres(server.url);
    try {
      expect((await serviceOn(database).list()).map(({ projectId }) => projectId)).toEqual(['demo', 'other']);
      const accounts = createServiceAccountRepository(database.db);
      expect((await accounts.list('demo')).map(({ email, uniqueId }) => [email, uniqueId.length])).toEqual([['connections@demo.iam.gserviceaccount.com', 21], ['own@demo.iam.gserviceaccount.com', 21]]);
      expect((await accounts.list('other')).map(({ email }) => email)).toEqual(['connections@other.iam.gserviceaccount.com']);
      const members = ['connections@demo.iam.gserviceaccount.com', 'connections@other.iam.gserviceaccount.com', 'own@demo.iam.gserviceaccount.com'].map((email) => `serviceAccount:${email}`);
      expect(await createPolicyRepository(database.db).find('projects/demo/secrets/key')).toMatchObject({
        bindings: [{ role: 'roles/secretmanager.secretAccessor', members }, { role: 'roles/secretmanager.viewer', members }],
      });
      expect(await createPolicyRepository(database.db).find('projects/demo/secrets/unused')).toBeUndefined();
      const repository = createSecretRepository(database.db, database.kind);
      expect(await repository.findSecret('projects/demo/secrets/key')).toMatchObject({ replication: { automatic: {} }, createTime: at });
      expect((await repository.list('demo')).length).toBe(2);
      expect(await createSecretService({ repository, seal, now }).resolve('projects/demo/secrets/key/versions/latest')).toBe('sk_test_old');
    } finally {
      await database.close();
      await server?.remove();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
