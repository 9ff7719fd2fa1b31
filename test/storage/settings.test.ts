// Settings and refreshes of schemas on both databases: kept with their operations, changed in turn, gone with what they belong to.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Connection } from '../../src/connections/model.ts';
import { schemaOperation } from '../../src/connections/schema-refreshes.ts';
import { beginOperation, succeedOperation, type Operation } from '../../src/operations/model.ts';
import type { Database } from '../../src/storage/database.ts';
import { createSchemaRefreshRepository, createSettingsRepository } from '../../src/storage/settings-repository.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';

const LOCATION = 'projects/toko/locations/us-central1';
const CONNECTION = `${LOCATION}/connections/c`;
const NOW = new Date('2026-01-02T03:04:05.678Z');
const done = (): Operation => succeedOperation(beginOperation(LOCATION, 'update', CONNECTION, NOW), { '@type': 'x' }, NOW);
/** What has ended is never put on the queue. */
const jobs = { send: (): Promise<never> => Promise.reject(new Error('nothing here is to be done')) };

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('settings on %s', (_name, create) => {
  let place: TestDatabase | undefined;
  let database: Database | undefined;
  const db = (): Database['db'] => {
    if (database === undefined) throw new Error('the database is not open');
    return database.db;
  };
  const stored = async (name: string): Promise<Operation | undefined> => (await db().selectFrom('operations').select('body').where('name', '=', name).executeTakeFirst())?.body;
  beforeAll(async () => {
    place = await create();
    database = await place.open();
    await db().insertInto('projects').values({ id: 'toko', number: '100000000001', etag: 'e', body: '{}' }).execute();
    const connection: Pick<Connection, 'name'> = { name: CONNECTION };
    await db().insertInto('connections').values({ name: CONNECTION, parent: LOCATION, etag: randomUUID(), body: JSON.stringify(connection) }).execute();
  });
  afterAll(async () => {
    await database?.close();
    await place?.remove();
  });

  it('are kept with the operation, and go with their project', async () => {
    const settings = createSettingsRepository(db(), jobs);
    const name = `${LOCATION}/regionalSettings`;
    const operation = done();
    expect(await settings.find(name)).toBeUndefined();
    await settings.change(name, 'toko', (before) => ({ values: { ...before, client: 'a' }, operation }));
    await settings.change(name, 'toko', (before) => ({ values: { ...before, vpcsc: true }, operation: done() }));
    expect(await settings.find(name)).toEqual({ client: 'a', vpcsc: true });
    expect(await stored(operation.name)).toEqual(operation);
    await expect(settings.change('projects/none/locations/global/settings', 'none', (values) => ({ values, operation: done() }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await db().insertInto('projects').values({ id: 'gone', number: '100000000002', etag: 'e', body: '{}' }).execute();
    await settings.change('projects/gone/locations/global/settings', 'gone', () => ({ values: { vpcsc: true }, operation: done() }));
    await db().deleteFrom('projects').where('id', '=', 'gone').execute();
    expect(await settings.find('projects/gone/locations/global/settings')).toBeUndefined();
  });

  it('lose no change where two come at once', async () => {
    const settings = createSettingsRepository(db(), jobs);
    const name = `${LOCATION}/many`;
    await Promise.all(Array.from({ length: 20 }, (_, index) => settings.change(name, 'toko', (before) => ({ values: { ...before, [`v${index}`]: true }, operation: done() }))));
    expect(Object.keys((await settings.find(name)) ?? {})).toHaveLength(20);
  });

  it('leave nothing behind where the change fails', async () => {
    const settings = createSettingsRepository(db(), jobs);
    await expect(settings.change(`${LOCATION}/never`, 'toko', () => {
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(await settings.find(`${LOCATION}/never`)).toBeUndefined();
  });

  it('keep when schemas were read anew, and tell every process', async () => {
    const refreshes = createSchemaRefreshRepository(db(), jobs);
    const told: unknown[] = [];
    database?.changes.on('connection', (key) => told.push(key));
    expect(await refreshes.refreshedAt(CONNECTION)).toBeUndefined();
    const operation = done();
    await refreshes.refresh(CONNECTION, '2026-01-02T00:00:00.000Z', operation);
    await refreshes.refresh(CONNECTION, '2026-01-03T00:00:00.000Z', done());
    expect(await refreshes.refreshedAt(CONNECTION)).toBe('2026-01-03T00:00:00.000Z');
    expect(await stored(operation.name)).toEqual(operation);
    await expect.poll(() => told).toEqual([CONNECTION, CONNECTION]);
    await expect(refreshes.refresh(`${LOCATION}/connections/none`, 'x', done())).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await db().deleteFrom('connections').where('name', '=', CONNECTION).execute();
    expect(await refreshes.refreshedAt(CONNECTION)).toBeUndefined();
  });

  it('keep the operation of a schema once', async () => {
    const refreshes = createSchemaRefreshRepository(db(), jobs);
    const connection = { name: CONNECTION, createTime: NOW.toISOString() };
    const first = schemaOperation(connection, { '@type': 'test', entity: 'Customer' }, NOW);
    expect(await refreshes.keep(first)).toEqual(first);
    const second = schemaOperation(connection, { '@type': 'test', entity: 'Customer' }, new Date('2027-01-01T00:00:00.000Z'));
    expect(await refreshes.keep(second)).toEqual(first);
    expect(schemaOperation(connection, { '@type': 'test', entity: 'Price' }, NOW).name).not.toBe(first.name);
    expect(first.name).toMatch(/\/operations\/operation-\d{13}-[0-9a-f]{13}-[0-9a-f]{8}-[0-9a-f]{8}$/);
  });
});
