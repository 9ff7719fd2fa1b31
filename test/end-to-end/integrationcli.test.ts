// Files of integrationcli, sent as that tool sends them: a create is converted first, an update is the file as it is with a mask
// that names nearly everything.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Reply, type RunningServer, withServer } from './running-server.ts';

const PARENT = 'projects/demo/locations/us-central1/connections';
const DEFAULT_MASK = ['destinationConfigs', 'description', 'nodeConfig', 'labels', 'connectorVersion', 'configVariables', 'authConfig', 'logConfig', 'sslConfig', 'eventingEnablementType', 'eventingConfig'];
/** What an export keeps. */
const MINIMAL = ['description', 'labels', 'configVariables', 'authConfig', 'lockConfig', 'destinationConfigs', 'serviceAccount', 'suspended', 'nodeConfig', 'logConfig', 'sslConfig', 'eventingEnablementType', 'eventingConfig'];

type Json = Readonly<Record<string, unknown>>;
interface SecretFields {
  readonly secretDetails?: { readonly secretName: string };
  readonly passwordDetails?: { readonly secretName: string };
}
const fileText = (name: string): string => readFileSync(join(import.meta.dirname, 'integrationcli', `${name}.json`), 'utf8');
const fileOf = (name: string): Json => JSON.parse(fileText(name)) as Json;

/** What the tool makes of a file before it creates: the version's name, and names of secret versions. */
function converted(file: Json): Json {
  const { connectorDetails, ...rest } = file;
  const { provider, name, version } = connectorDetails as { readonly provider: string; readonly name: string; readonly version: number };
  return { connectorVersion: `projects/demo/locations/global/providers/${provider}/connectors/${name}/versions/${version}`, ...(withSecrets(rest) as Json) };
}

function withSecrets(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withSecrets);
  if (typeof value !== 'object' || value === null) return value;
  const { secretDetails, passwordDetails, ...rest } = value as SecretFields & Json;
  const named = (secret: string): Json => ({ secretVersion: `projects/demo/secrets/${secret}/versions/1` });
  return {
    ...Object.fromEntries(Object.entries(rest).map(([key, inner]) => [key, withSecrets(inner)])),
    ...(secretDetails === undefined ? {} : { secretValue: named(secretDetails.secretName) }),
    ...(passwordDetails === undefined ? {} : { password: named(passwordDetails.secretName) }),
  };
}

let server: RunningServer;
withServer((started) => { server = started; });

async function waited(reply: Reply): Promise<Json> {
  expect(reply.body.error, JSON.stringify(reply.body)).toBeUndefined();
  await expect.poll(async () => (await server.call('GET', `/v1/${reply.body.name}`)).body['done'], { interval: 20 }).toBe(true);
  const { body } = await server.call('GET', `/v1/${reply.body.name}`);
  expect(body.error).toBeUndefined();
  return body;
}
const create = async (name: string, body: Json): Promise<Reply> => server.call('POST', `/v1/${PARENT}?connectionId=${name}`, body);
const update = async (name: string, body: Json, mask: readonly string[] = DEFAULT_MASK): Promise<Json> => waited(await server.call('PATCH', `/v1/${PARENT}/${name}?updateMask=${encodeURIComponent(mask.join(','))}`, body));
const get = async (name: string): Promise<Json> => (await server.call('GET', `/v1/${PARENT}/${name}`)).body;

describe('a file of integrationcli', () => {
  it.each(['stripe', 'password'])('%s.json is created, and shown as it was given', async (name) => {
    const body = converted(fileOf(name));
    await waited(await create(name, body));
    const shown = await get(name);
    expect(shown['status']).toMatchObject({ state: 'ACTIVE' });
    expect(shown['configVariables']).toEqual(body['configVariables']);
    for (const field of ['connectorVersion', 'authConfig', 'labels']) expect(shown[field], field).toEqual(body[field]);
    expect(await server.call('GET', `/v2/${PARENT}/${name}/entityTypes/Customer/entities?pageSize=1`)).toMatchObject({ status: 200 });
  });

  it.each(['stripe', 'password'])('%s.json is sent as it is to update; what no connection has is left alone', async (name) => {
    const before = await get(name);
    // The tool sends the file itself, in which secrets are named as it alone understands: people put the versions in first.
    const { connectorVersion: _converted, ...rest } = converted(fileOf(name));
    const raw = { ...rest, connectorDetails: fileOf(name)['connectorDetails'], description: 'Changed', createTime: '2020-01-01T00:00:00Z', whatever: { deep: [1] } };
    await update(name, raw);
    const after = await get(name);
    expect(after).toMatchObject({ description: 'Changed', connectionRevision: '2', status: { state: 'ACTIVE' }, connectorVersion: before['connectorVersion'] });
    for (const field of ['configVariables', 'authConfig', 'destinationConfigs', 'createTime', 'logConfig', 'sslConfig']) expect(after[field], field).toEqual(before[field]);
    expect(after).not.toHaveProperty('connectorDetails');
    expect(after).not.toHaveProperty('whatever');
  });

  it('loses by an update what the file does not have, but not what must be there', async () => {
    const { description: _d, logConfig: _l, nodeConfig: _n, connectorVersion: _v, ...rest } = converted(fileOf('stripe'));
    await update('stripe', rest);
    const shown = await get('stripe');
    expect(shown).toMatchObject({ nodeConfig: { minNodeCount: 2, maxNodeCount: 50 }, connectorVersion: expect.stringMatching(/versions\/1$/) });
    expect(shown).not.toHaveProperty('description');
    expect(shown).not.toHaveProperty('logConfig');
  });

  it('that is not finished is refused with everything that is wrong', async () => {
    const { status, body } = await create('unfinished', converted(fileOf('unfinished')));
    expect(status).toBe(400);
    const wrong = ['configVariables[0].intValue', 'nodeConfig', 'destinationConfigs[0].key', 'authConfig.additionalVariables'].map((field) => expect.objectContaining({ field }));
    expect(body.error?.details).toContainEqual({ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: expect.arrayContaining(wrong) });
    expect((await server.call('GET', `/v1/${PARENT}/unfinished`)).status).toBe(404);
  });
});

describe('the other commands of integrationcli', () => {
  it('nodecount changes one or both', async () => {
    await update('stripe', { nodeConfig: { minNodeCount: 3, maxNodeCount: 7 } }, ['nodeConfig.minNodeCount', 'nodeConfig.maxNodeCount']);
    expect((await get('stripe'))['nodeConfig']).toEqual({ minNodeCount: 3, maxNodeCount: 7 });
    await update('stripe', { nodeConfig: { maxNodeCount: 9 } }, ['nodeConfig.maxNodeCount']);
    expect((await get('stripe'))['nodeConfig']).toEqual({ minNodeCount: 3, maxNodeCount: 9 });
  });

  it('iam reads the policy, adds to it and sets it', async () => {
    const { body: policy } = await server.call('GET', `/v1/${PARENT}/stripe:getIamPolicy`);
    const bindings = [...((policy['bindings'] ?? []) as readonly object[]), { role: 'roles/connectors.invoker', members: ['serviceAccount:connections@demo.iam.gserviceaccount.com'] }];
    expect((await server.call('POST', `/v1/${PARENT}/stripe:setIamPolicy`, { policy: { ...policy, bindings } })).body['bindings']).toEqual(bindings);
  });

  it('export and import give the same connections', async () => {
    const { body } = await server.call('GET', `/v1/${PARENT}?pageSize=1000`);
    const all = (body['connections'] as readonly Json[]).filter(({ name }) => !String(name).endsWith('/stripe-sandbox'));
    expect(all).toHaveLength(2);
    for (const connection of all) {
      const id = String(connection['name']).split('/').at(-1) ?? '';
      const segments = String(connection['connectorVersion']).split('/');
      const exported = { connectorDetails: { provider: segments[5], name: segments[7], version: Number(segments[9]) }, ...Object.fromEntries(MINIMAL.filter((field) => connection[field] !== undefined).map((field) => [field, connection[field]])) };
      await waited(await server.call('DELETE', `/v1/${PARENT}/${id}`));
      await waited(await create(id, converted(exported)));
      const again = await get(id);
      for (const field of ['connectorVersion', 'status', ...MINIMAL]) expect(again[field], `${id} ${field}`).toEqual(connection[field]);
    }
  });
});
