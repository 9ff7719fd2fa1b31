// A server killed in the middle of each kind of operation: the next start ends what was begun, and loses nothing that was said.
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { newFolder, removeFolder, startServer, type Reply, type RunningServer } from './running-server.ts';
import { startSandbox, type RunningSandbox } from './running-sandbox.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const NAME = `${LOCATION}/connections/held`;

let sandbox: RunningSandbox;
let folder: string;
let server: RunningServer;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());
beforeEach(async () => {
  folder = newFolder();
  server = await start();
});
afterEach(async () => {
  await server.stop();
  removeFolder(folder);
});

const start = (): Promise<RunningServer> => startServer(folder, { KONEKTOR_ALLOW_STRIPE_HOSTS: sandbox.host });

const BODY = {
  connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1',
  serviceAccount: 'connections@demo.iam.gserviceaccount.com',
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/latest' } }] },
};

const body = (): object => ({ ...BODY, destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port: sandbox.port }] }] });

async function ended(begun: Reply): Promise<Reply['body']> {
  await expect.poll(async () => (await server.call('GET', `/v1/${begun.body.name}`)).body['done'], { timeout: 20_000, interval: 20 }).toBe(true);
  return (await server.call('GET', `/v1/${begun.body.name}`)).body;
}

/** Begins an operation whose check hangs, kills the server over it, and starts the next one on a source that answers. */
async function killedOver(method: string, path: string, payload: object | undefined): Promise<Reply> {
  await sandbox.delay('GET', '/v1/*', 60_000, 1);
  const begun = await server.call(method, path, payload);
  expect(begun.status).toBe(200);
  expect(begun.body['done']).toBe(false);
  await server.stop('SIGKILL');
  await sandbox.clear();
  server = await start();
  return begun;
}

async function create(): Promise<void> {
  await ended(await server.call('POST', `/v1/${LOCATION}/connections?connectionId=held`, body()));
}

it('ends a create', async () => {
  const begun = await killedOver('POST', `/v1/${LOCATION}/connections?connectionId=held`, body());
  expect(await ended(begun)).toMatchObject({ response: { name: NAME, status: { state: 'ACTIVE' } } });
});

it.each([
  ['an update', 'updateMask=description,nodeConfig.maxNodeCount', { description: 'diubah', nodeConfig: { maxNodeCount: 7 } }, { description: 'diubah', nodeConfig: { minNodeCount: 2, maxNodeCount: 7 }, connectionRevision: '2', status: { state: 'ACTIVE' } }],
  ['a suspension', 'updateMask=suspended', { suspended: true }, { suspended: true, status: { state: 'INACTIVE' } }],
])('ends %s', async (_what, mask, patch, expected) => {
  await create();
  const begun = await killedOver('PATCH', `/v1/${NAME}?${mask}`, patch);
  expect(await ended(begun)).toMatchObject({ response: expected });
  expect((await server.call('GET', `/v1/${NAME}`)).body).toMatchObject(expected);
});

it('ends a resumption', async () => {
  await create();
  await ended(await server.call('PATCH', `/v1/${NAME}?updateMask=suspended`, { suspended: true }));
  const begun = await killedOver('PATCH', `/v1/${NAME}?updateMask=suspended`, {});
  expect(await ended(begun)).toMatchObject({ response: { status: { state: 'ACTIVE' } } });
});

it('ends a refresh of the schema', async () => {
  await create();
  const begun = await server.call('POST', `/v1/${NAME}/connectionSchemaMetadata:refresh`, {});
  expect(begun.status).toBe(200);
  await server.stop('SIGKILL');
  server = await start();
  await ended(begun);
  expect((await server.call('GET', `/v1/${NAME}/connectionSchemaMetadata`)).body).toMatchObject({ state: 'UPDATED' });
});

it('ends a deletion, and each of twenty that were begun at once', async () => {
  const names = Array.from({ length: 20 }, (_, at) => `many-${at}`);
  const made = await Promise.all(names.map((id) => server.call('POST', `/v1/${LOCATION}/connections?connectionId=${id}`, body())));
  for (const one of made) await ended(one);
  const begun = await Promise.all(names.map((id) => server.call('DELETE', `/v1/${LOCATION}/connections/${id}`)));
  await server.stop('SIGKILL');
  server = await start();
  for (const one of begun) expect(await ended(one)).toMatchObject({ response: { '@type': 'type.googleapis.com/google.protobuf.Empty' } });
  for (const id of names) expect((await server.call('GET', `/v1/${LOCATION}/connections/${id}`)).status).toBe(404);
});
