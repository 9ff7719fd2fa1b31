// Projects, services and service accounts by Google's own clients, each call as a caller may make it.
import { describe, expect, it } from 'vitest';
import { google } from '../google-apis.ts';
import { DEMO, TOKEN, type RunningServer, withServer } from './running-server.ts';

const VERSION = 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1';

let server: RunningServer;
withServer((started) => { server = started; }, { KONEKTOR_PROJECTS: 'kebun,ladang', KONEKTOR_ADMINS: 'user:kepala@example.com' });

function options(token = TOKEN) {
  const auth = new google.auth.OAuth2();
  auth.setCredentials({ access_token: token, expiry_date: Date.now() + 3_600_000 });
  return { rootUrl: `${server.url}/`, auth, retry: false };
}
const projectsOf = (token?: string) => google.cloudresourcemanager({ version: 'v1', ...options(token) }).projects;
const servicesOf = (token?: string) => google.serviceusage({ version: 'v1', ...options(token) }).services;
const accountsOf = (token?: string) => google.iam({ version: 'v1', ...options(token) }).projects.serviceAccounts;

async function tokenOf(member: string): Promise<string> {
  const { status, body } = await server.call('POST', '/v1/tokens', { member });
  expect(status, JSON.stringify(body)).toBe(200);
  return String(body['token']);
}

const ids = (projects: readonly { readonly projectId?: string | null }[] | undefined) => (projects ?? []).map(({ projectId }) => projectId);

describe('cloudresourcemanager v1', () => {
  it('creates a project that its creator owns, and that others do not see', async () => {
    const [chief, other] = [await tokenOf('user:kepala@example.com'), await tokenOf('user:lain@example.com')];
    const { data } = await projectsOf(chief).create({ requestBody: { projectId: 'warung', name: 'Warung Kopi', labels: { kota: 'medan' } } });
    expect(data).toMatchObject({ done: true, response: { '@type': 'type.googleapis.com/google.cloudresourcemanager.v1.Project', projectId: 'warung', name: 'Warung Kopi', lifecycleState: 'ACTIVE', labels: { kota: 'medan' } } });
    const { data: project } = await projectsOf(chief).get({ projectId: 'warung' });
    expect(project.projectNumber).toMatch(/^\d{12}$/);
    expect(Object.keys(project)).not.toContain('etag');
    expect((await google.cloudresourcemanager({ version: 'v1', ...options() }).projects.getIamPolicy({ resource: 'warung' })).data.bindings).toEqual([{ role: 'roles/owner', members: ['user:kepala@example.com'] }]);
    await expect(projectsOf(other).get({ projectId: 'warung' })).rejects.toMatchObject({ status: 403 });
    await expect(projectsOf(other).create({ requestBody: { projectId: 'punyaku' } })).rejects.toMatchObject({ status: 403 });
    expect((await projectsOf(other).list()).data.projects ?? []).toEqual([]);
    await expect(projectsOf().create({ requestBody: { projectId: 'warung' } })).rejects.toMatchObject({ status: 409 });
    await expect(projectsOf().create({ requestBody: { projectId: 'W', labels: { A: 'b' } } })).rejects.toMatchObject({ status: 400, message: expect.stringMatching(/projectId[^]*labels\.A/) });
  });

  it('shows to an owner its own project alone, from the first call on', async () => {
    await projectsOf().create({ requestBody: { projectId: 'sendiri' } });
    const owner = await tokenOf('user:pemilik@example.com');
    expect(ids((await projectsOf(owner).list()).data.projects)).toEqual([]);
    await google.cloudresourcemanager({ version: 'v1', ...options() }).projects.setIamPolicy({ resource: 'sendiri', requestBody: { policy: { bindings: [{ role: 'roles/owner', members: ['user:pemilik@example.com'] }] } } });
    expect(ids((await projectsOf(owner).list()).data.projects)).toEqual(['sendiri']);
    const { data } = await accountsOf(owner).list({ name: 'projects/sendiri' });
    expect(data.accounts?.map(({ email }) => email)).toEqual(['connections@sendiri.iam.gserviceaccount.com']);
  });

  it('lists by filter and page by page, what a setting named among them', async () => {
    expect(ids((await projectsOf().list({ filter: 'labels.kota:medan' })).data.projects)).toEqual(['warung']);
    expect(ids((await projectsOf().list({ filter: 'id:kebun OR projectId=ladang' })).data.projects)).toEqual(['kebun', 'ladang']);
    const first = await projectsOf().list({ pageSize: 2 });
    const rest = await projectsOf().list({ pageToken: first.data.nextPageToken ?? '' });
    expect([...ids(first.data.projects), ...ids(rest.data.projects)]).toEqual(['demo', 'kebun', 'ladang', 'sendiri', 'warung']);
    await expect(projectsOf().list({ filter: 'nonsense:1' })).rejects.toMatchObject({ status: 400 });
  });

  it('updates a name and labels, and deletes what is empty', async () => {
    expect((await projectsOf().update({ projectId: 'ladang', requestBody: { name: 'Ladang Jagung', labels: { musim: 'hujan' } } })).data).toMatchObject({ projectId: 'ladang', name: 'Ladang Jagung', labels: { musim: 'hujan' } });
    expect((await projectsOf().update({ projectId: 'ladang', requestBody: {} })).data).not.toHaveProperty('labels');
    await expect(projectsOf().delete({ projectId: 'demo' })).rejects.toMatchObject({ status: 400, message: expect.stringContaining(DEMO) });
    expect((await projectsOf().delete({ projectId: 'ladang' })).data).toEqual({});
    await expect(projectsOf().get({ projectId: 'ladang' })).rejects.toMatchObject({ status: 404 });
  });

  it('has nothing made in a project that does not exist', async () => {
    const missing: readonly (readonly [string, object])[] = [
      ['/v1/projects/tiada/secrets?secretId=s', { replication: { automatic: {} } }],
      ['/v1/projects/tiada/serviceAccounts', { accountId: 'kasir' }],
      ['/v1/projects/tiada/services/connectors.googleapis.com:disable', {}],
      ['/v1/projects/tiada/locations/us-central1/connections?connectionId=c', {
        connectorVersion: VERSION.replace('demo', 'tiada'), authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/tiada/secrets/s/versions/1' } }] },
      }],
    ];
    for (const [path, body] of missing) {
      expect(await server.call('POST', path, body), path).toMatchObject({ status: 404, body: { error: { status: 'NOT_FOUND', message: expect.stringContaining('POST /v1/projects') } } });
    }
    expect(await server.call('GET', '/v1/projects/tiada/secrets')).toMatchObject({ status: 404 });
  });
});

describe('serviceusage v1', () => {
  it('refuses the calls of a service that is disabled, until it is enabled again', async () => {
    const name = 'projects/demo/services/connectors.googleapis.com';
    const { data } = await servicesOf().disable({ name, requestBody: {} });
    expect(data).toMatchObject({ done: true, response: { '@type': 'type.googleapis.com/google.api.serviceusage.v1.DisableServiceResponse', service: { name, state: 'DISABLED' } } });
    for (const path of [`/v1/${DEMO}`, `/v2/${DEMO}/entityTypes/Customer/entities`]) {
      expect(await server.call('GET', path), path).toMatchObject({ status: 400, body: { error: {
        status: 'FAILED_PRECONDITION', message: expect.stringContaining(`POST /v1/${name}:enable`),
        details: expect.arrayContaining([expect.objectContaining({ reason: 'SERVICE_DISABLED', metadata: expect.objectContaining({ service: 'connectors.googleapis.com', consumer: 'projects/demo' }) })]),
      } } });
    }
    expect((await server.call('GET', '/v1/projects/demo/secrets')).status, 'the other service goes on').toBe(200);
    expect((await servicesOf().list({ parent: 'projects/demo', filter: 'state:ENABLED' })).data.services?.map(({ config }) => config?.name)).toEqual(['secretmanager.googleapis.com']);
    expect((await servicesOf().enable({ name, requestBody: {} })).data).toMatchObject({ done: true, response: { service: { state: 'ENABLED', config: { name: 'connectors.googleapis.com', title: 'Connectors API' } } } });
    expect((await server.call('GET', `/v1/${DEMO}`)).status).toBe(200);
    expect((await servicesOf().get({ name })).data.state).toBe('ENABLED');
  });

  it('enables several, and knows no others', async () => {
    await servicesOf().disable({ name: 'projects/kebun/services/secretmanager.googleapis.com', requestBody: {} });
    expect((await server.call('GET', '/v1/projects/kebun/secrets')).status).toBe(400);
    const { data } = await servicesOf().batchEnable({ parent: 'projects/kebun', requestBody: { serviceIds: ['connectors.googleapis.com', 'secretmanager.googleapis.com'] } });
    expect(data.response?.['services']).toHaveLength(2);
    expect((await server.call('GET', '/v1/projects/kebun/secrets')).status).toBe(200);
    await expect(servicesOf().enable({ name: 'projects/kebun/services/storage.googleapis.com' })).rejects.toMatchObject({ status: 404 });
    await expect(servicesOf().batchEnable({ parent: 'projects/kebun', requestBody: {} })).rejects.toMatchObject({ status: 400 });
    await expect(servicesOf(await tokenOf('user:lain@example.com')).disable({ name: 'projects/kebun/services/connectors.googleapis.com' })).rejects.toMatchObject({ status: 403 });
  });
});

describe('iam v1', () => {
  it('creates, shows, changes, disables and deletes a service account', async () => {
    const { data: made } = await accountsOf().create({ name: 'projects/kebun', requestBody: { accountId: 'petani', serviceAccount: { displayName: 'Petani', description: 'Menanam' } } });
    const email = 'petani@kebun.iam.gserviceaccount.com';
    expect(made).toMatchObject({ name: `projects/kebun/serviceAccounts/${email}`, projectId: 'kebun', email, displayName: 'Petani', description: 'Menanam', uniqueId: expect.stringMatching(/^\d{21}$/) });
    for (const name of [made.name ?? '', `projects/-/serviceAccounts/${email}`, `projects/-/serviceAccounts/${made.uniqueId ?? ''}`, `projects/kebun/serviceAccounts/${made.uniqueId ?? ''}`]) {
      expect((await accountsOf().get({ name })).data, name).toEqual(made);
    }
    await expect(accountsOf().get({ name: `projects/demo/serviceAccounts/${email}` })).rejects.toMatchObject({ status: 404 });
    expect((await accountsOf().patch({ name: made.name ?? '', requestBody: { serviceAccount: { displayName: 'Pak Tani' }, updateMask: 'displayName' } })).data).toMatchObject({ displayName: 'Pak Tani', description: 'Menanam' });
    await expect(accountsOf().patch({ name: made.name ?? '', requestBody: { serviceAccount: { email: 'x' }, updateMask: 'email' } })).rejects.toMatchObject({ status: 400 });
    await accountsOf().disable({ name: made.name ?? '' });
    expect((await accountsOf().get({ name: made.name ?? '' })).data.disabled).toBe(true);
    await accountsOf().enable({ name: made.name ?? '' });
    expect((await accountsOf().get({ name: made.name ?? '' })).data.disabled).toBeUndefined();
    const first = await accountsOf().list({ name: 'projects/kebun', pageSize: 1 });
    const second = await accountsOf().list({ name: 'projects/kebun', pageToken: first.data.nextPageToken ?? '' });
    expect([...(first.data.accounts ?? []), ...(second.data.accounts ?? [])].map((account) => account.email)).toEqual(['connections@kebun.iam.gserviceaccount.com', email]);
    await expect(accountsOf().create({ name: 'projects/kebun', requestBody: { accountId: 'petani' } })).rejects.toMatchObject({ status: 409 });
    await expect(accountsOf().create({ name: 'projects/kebun', requestBody: { accountId: 'Pak Tani', serviceAccount: { description: 'x'.repeat(300) } } })).rejects.toMatchObject({ status: 400, message: expect.stringMatching(/accountId[^]*description/) });
    await accountsOf().delete({ name: made.name ?? '' });
    await expect(accountsOf().get({ name: made.name ?? '' })).rejects.toMatchObject({ status: 404 });
  });

  it('lets no connection act as an account that is disabled or deleted', async () => {
    const name = 'projects/demo/serviceAccounts/connections@demo.iam.gserviceaccount.com';
    const check = async (description: string) => {
      expect((await server.call('PATCH', `/v1/${DEMO}?updateMask=description`, { description })).status).toBe(200);
      await expect.poll(async () => (await server.call('GET', `/v1/${DEMO}`)).body.status.state).not.toBe('UPDATING');
      return (await server.call('GET', `/v1/${DEMO}`)).body.status;
    };
    await accountsOf().disable({ name });
    expect(await check('mati')).toMatchObject({ state: 'ERROR', description: expect.stringContaining('disabled') });
    await accountsOf().enable({ name });
    expect(await check('hidup')).toEqual({ state: 'ACTIVE' });
    await accountsOf().delete({ name });
    expect(await server.call('PATCH', `/v1/${DEMO}?updateMask=description`, { description: 'hilang' })).toMatchObject({
      status: 400, body: { error: { message: expect.stringContaining('connections@demo.iam.gserviceaccount.com') } },
    });
  });
});
