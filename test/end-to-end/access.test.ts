// Who may call what: every row of the API against every role, over HTTP, worked out from the tables, so that what is added to
// them is covered; and the ways of callers: minted tokens, signed tokens, policies, nobody.
import { setTimeout as sleep } from 'node:timers/promises';
import {
  Client, discoverOAuthServerInfo, extractWWWAuthenticateParams, type OAuthClientProvider, type OAuthDiscoveryState, type StoredOAuthTokens, StreamableHTTPClientTransport, UnauthorizedError,
} from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { google } from '../google-apis.ts';
import { RESOURCE_PATTERNS, type ApiOperation } from '../../src/api/operation.ts';
import { API } from '../../src/api/table.ts';
import { UNSERVED } from '../../src/api/unserved.ts';
import { isPermission } from '../../src/iam/permissions.ts';
import { findRole, ROLES } from '../../src/iam/roles.ts';
import { DEMO, TOKEN, type RunningServer, withServer } from './running-server.ts';
import { startTokenIssuer, type TokenIssuer } from './token-issuer.ts';

interface Row {
  readonly id: string;
  readonly http: { readonly method: string; readonly path: string };
  readonly permission: string | null;
  readonly served?: ApiOperation;
}

const ROWS: readonly Row[] = [...Object.values(API).map((row: ApiOperation): Row => ({ ...row, served: row })), ...UNSERVED];
const PATTERNS: Readonly<Record<string, string>> = RESOURCE_PATTERNS;
const IN_FLIGHT = 64;

/** The names of a path, filled in for a project. Nothing but the project is there, so that no call changes what others find. */
const SAMPLES: Readonly<Record<string, string>> = {
  locationId: 'us-central1', connectionId: 'not-there', operationId: 'not-there', providerId: 'stripe', connectorId: 'stripe', versionId: '1', secretId: 'not-there',
  serviceId: 'connectors.googleapis.com', entityType: 'Customer', entity: 'cus_1', action: 'ConfirmPaymentIntent',
};

function fill(pattern: string, project: string): string {
  return pattern.replace(/\{(\w+)\}/g, (_whole, name: string) => {
    const nested = PATTERNS[name];
    if (nested !== undefined) return fill(nested, project);
    if (name === 'projectId') return project;
    return name === 'serviceAccountId' ? `not-there@${project}.iam.gserviceaccount.com` : (SAMPLES[name] ?? 'not-there');
  });
}

/** The resource that the permission is asked on: the first name of the path. */
function resourceOf(row: Row, project: string): string {
  const first = /\{(\w+)\}/.exec(row.http.path)?.[1];
  return first === undefined ? '' : fill(`{${first}}`, project);
}

/** The parameters that the row demands, each with a value of its type. */
function queryOf(row: Row): string {
  const { required, properties } = (row.served?.query ?? {}) as { readonly required?: readonly string[]; readonly properties?: Readonly<Record<string, { readonly type?: string }>> };
  return new URLSearchParams((required ?? []).map((name): [string, string] => [name, properties?.[name]?.type === 'integer' ? '1' : 'matrix'])).toString();
}

/** What deletes a project, or disables its services, comes last: it would change the answers of the others. */
function lateness({ http, id }: Row): number {
  if (http.method === 'DELETE' && /^\/v1\/\{project\}$/.test(http.path)) return 2;
  return id.startsWith('services.') ? 1 : 0;
}

interface Answer {
  readonly status: number;
  /** The permission and the resource that the call was denied for; undefined where it passed the guard. */
  readonly denied: string | undefined;
  readonly text: string;
}

async function ask(url: string, row: Row, project: string, token: string | undefined): Promise<Answer> {
  const query = queryOf(row);
  const hasBody = !['GET', 'DELETE'].includes(row.http.method);
  const reply = await fetch(`${url}${fill(row.http.path, project)}${query === '' ? '' : `?${query}`}`, {
    method: row.http.method, ...(hasBody ? { body: '{}' } : {}),
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(hasBody ? { 'content-type': 'application/json' } : {}) },
  });
  const text = await reply.text();
  if (reply.status !== 403) return { status: reply.status, denied: undefined, text };
  const details = (JSON.parse(text) as { readonly error: { readonly details: readonly { readonly metadata?: { readonly permission?: string; readonly resource?: string } }[] } }).error.details;
  return { status: 403, denied: `${details[0]?.metadata?.permission} on ${details[0]?.metadata?.resource}`, text };
}

/** Runs work for each of a list, so many at a time. */
async function forEach<T>(all: readonly T[], work: (one: T) => Promise<void>): Promise<void> {
  const rest = all.values();
  await Promise.all(Array.from({ length: IN_FLIGHT }, async () => {
    for (const one of rest) await work(one);
  }));
}

describe('the tables of access', () => {
  it('know every permission that a row asks for, and some role holds it', () => {
    const held = new Set<string>(Object.values(ROLES).flatMap(({ permissions }) => permissions));
    const asked = ROWS.filter(({ permission }) => permission !== null);
    expect(asked.filter(({ permission }) => !isPermission(permission ?? '')).map(({ id, permission }) => `${id}: ${permission}`)).toEqual([]);
    // What belongs to no project is the administrators' alone.
    const orphans = asked.filter(({ permission }) => !held.has(permission ?? ''));
    expect(orphans.filter((row) => resourceOf(row, 'p') !== '').map(({ id }) => id)).toEqual([]);
  });

  it('let only these rows pass every known caller', () => {
    const open = ROWS.filter(({ permission }) => permission === null).map(({ id }) => id).filter((id) => !id.endsWith('.testIamPermissions'));
    expect(open.toSorted()).toEqual(['integrations.execute', 'integrations.executeWithParameters', 'projects.list', 'roles.get', 'roles.list', 'server.diagnose', 'tokens.create', 'tokens.delete', 'tokens.get', 'tokens.list', 'tokens.revoke']);
  });
});

describe('every row against every role', () => {
  let server: RunningServer;
  withServer((started) => { server = started; });

  async function mint(member: string, more: object = {}): Promise<{ readonly id: string; readonly token: string }> {
    const { status, body } = await server.call('POST', '/v1/tokens', { member, ...more });
    expect(status).toBe(200);
    return { id: String(body['id']), token: String(body['token']) };
  }

  it('is denied exactly where the role lacks the permission of the row', async () => {
    const callers = [...Object.keys(ROLES), 'no role'].map((role, index) => ({ role, project: `matrix-${index}`, member: `user:m${index}@example.com` }));
    const tokens = new Map<string, string>();
    await forEach(callers, async ({ role, project, member }) => {
      expect((await server.call('POST', '/v1/projects', { projectId: project, name: role })).status).toBe(200);
      const bindings = role === 'no role' ? [] : [{ role, members: [member] }];
      expect((await server.call('POST', `/v1/projects/${project}:setIamPolicy`, { policy: { bindings } })).body).toMatchObject({ version: 1 });
      tokens.set(role, (await mint(member)).token);
    });

    const faults: string[] = [];
    const counted = { denied: 0, passed: 0 };
    for (const late of [0, 1, 2]) {
      const calls = ROWS.filter((row) => lateness(row) === late).flatMap((row) => callers.map((caller) => ({ row, caller })));
      await forEach(calls, async ({ row, caller: { role, project } }) => {
        const resource = resourceOf(row, project);
        const holds = resource !== '' && findRole(role)?.permissions.some((permission) => permission === row.permission) === true;
        const expected = row.permission === null || holds ? undefined : `${row.permission} on ${resource}`;
        const { status, denied, text } = await ask(server.url, row, project, tokens.get(role));
        // Past the guard a handler may ask for more; that is no answer of the guard.
        const guarded = denied === `${row.permission} on ${resource}` ? denied : undefined;
        counted[guarded === undefined ? 'passed' : 'denied'] += 1;
        if (guarded !== expected || status === 401 || status === 500) faults.push(`${row.id} by ${role}: ${status} ${text.slice(0, 200)}`);
      });
    }
    expect(faults).toEqual([]);
    expect(counted.denied).toBeGreaterThan(1_000);
    expect(counted.passed).toBeGreaterThan(500);
  });

  it('is closed to whoever is nobody: no token, an expired one, a revoked one, one of another server', async () => {
    const expired = (await mint('user:late@example.com', { lifetime: '1s' })).token;
    const revoked = await mint('user:gone@example.com');
    const callers = [undefined, expired, revoked.token, `konektor_${'A'.repeat(43)}`];
    expect((await server.call('GET', '/v1/tokens', undefined, { authorization: `Bearer ${revoked.token}` })).status).toBe(200);
    expect((await server.call('POST', `/v1/tokens/${revoked.id}:revoke`, {})).body).toMatchObject({ revokeTime: expect.any(String) });
    await sleep(1_050);
    const faults: string[] = [];
    await forEach(ROWS.flatMap((row) => callers.map((token) => ({ row, token }))), async ({ row, token }) => {
      const { status, text } = await ask(server.url, row, 'demo', token);
      if (status !== 401 || (token !== undefined && text.includes(token))) faults.push(`${row.id} with ${token ?? 'no token'}: ${status} ${text.slice(0, 200)}`);
    });
    expect(faults).toEqual([]);
  });

  it('tells permission, resource and caller, and the same whether the resource is there or not', async () => {
    const { token } = await mint('user:curious@example.com');
    const denial = async (connection: string): Promise<string> => {
      const { status, body } = await server.call('GET', `/v1/${connection}`, undefined, { authorization: `Bearer ${token}` });
      expect(status).toBe(403);
      return JSON.stringify({ message: body.error?.message, metadata: body.error?.details[0] }).replaceAll(connection, 'X');
    };
    const there = await denial(DEMO);
    expect(there).toBe(await denial(DEMO.replace('stripe-sandbox', 'stripe-missing')));
    for (const part of ['connectors.connections.get', 'user:curious@example.com', '(or it may not exist)']) expect(there).toContain(part);
  });

  it('obeys policies of connections as of projects, from the moment they are set until they are taken away', async () => {
    const as = { authorization: `Bearer ${(await mint('user:ani@invoker.example')).token}` };
    const list = (): Promise<{ readonly status: number }> => server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`, undefined, as);
    const get = await server.call('GET', `/v1/${DEMO}:getIamPolicy?options.requestedPolicyVersion=3`);
    expect(get.body).toEqual({ etag: 'ACAB' });
    expect((await list()).status).toBe(403);
    const binding = { role: 'roles/connectors.invoker', members: ['domain:INVOKER.example'] };
    const set = await server.call('POST', `/v1/${DEMO}:setIamPolicy`, { policy: { ...get.body, bindings: [binding] } });
    expect(set.body).toEqual({ version: 1, etag: expect.any(String), bindings: [{ role: 'roles/connectors.invoker', members: ['domain:invoker.example'] }] });
    expect((await list()).status).toBe(200);
    expect((await server.call('GET', `/v1/${DEMO}`, undefined, as)).status).toBe(403);
    const asked = { permissions: ['connectors.entities.list', 'connectors.connections.get', 'connectors.connections.delete'] };
    expect((await server.call('POST', `/v1/${DEMO}:testIamPermissions`, asked, as)).body).toEqual({ permissions: ['connectors.entities.list'] });
    expect((await server.call('POST', `/v1/${DEMO}-missing:testIamPermissions`, asked)).body).toEqual({});
    const stale = await server.call('POST', `/v1/${DEMO}:setIamPolicy`, { policy: { ...get.body, bindings: [] } });
    expect([stale.status, stale.body.error?.status, stale.body.error?.details[0]?.['reason']]).toEqual([409, 'ABORTED', 'ETAG_MISMATCH']);
    expect((await list()).status).toBe(200);
    expect((await server.call('POST', `/v1/${DEMO}:setIamPolicy`, { policy: { bindings: [] } })).status).toBe(200);
    expect((await list()).status).toBe(403);
  });

  it('shows the policies of every kind of resource as the platform does', async () => {
    const account = 'projects/demo/serviceAccounts/connections@demo.iam.gserviceaccount.com';
    const policy = { bindings: [{ role: 'roles/viewer', members: ['user:ani@example.com'] }] };
    for (const [resource, method] of [['projects/demo', 'POST'], [account, 'POST'], ['projects/demo/secrets/stripe-api-key', 'GET'], ['projects/demo/locations/global/providers/stripe', 'GET']] as const) {
      const set = await server.call('POST', `/v1/${resource}:setIamPolicy`, { policy });
      expect(set.body, resource).toMatchObject(policy);
      const got = await server.call(method, `/v1/${resource}:getIamPolicy`, method === 'POST' ? { options: { requestedPolicyVersion: 3 } } : undefined);
      expect(got.body, resource).toEqual(set.body);
      expect((await server.call('POST', `/v1/${resource}:testIamPermissions`, { permissions: ['resourcemanager.projects.get'] })).body, resource).toEqual({ permissions: ['resourcemanager.projects.get'] });
    }
    for (const missing of ['projects/demo/secrets/missing', 'projects/missing/locations/global/providers/stripe']) expect((await server.call('GET', `/v1/${missing}:getIamPolicy`)).status, missing).toBe(404);
    const refused = await server.call('POST', '/v1/projects/demo:setIamPolicy', { policy: { bindings: [{ role: 'roles/king', members: ['ani'] }] } });
    expect([refused.status, refused.body.error?.details]).toEqual([400, expect.arrayContaining([expect.objectContaining({ fieldViolations: [expect.objectContaining({ field: 'policy.bindings[0].role' }), expect.objectContaining({ field: 'policy.bindings[0].members[0]' })] })])]);
  });

  it('shows the roles that it may bind, by their permissions too', async () => {
    const named = await server.call('GET', '/v1/roles?filter=includedPermissions:konektor.auditEntries.list');
    expect(named.body['roles']).toEqual([expect.objectContaining({ name: 'roles/konektor.auditViewer', title: 'Audit Viewer' }), expect.objectContaining({ name: 'roles/owner' })]);
    expect(JSON.stringify(named.body)).not.toContain('includedPermissions');
    const one = await server.call('GET', '/v1/roles/konektor.auditViewer');
    expect(one.body['includedPermissions']).toEqual(['konektor.auditEntries.list']);
    expect(await server.call('GET', '/v1/roles/konektor.nobody')).toMatchObject({ status: 404 });
  });

  it('is managed by Google\'s own clients', async () => {
    const auth = new google.auth.OAuth2();
    auth.setCredentials({ access_token: TOKEN, expiry_date: Date.now() + 3_600_000 });
    const options = { rootUrl: `${server.url}/`, auth };
    const permissions = ['connectors.connections.get'];
    const bindings = [{ role: 'roles/owner', members: ['user:google@example.com'] }];
    const project = google.cloudresourcemanager({ version: 'v1', ...options }).projects;
    const { serviceAccounts } = google.iam({ version: 'v1', ...options }).projects;
    const { secrets } = google.secretmanager({ version: 'v1', ...options }).projects;
    const { connections, providers } = google.connectors({ version: 'v1', ...options }).projects.locations;
    const policies = [
      { of: project, resource: 'demo', get: async () => project.getIamPolicy({ resource: 'demo', requestBody: { options: { requestedPolicyVersion: 3 } } }) },
      { of: serviceAccounts, resource: 'projects/-/serviceAccounts/connections@demo.iam.gserviceaccount.com', get: async () => serviceAccounts.getIamPolicy({ resource: 'projects/demo/serviceAccounts/connections@demo.iam.gserviceaccount.com', 'options.requestedPolicyVersion': 3 }) },
      { of: secrets, resource: 'projects/demo/secrets/stripe-api-key', get: async () => secrets.getIamPolicy({ resource: 'projects/demo/secrets/stripe-api-key', 'options.requestedPolicyVersion': 3 }) },
      { of: connections, resource: DEMO, get: async () => connections.getIamPolicy({ resource: DEMO, 'options.requestedPolicyVersion': 1 }) },
      { of: providers, resource: 'projects/demo/locations/global/providers/stripe', get: async () => providers.getIamPolicy({ resource: 'projects/demo/locations/global/providers/stripe' }) },
    ];
    for (const { of, resource, get } of policies) {
      const before = await get();
      const set = await of.setIamPolicy({ resource, requestBody: { policy: { ...before.data, bindings }, updateMask: 'bindings,etag' } });
      expect(set.data, resource).toMatchObject({ version: 1, bindings });
      expect((await get()).data, resource).toEqual(set.data);
      expect((await of.testIamPermissions({ resource, requestBody: { permissions } })).data, resource).toEqual({ permissions });
      await expect(of.setIamPolicy({ resource, requestBody: { policy: { ...before.data, bindings: [] } } }), resource).rejects.toMatchObject({ status: 409 });
    }
  });

  it('lets callers manage their own tokens, and nobody else\'s', async () => {
    const first = await mint('user:budi@example.com', { displayName: 'kantor', lifetime: '3600s' });
    const as = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
    const second = await server.call('POST', '/v1/tokens', { displayName: 'rumah' }, as(first.token));
    expect(second.body).toMatchObject({ member: 'user:budi@example.com', displayName: 'rumah', createdBy: 'user:budi@example.com' });
    const list = await server.call('GET', '/v1/tokens?pageSize=1', undefined, as(first.token));
    expect(list.body['tokens']).toMatchObject([{ displayName: 'rumah' }]);
    const next = await server.call('GET', `/v1/tokens?pageSize=1&pageToken=${list.body.nextPageToken}`, undefined, as(first.token));
    expect(next.body['tokens']).toMatchObject([{ id: first.id }]);
    expect(JSON.stringify([list.body, next.body])).not.toContain('konektor_');
    const stranger = await mint('user:stranger@example.com');
    expect((await server.call('DELETE', `/v1/tokens/${first.id}`, undefined, as(stranger.token))).status).toBe(404);
    expect((await server.call('POST', '/v1/tokens', { member: 'user:budi@example.com' }, as(stranger.token))).status).toBe(403);
    expect((await server.call('DELETE', `/v1/tokens/${first.id}`, undefined, as(String(second.body['token'])))).body).toEqual({});
    expect((await server.call('GET', '/v1/tokens', undefined, as(first.token))).status).toBe(401);
  });

  it('asks who makes a connection, or gives it another account, whether they may act as that account', async () => {
    const as = { authorization: `Bearer ${(await mint('user:maker@example.com')).token}` };
    const grant = (role: string, resource: string): Promise<unknown> => server.call('POST', `/v1/${resource}:setIamPolicy`, { policy: { bindings: [{ role, members: ['user:maker@example.com'] }] } });
    expect((await server.call('POST', '/v1/projects', { projectId: 'makers' })).status).toBe(200);
    expect((await server.call('POST', '/v1/projects/makers/serviceAccounts', { accountId: 'other' })).status).toBe(200);
    await grant('roles/connectors.admin', 'projects/makers');
    const at = '/v1/projects/makers/locations/us-central1/connections';
    const connection = {
      connectorVersion: 'projects/makers/locations/global/providers/stripe/connectors/stripe/versions/1',
      authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/makers/secrets/s/versions/1' } }] },
    };
    const denied = (email: string) => expect.objectContaining({ metadata: expect.objectContaining({ permission: 'iam.serviceAccounts.actAs', resource: `projects/makers/serviceAccounts/${email}`, principal: 'user:maker@example.com' }) });
    const own = 'connections@makers.iam.gserviceaccount.com';
    const first = await server.call('POST', `${at}?connectionId=one`, connection, as);
    expect([first.status, first.body.error?.details[0]]).toEqual([403, denied(own)]);
    await grant('roles/iam.serviceAccountUser', `projects/makers/serviceAccounts/${own}`);
    expect((await server.call('POST', `${at}?connectionId=one`, connection, as)).status).toBe(200);
    await expect.poll(async () => (await server.call('GET', `${at}/one`, undefined, as)).body.status?.state).toBe('ERROR');
    const other = 'other@makers.iam.gserviceaccount.com';
    const moved = await server.call('PATCH', `${at}/one?updateMask=serviceAccount`, { serviceAccount: other }, as);
    expect([moved.status, moved.body.error?.details[0]]).toEqual([403, denied(other)]);
    expect((await server.call('PATCH', `${at}/one?updateMask=description`, { description: 'baru' }, as)).status).toBe(200);
  });

  it('ends the tokens of a service account with the account', async () => {
    const email = 'robot@demo.iam.gserviceaccount.com';
    const account = `/v1/projects/demo/serviceAccounts/${email}`;
    const make = async (): Promise<number> => (await server.call('POST', '/v1/projects/demo/serviceAccounts', { accountId: 'robot' })).status;
    expect(await make()).toBe(200);
    const { token } = await mint(`serviceAccount:${email}`);
    const status = async (): Promise<number> => (await server.call('GET', '/v1/tokens', undefined, { authorization: `Bearer ${token}` })).status;
    expect(await status()).toBe(200);
    await server.call('POST', `${account}:disable`, {});
    await expect.poll(status).toBe(401);
    await server.call('POST', `${account}:enable`, {});
    await expect.poll(status).toBe(200);
    await server.call('DELETE', account);
    await expect.poll(status).toBe(401);
    expect(await make()).toBe(200);
    expect(await status()).toBe(401);
  });
});

describe('a server with issuers, administrators and open doors', () => {
  let server: RunningServer;
  let issuer: TokenIssuer;
  beforeAll(async () => { issuer = await startTokenIssuer(); });
  afterAll(() => issuer?.close());
  withServer((started) => { server = started; }, () => ({
    KONEKTOR_OIDC_ISSUERS: JSON.stringify([{ issuer: issuer.issuer, audience: 'konektor', groupsClaim: 'groups' }]), KONEKTOR_ADMINS: 'group:ops', KONEKTOR_ALLOW_ANONYMOUS: 'true',
  }));

  const call = async (token: string | undefined, method = 'GET', path = `/v1/${DEMO}`, body?: object): Promise<number> => {
    const reply = await fetch(`${server.url}${path}`, { method, headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    await reply.text();
    return reply.status;
  };

  it('takes signed tokens for what policies and settings let their members do', async () => {
    const ani = await issuer.signed('ani@example.com');
    expect(await call(ani)).toBe(403);
    expect(await call(TOKEN, 'POST', '/v1/projects/demo:setIamPolicy', { policy: { bindings: [{ role: 'roles/connectors.viewer', members: ['user:ani@example.com'] }] } })).toBe(200);
    expect(await call(ani)).toBe(200);
    expect(await call(ani, 'DELETE')).toBe(403);
    expect(await call(await issuer.signed('root@example.com', ['ops']), 'POST', '/v1/projects', { projectId: 'by-group' })).toBe(200);
    expect(await call(`${ani.slice(0, -8)}AAAAAAAA`)).toBe(401);
  });

  it('tells MCP clients where their users sign in, at the address that it is set up with', async () => {
    const resource = `${server.url}/mcp/${DEMO}`;
    const documentAt = `${server.url}/.well-known/oauth-protected-resource`;
    const nobody = await fetch(resource, { method: 'POST' });
    expect([nobody.status, nobody.headers.get('www-authenticate')]).toEqual([401, `Bearer realm="konektor", resource_metadata="${documentAt}/mcp/${DEMO}"`]);
    expect(extractWWWAuthenticateParams(nobody).resourceMetadataUrl?.href).toBe(`${documentAt}/mcp/${DEMO}`);
    expect((await fetch(`${server.url}/v1/${DEMO}`, { headers: { authorization: 'Bearer wrong' } })).headers.get('www-authenticate'), 'of no other path').toBe('Bearer realm="konektor"');
    expect(await discoverOAuthServerInfo(resource)).toMatchObject({ authorizationServerUrl: issuer.issuer, authorizationServerMetadata: { token_endpoint: `${issuer.issuer}/token` }, resourceMetadata: { resource, authorization_servers: [issuer.issuer] } });
    const elsewhere = await fetch(documentAt, { headers: { host: 'evil.example', 'x-forwarded-host': 'evil.example' } });
    expect(await elsewhere.json()).toEqual({ resource: server.url, resource_name: 'Konektor', authorization_servers: [issuer.issuer], bearer_methods_supported: ['header'] });
    expect((await fetch(`${documentAt}/mcp/projects/demo`)).status).toBe(404);
  });

  it('lets an MCP client in whose user signed in at the issuer', async () => {
    const given: { address?: URL; verifier?: string; tokens?: StoredOAuthTokens; found?: OAuthDiscoveryState } = {};
    const provider: OAuthClientProvider = {
      redirectUrl: 'http://127.0.0.1:9/callback', clientMetadata: { redirect_uris: ['http://127.0.0.1:9/callback'] }, clientInformation: () => ({ client_id: 'agent' }),
      tokens: () => given.tokens, saveTokens: (tokens) => { given.tokens = tokens; }, redirectToAuthorization: (address) => { given.address = address; },
      saveCodeVerifier: (verifier) => { given.verifier = verifier; }, codeVerifier: () => given.verifier ?? '', saveDiscoveryState: (found) => { given.found = found; }, discoveryState: () => given.found,
    };
    expect(await call(TOKEN, 'POST', '/v1/projects/demo:setIamPolicy', { policy: { bindings: [{ role: 'roles/konektor.rowsViewer', members: ['user:agent@example.com'] }] } })).toBe(200);
    const transport = (): StreamableHTTPClientTransport => new StreamableHTTPClientTransport(new URL(`${server.url}/mcp/${DEMO}?entities=Customer`), { authProvider: provider });
    const first = transport();
    await expect(new Client({ name: 'test', version: '0' }).connect(first)).rejects.toThrow(UnauthorizedError);
    expect(`${given.address?.origin}${given.address?.pathname}`).toBe(`${issuer.issuer}/authorize`);
    await first.finishAuth(new URLSearchParams({ code: 'the-code' }));
    expect(issuer.asked.map((form) => [form.get('client_id'), form.get('resource')])).toEqual([['agent', `${server.url}/mcp/${DEMO}`]]);
    const client = new Client({ name: 'test', version: '0' });
    await client.connect(transport());
    expect((await client.callTool({ name: 'list_Customer', arguments: { pageSize: 1, columns: ['Id'] } })).structuredContent).toMatchObject({ rows: [{ Id: expect.stringMatching(/^cus_/) }] });
    await client.close();
  });

  it('lets nobody do what policies grant to everyone, and no more', async () => {
    expect(await call(undefined)).toBe(403);
    expect(await call(TOKEN, 'POST', `/v1/${DEMO}:setIamPolicy`, { policy: { bindings: [{ role: 'roles/connectors.viewer', members: ['allUsers'] }] } })).toBe(200);
    expect(await call(undefined)).toBe(200);
    expect(await call(undefined, 'POST', '/v1/tokens', {})).toBe(401);
  });
});
