// Two servers on one PostgreSQL: what is changed through one is so at the other, and what one leaves undone the other ends.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgresql, type TestPostgres } from '../storage/databases.ts';
import { emptyFolder, removeFolder, startServer, type Reply, type RunningServer } from './running-server.ts';
import { startSandbox, type RunningSandbox } from './running-sandbox.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const SECRET = 'projects/demo/secrets/stripe-api-key';
const MASTER_KEY = 'c0ffee'.padEnd(64, '0');
/** Events of the database arrive within milliseconds; a busy machine needs longer. */
const SOON = { timeout: 30_000, interval: 20 };

let database: TestPostgres;
let sandbox: RunningSandbox;
let folders: string[];
let one: RunningServer;
let other: RunningServer;

beforeAll(async () => {
  [database, sandbox] = await Promise.all([postgresql(), startSandbox()]);
  folders = [emptyFolder(), emptyFolder()];
  // One after the other, as they would be rolled out; both migrate, one does.
  one = await startServer(folders[0] ?? '', settings());
  other = await startServer(folders[1] ?? '', settings());
});
afterAll(async () => {
  await Promise.all([one.stop(), other.stop()]);
  await Promise.all([sandbox.stop(), database.remove()]);
  for (const folder of folders) removeFolder(folder);
});

const settings = (): Record<string, string> => ({ DATABASE_URL: database.url, KONEKTOR_MASTER_KEY: MASTER_KEY, KONEKTOR_ALLOW_STRIPE_HOSTS: sandbox.host });

function connection(more: object = {}): object {
  return {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1',
    serviceAccount: 'connections@demo.iam.gserviceaccount.com',
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `${SECRET}/versions/latest` } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'http://127.0.0.1', port: sandbox.port }] }],
    ...more,
  };
}

async function ended(server: RunningServer, begun: Reply, timeout = 20_000): Promise<void> {
  expect(begun.status).toBe(200);
  await expect.poll(async () => (await server.call('GET', `/v1/${begun.body.name}`)).body['done'], { timeout, interval: 20 }).toBe(true);
}

async function customers(server: RunningServer, name: string): Promise<number> {
  return (await server.call('GET', `/v2/${LOCATION}/connections/${name}/entityTypes/Customer/entities?pageSize=1`)).status;
}

describe('two servers', () => {
  it('share connections: made at one, changed at the other, gone at both', async () => {
    await ended(other, await one.call('POST', `/v1/${LOCATION}/connections?connectionId=shared`, connection()));
    expect(await customers(one, 'shared')).toBe(200);
    expect(await customers(other, 'shared')).toBe(200);
    await ended(one, await other.call('PATCH', `/v1/${LOCATION}/connections/shared?updateMask=suspended`, { suspended: true }));
    await expect.poll(() => customers(one, 'shared'), SOON).toBe(400);
    await ended(one, await one.call('PATCH', `/v1/${LOCATION}/connections/shared?updateMask=suspended`, {}));
    await expect.poll(() => customers(other, 'shared'), SOON).toBe(200);
    await ended(other, await one.call('DELETE', `/v1/${LOCATION}/connections/shared`));
    await expect.poll(() => customers(other, 'shared'), SOON).toBe(404);
  });

  it('share secrets: a key that is rotated at one is used at the other', async () => {
    await ended(one, await one.call('POST', `/v1/${LOCATION}/connections?connectionId=rotated`, connection()));
    const create = async (server: RunningServer): Promise<unknown> => (await server.call('GET', `/v2/${LOCATION}/connections/rotated/entityTypes/Balance/entities`)).body.entities[0]?.fields['Livemode'];
    expect(await create(other)).toBe(false);
    const added = await one.call('POST', `/v1/${SECRET}:addVersion`, { payload: { data: Buffer.from('sk_live_konektorRotated').toString('base64') } });
    expect(added.status).toBe(200);
    await expect.poll(() => create(other), SOON).toBe(true);
    await one.call('POST', `/v1/${added.body.name}:destroy`, {});
    await expect.poll(async () => (await other.call('GET', `/v2/${LOCATION}/connections/rotated/entityTypes/Balance/entities`)).status, SOON).toBe(400);
    await one.call('POST', `/v1/${SECRET}:addVersion`, { payload: { data: Buffer.from('sk_test_konektorAgain').toString('base64') } });
    await expect.poll(() => create(other), SOON).toBe(false);
  });

  it('share the journal of writes: one key at both is one write, also when the one that had it is killed', async () => {
    await ended(one, await one.call('POST', `/v1/${LOCATION}/connections?connectionId=journal`, connection()));
    const create = (server: RunningServer, key: string): Promise<Reply> => server.call('POST', `/v2/${LOCATION}/connections/journal/entityTypes/Customer/entities`, { fields: { Name: key } }, { 'idempotency-key': key });
    const customersNamed = async (name: string): Promise<number> => (await other.call('GET', `/v2/${LOCATION}/connections/journal/entityTypes/Customer/entities?conditions=${encodeURIComponent(`Name = '${name}'`)}`)).body.entities.length;
    await expect.poll(() => customers(other, 'journal'), SOON).toBe(200);
    for (let round = 0; round < 5; round += 1) {
      const [first, second] = await Promise.all([create(one, `both-${round}`), create(other, `both-${round}`)]);
      expect(first.status).toBe(200);
      expect(second.body).toEqual(first.body);
      expect(await customersNamed(`both-${round}`)).toBe(1);
    }
    await sandbox.delay('POST', '/v1/customers', 30_000, 1);
    const cut = create(one, 'cut').catch(() => undefined);
    await expect.poll(() => sandbox.isMet(), SOON).toBe(true);
    expect((await create(other, 'cut')).body.error?.details[0]?.['reason'], 'the other works on it').toBe('IDEMPOTENCY_KEY_IN_USE');
    await one.stop('SIGKILL');
    await cut;
    await sandbox.clear();
    const { body } = await other.call('GET', `/v1/${LOCATION}/connections/journal/writes?filter=${encodeURIComponent('idempotencyKey = "cut"')}`);
    expect(body['writes']).toMatchObject([{ state: 'UNKNOWN' }]);
    one = await startServer(folders[0] ?? '', settings());
  });

  it('share identities: a token minted at one opens the other, with the roles given there, until it is revoked', async () => {
    const minted = await one.call('POST', '/v1/tokens', { member: 'user:ani@example.com', displayName: 'Ani' });
    expect(minted.status).toBe(200);
    const asAni = (server: RunningServer): Promise<number> => server.call('GET', `/v1/${LOCATION}/connections`, undefined, { authorization: `Bearer ${String(minted.body['token'])}` }).then(({ status }) => status);
    expect(await asAni(other)).toBe(403);
    const policy = (await other.call('POST', '/v1/projects/demo:getIamPolicy', {})).body;
    const bindings = [...((policy['bindings'] ?? []) as object[]), { role: 'roles/connectors.viewer', members: ['user:ani@example.com'] }];
    expect((await one.call('POST', '/v1/projects/demo:setIamPolicy', { policy: { ...policy, bindings } })).status).toBe(200);
    await expect.poll(() => asAni(other), SOON).toBe(200);
    expect((await other.call('POST', `/v1/tokens/${String(minted.body['id'])}:revoke`, {})).status).toBe(200);
    await expect.poll(() => asAni(one), SOON).toBe(401);
  });

  it('share services: disabled at one, not served at the other', async () => {
    expect((await one.call('POST', '/v1/projects/demo/services/connectors.googleapis.com:disable', {})).status).toBe(200);
    await expect.poll(async () => (await other.call('GET', `/v1/${LOCATION}/connections`)).body.error?.details[0]?.['reason'], SOON).toBe('SERVICE_DISABLED');
    expect((await other.call('POST', '/v1/projects/demo/services/connectors.googleapis.com:enable', {})).status).toBe(200);
    await expect.poll(async () => (await one.call('GET', `/v1/${LOCATION}/connections`)).status, SOON).toBe(200);
  });

  it('end each other\'s operations: what one was killed over is finished by the other', async () => {
    await other.stop();
    await sandbox.delay('GET', '/v1/*', 120_000, 1);
    const begun = await one.call('POST', `/v1/${LOCATION}/connections?connectionId=orphan`, connection());
    expect(begun.status).toBe(200);
    await expect.poll(() => sandbox.isMet(), SOON).toBe(true);
    await one.stop('SIGKILL');
    other = await startServer(folders[1] ?? '', settings());
    await ended(other, begun, 60_000);
    expect((await other.call('GET', `/v1/${LOCATION}/connections/orphan`)).body.status).toEqual({ state: 'ACTIVE' });
  }, 400_000);
});
