// A server killed in the middle of one operation of each kind: the next start ends what was begun, and loses nothing that was said.
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { newFolder, removeFolder, startServer, type Reply, type RunningServer } from './running-server.ts';
import { startSandbox, type RunningSandbox } from './running-sandbox.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const MANY = Array.from({ length: 20 }, (_, at) => `many-${at}`);

let sandbox: RunningSandbox;
let folder: string;
let server: RunningServer;
/** What was answered when the operations were begun, before the server was killed. */
let begun: Readonly<Record<'create' | 'update' | 'suspend' | 'resume' | 'refresh', Reply>>;
let deletions: readonly Reply[];

beforeAll(async () => {
  sandbox = await startSandbox();
  folder = newFolder();
  server = await start();
  await Promise.all(['updated', 'suspended', 'resumed', 'refreshed', ...MANY].map(async (id) => ended(await create(id))));
  await ended(await change('resumed', 'suspended', { suspended: true }));
  // The check that each of these makes hangs.
  await sandbox.delay('GET', '/v1/*', 60_000, 100);
  begun = {
    create: await create('created'),
    update: await change('updated', 'description,nodeConfig.maxNodeCount', { description: 'diubah', nodeConfig: { maxNodeCount: 7 } }),
    suspend: await change('suspended', 'suspended', { suspended: true }),
    resume: await change('resumed', 'suspended', {}),
    refresh: await server.call('POST', `/v1/${named('refreshed')}/connectionSchemaMetadata:refresh`, {}),
  };
  deletions = await Promise.all(MANY.map((id) => server.call('DELETE', `/v1/${named(id)}`)));
  await server.stop('SIGKILL');
  await sandbox.clear();
  server = await start();
}, 120_000);
afterAll(async () => {
  await server.stop();
  removeFolder(folder);
  await sandbox.stop();
});

const start = (): Promise<RunningServer> => startServer(folder, { KONEKTOR_ALLOW_STRIPE_HOSTS: sandbox.host });
const named = (id: string): string => `${LOCATION}/connections/${id}`;
const change = (id: string, mask: string, patch: object): Promise<Reply> => server.call('PATCH', `/v1/${named(id)}?updateMask=${mask}`, patch);

async function create(id: string): Promise<Reply> {
  return server.call('POST', `/v1/${LOCATION}/connections?connectionId=${id}`, {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1',
    serviceAccount: 'connections@demo.iam.gserviceaccount.com',
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/latest' } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port: sandbox.port }] }],
  });
}

async function ended(operation: Reply): Promise<Reply['body']> {
  return vi.waitFor(async () => {
    const { body } = await server.call('GET', `/v1/${operation.body.name}`);
    if (body['done'] !== true) throw new Error(`${operation.body.name} has not ended`);
    return body;
  }, { timeout: 50_000, interval: 20 });
}

it.each([
  ['create', 'created', { status: { state: 'ACTIVE' } }],
  ['update', 'updated', { description: 'diubah', nodeConfig: { minNodeCount: 2, maxNodeCount: 7 }, connectionRevision: '2', status: { state: 'ACTIVE' } }],
  ['suspend', 'suspended', { suspended: true, status: { state: 'INACTIVE' } }],
  ['resume', 'resumed', { status: { state: 'ACTIVE' } }],
] as const)('ends what was begun to %s a connection', async (kind, id, expected) => {
  expect(begun[kind]).toMatchObject({ status: 200, body: { done: false } });
  expect(await ended(begun[kind])).toMatchObject({ response: { name: named(id), ...expected } });
  expect((await server.call('GET', `/v1/${named(id)}`)).body).toMatchObject(expected);
});

it('ends a refresh of the schema', async () => {
  expect(begun.refresh.status).toBe(200);
  await ended(begun.refresh);
  expect((await server.call('GET', `/v1/${named('refreshed')}/connectionSchemaMetadata`)).body).toMatchObject({ state: 'UPDATED' });
});

it('ends each of twenty deletions that were begun at once', async () => {
  for (const one of deletions) expect(await ended(one)).toMatchObject({ response: { '@type': 'type.googleapis.com/google.protobuf.Empty' } });
  for (const id of MANY) expect((await server.call('GET', `/v1/${named(id)}`)).status).toBe(404);
});
