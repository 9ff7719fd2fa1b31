// Servers that are started at once on an empty database, as an orchestrator starts them: all migrate, all make the demo, none fails.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { postgresql, type TestPostgres } from '../storage/databases.ts';
import { DEMO, emptyFolder, removeFolder, startServer, type RunningServer } from './running-server.ts';

const SERVERS = 3;

let database: TestPostgres;
let servers: readonly RunningServer[] = [];
const folders = Array.from({ length: SERVERS }, () => emptyFolder());
beforeAll(async () => {
  database = await postgresql();
});
afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop()));
  await database.remove();
  for (const folder of folders) removeFolder(folder);
});

it('all come up, with one demo between them', { timeout: 400_000 }, async () => {
  const settings = { DATABASE_URL: database.url, KONEKTOR_MASTER_KEY: 'c0ffee'.padEnd(64, '0'), KONEKTOR_PROJECTS: 'toko,gudang' };
  const started = await Promise.allSettled(folders.map((folder) => startServer(folder, settings)));
  servers = started.filter((one) => one.status === 'fulfilled').map(({ value }) => value);
  expect(started.filter((one) => one.status === 'rejected').map(({ reason }) => String(reason))).toEqual([]);
  for (const server of servers) {
    expect((await server.call('GET', '/v1/projects/demo/secrets/stripe-api-key/versions')).body['versions']).toHaveLength(1);
    await expect.poll(async () => (await server.call('GET', `/v1/${DEMO}`)).body).toMatchObject({ status: { state: 'ACTIVE' }, connectionRevision: '1' });
    expect((await server.call('GET', '/v1/projects')).body['projects']).toHaveLength(3);
  }
});

it('but one with another master key, whose secrets the others could not open', async () => {
  const folder = emptyFolder();
  folders.push(folder);
  await expect(startServer(folder, { DATABASE_URL: database.url, KONEKTOR_MASTER_KEY: 'dec0de'.padEnd(64, '0') })).rejects.toThrow(/sealed with another master key: its fingerprint is [0-9a-f]{16}, that of the key here [0-9a-f]{16}.*KONEKTOR_MASTER_KEY/);
});
