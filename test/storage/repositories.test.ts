// One suite for every repository, on both databases: what the ports promise, kept by PGlite and by PostgreSQL alike.
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STATES_KEPT } from '../../src/connections/history.ts';
import type { Connection } from '../../src/connections/model.ts';
import { newProject } from '../../src/iam/projects.ts';
import { beginOperation, succeedOperation, type Operation } from '../../src/operations/model.ts';
import { createSeal } from '../../src/secrets/seal.ts';
import { createSecretService } from '../../src/secrets/service.ts';
import { createConnectionRepository } from '../../src/storage/connection-repository.ts';
import type { Database } from '../../src/storage/database.ts';
import { createFactRepository } from '../../src/storage/fact-repository.ts';
import { createOperationRepository } from '../../src/storage/operation-repository.ts';
import { openQueue, type DatabaseQueue } from '../../src/storage/queue.ts';
import { createProjectRepository } from '../../src/storage/project-repository.ts';
import { createSecretRepository } from '../../src/storage/secret-repository.ts';
import { createServiceAccountRepository } from '../../src/storage/service-account-repository.ts';
import { createStateRepository } from '../../src/storage/state-repository.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';

const LOCATION = 'projects/p/locations/us-central1';
const NOW = new Date('2026-01-02T03:04:05.678Z');

function connection(id: string): Connection {
  return {
    name: `${LOCATION}/connections/${id}`, createTime: NOW.toISOString(), updateTime: NOW.toISOString(), status: { state: 'ACTIVE' }, connectionRevision: '1', etag: randomUUID(),
    connectorVersion: 'projects/p/locations/global/providers/stripe/connectors/stripe/versions/1', serviceAccount: 'a@p.iam.gserviceaccount.com',
    nodeConfig: { minNodeCount: 2, maxNodeCount: 50 }, labels: { team: 'pembayaran' }, configVariables: [{ key: 'verbosity', stringValue: '1' }],
  };
}

function required<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the set-up failed');
  return value;
}

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('storage on %s', (_name, create) => {
  let place: TestDatabase | undefined;
  let database: Database | undefined;
  let queue: DatabaseQueue | undefined;
  const db = (): Database['db'] => {
    if (database === undefined) throw new Error('the database is not open');
    return database.db;
  };
  beforeAll(async () => {
    place = await create();
    database = await place.open();
    queue = await openQueue(database, () => undefined);
    await createProjectRepository(db()).insert(newProject('p', 'p', undefined, NOW), { email: 'connections@p.iam.gserviceaccount.com', uniqueId: '1' }, undefined);
  });
  afterAll(async () => {
    await queue?.stop();
    await database?.close();
    await place?.remove();
  });

  it('keeps connections with their operations', async () => {
    const connections = createConnectionRepository(db(), required(queue).jobs);
    const operations = createOperationRepository(db());
    const one = connection('one');
    const begun = beginOperation(LOCATION, 'create', one.name, NOW);
    await connections.insert(one, begun);
    expect(await connections.find(one.name)).toEqual(one);
    expect(await operations.pending()).toEqual([begun]);
    const changed = { ...one, description: 'diubah', etag: randomUUID() };
    const ended = succeedOperation(begun, { '@type': 'test', ok: true }, NOW);
    await connections.replace(changed, one.etag, ended);
    expect(await connections.find(one.name)).toEqual(changed);
    expect(await operations.find(begun.name)).toEqual(ended);
    expect(await operations.pending()).toEqual([]);
    await connections.remove(one.name, changed.etag, ended);
    expect(await connections.find(one.name)).toBeUndefined();
  });

  it('refuses a taken name, and leaves no operation behind', async () => {
    const connections = createConnectionRepository(db(), required(queue).jobs);
    const two = connection('two');
    await connections.insert(two, beginOperation(LOCATION, 'create', two.name, NOW));
    const second = beginOperation(LOCATION, 'create', two.name, NOW);
    await expect(connections.insert(two, second)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await createOperationRepository(db()).find(second.name)).toBeUndefined();
  });

  it('refuses a change of what has changed', async () => {
    const connections = createConnectionRepository(db(), required(queue).jobs);
    const three = connection('three');
    const operation = beginOperation(LOCATION, 'update', three.name, NOW);
    await connections.insert(three, operation);
    await expect(connections.replace(three, 'another', operation)).rejects.toMatchObject({ code: 'ABORTED', reason: 'ETAG_MISMATCH' });
    await expect(connections.remove(three.name, 'another', operation)).rejects.toMatchObject({ code: 'ABORTED' });
  });

  it('lists the connections of a location, or of every location of a project', async () => {
    const connections = createConnectionRepository(db(), required(queue).jobs);
    const names = async (parent: string): Promise<readonly string[]> => (await connections.list(parent)).map(({ name }) => name).toSorted();
    const made: string[] = [];
    for (const location of ['asia-southeast2', 'asia-southeast1']) {
      for (const id of ['c', 'a']) {
        const one = { ...connection(id), name: `projects/p/locations/${location}/connections/${id}` };
        await connections.insert(one, beginOperation(`projects/p/locations/${location}`, 'create', one.name, NOW));
        made.push(one.name);
      }
    }
    expect(await names('projects/p/locations/asia-southeast2')).toEqual(made.slice(0, 2).toSorted());
    expect(await names('projects/p/locations/-')).toEqual(expect.arrayContaining(made));
    for (const parent of ['projects/p2/locations/-', 'projects/%/locations/-', 'projects/p/locations/asia-southeast']) expect(await names(parent), parent).toEqual([]);
  });

  it('keeps a location to its number of connections, however many come at once, and needs a project', async () => {
    const connections = createConnectionRepository(db(), required(queue).jobs);
    const parent = 'projects/p/locations/asia-south1';
    const tries = Array.from({ length: 8 }, async (_none, index) => {
      const one = { ...connection('x'), name: `${parent}/connections/c${index}` };
      await connections.insert(one, beginOperation(parent, 'create', one.name, NOW), 3);
    });
    const refused = (await Promise.allSettled(tries)).filter((result) => result.status === 'rejected').map(({ reason }) => String(Reflect.get(Object(reason), 'code')));
    expect(refused).toEqual(Array.from({ length: 5 }, () => 'RESOURCE_EXHAUSTED'));
    expect(await connections.list(parent)).toHaveLength(3);
    const stray = { ...connection('x'), name: 'projects/nowhere/locations/asia-south1/connections/x' };
    await expect(connections.insert(stray, beginOperation(parent, 'create', stray.name, NOW))).rejects.toMatchObject({ code: 'NOT_FOUND', message: expect.stringContaining('POST /v1/projects') });
  });

  it('lists operations newest first, notes that one is not wanted, and forgets those that have ended', async () => {
    const operations = createOperationRepository(db());
    const connections = createConnectionRepository(db(), required(queue).jobs);
    const parent = 'projects/p/locations/europe-west1';
    const told: unknown[] = [];
    required(database).changes.on('operation', (name) => told.push(name));
    const begun: Operation[] = [];
    for (let index = 0; index < 5; index += 1) {
      const one = { ...connection('x'), name: `${parent}/connections/c${index}` };
      const operation = beginOperation(parent, 'create', one.name, new Date(NOW.getTime() + Math.floor(index / 2) * 1_000));
      await connections.insert(one, operation);
      begun.push(operation);
    }
    const newest = begun.toSorted((a, b) => (`${a.metadata.createTime} ${a.name}` < `${b.metadata.createTime} ${b.name}` ? 1 : -1));
    const first = await operations.list(parent, { size: 2 });
    const last = required(first.at(-1));
    const rest = await operations.list(parent, { size: 9, after: { createTime: last.metadata.createTime, name: last.name } });
    expect([...first, ...rest]).toEqual(newest);
    expect((await operations.list('projects/p/locations/-', { size: 100 })).length).toBeGreaterThan(5);
    const { name } = required(begun[0]);
    expect([await operations.requestCancellation(name), await operations.remove(name)]).toEqual([true, false]);
    expect((await operations.find(name))?.metadata.requestedCancellation).toBe(true);
    await expect.poll(() => told).toContain(name);
    await operations.finish(succeedOperation(required(begun[0]), { '@type': 'test' }, NOW));
    expect([await operations.requestCancellation(name), await operations.remove(name), await operations.remove(name)]).toEqual([false, true, false]);
  });

  it('tells every change of a connection, and forgets its policy with it', async () => {
    const connections = createConnectionRepository(db(), required(queue).jobs);
    const told: unknown[] = [];
    required(database).changes.on('connection', (name) => told.push(name));
    const one = connection('told');
    const operation = beginOperation(LOCATION, 'create', one.name, NOW);
    await connections.insert(one, operation);
    await expect.poll(() => told).toEqual([one.name]);
    const next = { ...one, etag: randomUUID() };
    await connections.replace(next, one.etag, operation);
    await connections.remove(one.name, next.etag, operation);
    await expect.poll(() => told).toEqual([one.name, one.name, one.name]);
  });

  it('keeps the last states of a connection, and none of one that is gone', async () => {
    const connections = createConnectionRepository(db(), required(queue).jobs, () => NOW);
    const states = createStateRepository(db());
    let one: Connection = { ...connection('stately'), status: { state: 'CREATING' } };
    const operation = beginOperation(LOCATION, 'create', one.name, NOW);
    await connections.insert(one, operation);
    for (let revision = 1; revision <= STATES_KEPT; revision += 1) {
      const next: Connection = { ...one, etag: randomUUID(), connectionRevision: String(revision), status: { state: 'ERROR', status: 'SECRET_UNAVAILABLE', description: 'no secret' } };
      await connections.replace(next, one.etag, operation);
      one = next;
    }
    const kept = await states.list(one.name);
    expect(kept).toHaveLength(STATES_KEPT);
    expect(kept[0]).toEqual({ time: NOW.toISOString(), state: 'ERROR', status: 'SECRET_UNAVAILABLE', description: 'no secret', connectionRevision: String(STATES_KEPT), operation: operation.name });
    expect(kept.at(-1)).toMatchObject({ state: 'ERROR', connectionRevision: '1' });
    await connections.remove(one.name, one.etag, operation);
    expect(await states.list(one.name)).toEqual([]);
  });

  it('keeps secret values sealed and gives the newest', async () => {
    const seal = createSeal(Buffer.alloc(32, 7));
    const secrets = createSecretService({ repository: createSecretRepository(db(), 'embedded'), seal, now: () => NOW });
    const name = 'projects/p/secrets/key';
    const first = await secrets.create(name, 'sk_test_first');
    await expect(secrets.create(name, 'again')).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    expect(await secrets.resolve(`${name}/versions/latest`)).toBe('sk_test_first');
    await secrets.addVersion(name, 'sk_test_second');
    expect(await secrets.resolve(`${name}/versions/latest`)).toBe('sk_test_second');
    expect(await secrets.resolve(first)).toBe('sk_test_first');
    const stored = await createSecretRepository(db(), 'embedded').find(name, 1);
    expect(await createSecretRepository(db(), 'embedded').find(name, 9_999_999_999), 'a number that no column holds').toBeUndefined();
    expect(Buffer.from(stored?.sealed ?? []).toString('latin1')).not.toContain('sk_test');
    const stranger = createSecretService({ repository: createSecretRepository(db(), 'embedded'), seal: createSeal(Buffer.alloc(32, 8)), now: () => NOW });
    await expect(stranger.resolve(first)).rejects.toMatchObject({ code: 'DATA_LOSS' });
    for (const missing of [`${name}/versions/3`, 'projects/p/secrets/none/versions/1', 'nonsense']) {
      await expect(secrets.resolve(missing)).rejects.toMatchObject({ code: 'FAILED_PRECONDITION', reason: 'SECRET_UNAVAILABLE' });
    }
    await expect(secrets.addVersion('projects/p/secrets/none', 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('keeps service accounts and facts', async () => {
    const accounts = createServiceAccountRepository(db());
    const account = { email: 'a@p.iam.gserviceaccount.com', project: 'p', uniqueId: '1234567890', displayName: 'A', description: '', disabled: false, createTime: NOW.toISOString() };
    await accounts.insert(account);
    expect(await accounts.find(account.email)).toEqual(account);
    await expect(accounts.insert(account)).rejects.toMatchObject({ code: 'ALREADY_EXISTS' });
    // Both began with the account as it was.
    expect(await accounts.update(account, { disabled: true })).toEqual({ ...account, disabled: true });
    expect(await accounts.update(account, { displayName: 'B' }), 'stays disabled').toEqual({ ...account, displayName: 'B', disabled: true });
    expect(await accounts.find(account.email)).toEqual({ ...account, displayName: 'B', disabled: true });
    await expect(accounts.update({ ...account, email: 'gone@p.iam.gserviceaccount.com' }, { disabled: true })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const facts = createFactRepository(db());
    expect(await facts.get('demo')).toBeUndefined();
    await facts.set('demo', '1');
    await facts.set('demo', '2');
    expect(await facts.get('demo')).toBe('2');
  });

  it('finds its state again, and refuses a database that is newer than itself', async () => {
    const four = connection('four');
    await createConnectionRepository(db(), required(queue).jobs).insert(four, beginOperation(LOCATION, 'create', four.name, NOW));
    await queue?.stop();
    await database?.close();
    database = await required(place).open();
    queue = await openQueue(database, () => undefined);
    expect(await createConnectionRepository(db(), required(queue).jobs).find(four.name)).toEqual(four);
    await sql`insert into kysely_migration (name, timestamp) values ('9999-future', '2099-01-01T00:00:00.000Z')`.execute(db());
    await expect(required(place).open().then((again) => again.close())).rejects.toThrow(/newer Konektor/);
    await sql`delete from kysely_migration where name = '9999-future'`.execute(db());
  });
});
