// Backups of real servers: taken while they run, killed in the middle, loaded into a new folder or another database, and
// gone on with.
import { once } from 'node:events';
import { cpSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { postgresql } from '../storage/databases.ts';
import { konektor, spawnCommand, type Variables } from './running-command.ts';
import { DEMO, emptyFolder, newFolder, removeFolder, startServer as start, TOKEN, type RunningServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const SECRET = 'projects/demo/secrets/stripe-api-key';
const BODY = {
  connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', serviceAccount: 'connections@demo.iam.gserviceaccount.com',
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `${SECRET}/versions/latest` } }] },
  destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
};

/** Connections show the address they are reached by. */
const startServer = (folder: string, more: Variables = {}): Promise<RunningServer> => start(folder, { KONEKTOR_PUBLIC_HOST: 'konektor.example.com', ...more });

let folders: string[];
beforeEach(() => { folders = []; });
afterEach(() => { for (const folder of folders) removeFolder(folder); });

function kept(folder: string): string {
  folders.push(folder);
  return folder;
}
const at = (folder: string, more: Variables = {}): Variables => ({ KONEKTOR_DATA_DIR: folder, KONEKTOR_ADMIN_TOKEN: TOKEN, ...more });

/** A folder that has the master key and nothing else. */
function folderWithKeyOf(other: string): string {
  const folder = kept(emptyFolder());
  cpSync(join(other, 'master.key'), join(folder, 'master.key'));
  return folder;
}

async function stateOf(server: RunningServer): Promise<object> {
  const paths = [`/v1/${LOCATION}/connections?pageSize=1000`, `/v1/projects/demo/secrets`, `/v1/${SECRET}/versions`, '/v1/tokens', '/v1/projects', `/v1/${SECRET}:getIamPolicy`, `/v1/${LOCATION}/operations?pageSize=1000`];
  return Promise.all(paths.map(async (path) => (await server.call('GET', path)).body));
}

async function create(server: RunningServer, id: string): Promise<void> {
  const begun = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=${id}`, BODY);
  expect(begun.status).toBe(200);
  await expect.poll(async () => (await server.call('GET', `/v1/${begun.body.name}`)).body['done']).toBe(true);
}

it('is taken from a running server, proved, and brings everything back elsewhere, in PostgreSQL and in a folder', { timeout: 400_000 }, async () => {
  const folder = kept(newFolder());
  const file = join(kept(emptyFolder()), 'konektor.backup.gz');
  const server = await startServer(folder);
  await create(server, 'saved');
  expect((await konektor(['tokens', 'create', '--member', 'user:ani@example.com'], at(folder))).exitCode).toBe(0);
  const before = await stateOf(server);
  const taken = await konektor(['backup', file], at(folder));
  expect(taken).toMatchObject({ exitCode: 0, err: '' });
  expect(taken.out).toContain('THE MASTER KEY IS NOT IN THIS FILE');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  const text = gunzipSync(readFileSync(file)).toString();
  for (const secret of ['sk_test_konektorSandbox', TOKEN, readFileSync(join(folder, 'master.key'), 'utf8').trim()]) expect(text.includes(secret)).toBe(false);
  const running = await konektor(['restore', file, '--force'], at(folder));
  expect(running).toMatchObject({ exitCode: 3 });
  expect(running.err).toContain('in use');
  await create(server, 'later');
  await server.stop();

  const stranger = await konektor(['restore', file], at(kept(emptyFolder())));
  expect(stranger.exitCode).toBe(3);
  expect(stranger.err).toContain('master.key');
  const otherKey = await konektor(['restore', file], at(kept(emptyFolder()), { KONEKTOR_MASTER_KEY: '0'.repeat(64) }));
  expect(otherKey.exitCode).toBe(3);
  expect(otherKey.err).toContain('another master key');

  const database = await postgresql();
  try {
    const second = folderWithKeyOf(folder);
    const place = at(second, { DATABASE_URL: database.url });
    expect(await konektor(['restore', file], place)).toMatchObject({ exitCode: 0, err: '' });
    const onPostgres = await startServer(second, { DATABASE_URL: database.url });
    expect(await stateOf(onPostgres)).toEqual(before);
    expect((await onPostgres.call('GET', `/v2/${LOCATION}/connections/saved/entityTypes/Customer/entities?pageSize=1`)).status, 'its secret is opened').toBe(200);
    const underServer = await konektor(['restore', file, '--force'], place);
    expect(underServer).toMatchObject({ exitCode: 3 });
    expect(underServer.err).toContain('server is running');
    const back = join(kept(emptyFolder()), 'back.gz');
    expect(await konektor(['backup', back], place), 'PostgreSQL is read beside its server').toMatchObject({ exitCode: 0 });
    await onPostgres.stop();

    const third = folderWithKeyOf(folder);
    expect(await konektor(['restore', back], at(third))).toMatchObject({ exitCode: 0 });
    const again = await startServer(third);
    expect(await stateOf(again)).toEqual(before);
    await again.stop();
  } finally {
    await database.remove();
  }
  expect(await konektor(['restore', file], at(folder)), 'what is there is not replaced').toMatchObject({ exitCode: 3 });
  expect(await konektor(['restore', file, '--force'], at(folder))).toMatchObject({ exitCode: 0 });
  const replaced = await startServer(folder);
  expect(await stateOf(replaced)).toEqual(before);
  expect((await replaced.call('GET', `/v1/${DEMO}`)).body.status).toEqual({ state: 'ACTIVE' });
  await replaced.stop();
});

it('of a stopped server is taken from its folder, and goes on with what was pending', { timeout: 400_000 }, async () => {
  const folder = kept(newFolder());
  const server = await startServer(folder);
  const begun = await server.call('POST', `/v1/${LOCATION}/connections?connectionId=pending`, BODY);
  await server.stop('SIGKILL');
  const file = join(kept(emptyFolder()), 'b.gz');
  expect(await konektor(['backup', file], at(folder))).toMatchObject({ exitCode: 0 });
  const target = folderWithKeyOf(folder);
  expect(await konektor(['restore', file], at(target))).toMatchObject({ exitCode: 0 });
  const again = await startServer(target);
  await expect.poll(async () => (await again.call('GET', `/v1/${begun.body.name}`)).body['done']).toBe(true);
  expect((await again.call('GET', `/v1/${LOCATION}/connections/pending`)).body.status.state).toBe('ACTIVE');
  await again.stop();
});

it('is there whole or not at all, and a damaged one is refused before anything is written', { timeout: 400_000 }, async () => {
  const folder = kept(newFolder());
  const place = kept(emptyFolder());
  const server = await startServer(folder);
  for (const delay of [250, 400, 550]) {
    const child = spawnCommand(['backup', join(place, `killed-${delay}.gz`)], at(folder));
    const gone = once(child, 'close');
    setTimeout(() => child.kill('SIGKILL'), delay);
    await gone;
  }
  const whole = readdirSync(place).filter((name) => name.endsWith('.gz'));
  for (const name of whole) expect(gunzipSync(readFileSync(join(place, name))).toString(), name).toContain('"end":true');
  expect((await server.call('GET', `/v1/${DEMO}`)).status, 'the server minds nothing').toBe(200);
  const file = join(place, 'good.gz');
  expect(await konektor(['backup', file], at(folder))).toMatchObject({ exitCode: 0 });
  expect(await konektor(['backup', file], at(folder)), 'a file is never replaced').toMatchObject({ exitCode: 3 });
  await server.stop();

  const target = folderWithKeyOf(folder);
  const cut = join(place, 'cut.gz');
  cpSync(file, cut);
  truncateSync(cut, statSync(file).size - 100);
  const flipped = join(place, 'flipped.gz');
  const bytes = readFileSync(file);
  bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 0xff;
  writeFileSync(flipped, bytes);
  const text = join(place, 'text.gz');
  writeFileSync(text, 'hello');
  for (const damaged of [cut, flipped, text, join(place, 'none.gz'), place]) {
    const refused = await konektor(['restore', damaged], at(target));
    expect(refused, damaged).toMatchObject({ exitCode: 3, out: '' });
    expect(refused.err, damaged).toMatch(/cannot be used|no file|is a folder, and no backup/);
    expect(readdirSync(target), damaged).toEqual(['master.key']);
  }
});
