// Secrets by Google's own clients, the rotation of a connection's key while calls run, other places of secrets, and what a
// SIGKILL leaves.
import { createServer, type Server } from 'node:http';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SecretManagerServiceClient } from '@google-cloud/secret-manager';
import { OAuth2Client } from 'google-auth-library';
import { google } from '../google-apis.ts';
import { describe, expect, it } from 'vitest';
import { crc32c } from '../../src/secrets/crc32c.ts';
import { DEMO, newFolder, removeFolder, startServer, TOKEN, type Reply, type RunningServer, withServer } from './running-server.ts';

const VERSION = 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1';
const DEMO_SECRET = 'projects/demo/secrets/stripe-api-key';
const SANDBOX_KEY = 'sk_test_konektorSandbox';
const CUSTOMERS = `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`;

let server: RunningServer;
withServer((started) => { server = started; }, { KONEKTOR_SECRET_VERSIONS: '30' });

function clientOf({ url }: RunningServer): SecretManagerServiceClient {
  const authClient = new OAuth2Client();
  authClient.setCredentials({ access_token: TOKEN, expiry_date: Date.now() + 3_600_000 });
  return new SecretManagerServiceClient({ fallback: true, protocol: 'http', apiEndpoint: '127.0.0.1', port: Number(new URL(url).port), authClient });
}

function rest() {
  const auth = new google.auth.OAuth2();
  auth.setCredentials({ access_token: TOKEN, expiry_date: Date.now() + 3_600_000 });
  return google.secretmanager({ version: 'v1', rootUrl: `${server.url}/`, auth, retry: false }).projects.secrets;
}

const reasonOf = ({ body }: Reply): unknown => body.error?.details[0]?.['reason'];

describe('@google-cloud/secret-manager', () => {
  it('does everything to a secret and its versions', async () => {
    const client = clientOf(server);
    const [secret] = await client.createSecret({ parent: 'projects/demo', secretId: 'lengkap', secret: { replication: { automatic: {} }, labels: { team: 'toko' }, annotations: { 'asal.usul': 'uji' } } });
    const name = 'projects/demo/secrets/lengkap';
    expect(secret).toMatchObject({ name, labels: { team: 'toko' }, annotations: { 'asal.usul': 'uji' }, replication: { automatic: {} } });
    await expect(client.createSecret({ parent: 'projects/demo', secretId: 'lengkap', secret: { replication: { automatic: {} } } })).rejects.toMatchObject({ code: 6 });
    expect((await client.getSecret({ name }))[0]).toMatchObject({ name, etag: secret.etag });
    const [patched] = await client.updateSecret({ secret: { name, labels: { team: 'gudang' } }, updateMask: { paths: ['labels', 'annotations'] } });
    expect(patched).toMatchObject({ labels: { team: 'gudang' }, annotations: {} });
    await expect(client.updateSecret({ secret: { name, etag: secret.etag ?? '', labels: {} }, updateMask: { paths: ['labels'] } })).rejects.toMatchObject({ code: 10 });

    const value = Buffer.from([0, 255, 1, 254, 0x73, 0x6b]);
    await expect(client.addSecretVersion({ parent: name, payload: { data: value, dataCrc32c: String(crc32c(value) + 1) } })).rejects.toMatchObject({ code: 3 });
    const [first] = await client.addSecretVersion({ parent: name, payload: { data: value, dataCrc32c: String(crc32c(value)) } });
    expect(first).toMatchObject({ name: `${name}/versions/1`, state: 'ENABLED', clientSpecifiedPayloadChecksum: true });
    await client.addSecretVersion({ parent: name, payload: { data: Buffer.from('teks') } });
    const [accessed] = await client.accessSecretVersion({ name: `${name}/versions/1` });
    expect(Buffer.from(accessed.payload?.data ?? '')).toEqual(value);
    expect(String(accessed.payload?.dataCrc32c)).toBe(String(crc32c(value)));
    const [latest] = await client.accessSecretVersion({ name: `${name}/versions/latest` });
    expect([latest.name, Buffer.from(latest.payload?.data ?? '').toString()]).toEqual([`${name}/versions/2`, 'teks']);
    expect((await client.getSecretVersion({ name: `${name}/versions/latest` }))[0].name).toBe(`${name}/versions/2`);

    const [disabled] = await client.disableSecretVersion({ name: `${name}/versions/2` });
    expect(disabled.state).toBe('DISABLED');
    await expect(client.accessSecretVersion({ name: `${name}/versions/latest` })).rejects.toMatchObject({ code: 9, message: expect.stringContaining('DISABLED') });
    expect((await client.listSecretVersions({ parent: name, filter: 'state:ENABLED' }))[0].map((version) => version.name)).toEqual([`${name}/versions/1`]);
    expect((await client.enableSecretVersion({ name: `${name}/versions/2`, etag: disabled.etag ?? '' }))[0].state).toBe('ENABLED');
    await expect(client.destroySecretVersion({ name: `${name}/versions/1`, etag: 'lain' })).rejects.toMatchObject({ code: 10 });
    const [destroyed] = await client.destroySecretVersion({ name: `${name}/versions/1` });
    expect(destroyed).toMatchObject({ state: 'DESTROYED', destroyTime: expect.objectContaining({ seconds: expect.anything() }) });
    await expect(client.enableSecretVersion({ name: `${name}/versions/1` })).rejects.toMatchObject({ code: 9 });
    await expect(client.accessSecretVersion({ name: `${name}/versions/9` })).rejects.toMatchObject({ code: 5 });
    expect((await client.listSecretVersions({ parent: name }))[0].map((version) => version.state)).toEqual(['ENABLED', 'DESTROYED']);

    await client.setIamPolicy({ resource: name, policy: { bindings: [{ role: 'roles/secretmanager.viewer', members: ['user:ani@example.com'] }] } });
    expect((await client.getIamPolicy({ resource: name }))[0].bindings).toMatchObject([{ role: 'roles/secretmanager.viewer', members: ['user:ani@example.com'] }]);
    expect((await client.testIamPermissions({ resource: name, permissions: ['secretmanager.versions.access'] }))[0].permissions).toEqual(['secretmanager.versions.access']);
    await client.deleteSecret({ name, etag: patched.etag ?? '' });
    await expect(client.getSecret({ name })).rejects.toMatchObject({ code: 5 });
    await client.close();
  });

  it('lists by filter and page by page, newest first', async () => {
    const client = clientOf(server);
    for (const id of ['satu', 'dua', 'tiga']) await client.createSecret({ parent: 'projects/demo', secretId: id, secret: { replication: { automatic: {} }, labels: { daftar: 'ya', id } } });
    const ids = (secrets: readonly { readonly name?: string | null }[]) => secrets.map(({ name }) => name?.split('/').at(-1));
    expect(ids((await client.listSecrets({ parent: 'projects/demo', filter: 'labels.daftar=ya' }))[0])).toEqual(['tiga', 'dua', 'satu']);
    const pages: (string | undefined)[] = [];
    for await (const secret of client.listSecretsAsync({ parent: 'projects/demo', pageSize: 2 })) pages.push(secret.name?.split('/').at(-1));
    expect(pages.slice(0, 3)).toEqual(['tiga', 'dua', 'satu']);
    expect(pages).toContain('stripe-api-key');
    expect((await rest().list({ parent: 'projects/demo', pageSize: 1 })).data).toMatchObject({ totalSize: pages.length, secrets: [expect.anything()], nextPageToken: expect.any(String) });
    await client.close();
  });

  it('tells all faults of a secret at once, and what is not served', async () => {
    const refused = await server.call('POST', '/v1/projects/demo/secrets?secretId=b%C3%BCro', { ttl: '3600s', rotation: { rotationPeriod: '3600s' }, topics: [{ name: 't' }], labels: { A: 'b' } });
    expect(refused).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });
    for (const field of ['secretId', 'secret.ttl', 'secret.rotation', 'secret.topics', 'secret.labels.A', 'secret.replication']) expect(refused.body.error?.message).toContain(field);
    for (const body of [{}, { payload: {} }, { payload: { data: '' } }, { payload: { data: '?' } }, { payload: { data: 7 } }, { payload: { data: Buffer.alloc(65_537).toString('base64') } }]) {
      expect((await server.call('POST', `/v1/projects/demo/secrets/satu:addVersion`, body)).status, JSON.stringify(body).slice(0, 50)).toBe(400);
    }
    for (const path of ['satu/versions/0', 'satu/versions/x', 'satu/versions/1', 'satu/versions/99999999999', 'tiada', 'tiada/versions/latest:access']) {
      expect((await server.call('GET', `/v1/projects/demo/secrets/${path}`)).status, path).toBe(404);
    }
    await expect(rest().patch({ name: 'projects/demo/secrets/satu', updateMask: 'replication', requestBody: {} })).rejects.toMatchObject({ status: 400 });
    await expect(rest().versions.destroy({ name: `${DEMO_SECRET}/versions/latest` })).rejects.toMatchObject({ status: 400 });
  });
});

describe('the key of a connection', () => {
  const addKey = async (key: string) => (await rest().addVersion({ parent: DEMO_SECRET, requestBody: { payload: { data: Buffer.from(key).toString('base64') } } })).data.name ?? '';

  it('is rotated while calls run: none fails, and none uses the old one after', async () => {
    const ended = new AbortController();
    const statuses: number[] = [];
    const calls = Promise.all(Array.from({ length: 4 }, async () => {
      while (!ended.signal.aborted) statuses.push((await server.call('GET', CUSTOMERS)).status);
    }));
    for (let round = 0; round < 5; round += 1) {
      await addKey(SANDBOX_KEY);
      await new Promise((pause) => setTimeout(pause, 50));
    }
    ended.abort();
    await calls;
    expect(statuses.length).toBeGreaterThan(5);
    expect(new Set(statuses)).toEqual(new Set([200]));
    const wrong = await addKey('pk_test_iniBukanKunci0000');
    const refused = await server.call('GET', CUSTOMERS);
    expect([refused.status, reasonOf(refused)], 'the new key is used at once').toEqual([400, 'BACKEND_UNAUTHENTICATED']);
    await rest().versions.destroy({ name: wrong });
    expect(reasonOf(await server.call('GET', CUSTOMERS))).toBe('SECRET_UNAVAILABLE');
    const right = await addKey(SANDBOX_KEY);
    expect((await server.call('GET', CUSTOMERS)).status).toBe(200);
    const live = await addKey('sk_live_konektorSandbox');
    const testOnly = `/v2/${DEMO}/actions/FundCustomerCashBalance`;
    await expect.poll(async () => (await server.call('GET', testOnly)).status, { message: 'a live key has no actions for test keys' }).toBe(404);
    await rest().versions.destroy({ name: live });
    await addKey(SANDBOX_KEY);
    await expect.poll(async () => (await server.call('GET', testOnly)).status).toBe(200);
    const newest = await addKey(SANDBOX_KEY);
    expect(newest).not.toBe(right);
    await rest().versions.disable({ name: newest });
    expect(reasonOf(await server.call('GET', CUSTOMERS)), 'an open connection keeps no key').toBe('SECRET_UNAVAILABLE');
    await rest().versions.enable({ name: newest });
    expect((await server.call('GET', CUSTOMERS)).status).toBe(200);
    expect(server.output()).not.toContain('iniBukanKunci');
  });
});

describe('secrets that are kept elsewhere', () => {
  it('are read from Google by its own client with federated credentials, from files and from the environment', { timeout: 400_000 }, async () => {
    const far = server;
    const remote = clientOf(far);
    await far.call('POST', '/v1/projects', { projectId: 'awan' });
    await remote.createSecret({ parent: 'projects/awan', secretId: 'kunci', secret: { replication: { automatic: {} } } });
    await remote.addSecretVersion({ parent: 'projects/awan/secrets/kunci', payload: { data: Buffer.from(SANDBOX_KEY) } });

    const home = newFolder();
    const sts = await exchange();
    const credentials = join(home, 'credentials.json');
    writeFileSync(join(home, 'subject'), 'jwt-of-a-workload');
    writeFileSync(credentials, JSON.stringify({
      type: 'external_account', audience: '//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/k', subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
      token_url: sts.url, credential_source: { file: join(home, 'subject') },
    }));
    const files = join(home, 'files');
    mkdirSync(join(files, 'kunci'), { recursive: true });
    writeFileSync(join(files, 'kunci', '1'), 'pk_test_salah00000000000\n');
    writeFileSync(join(files, 'kunci', '2'), `${SANDBOX_KEY}\n`);
    const near = await startServer(home, {
      KONEKTOR_PROJECTS: 'awan,berkas,lingkungan', GOOGLE_APPLICATION_CREDENTIALS: credentials, KONEKTOR_SECRET_REFRESH_SECONDS: '1', LAB_KUNCI: SANDBOX_KEY, LAB_KUNCI_V1: 'pk_test_salah00000000000',
      KONEKTOR_SECRET_PROVIDERS: `awan=google:127.0.0.1:${new URL(far.url).port},berkas=file:${files},lingkungan=env:LAB_`,
    });
    try {
      for (const project of ['awan', 'berkas', 'lingkungan']) {
        const account = `connections@${project}.iam.gserviceaccount.com`;
        // The secret is not here, its policy is; the project's speaks for it too.
        const resource = `projects/${project}${project === 'berkas' ? '' : '/secrets/kunci'}`;
        const granted = await near.call('POST', `/v1/${resource}:setIamPolicy`, { policy: { bindings: ['viewer', 'secretAccessor'].map((role) => ({ role: `roles/secretmanager.${role}`, members: [`serviceAccount:${account}`] })) } });
        expect(granted.status).toBe(200);
        const location = `projects/${project}/locations/us-central1`;
        const begun = await near.call('POST', `/v1/${location}/connections?connectionId=toko`, {
          connectorVersion: VERSION.replace('demo', project), serviceAccount: account, destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
          authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: `projects/${project}/secrets/kunci/versions/latest` } }] },
        });
        expect(begun.status, JSON.stringify(begun.body)).toBe(200);
        const connection = `/v1/${location}/connections/toko`;
        await expect.poll(async () => (await near.call('GET', connection)).body.status.state).not.toBe('CREATING');
        expect((await near.call('GET', connection)).body.status, project).toEqual({ state: 'ACTIVE' });
        for (const [method, path, body] of [['GET', '', undefined], ['POST', '?secretId=lain', { replication: { automatic: {} } }], ['GET', '/kunci', undefined], ['GET', '/kunci/versions/1:access', undefined], ['POST', '/kunci:addVersion', { payload: { data: 'aGk=' } }]] as const) {
          const managed = await near.call(method, `/v1/projects/${project}/secrets${path}`, body);
          expect([managed.status, reasonOf(managed)], `${method} ${path}`).toEqual([400, 'SECRETS_ELSEWHERE']);
        }
      }
      expect(sts.exchanged(), 'the subject was exchanged for the token').toBeGreaterThan(0);
      const list = () => near.call('GET', '/v2/projects/awan/locations/us-central1/connections/toko/entityTypes/Customer/entities?pageSize=1');
      expect((await list()).status).toBe(200);
      await remote.disableSecretVersion({ name: 'projects/awan/secrets/kunci/versions/1' });
      await expect.poll(async () => reasonOf(await list())).toBe('SECRET_UNAVAILABLE');
      await remote.enableSecretVersion({ name: 'projects/awan/secrets/kunci/versions/1' });
      await expect.poll(async () => (await list()).status).toBe(200);
      const byFile = () => near.call('GET', '/v2/projects/berkas/locations/us-central1/connections/toko/entityTypes/Customer/entities?pageSize=1');
      writeFileSync(join(files, 'kunci', '3'), 'pk_test_salah00000000000');
      await expect.poll(async () => reasonOf(await byFile())).toBe('BACKEND_UNAUTHENTICATED');
    } finally {
      await near.stop();
      await remote.close();
      sts.close();
      removeFolder(home);
    }
    expect(near.output()).not.toContain(TOKEN);
  });
});

/** A small security token service: it gives the token of the far server for any subject. */
async function exchange(): Promise<{ readonly url: string; readonly exchanged: () => number; close(): void }> {
  let count = 0;
  const sts: Server = createServer((request, reply) => {
    let text = '';
    request.on('data', (chunk: Buffer) => { text += chunk.toString(); });
    request.on('end', () => {
      const isExchange = new URLSearchParams(text).get('subject_token') === 'jwt-of-a-workload';
      if (isExchange) count += 1;
      reply.writeHead(isExchange ? 200 : 401, { 'content-type': 'application/json' });
      reply.end(JSON.stringify({ access_token: TOKEN, issued_token_type: 'urn:ietf:params:oauth:token-type:access_token', token_type: 'Bearer', expires_in: 3600 }));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((ready) => sts.once('listening', ready));
  const address = sts.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/token`, exchanged: () => count, close: () => sts.close() };
}

describe('a SIGKILL amid writes of secrets', () => {
  it('loses nothing that was acknowledged, and brings nothing destroyed back', { timeout: 400_000 }, async () => {
    const place = newFolder();
    const added = new Map<string, string>();
    const destroyed = new Set<string>();
    const encode = (text: string) => Buffer.from(text).toString('base64');
    for (let round = 0; round < 3; round += 1) {
      const one = await startServer(place);
      const writing = [0, 1].map(async (writer) => {
        for (let count = 0; ; count += 1) {
          const id = `r${round}w${writer}n${count}`;
          const made = await one.call('POST', `/v1/projects/demo/secrets?secretId=${id}`, { replication: { automatic: {} } });
          expect(made.status).toBe(200);
          for (const value of ['satu', 'dua']) {
            const { status, body } = await one.call('POST', `/v1/projects/demo/secrets/${id}:addVersion`, { payload: { data: encode(`${id}-${value}`) } });
            if (status === 200) added.set(body.name, `${id}-${value}`);
          }
          const first = `projects/demo/secrets/${id}/versions/1`;
          if ((await one.call('POST', `/v1/${first}:destroy`, {})).status === 200) destroyed.add(first);
        }
      });
      const ended = Promise.allSettled(writing);
      // However slow the machine is, something was destroyed in each round, and more is under way.
      await expect.poll(() => destroyed.size, { timeout: 30_000, interval: 10 }).toBeGreaterThan(round + 1);
      await new Promise((pause) => setTimeout(pause, 100 * round));
      await one.stop('SIGKILL');
      await ended;
    }
    expect(added.size).toBeGreaterThan(5);
    expect(destroyed.size).toBeGreaterThan(1);
    const last = await startServer(place);
    for (const [name, value] of added) {
      const { status, body } = await last.call('GET', `/v1/${name}:access`);
      // The last destruction of a round may have been done without being acknowledged.
      if (destroyed.has(name)) expect(status, name).toBe(400);
      else if (status === 400) expect((await last.call('GET', `/v1/${name}`)).body['state'], name).toBe('DESTROYED');
      else expect([status, (body['payload'] as { readonly data: string }).data], name).toEqual([200, encode(value)]);
    }
    await last.stop();
    removeFolder(place);
  });
});
