// The whole life of a connection, driven by Google's own client: made, read, found, changed, suspended, locked, cancelled, deleted.
import { google, type connectors_v1 } from '../google-apis.ts';
import { describe, expect, it } from 'vitest';
import { DEMO, startServer, TOKEN, type Fields, type RunningServer, withServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const OTHER = 'projects/demo/locations/asia-southeast2';
const VERSION = 'projects/some-other-project/locations/global/providers/stripe/connectors/stripe/versions/1';
const KEY = 'projects/demo/secrets/stripe-api-key/versions/latest';
const SANDBOX = { key: 'stripe_api', destinations: [{ host: 'sandbox' }] };

let folder: string;
let server: RunningServer;
withServer((started, itsFolder) => { [server, folder] = [started, itsFolder]; }, { KONEKTOR_CONNECTIONS_PER_LOCATION: '210', KONEKTOR_PUBLIC_HOST: 'konektor.example.com' });

function locations(): connectors_v1.Resource$Projects$Locations {
  const auth = new google.auth.OAuth2();
  auth.setCredentials({ access_token: TOKEN, expiry_date: Date.now() + 3_600_000 });
  return google.connectors({ version: 'v1', rootUrl: `${server.url}/`, auth, retry: false }).projects.locations;
}

function bodyOf(secretVersion = KEY): connectors_v1.Schema$Connection {
  return {
    connectorVersion: VERSION, destinationConfigs: [SANDBOX],
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion } }] },
  };
}

/** The client's overloads want to know that a call takes no options but these. */
async function search(parent: string, query: string): Promise<connectors_v1.Schema$SearchConnectionsResponse> {
  const parameters: connectors_v1.Params$Resource$Projects$Locations$Connections$Search = { name: `${parent}/connections`, query };
  return (await locations().connections.search(parameters)).data;
}

async function operationsOf(parent: string, filter = '', pageSize = 1_000): Promise<connectors_v1.Schema$ListOperationsResponse> {
  const parameters: connectors_v1.Params$Resource$Projects$Locations$Operations$List = { name: parent, filter, pageSize };
  return (await locations().operations.list(parameters)).data;
}

async function finish(begun: { readonly data: connectors_v1.Schema$Operation }): Promise<connectors_v1.Schema$Operation> {
  const name = begun.data.name ?? '';
  await expect.poll(async () => (await locations().operations.get({ name })).data.done, { timeout: 30_000 }).toBe(true);
  return (await locations().operations.get({ name })).data;
}

async function make(connectionId: string, more: connectors_v1.Schema$Connection = {}, parent = LOCATION): Promise<connectors_v1.Schema$Connection> {
  await finish(await locations().connections.create({ parent, connectionId, requestBody: { ...bodyOf(), ...more } }));
  return (await locations().connections.get({ name: `${parent}/connections/${connectionId}` })).data;
}

async function patch(name: string, updateMask: string, requestBody: connectors_v1.Schema$Connection): Promise<connectors_v1.Schema$Connection> {
  const ended = await finish(await locations().connections.patch({ name, updateMask, requestBody }));
  expect(ended).toMatchObject({ metadata: { verb: 'update', target: name }, response: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.Connection' } });
  return (await locations().connections.get({ name })).data;
}

describe('a connection', () => {
  it('is shown as it was given, with what only the server knows, in both views', async () => {
    const given: connectors_v1.Schema$Connection = {
      ...bodyOf(), description: 'Toko', labels: { env: 'prod', 'goog-terraform-provisioned': 'true' }, nodeConfig: { minNodeCount: 1, maxNodeCount: 7 }, logConfig: { enabled: true, level: 'INFO' },
      configVariables: [{ key: 'verbosity', stringValue: '2' }, { key: 'proxy_enabled' }, { key: 'api_version', stringValue: '2026-10-28.endive' }], sslConfig: { clientCertificate: {} }, trafficShapingConfigs: [{ quotaLimit: '20', duration: '1s' }],
    };
    const made = await make('gema', given);
    const { createTime, updateTime, ...rest } = made;
    expect([createTime, updateTime]).toEqual([expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/), expect.stringMatching(/^\d{4}-.*\.\d{3}Z$/)]);
    const directory = `${LOCATION}/namespaces/connectors/services/runtime`;
    expect(rest).toEqual({
      name: `${LOCATION}/connections/gema`, ...given, serviceAccount: 'connections@demo.iam.gserviceaccount.com', status: { state: 'ACTIVE' }, connectionRevision: '1',
      connectorVersionLaunchStage: 'GA', subscriptionType: 'PAY_G', billingConfig: { billingCategory: 'NON_GCP_CONNECTOR' }, connectorVersionInfraConfig: { ratelimitThreshold: '6', connectionRatelimitWindowSeconds: '1' },
      host: 'konektor.example.com', serviceDirectory: directory, tlsServiceDirectory: directory,
    });
    for (const view of ['BASIC', 'FULL']) expect((await locations().connections.get({ name: made.name ?? '', view })).data).toEqual(made);
    expect((await locations().getRuntimeConfig({ name: `${LOCATION}/runtimeConfig` })).data.runtimeEndpoint, 'told alike').toBe(made.host);
    // What was read, sent back whole, changes nothing.
    const mask = 'description,labels,connectorVersion,configVariables,authConfig,destinationConfigs,nodeConfig,logConfig,sslConfig,serviceAccount,lockConfig,suspended,trafficShapingConfigs';
    expect(await patch(made.name ?? '', mask, made)).toEqual({ ...made, connectionRevision: '2', updateTime: expect.any(String) });
  });

  it('is refused with every fault at once, or where it is there already', async () => {
    const create = (connectionId: string, requestBody: connectors_v1.Schema$Connection, parent = LOCATION) => locations().connections.create({ parent, connectionId, requestBody });
    const refused = await server.call('POST', '/v1/projects/demo/locations/mars1/connections?connectionId=Not_OK', { ...bodyOf(), nodeConfig: { minNodeCount: 9, maxNodeCount: 200 }, labels: { A: 'b' }, serviceAccount: 'nobody@demo.iam.gserviceaccount.com' });
    expect([refused.status, refused.body.error?.status]).toEqual([400, 'INVALID_ARGUMENT']);
    const violations = (refused.body.error?.details.find((detail) => detail['fieldViolations'] !== undefined)?.['fieldViolations'] ?? []) as readonly Fields[];
    expect(violations.map(({ field }) => String(field)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(['connectionId', 'labels.A', 'nodeConfig.maxNodeCount', 'parent', 'serviceAccount']);
    await expect(create('stripe-sandbox', bodyOf())).rejects.toMatchObject({ status: 409 });
    await expect(create('x', bodyOf(), 'projects/tidak-ada/locations/us-central1')).rejects.toMatchObject({ status: 404, message: expect.stringContaining('POST /v1/projects') });
    await expect(locations().connections.get({ name: `${LOCATION}/connections/none` })).rejects.toMatchObject({ status: 404, message: expect.stringContaining(`${LOCATION}/connections/none`) });
  });

  it('tells the causes apart that keep it from working', async () => {
    const secrets = async (id: string, value: string): Promise<string> => {
      await server.call('POST', `/v1/projects/demo/secrets?secretId=${id}`, { replication: { automatic: {} } });
      await server.call('POST', `/v1/projects/demo/secrets/${id}:addVersion`, { payload: { data: Buffer.from(value).toString('base64') } });
      return `projects/demo/secrets/${id}/versions/1`;
    };
    const grant = (id: string, roles: readonly string[]) => server.call('POST', `/v1/projects/demo/secrets/${id}:setIamPolicy`, { policy: { bindings: roles.map((role) => ({ role, members: ['serviceAccount:connections@demo.iam.gserviceaccount.com'] })) } });
    const wrong = await secrets('salah', 'bukan_kunci_notTheKey');
    const statusOf = async (id: string, secretVersion: string, more: connectors_v1.Schema$Connection = {}) => (await make(id, { ...bodyOf(secretVersion), ...more })).status;
    expect(await statusOf('tanpa-peran', wrong)).toEqual({ state: 'ERROR', status: 'SECRET_ROLE_MISSING', description: expect.stringMatching(/connections@demo.* lacks roles\/secretmanager\.viewer and roles\/secretmanager\.secretAccessor on projects\/demo\/secrets\/salah/) });
    await grant('salah', ['roles/secretmanager.viewer']);
    expect(await statusOf('satu-peran', wrong)).toMatchObject({ status: 'SECRET_ROLE_MISSING', description: expect.not.stringContaining('roles/secretmanager.viewer') });
    await grant('salah', ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor']);
    const unauthenticated = await statusOf('kunci-salah', wrong);
    expect(unauthenticated).toEqual({ state: 'ERROR', status: 'BACKEND_UNAUTHENTICATED', description: expect.not.stringMatching(/req_|notTheKey/) });
    expect((await patch(`${LOCATION}/connections/kunci-salah`, 'description', { description: 'lagi' })).status, 'the same words for the same cause').toEqual(unauthenticated);
    expect(await statusOf('tanpa-rahasia', 'projects/demo/secrets/none/versions/1')).toMatchObject({ status: 'SECRET_UNAVAILABLE' });
    const proxy: connectors_v1.Schema$Connection = { configVariables: [{ key: 'proxy_enabled', boolValue: true }], destinationConfigs: [SANDBOX, { key: 'proxy_server', destinations: [{ host: '127.0.0.1', port: 9 }] }] };
    expect(await statusOf('tanpa-proxy', KEY, proxy)).toMatchObject({ status: 'PROXY_UNREACHABLE', description: expect.stringContaining('127.0.0.1:9') });
    expect(await statusOf('kelebihan', KEY, { configVariables: [{ key: 'sample_x', stringValue: 'y' }] })).toEqual({ state: 'ACTIVE', description: expect.stringContaining('sample_x') });
    // Its cause mended, a patch has it tried out again.
    expect((await patch(`${LOCATION}/connections/kunci-salah`, 'authConfig', { authConfig: bodyOf().authConfig ?? {} })).status).toEqual({ state: 'ACTIVE' });
  });

  it('is patched by masks of either spelling and of parts; what the body lacks is cleared', async () => {
    const { name } = await make('ubah', { labels: { env: 'prod', tim: 'a' }, description: 'lama', configVariables: [{ key: 'verbosity', stringValue: '2' }] });
    const target = name ?? '';
    expect(await patch(target, 'nodeConfig.minNodeCount,nodeConfig.maxNodeCount', { nodeConfig: { minNodeCount: 3, maxNodeCount: 9 } })).toMatchObject({ nodeConfig: { minNodeCount: 3, maxNodeCount: 9 }, connectionRevision: '2' });
    expect(await patch(target, 'node_config.min_node_count', {})).toMatchObject({ nodeConfig: { minNodeCount: 2, maxNodeCount: 9 } });
    const relabelled = await patch(target, 'labels.env,description', { labels: { env: 'test' }, name: 'ignored' });
    expect(relabelled).toMatchObject({ labels: { env: 'test', tim: 'a' }, connectionRevision: '4', configVariables: [{ key: 'verbosity', stringValue: '2' }] });
    expect(relabelled).not.toHaveProperty('description');
    const cleared = await patch(target, 'config_variables,labels,log_config', { logConfig: {} });
    expect(cleared).toMatchObject({ logConfig: {} });
    expect([cleared.configVariables, cleared.labels]).toEqual([undefined, undefined]);
    for (const updateMask of ['', 'name', 'labels,createTime', '*']) {
      const { status, body } = await server.call('PATCH', `/v1/${target}?updateMask=${updateMask}`, {});
      expect([status, body.error?.message, body.error?.status]).toEqual([400, 'The request was invalid: update_mask contains invalid fields', 'INVALID_ARGUMENT']);
      expect(body.error?.details).toEqual(expect.arrayContaining([
        { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [expect.objectContaining({ field: 'update_mask' })] }, { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId: expect.any(String) },
      ]));
    }
    await expect(locations().connections.patch({ name: target, updateMask: 'nodeConfig', requestBody: { nodeConfig: { minNodeCount: 0 } } })).rejects.toMatchObject({ status: 400 });
    expect((await locations().connections.get({ name: target })).data).toEqual(cleared);
  });

  it('is suspended and resumed; meanwhile it serves nothing', async () => {
    const { name } = await make('istirahat', { suspended: true });
    const target = name ?? '';
    const rows = () => server.call('GET', `/v2/${target}/entityTypes/Customer/entities?pageSize=1`);
    expect((await locations().connections.get({ name: target })).data).toMatchObject({ status: { state: 'INACTIVE' }, suspended: true });
    expect(await rows()).toMatchObject({ status: 400, body: { error: { status: 'FAILED_PRECONDITION', message: expect.stringContaining('INACTIVE') } } });
    const resumed = await patch(target, 'suspended', {});
    expect(resumed.status).toEqual({ state: 'ACTIVE' });
    expect(resumed).not.toHaveProperty('suspended');
    expect((await rows()).status).toBe(200);
    expect((await patch(target, 'suspended', { suspended: true })).status).toEqual({ state: 'INACTIVE' });
    expect((await rows()).status).toBe(400);
  });

  it('serves its calls while it is changed', async () => {
    const { name } = await make('melayani');
    const over = new AbortController();
    const calling = (async () => {
      const statuses: number[] = [];
      while (!over.signal.aborted) statuses.push((await server.call('GET', `/v2/${name ?? ''}/entityTypes/Customer/entities?pageSize=1`)).status);
      return statuses;
    })();
    for (const description of ['a', 'b', 'c']) await patch(name ?? '', 'description', { description });
    over.abort();
    const statuses = await calling;
    expect(statuses.length).toBeGreaterThan(3);
    expect(new Set(statuses)).toEqual(new Set([200]));
  });

  it('takes no change while it is locked but of its lock', async () => {
    const { name } = await make('terkunci', { lockConfig: { locked: true, reason: 'Tutup buku' } });
    const target = name ?? '';
    const locked = { status: 400, message: expect.stringContaining('Tutup buku') };
    await expect(locations().connections.patch({ name: target, updateMask: 'description', requestBody: {} })).rejects.toMatchObject(locked);
    await expect(locations().connections.delete({ name: target })).rejects.toMatchObject(locked);
    await expect(locations().connections.patch({ name: target, updateMask: 'lockConfig', requestBody: { lockConfig: { locked: true } } })).rejects.toMatchObject({ status: 400 });
    const unlocked = await patch(target, 'lockConfig', { lockConfig: { locked: false } });
    expect(unlocked.lockConfig).toEqual({});
    expect(await finish(await locations().connections.delete({ name: target, force: true }))).toMatchObject({ metadata: { verb: 'delete' }, response: { '@type': 'type.googleapis.com/google.protobuf.Empty' } });
    await expect(locations().connections.get({ name: target })).rejects.toMatchObject({ status: 404 });
  });
});

describe('connections', () => {
  const idsOf = (connections: readonly connectors_v1.Schema$Connection[] | undefined): readonly (string | undefined)[] => (connections ?? []).map(({ name }) => name?.split('/').at(-1));

  it('are listed by filter and order, page by page, and found by words', async () => {
    for (const [id, labels, parent] of [['daftar-a', { grup: 'x', env: 'prod' }, LOCATION], ['daftar-b', { grup: 'x', env: 'test' }, OTHER], ['daftar-c', { grup: 'x' }, LOCATION]] as const) await make(id, { labels, description: `Gudang ${id}` }, parent);
    const list = async (filter: string, orderBy = '', parent = 'projects/demo/locations/-') => idsOf((await locations().connections.list({ parent, filter, orderBy, pageSize: 1_000 })).data.connections);
    expect(await list('labels.grup:x')).toEqual(['daftar-b', 'daftar-a', 'daftar-c']);
    expect(await list('labels.grup:x', 'createTime desc')).toEqual(['daftar-c', 'daftar-b', 'daftar-a']);
    expect(await list('labels.grup:x', '', LOCATION)).toEqual(['daftar-a', 'daftar-c']);
    expect(await list('labels.grup=x AND (labels.env="test" OR NOT labels:env) AND status.state=ACTIVE', 'name desc')).toEqual(['daftar-c', 'daftar-b']);
    expect(await list('name=*stripe-sandbox connectorVersion:stripe')).toEqual(['stripe-sandbox']);
    const paged: (string | undefined)[] = [];
    let pageToken: string | undefined;
    do {
      const { data }: { readonly data: connectors_v1.Schema$ListConnectionsResponse } = await locations().connections.list({ parent: 'projects/demo/locations/-', filter: 'labels.grup:x', orderBy: 'createTime desc', pageSize: 1, ...(pageToken === undefined ? {} : { pageToken }) });
      paged.push(...idsOf(data.connections));
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    expect(paged).toEqual(['daftar-c', 'daftar-b', 'daftar-a']);
    const { data } = await locations().connections.list({ parent: LOCATION, pageSize: 1 });
    const other = { parent: LOCATION, filter: 'labels.grup:x', pageToken: data.nextPageToken ?? '' };
    await expect(locations().connections.list(other)).rejects.toMatchObject({ status: 400, message: expect.stringContaining('pageToken') });
    await expect(locations().connections.list({ parent: LOCATION, filter: 'labels.grup' })).rejects.toMatchObject({ status: 400, message: expect.stringContaining('position') });
    const found = (await search('projects/demo/locations/-', 'gudang DAFTAR-B invoice')).connections ?? [];
    expect(found.map(({ connection }) => connection?.name)).toEqual([`${OTHER}/connections/daftar-b`]);
    expect(found[0]).toMatchObject({ entitySchema: { entity: 'Invoice', operations: expect.arrayContaining(['LIST']) }, actionSchema: { action: expect.stringContaining('Invoice') } });
    expect(await search(LOCATION, 'gudang nihil')).toEqual({ connections: [] });
  });

  it('are made two hundred at once, and no more than a location may have', async () => {
    const parent = 'projects/demo/locations/europe-west1';
    const begun = await Promise.all(Array.from({ length: 200 }, (_none, index) => locations().connections.create({ parent, connectionId: `banyak-${index}`, requestBody: bodyOf() })));
    await expect.poll(async () => (await operationsOf(parent, 'done=false')).operations?.length, { timeout: 110_000, interval: 500 }).toBe(0);
    expect((await locations().connections.list({ parent, filter: 'status.state=ACTIVE', pageSize: 1_000 })).data.connections).toHaveLength(200);
    expect((await operationsOf(parent, 'metadata.verb=create AND done=true')).operations).toHaveLength(begun.length);
    const rest = await Promise.allSettled(Array.from({ length: 15 }, (_none, index) => locations().connections.create({ parent, connectionId: `lebih-${index}`, requestBody: bodyOf() })));
    expect(rest.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
    expect(rest.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { status: 429, message: expect.stringContaining('KONEKTOR_CONNECTIONS_PER_LOCATION') } });
  });
});

describe('operations', () => {
  it('are listed, cancelled and deleted', async () => {
    // A source that takes connections and never answers holds the check up.
    const { createServer } = await import('node:net');
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await new Promise((done) => { silent.once('listening', done); });
    const address = silent.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const proxied: connectors_v1.Schema$Connection = { configVariables: [{ key: 'proxy_enabled', boolValue: true }], destinationConfigs: [SANDBOX, { key: 'proxy_server', destinations: [{ host: '127.0.0.1', port }] }] };
    try {
      const { operations, connections } = locations();
      const begun = await connections.create({ parent: LOCATION, connectionId: 'batal', requestBody: { ...bodyOf(), ...proxied } });
      const name = begun.data.name ?? '';
      expect(begun.data).toEqual({
        name: expect.stringMatching(/\/operations\/operation-\d{13}-[0-9a-f]{13}-[0-9a-f]{8}-[0-9a-f]{8}$/), done: false,
        metadata: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.OperationMetadata', createTime: expect.any(String), target: `${LOCATION}/connections/batal`, verb: 'create', requestedCancellation: false, apiVersion: 'v1' },
      });
      const pending = 'done=false AND metadata.target:batal';
      expect((await operationsOf(LOCATION, pending)).operations?.map((one) => one.name)).toEqual([name]);
      await expect(operations.delete({ name })).rejects.toMatchObject({ status: 400 });
      expect((await operations.cancel({ name, requestBody: {} })).data).toEqual({});
      const ended = await finish(begun);
      expect(ended).toMatchObject({ done: true, metadata: { requestedCancellation: true, endTime: expect.any(String) }, error: { code: 1, message: expect.any(String) } });
      expect((await connections.get({ name: `${LOCATION}/connections/batal` })).data.status).toMatchObject({ state: 'ERROR', status: 'CANCELLED' });
      expect(await operationsOf(LOCATION, pending)).toEqual({ operations: [] });

      const { name: target = '' } = await make('batal-ubah', { description: 'lama' });
      const before = (await connections.get({ name: target ?? '' })).data;
      const changing = await connections.patch({ name: target ?? '', updateMask: 'configVariables,destinationConfigs,description', requestBody: { ...proxied, description: 'baru' } });
      expect((await connections.get({ name: target ?? '' })).data).toMatchObject({ status: { state: 'UPDATING' }, connectionRevision: '2' });
      expect((await server.call('GET', `/v2/${target ?? ''}/entityTypes/Customer/entities?pageSize=1`)).status, 'the revision before serves').toBe(200);
      expect((await server.call('GET', `/v2/${target ?? ''}:checkReadiness`)).body).toEqual({ status: 'READY' });
      await expect(connections.delete({ name: target ?? '' })).rejects.toMatchObject({ status: 409 });
      await operations.cancel({ name: changing.data.name ?? '' });
      expect(await finish(changing)).toMatchObject({ error: { code: 1 } });
      expect((await connections.get({ name: target ?? '' })).data).toEqual(before);

      expect((await operations.delete({ name })).data).toEqual({});
      await expect(operations.get({ name })).rejects.toMatchObject({ status: 404 });
      expect(await operationsOf('projects/demo/locations/-', '', 1)).toMatchObject({ operations: [{ name: changing.data.name }], nextPageToken: expect.any(String) });
    } finally {
      silent.close();
    }
  });

  it('leave the demo as it was', async () => {
    expect((await locations().connections.get({ name: DEMO })).data).toMatchObject({ status: { state: 'ACTIVE' }, connectionRevision: '1' });
  });
});

it('that was suspended stays so, whatever key the next start is given', async () => {
  await patch(DEMO, 'suspended', { suspended: true });
  await server.stop();
  server = await startServer(folder, { STRIPE_API_KEY: 'sk_test_anotherKey' });
  expect((await locations().connections.get({ name: DEMO })).data).toMatchObject({ status: { state: 'INACTIVE' }, suspended: true, connectionRevision: '2' });
});
