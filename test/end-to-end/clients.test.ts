// Clients that people already have: Google's own for Node, and the Stripe CLI beside a connection.
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { google } from '../google-apis.ts';
import { present } from '../present.ts';
import { DEMO, TOKEN, type Fields, type RunningServer, withServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const VERSION = 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1';
const MODULES = join(import.meta.dirname, '..', 'node_modules');
const CLI = join(MODULES, '@stripe', `cli-${process.platform}-${process.arch}`, 'bin', 'stripe');

let folder: string;
let server: RunningServer;
withServer((started, itsFolder) => { [server, folder] = [started, itsFolder]; });

it('prettyPrint gives an answer line breaks and changes nothing else', async () => {
  const read = async (query: string) => (await fetch(`${server.url}/v1/${DEMO}${query}`, { headers: { authorization: `Bearer ${TOKEN}` } })).text();
  const [plain, pretty] = [await read(''), await read('?prettyPrint=true')];
  expect(plain).not.toContain('\n');
  expect(pretty).toMatch(/^\{\n {2}"name": /);
  expect(JSON.parse(pretty)).toEqual(JSON.parse(plain));
});

describe('npm googleapis', async () => {
  const clientOf = async <V extends 'v1' | 'v2'>(version: V) => {
    const auth = new google.auth.OAuth2();
    auth.setCredentials({ access_token: TOKEN, expiry_date: Date.now() + 3_600_000 });
    return { version, options: { rootUrl: `${server.url}/`, auth } };
  };
  const v1 = async () => google.connectors({ version: 'v1', ...(await clientOf('v1')).options });
  const v2 = async () => google.connectors({ version: 'v2', ...(await clientOf('v2')).options });

  it('makes a connection, waits for its operation, lists and deletes it', async () => {
    const { projects } = await v1();
    const { connections, operations } = projects.locations;
    const finish = async (name: string | null | undefined) => {
      await expect.poll(async () => (await operations.get({ name: name ?? '' })).data.done).toBe(true);
      return (await operations.get({ name: name ?? '' })).data;
    };
    const begun = await connections.create({ parent: LOCATION, connectionId: 'google-made', requestBody: {
      connectorVersion: VERSION, serviceAccount: 'connections@demo.iam.gserviceaccount.com', labels: { team: 'toko' },
      authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/latest' } }] },
      destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    } });
    expect(begun.data).toMatchObject({ done: false, metadata: { verb: 'create', target: `${LOCATION}/connections/google-made`, requestedCancellation: false, apiVersion: 'v1' } });
    expect(await finish(begun.data.name)).toMatchObject({ response: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.Connection', name: `${LOCATION}/connections/google-made` } });
    const made = await connections.get({ name: `${LOCATION}/connections/google-made` });
    expect(made.data).toMatchObject({ status: { state: 'ACTIVE' }, connectionRevision: '1', labels: { team: 'toko' }, nodeConfig: { minNodeCount: 2, maxNodeCount: 50 } });
    const first = await connections.list({ parent: LOCATION, pageSize: 1 });
    expect(first.data.connections).toHaveLength(1);
    const second = await connections.list({ parent: LOCATION, pageToken: first.data.nextPageToken ?? '' });
    expect([...(first.data.connections ?? []), ...(second.data.connections ?? [])].map(({ name }) => name)).toEqual([`${LOCATION}/connections/google-made`, DEMO]);
    expect(await finish((await connections.delete({ name: `${LOCATION}/connections/google-made` })).data.name)).toMatchObject({ response: { '@type': 'type.googleapis.com/google.protobuf.Empty' } });
    await expect(connections.get({ name: `${LOCATION}/connections/google-made` })).rejects.toMatchObject({ status: 404 });
  });

  it('ends a connection that does not work in ERROR, with an operation that succeeded', async () => {
    const { projects } = await v1();
    const begun = await projects.locations.connections.create({ parent: LOCATION, connectionId: 'no-secret', requestBody: {
      connectorVersion: VERSION, authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/none/versions/1' } }] },
      destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    } });
    await expect.poll(async () => (await projects.locations.operations.get({ name: begun.data.name ?? '' })).data.done).toBe(true);
    const { data } = await projects.locations.connections.get({ name: `${LOCATION}/connections/no-secret` });
    expect(data.status).toMatchObject({ state: 'ERROR', description: expect.stringContaining('projects/demo/secrets/none/versions/1') });
    const runtime = (await v2()).projects.locations.connections;
    await expect(runtime.entityTypes.list({ parent: `${LOCATION}/connections/no-secret` })).rejects.toMatchObject({ status: 400, message: expect.stringContaining('ERROR') });
    expect((await runtime.checkStatus({ name: `${LOCATION}/connections/no-secret` })).data).toMatchObject({ state: 'AUTH_ERROR', description: expect.stringContaining('not found') });
    expect((await runtime.checkReadiness({ name: `${LOCATION}/connections/no-secret` })).data).toEqual({ status: 'NOT_READY' });
  });

  it('calls every method of the runtime API that is served', async () => {
    const { connections } = (await v2()).projects.locations;
    expect((await connections.checkStatus({ name: DEMO })).data).toEqual({ state: 'ACTIVE' });
    expect((await connections.checkReadiness({ name: DEMO })).data).toEqual({ status: 'READY' });
    const names: string[] = [];
    for (let pageToken = '', more = true; more; more = pageToken !== '') {
      const page: { readonly data: { types?: { name?: string | null }[]; nextPageToken?: string | null } } = await connections.entityTypes.list({ parent: DEMO, pageSize: 100, pageToken, view: 'ENTITY_TYPE_VIEW_BASIC' });
      names.push(...(page.data.types ?? []).map(({ name }) => name ?? ''));
      pageToken = page.data.nextPageToken ?? '';
    }
    expect(names).toHaveLength(172);
    expect((await connections.entityTypes.get({ name: `${DEMO}/entityTypes/Customer` })).data).toMatchObject({
      name: 'Customer', operations: expect.arrayContaining(['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE']),
      fields: expect.arrayContaining([expect.objectContaining({ name: 'Id', dataType: 'VARCHAR', key: true }), expect.objectContaining({ name: 'Created', dataType: 'TIMESTAMP' }), expect.objectContaining({ name: 'Balance', dataType: 'BIGINT' })]),
    });
    const types = connections.entityTypes;
    const parent = `${DEMO}/entityTypes/Customer`;
    const { data: made } = await types.entities.create({ parent, requestBody: { fields: { Name: 'Siti', Email: 'siti@example.com' } } });
    const name = made.name ?? '';
    expect((await types.entities.get({ name })).data.fields).toMatchObject({ Name: 'Siti' });
    expect((await types.entities.patch({ name, requestBody: { fields: { Phone: '+62 21 555' } } })).data.fields).toEqual({ Id: name.split('/').at(-1) });
    const conditions = "Email = 'siti@example.com'";
    expect((await types.entities.list({ parent, conditions, sortBy: ['Name'], sortOrder: ['DESC'] })).data.entities).toHaveLength(1);
    expect((await types.entities.updateEntitiesWithConditions({ entityType: parent, conditions, requestBody: { fields: { Description: 'pelanggan' } } })).data.response).toEqual({ count: 1 });
    expect((await types.entities.get({ name })).data.fields).toMatchObject({ Description: 'pelanggan', Phone: '+62 21 555' });
    await types.entities.deleteEntitiesWithConditions({ entityType: parent, conditions });
    await expect(types.entities.get({ name })).rejects.toMatchObject({ status: 404 });
    const { data: hook } = await types.entities.create({ parent: `${DEMO}/entityTypes/WebhookEndpoint`, requestBody: { fields: { Url: 'https://example.com/hook', EnabledEvents: ['*'] } } });
    expect(hook.fields, 'what is shown only once').toMatchObject({ Secret: expect.stringMatching(/^whsec_/) });
    const { data: child } = await types.entities.create({ parent: `${DEMO}/entityTypes/CustomerTaxId`, requestBody: { fields: { CustomerId: (await types.entities.create({ parent, requestBody: { fields: { Name: 'Budi' } } })).data.fields?.['Id'], Type: 'eu_vat', Value: 'DE123456789' } } });
    expect(child.name).toMatch(/\/entities\/cus_\w+\/txi_\w+$/);
    expect((await types.entities.get({ name: child.name ?? '' })).data.fields).toMatchObject({ Type: 'eu_vat' });
    await types.entities.delete({ name: child.name ?? '' });
    const actions = await connections.actions.list({ parent: DEMO, pageSize: 200, view: 'ACTION_VIEW_BASIC' });
    expect(actions.data.actions?.length).toBeGreaterThanOrEqual(136);
    expect((await connections.actions.get({ name: `${DEMO}/actions/AcceptQuote` })).data).toMatchObject({ name: 'AcceptQuote', displayName: 'AcceptQuote', inputParameters: [{ name: 'QuoteId', dataType: 'VARCHAR', nullable: false }] });
    const { data: intent } = await types.entities.create({ parent: `${DEMO}/entityTypes/PaymentIntent`, requestBody: { fields: { Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_visa' } } });
    const parameters = { PaymentIntentId: intent.fields?.['Id'], ReturnUrl: 'https://example.com/' };
    const requestBody = { parameters, executionConfig: { headers: '{"x-konektor-output":"typed"}' } };
    const { data: typed } = await connections.actions.execute({ name: `${DEMO}/actions/ConfirmPaymentIntent`, requestBody });
    expect(typed.results?.[0]).toMatchObject({ amount: 1500, livemode: false, payment_method_types: expect.any(Array) });
  });
});

describe('clients that cannot send every method', () => {
  const send = async (path: string, override: string, body: string, type = 'application/json'): Promise<{ readonly status: number; readonly body: Fields }> => {
    const reply = await fetch(`${server.url}${path}`, { method: 'POST', body, headers: { authorization: `Bearer ${TOKEN}`, 'content-type': type, 'x-http-method-override': override } });
    return { status: reply.status, body: (await reply.json()) as Fields };
  };

  it('say by a header that a POST means a PATCH or a DELETE', async () => {
    const path = `/v1/projects/demo/secrets/lama`;
    expect((await server.call('POST', '/v1/projects/demo/secrets?secretId=lama', { replication: { automatic: {} } })).status).toBe(200);
    expect(await send(`${path}?updateMask=labels`, 'PATCH', '{"labels":{"a":"b"}}')).toMatchObject({ status: 200, body: { labels: { a: 'b' } } });
    expect(await send(path, 'delete', '{}')).toMatchObject({ status: 200 });
    expect((await server.call('GET', path)).status).toBe(404);
    expect((await send(path, 'TRACE', '{}')).status, 'no others').toBe(404);
  });

  it('pack every body, even an empty one', async () => {
    const { gzipSync } = await import('node:zlib');
    const pack = async (path: string, body: Buffer, more: Record<string, string> = { 'content-type': 'application/json; charset=UTF-8' }): Promise<{ readonly status: number; readonly body: Fields }> => {
      // Without a length, as that client sends it.
      const chunks = new ReadableStream({ start(control) { control.enqueue(new Uint8Array(body)); control.close(); } });
      const reply = await fetch(`${server.url}${path}`, { method: 'POST', body: chunks, duplex: 'half', headers: { authorization: `Bearer ${TOKEN}`, 'content-encoding': 'gzip', ...more } });
      return { status: reply.status, body: (await reply.json()) as Fields };
    };
    const packed = (value: unknown): Buffer => gzipSync(JSON.stringify(value));
    const secrets = '/v1/projects/demo/secrets';
    expect(await pack(`${secrets}?secretId=padat`, packed({ replication: { automatic: {} }, labels: { a: 'b' } }))).toMatchObject({ status: 200, body: { labels: { a: 'b' } } });
    expect(await pack(`${secrets}/padat:addVersion`, packed({ payload: { data: Buffer.from('nilai').toString('base64') } }))).toMatchObject({ status: 200, body: { state: 'ENABLED' } });
    expect(await pack(`${secrets}/padat/versions/1:disable`, gzipSync(''), {})).toMatchObject({ status: 200, body: { state: 'DISABLED' } });
    expect(await pack(`${secrets}/padat?updateMask=labels`, packed({ labels: { a: 'c' } }), { 'content-type': 'application/json', 'x-http-method-override': 'PATCH' })).toMatchObject({ status: 200, body: { labels: { a: 'c' } } });
    const form = { 'content-type': 'application/x-www-form-urlencoded', 'x-http-method-override': 'GET' };
    expect(await pack(secrets, gzipSync('filter=labels.a%3Dc'), form)).toMatchObject({ status: 200, body: { secrets: [{ labels: { a: 'c' } }] } });
    expect(await pack(secrets, gzipSync('filter='.padEnd(10_000_000, 'x')), form)).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('larger than') } } });
    expect(await pack(secrets, Buffer.from('filter=x'), form)).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('no gzip') } } });
    expect(await pack(`${secrets}?secretId=bukan`, Buffer.from('{}'))).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('no gzip') } } });
    expect(await pack(`${secrets}?secretId=bom`, gzipSync(Buffer.alloc(200 * 1024 * 1024, 0x20)))).toMatchObject({ status: 400, body: { error: { details: expect.arrayContaining([expect.objectContaining({ reason: 'PAYLOAD_TOO_LARGE' })]) } } });
    expect(await pack(`${secrets}?secretId=br`, packed({}), { 'content-type': 'application/json', 'content-encoding': 'br' })).toMatchObject({ status: 400, body: { error: { message: expect.stringContaining('as gzip') } } });
  });

  it('send a query that would be long as the body of a POST', async () => {
    const customers = `/v2/${DEMO}/entityTypes/Customer/entities`;
    const form = 'application/x-www-form-urlencoded';
    const conditions = `Email IN (${Array.from({ length: 200 }, (_none, index) => `'nobody${index}@example.com'`).join(', ')})`;
    expect(await send(`${customers}?alt=json`, 'GET', new URLSearchParams({ conditions, pageSize: '5' }).toString(), form)).toEqual({ status: 200, body: { entities: [] } });
    expect(await send(customers, 'GET', '', form)).toMatchObject({ status: 200, body: { entities: expect.any(Array) } });
    expect(await send(customers, 'GET', 'x'.repeat(300_000), form)).toMatchObject({ status: 400, body: { error: { status: 'INVALID_ARGUMENT' } } });
    const unknown = await fetch(`${server.url}${customers}`, { method: 'POST', body: 'pageSize=1', headers: { 'content-type': form, 'x-http-method-override': 'GET' } });
    expect(unknown.status).toBe(401);
  });
});

const PLATFORM = `${process.platform}-${process.arch}`;

describe('the Stripe CLI', () => {
  it.skipIf(present('the Stripe CLI', PLATFORM === 'linux-x64' ? PLATFORM : undefined, `it is installed for linux-x64, and this is ${PLATFORM}`) === undefined)('makes customers that a List through the connection finds, however they are asked for', async () => {
    const run = promisify(execFile);
    const cli = async (...options: readonly string[]): Promise<void> => {
      await run(CLI, [...options, '--api-base', server.sandboxUrl, '--api-key', 'sk_test_konektorSandbox0000000000', '--confirm'], { env: { ...process.env, STRIPE_CLI_TELEMETRY_OPTOUT: '1', XDG_CONFIG_HOME: folder } });
    };
    for (let index = 0; index < 24; index += 1) {
      await cli('customers', 'create', '-d', `email=cli${index % 3}@example.com`, '-d', `name=Pelanggan ${String(index).padStart(2, '0')}`, '-d', `metadata[toko]=${index % 2 === 0 ? 'jakarta' : 'medan'}`, '-d', `phone=+62${index}`);
    }
    const list = async (conditions: string, options: Readonly<Record<string, string>> = {}): Promise<readonly Fields[]> => {
      const rows: Fields[] = [];
      for (let pageToken = '', more = true; more; more = pageToken !== '') {
        const query = new URLSearchParams({ conditions, ...options, ...(pageToken === '' ? {} : { pageToken }) }).toString();
        const { status, body } = await server.call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?${query}`);
        expect({ status, error: body['error'] }).toEqual({ status: 200, error: undefined });
        const page = body.entities;
        if (options['pageSize'] !== undefined) expect(page.length).toBeLessThanOrEqual(Number(options['pageSize']));
        rows.push(...page.map(({ fields }) => fields));
        pageToken = body.nextPageToken ?? '';
      }
      return rows;
    };
    const everyone = await list('', { pageSize: '200' });
    const named = everyone.filter(({ Name }) => String(Name).startsWith('Pelanggan '));
    expect(named).toHaveLength(24);
    const since = String(named.map(({ Created }) => String(Created)).toSorted()[0]);
    const ids = (rows: readonly Fields[]): readonly unknown[] => rows.map(({ Id }) => Id);
    const byHand = (keep: (row: Fields) => boolean): readonly unknown[] => ids(everyone.filter(keep));
    const metadata = (row: Fields): Fields => row['Metadata'] as Fields;
    expect(ids(await list("Email = 'cli1@example.com'"))).toEqual(byHand(({ Email }) => Email === 'cli1@example.com'));
    expect(ids(await list(`Created >= '${since}'`, { pageSize: '7' }))).toEqual(byHand(({ Created }) => String(Created) >= since));
    expect(ids(await list("Metadata.toko = 'medan'", { pageSize: '7' }))).toEqual(byHand((row) => metadata(row)['toko'] === 'medan'));
    expect(ids(await list("Phone LIKE '+62%' AND NOT Metadata.toko = 'medan'"))).toEqual(byHand((row) => String(row['Phone']).startsWith('+62') && metadata(row)['toko'] === 'jakarta'));
    const sorted = await list("Name LIKE 'Pelanggan %'", { sortBy: 'Name', sortOrder: 'ASC', pageSize: '7' });
    expect(sorted.map(({ Name }) => Name)).toEqual(named.map(({ Name }) => String(Name)).toSorted());
  });
});
