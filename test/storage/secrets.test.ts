// Secrets in both databases: versions that are numbered once, states, and values that are gone from the disk once destroyed.
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newProject } from '../../src/iam/projects.ts';
import { createSecretAdministration, type SecretAdministration } from '../../src/secrets/administration.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { createSecretService, type SecretService } from '../../src/secrets/service.ts';
import { openEmbedded, type Database } from '../../src/storage/database.ts';
import { createProjectRepository } from '../../src/storage/project-repository.ts';
import { createSecretRepository } from '../../src/storage/secret-repository.ts';
import { newDataFolder } from '../data-folders.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';
import { fillEmbedded } from './embedded-template.ts';

const NOW = new Date('2026-01-02T03:04:05.678Z');
const seal = createSeal(Buffer.alloc(32, 7));
const AUTOMATIC = { replication: { automatic: {} } };
const payload = (value: string | Uint8Array) => ({ payload: { data: Buffer.from(value).toString('base64') } });

interface Parts {
  readonly database: Database;
  readonly secrets: SecretService;
  readonly administration: SecretAdministration;
  readonly faults: unknown[];
}

async function open(database: Database, refusePurge = false): Promise<Parts> {
  const stored = createSecretRepository(database.db, database.kind);
  const repository = refusePurge ? { ...stored, purge: async () => { throw new Error('killed'); } } : stored;
  const secrets = createSecretService({ repository, seal, now: () => NOW });
  database.changes.on('secret', (name) => secrets.forget(name));
  const faults: unknown[] = [];
  const administration = createSecretAdministration({
    repository, seal, now: () => NOW, providers: { of: () => undefined, close: async () => undefined }, forget: (name) => secrets.forget(name), limits: { secrets: 5, versions: 4 }, purgeFailed: (error) => faults.push(error),
  });
  return { database, secrets, administration, faults };
}

async function makeProject({ db }: Database): Promise<void> {
  await createProjectRepository(db).insert(newProject('p', 'p', undefined, NOW), { email: 'connections@p.iam.gserviceaccount.com', uniqueId: '1' }, undefined);
}

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('secrets on %s', (kind, create) => {
  let place: TestDatabase;
  let one: Parts;
  beforeAll(async () => {
    place = await create();
    one = await open(await place.open());
    await makeProject(one.database);
  });
  afterAll(async () => {
    await one.database.close();
    await place.remove();
  });

  it('number versions side by side without a gap, up to the limit', async () => {
    const { name } = await one.administration.create('p', 'many', AUTOMATIC);
    const made = await Promise.allSettled(Array.from({ length: 6 }, (_, index) => one.administration.addVersion(name, payload(`v${index}`))));
    const numbers = made.flatMap((result) => (result.status === 'fulfilled' ? [result.value.number] : []));
    expect(numbers.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4]);
    expect(made.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []))).toEqual([
      expect.objectContaining({ code: 'RESOURCE_EXHAUSTED', reason: 'LIMIT_REACHED' }), expect.objectContaining({ code: 'RESOURCE_EXHAUSTED' }),
    ]);
    expect((await one.administration.listVersions(name)).map(({ number }) => number)).toEqual([4, 3, 2, 1]);
  });

  it('are refused in a project that does not exist, telling how to create it', async () => {
    await expect(one.administration.create('nowhere', 's', AUTOMATIC)).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('POST /v1/projects') });
  });

  it('give values only while they are enabled, in this process and in others', async () => {
    const { name } = await one.administration.create('p', 'states', AUTOMATIC);
    const version = (await one.administration.addVersion(name, payload('sk_test_state'))).name;
    // Only PostgreSQL is shared by processes, each with a listener of its own.
    const other = await open(kind === 'PostgreSQL' ? await place.open() : one.database);
    for (const { secrets } of [one, other]) expect(await secrets.resolve(`${name}/versions/latest`)).toBe('sk_test_state');
    await one.administration.setState(version, 'DISABLED', undefined);
    await expect(one.secrets.resolve(`${name}/versions/latest`)).rejects.toMatchObject({ reason: 'SECRET_UNAVAILABLE' });
    await expect.poll(() => other.secrets.resolve(`${name}/versions/latest`).catch(() => 'refused')).toBe('refused');
    if (other.database !== one.database) await other.database.close();
    const { etag } = await one.administration.setState(version, 'ENABLED', undefined);
    expect(await one.secrets.resolve(version)).toBe('sk_test_state');
    await expect(one.administration.setState(version, 'DESTROYED', 'another')).rejects.toMatchObject({ code: 'ABORTED' });
    await one.administration.setState(version, 'DESTROYED', etag);
    expect(await one.administration.getVersion(version)).toMatchObject({ state: 'DESTROYED', destroyTime: NOW.toISOString() });
    expect((await createSecretRepository(one.database.db, one.database.kind).find(name, 1))?.sealed).toHaveLength(0);
    await expect(one.administration.setState(version, 'ENABLED', undefined)).rejects.toMatchObject({ code: 'FAILED_PRECONDITION' });
    await expect(one.secrets.resolve(version)).rejects.toMatchObject({ reason: 'SECRET_UNAVAILABLE' });
    expect((await one.administration.addVersion(name, payload('next'))).number, 'numbers are not used again').toBe(2);
    expect(one.faults).toEqual([]);
  });

  it('keep every byte of a value, text or not', async () => {
    const { name } = await one.administration.create('p', 'bytes', AUTOMATIC);
    const value = randomBytes(64 * 1024);
    const added = await one.administration.addVersion(name, payload(value));
    expect(Buffer.from((await one.administration.access(added.name)).data).equals(value)).toBe(true);
    await expect(one.administration.addVersion(name, payload(randomBytes(64 * 1024 + 1)))).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  });

  // A folder of PGlite belongs to one process: nobody else reads it.
  if (kind === 'PostgreSQL') it('are destroyed while somebody reads them at length, and purged after', async () => {
    const { name } = await one.administration.create('p', 'read', AUTOMATIC);
    const version = await one.administration.addVersion(name, payload('read'));
    const reader = await place.open();
    const [began, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const reading = reader.db.transaction().execute(async (trx) => {
      await trx.selectFrom('secret_versions').select('number').execute();
      began.resolve();
      await ended.promise;
    });
    await began.promise;
    expect(await one.administration.setState(version.name, 'DESTROYED', undefined)).toMatchObject({ state: 'DESTROYED' });
    expect(one.faults.splice(0)).toEqual([expect.objectContaining({ message: expect.stringContaining('lock timeout') })]);
    ended.resolve();
    await reading;
    await reader.close();
    await one.administration.resume();
    expect(one.faults).toEqual([]);
    expect(await createSecretRepository(one.database.db, one.database.kind).purgePending()).toBe(false);
  });

  it('keep nothing destroyed in the table', async () => {
    const { name } = await one.administration.create('p', 'table', AUTOMATIC);
    const kept = await one.administration.addVersion(name, payload('kept'));
    const gone = await one.administration.addVersion(name, payload('gone'));
    await one.administration.setState(gone.name, 'DESTROYED', undefined);
    expect(await one.secrets.resolve(kept.name)).toBe('kept');
    const { rows } = await sql<{ readonly dead: number | string }>`select count(*) as dead from secret_versions where state = 'DESTROYED' and length(sealed) > 0`.execute(one.database.db);
    expect(Number(rows[0]?.dead)).toBe(0);
    expect(await createSecretRepository(one.database.db, one.database.kind).purgePending()).toBe(false);
  });
});

describe('destroyed values in the folder of PGlite', () => {
  let folder: string;
  beforeAll(async () => {
    folder = newDataFolder();
    await fillEmbedded(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** Which files hold some bytes. */
  function holding(bytes: Buffer): readonly string[] {
    return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name)).filter((file) => readFileSync(file).includes(bytes));
  }

  async function sealedOf({ db }: Database, name: string): Promise<Buffer> {
    const found = await createSecretRepository(db, 'embedded').find(name, 'latest');
    // What follows the nonce and the tag: enough to find it by, and no part of another value.
    return Buffer.from(found?.sealed ?? []).subarray(0, 60);
  }

  it.each([['a short one', 'sk_test_short_but_long_enough_to_be_found_0123456789'], ['one that is kept out of line', randomBytes(40_000).toString('latin1')]])('are nowhere, while the server runs: %s', async (id, value) => {
    let parts = await open(await openEmbedded(folder));
    if (id === 'a short one') await makeProject(parts.database);
    const { name } = await parts.administration.create('p', id.replaceAll(' ', '-'), AUTOMATIC);
    const beside = await parts.administration.addVersion(name, payload('stays'));
    // Written, rewritten, checkpointed and found again by another start: traces in tables and log.
    const version = await parts.administration.addVersion(name, payload(value));
    const sealed = await sealedOf(parts.database, name);
    await parts.administration.setState(version.name, 'DISABLED', undefined);
    await sql`checkpoint`.execute(parts.database.db);
    await parts.administration.setState(version.name, 'ENABLED', undefined);
    await parts.database.close();
    expect(holding(sealed).length, 'the test can find it').toBeGreaterThan(1);
    parts = await open(await openEmbedded(folder));
    await parts.administration.setState(version.name, 'DESTROYED', undefined);
    expect(parts.faults).toEqual([]);
    expect(holding(sealed)).toEqual([]);
    expect(await parts.secrets.resolve(beside.name)).toBe('stays');
    await parts.database.close();
    expect(holding(sealed), 'after the stop').toEqual([]);
  });

  it('are gone with their secret, and after a death between the two steps', async () => {
    const dying = await open(await openEmbedded(folder), true);
    const { name } = await dying.administration.create('p', 'dying', AUTOMATIC);
    await dying.administration.addVersion(name, payload('sk_test_of_a_secret_that_is_deleted_0123456789'));
    const sealed = await sealedOf(dying.database, name);
    await dying.administration.remove(name, undefined);
    expect(dying.faults).toHaveLength(1);
    expect(holding(sealed).length).toBeGreaterThan(0);
    await dying.database.close();
    const next = await open(await openEmbedded(folder));
    await next.administration.resume();
    expect(next.faults).toEqual([]);
    expect(holding(sealed)).toEqual([]);
    await next.database.close();
  });
});
