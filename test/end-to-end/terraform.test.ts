// Terraform: the configuration of the how-to, sent as the provider sends it, on a real server. The requests were compared with
// those that the provider itself made for this configuration.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseHcl, type Block, type Body } from './hcl.ts';
import { type RunningServer, withServer } from './running-server.ts';
import { ConnectionResource, createProvider, evaluate, type Provider } from './terraform-provider.ts';

const HOW_TO = join(import.meta.dirname, '..', '..', 'docs', 'how-to', 'use-terraform.md');
const PROJECT = 'demo';
const configuration = parseHcl(/```hcl\n([^]*?)```/.exec(readFileSync(HOW_TO, 'utf8'))?.[1] ?? '');
const resources = configuration.blocks.filter(({ type }) => type === 'resource');
const required = <T>(value: T | undefined, what: string): T => {
  if (value === undefined) throw new Error(`${what} is missing`);
  return value;
};
const only = (body: Body, type: string): Block => required(body.blocks.find((one) => one.type === type), type);
const connectionOf = (source: string): Block => only(parseHcl(source), 'resource');
const CONNECTION = required(resources.find(({ labels }) => labels[0] === 'google_integration_connectors_connection'), 'the connection');

let server: RunningServer;
let provider: Provider;
withServer((started) => {
  server = started;
  provider = createProvider(server.url, PROJECT);
  provider.state.set('var', { konektor_token: 't', stripe_api_key: 'sk_test_konektorSandbox', proxy_password: 'hunter2' });
});

/** What the provider does for each kind of resource but the connection; it is done once for each member of for_each. */
const DEEDS: Readonly<Record<string, (address: string, values: (name: string) => string) => Promise<void>>> = {
  async google_project_service(_address, value) {
    const enabled = async (): Promise<readonly string[]> => {
      const { status, body } = await provider.request('GET', `projects/${PROJECT}/services?fields=services%2Fname%2CnextPageToken&filter=state%3AENABLED&pageSize=200&prettyPrint=false`);
      expect(status).toBe(200);
      return (body['services'] as readonly { readonly name: string }[]).map(({ name }) => name.split('/').at(-1) ?? '');
    };
    if (!(await enabled()).includes(value('service'))) {
      // One goes alone, several go as a batch; an operation that has ended is not asked for again.
      expect(await provider.request('POST', `projects/${PROJECT}/services/${value('service')}:enable?prettyPrint=false`, {})).toMatchObject({ status: 200, body: { done: true } });
    }
    expect(await enabled()).toContain(value('service'));
  },

  async google_service_account(address, value) {
    const email = `${value('account_id')}@${PROJECT}.iam.gserviceaccount.com`;
    const { status } = await provider.request('POST', `projects/${PROJECT}/serviceAccounts?prettyPrint=false`, { accountId: value('account_id'), serviceAccount: { displayName: value('display_name') } });
    expect(status).toBe(200);
    const read = await provider.request('GET', `projects/${PROJECT}/serviceAccounts/${email}?prettyPrint=false`);
    expect(read).toMatchObject({ status: 200, body: { name: `projects/${PROJECT}/serviceAccounts/${email}`, email, displayName: value('display_name'), uniqueId: expect.stringMatching(/^\d+$/), projectId: PROJECT } });
    provider.state.set(address, { email, member: `serviceAccount:${email}` });
  },

  async google_secret_manager_secret(address, value) {
    const id = `projects/${PROJECT}/secrets/${value('secret_id')}`;
    const labels = { 'goog-terraform-provisioned': 'true' };
    expect((await provider.request('POST', `projects/${PROJECT}/secrets?secretId=${value('secret_id')}`, { labels, replication: { automatic: {} } })).status).toBe(200);
    expect(await provider.request('GET', id)).toMatchObject({ status: 200, body: { name: expect.stringMatching(`/secrets/${value('secret_id')}$`), labels, replication: { automatic: {} } } });
    provider.state.set(address, { id });
  },

  async google_secret_manager_secret_version(address, value) {
    const data = Buffer.from(value('secret_data')).toString('base64');
    const { status, body } = await provider.request('POST', `${value('secret')}:addVersion`, { payload: { data } });
    expect(status).toBe(200);
    const name = String(body['name']);
    expect((await provider.request('POST', `${name}:enable`)).status).toBe(200);
    expect(await provider.request('GET', name)).toMatchObject({ status: 200, body: { name, state: 'ENABLED' } });
    expect(await provider.request('GET', `${name}:access`)).toMatchObject({ status: 200, body: { payload: { data } } });
    provider.state.set(address, { name, id: name });
  },

  async google_secret_manager_secret_iam_member(_address, value) {
    const { status, body } = await provider.request('GET', `${value('secret_id')}:getIamPolicy?options.requestedPolicyVersion=3`);
    expect(status).toBe(200);
    const bindings = [...((body['bindings'] ?? []) as readonly object[]), { role: value('role'), members: [value('member')] }];
    const set = await provider.request('POST', `${value('secret_id')}:setIamPolicy`, { policy: { bindings, etag: body['etag'], version: 3 } });
    expect(set.body, value('role')).toMatchObject({ bindings: expect.arrayContaining([{ role: value('role'), members: [value('member')] }]) });
  },
};

async function make(block: Block): Promise<void> {
  const [type = '', name = ''] = block.labels;
  const each = block.attributes['for_each'];
  for (const member of each === undefined ? [undefined] : (evaluate(each, provider.state) as readonly string[])) {
    if (member !== undefined) provider.state.set('each', { value: member });
    const value = (argument: string): string => String(evaluate(required(block.attributes[argument], argument), provider.state));
    await required(DEEDS[type], type)(`${type}.${name}`, value);
  }
}

describe('the configuration of the how-to', () => {
  it('points every endpoint at this server and has the seven variables of the connector', () => {
    const endpoints = Object.entries(only(configuration, 'provider').attributes).filter(([name]) => name.endsWith('_custom_endpoint'));
    expect(endpoints.map(([name]) => name).toSorted()).toEqual(['iam_beta', 'iam', 'integration_connectors', 'resource_manager', 'secret_manager', 'service_usage'].map((name) => `${name}_custom_endpoint`));
    for (const [name, value] of endpoints) expect(value, name).toEqual({ is: 'literal', value: 'http://127.0.0.1:8080/v1/' });
    const keys = CONNECTION.blocks.filter(({ type }) => type === 'config_variable').map(({ attributes }) => String(evaluate(required(attributes['key'], 'key'), new Map())));
    expect(new Set(keys)).toEqual(new Set(['account_id', 'proxy_auth_scheme', 'proxy_enabled', 'proxy_password', 'proxy_ssltype', 'proxy_user', 'verbosity']));
  });

  it('is applied, and applied again without a difference', async () => {
    for (const block of resources) if (block !== CONNECTION) await make(block);
    const connection = new ConnectionResource(provider, PROJECT, CONNECTION);
    const from = provider.sent.length;
    const made = await connection.create(CONNECTION);
    expect(made).toMatchObject({ name: connection.name, status: { state: 'ACTIVE' }, labels: { team: 'toko', 'goog-terraform-provisioned': 'true' } });
    const [create, ...polls] = provider.sent.slice(from);
    expect(create).toMatchObject({ method: 'POST', path: `/v1/projects/demo/locations/us-central1/connections?alt=json&connectionId=stripe-toko`, status: 200 });
    expect(polls.every(({ method, status }) => method === 'GET' && status === 200)).toBe(true);
    expect(JSON.stringify(create?.body), 'what is false is not sent').toContain('{"key":"proxy_enabled"}');
    expect(await connection.plan(CONNECTION)).toEqual([]);
    expect(await connection.plan(CONNECTION), 'a second time').toEqual([]);
    expect((await server.call('GET', `/v2/${connection.name}/entityTypes/Customer/entities?pageSize=1`)).status, 'it works').toBe(200);
  });

  it('is changed, imported and destroyed', async () => {
    const source = /resource "google_integration_connectors_connection"[^]*?\n}\n/.exec(/```hcl\n([^]*?)```/.exec(readFileSync(HOW_TO, 'utf8'))?.[1] ?? '')?.[0] ?? '';
    const changed = connectionOf(source.replace('Payments of the shop', 'Payments of all shops').replace('string_value = "1"', 'integer_value = 3').replace(/ {2}log_config \{[^}]*\}\n/, '').replace('team = "toko"', 'team = "medan"'));
    const connection = new ConnectionResource(provider, PROJECT, changed);
    expect(await connection.plan(changed)).toEqual(['description', 'config_variable', 'log_config', 'labels']);
    const updated = await connection.update(changed);
    expect(provider.sent.findLast(({ method }) => method === 'PATCH')?.path).toBe(`/v1/${connection.name}?alt=json&updateMask=description%2CconfigVariables%2ClogConfig%2Clabels`);
    expect(updated).toMatchObject({ description: 'Payments of all shops', status: { state: 'ACTIVE' }, connectionRevision: '2', labels: { team: 'medan' } });
    expect(updated, 'a block that was taken out').not.toHaveProperty('logConfig');
    expect(await connection.plan(changed)).toEqual([]);
    expect(await new ConnectionResource(provider, PROJECT, changed).plan(changed), 'imported').toEqual([]);
    await connection.delete();
    expect((await provider.request('GET', connection.name)).status).toBe(404);
    // What the connection stood on goes in the reverse order; the services stay, since disable_on_destroy is false.
    for (const { labels: [type = '', name = ''] } of resources.toReversed()) {
      const made = provider.state.get(`${type}.${name}`);
      if (type === 'google_secret_manager_secret_version') expect((await provider.request('POST', `${String(made?.['name'])}:destroy`)).status, name).toBe(200);
      if (type === 'google_secret_manager_secret') {
        expect((await provider.request('DELETE', String(made?.['id']))).status, name).toBe(200);
        expect((await provider.request('GET', String(made?.['id']))).status, name).toBe(404);
      }
      if (type === 'google_service_account') expect((await provider.request('DELETE', `projects/${PROJECT}/serviceAccounts/${String(made?.['email'])}?prettyPrint=false`)).status, name).toBe(200);
    }
  });

  it('enables a service that is disabled', async () => {
    expect((await provider.request('POST', `projects/${PROJECT}/services/secretmanager.googleapis.com:disable`, {})).status).toBe(200);
    expect((await provider.request('GET', `projects/${PROJECT}/secrets/stripe-api-key`)).body).toMatchObject({ error: { status: 'FAILED_PRECONDITION' } });
    await make(required(resources.find(({ labels }) => labels[1] === 'secret_manager'), 'the service'));
    expect((await provider.request('GET', `projects/${PROJECT}/secrets/stripe-api-key`)).status).toBe(200);
  });
});

describe('what the provider leaves out', () => {
  const bare = `resource "google_integration_connectors_connection" "bare" {
    name = "bare"
    location = "europe-west1"
    connector_version = "projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1"
    suspended = false
    config_variable { key = "proxy_enabled" }
    config_variable {
      key = "verbosity"
      string_value = ""
    }
    config_variable {
      key = "sample_integer"
      integer_value = 0
    }
    config_variable {
      key = "sample_unknown"
      integer_value = 7
    }
    auth_config {
      auth_type = "USER_PASSWORD"
      user_password {
        username = "toko"
        password { secret_version = "projects/demo/secrets/stripe-api-key/versions/1" }
      }
    }
    destination_config {
      key = "stripe_api"
      destination {
        host = "sandbox"
        port = 0
      }
    }
    log_config { enabled = false }
    lock_config { locked = false }
  }`;

  it('is neither refused nor invented', async () => {
    // The blocks that hold nothing but false are not sent, and the provider reads none.
    const block = connectionOf(bare);
    const sentBlock = connectionOf(bare.replace(/ +(?:log|lock)_config .*\n/g, ''));
    const connection = new ConnectionResource(provider, PROJECT, block);
    const made = await connection.create(block);
    const { body } = required(provider.sent.findLast(({ method }) => method === 'POST'), 'the create');
    expect(body).toEqual({
      connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', labels: { 'goog-terraform-provisioned': 'true' },
      configVariables: [{ key: 'proxy_enabled' }, { key: 'verbosity' }, { key: 'sample_integer' }, { key: 'sample_unknown', intValue: 7 }],
      authConfig: { authType: 'USER_PASSWORD', userPassword: { username: 'toko', password: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } } },
      destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    });
    expect(made).toMatchObject({ status: { state: 'ACTIVE' }, nodeConfig: { minNodeCount: 2, maxNodeCount: 50 }, serviceAccount: 'connections@demo.iam.gserviceaccount.com' });
    for (const field of ['description', 'logConfig', 'lockConfig', 'sslConfig', 'suspended', 'eventingConfig']) expect(made).not.toHaveProperty(field);
    expect(await connection.plan(sentBlock)).toEqual([]);
    const cleared = connectionOf(bare.replace(/ +config_variable \{[^}]*\}\n/g, '').replace('suspended = false', 'suspended = true').replace(/ +(?:log|lock)_config .*\n/g, ''));
    expect(await connection.plan(cleared)).toEqual(['config_variable', 'suspended']);
    expect(await connection.update(cleared)).toMatchObject({ suspended: true, status: { state: 'INACTIVE' } });
    expect(await connection.plan(cleared)).toEqual([]);
    const resumed = connectionOf(bare.replace(/ +config_variable \{[^}]*\}\n/g, '').replace(/ +(?:log|lock)_config .*\n/g, ''));
    expect(await connection.update(resumed)).toMatchObject({ status: { state: 'ACTIVE' } });
    expect(await connection.plan(resumed)).toEqual([]);
    await connection.delete();
  });

  it('does not hide that something is wrong', async () => {
    const wrong = connectionOf(bare.replace('"bare"\n', '"wrong"\n').replace('string_value = ""', 'string_value = "9"').replace('europe-west1', 'nowhere'));
    await expect(new ConnectionResource(provider, PROJECT, wrong).create(wrong)).rejects.toThrow(/verbosity must be 1 to 5/);
    await expect(new ConnectionResource(provider, PROJECT, wrong).create(wrong)).rejects.toThrow(/nowhere/);
    const failing = connectionOf(bare.replace('"bare"\n', '"failing"\n').replace('/stripe-api-key/', '/none/'));
    const connection = new ConnectionResource(provider, PROJECT, failing);
    expect(await connection.create(failing), 'the apply succeeds').toMatchObject({ status: { state: 'ERROR', description: expect.any(String) } });
    await connection.delete();
  });
});
