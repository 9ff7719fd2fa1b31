// What a real server answers is what its own description says, row for row.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OpenApiDocument } from '../../src/api/openapi-model.ts';
import { API } from '../../src/api/table.ts';
import { createAnswerBook, type AnswerBook } from './described-answers.ts';
import { DEMO, TOKEN, type ReplyBody, type RunningServer, withServer } from './running-server.ts';

const LOCATION = 'projects/demo/locations/us-central1';
const GLOBAL = 'projects/demo/locations/global';
const VERSION = `${GLOBAL}/providers/stripe/connectors/stripe/versions/1`;

let server: RunningServer;
let book: AnswerBook;
withServer((started) => { server = started; });
beforeAll(async () => { book = createAnswerBook((await (await fetch(`${server.url}/openapi.json`)).json()) as OpenApiDocument); });
afterAll(() => {
  const missing = Object.keys(API).filter((id) => !book.seen.has(id));
  process.stdout.write(`Answers of ${Object.keys(API).length - missing.length} of ${Object.keys(API).length} rows were held against their description${missing.length === 0 ? '' : `; not those of ${missing.join(', ')}`}.\n`);
});

/** Calls, and holds the answer against its description. */
async function call(method: string, path: string, body?: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Promise<ReplyBody> {
  const reply = await fetch(`${server.url}${path}`, {
    method, headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await reply.text();
  const type = reply.headers.get('content-type') ?? '';
  expect(reply.status, `${method} ${path}: ${text.slice(0, 500)}`).toBe(status);
  expect(book.check(method, path, { status: reply.status, type, text }), `${method} ${path}`).toEqual([]);
  return (type.includes('ndjson') || type.startsWith('text/plain') ? {} : JSON.parse(text)) as ReplyBody;
}

/** Waits until an operation has ended, and looks at it each time. */
async function ended(operation: ReplyBody): Promise<ReplyBody> {
  let last = operation;
  await expect.poll(async () => {
    last = await call('GET', `/v1/${operation.name}`);
    return last['done'];
  }).toBe(true);
  return last;
}

const connectionBody = {
  connectorVersion: VERSION, description: 'described', labels: { team: 'toko' }, configVariables: [{ key: 'verbosity', intValue: 1 }, { key: 'proxy_enabled' }], logConfig: { enabled: true, level: 'ERROR' },
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/latest' } }] },
  destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }], trafficShapingConfigs: [{ quotaLimit: '100', duration: '1s' }], nodeConfig: { minNodeCount: 2, maxNodeCount: 5 },
};

describe('what is answered is what is described', () => {
  it('of the catalogue', async () => {
    for (const path of [
      'projects/demo/locations', 'projects/demo/locations?pageSize=2', LOCATION, GLOBAL, `${GLOBAL}/providers`, `${GLOBAL}/providers/stripe`, `${GLOBAL}/providers/-/connectors`, `${GLOBAL}/providers/stripe/connectors/stripe`,
      `${GLOBAL}/providers/stripe/connectors/stripe/versions`, `${VERSION}?view=CONNECTOR_VERSION_VIEW_FULL`, VERSION, `${VERSION}:fetchAuthSchema?view=JSON_SCHEMA`, `${VERSION}:fetchAuthSchema?view=EUA_SCHEMA`,
      `${GLOBAL}/settings`, `${LOCATION}/regionalSettings`, `${LOCATION}/runtimeConfig`,
    ]) await call('GET', `/v1/${path}`);
    await call('PATCH', `/v1/${GLOBAL}/settings`, { vpcsc: true });
    await call('GET', `/v1/${GLOBAL}/settings`);
    await call('PATCH', `/v1/${LOCATION}/regionalSettings?updateMask=networkConfig.egressMode`, { networkConfig: { egressMode: 'STATIC_IP' } });
    await call('GET', `/v1/${GLOBAL}/providers/none`, undefined, 404);
    await call('PATCH', `/v1/${GLOBAL}/settings`, { vpcsc: 'yes' }, 400);
  });

  it('of connections and operations', async () => {
    const name = `${LOCATION}/connections/described`;
    await call('POST', `/v1/${LOCATION}/connections:validate?connectionId=described`, connectionBody);
    await call('POST', `/v1/${LOCATION}/connections:validate?connectionId=Wrong`, { configVariables: [{}] });
    const begun = await call('POST', `/v1/${LOCATION}/connections?connectionId=described`, connectionBody);
    await ended(begun);
    await call('GET', `/v1/${name}?view=FULL`);
    await ended(await call('PATCH', `/v1/${name}?updateMask=description,lockConfig`, { description: 'again', lockConfig: { locked: true, reason: 'a test' } }));
    await call('DELETE', `/v1/${name}`, undefined, 400);
    await ended(await call('PATCH', `/v1/${name}?updateMask=lockConfig`, {}));
    await ended(await call('PATCH', `/v1/${name}?updateMask=authConfig`, { authConfig: { authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/none/versions/1' } }] } }));
    await call('GET', `/v1/${name}`);
    await call('GET', `/v2/${name}:checkStatus`);
    await call('GET', `/v2/${name}:checkReadiness`);
    await call('GET', `/v2/${name}/entityTypes`, undefined, 400);
    await call('POST', `/v1/${name}:diagnose`, {});
    await call('GET', `/v1/${LOCATION}/connections?pageSize=1`);
    await call('GET', '/v1/projects/demo/locations/-/connections');
    await call('GET', `/v1/${LOCATION}/connections:search?query=Customer`);
    await call('GET', `/v1/${LOCATION}/connections:search?query=ConfirmPaymentIntent`);
    await call('POST', `/v1/${LOCATION}/connections?connectionId=described`, connectionBody, 409);
    await call('POST', `/v1/${LOCATION}/connections?connectionId=Wrong`, { ...connectionBody, nodeConfig: { minNodeCount: 0 } }, 400);
    await ended(await call('DELETE', `/v1/${name}`));
    await call('GET', `/v1/${name}`, undefined, 404);
    await call('GET', `/v1/${LOCATION}/operations?pageSize=3`);
    await call('POST', `/v1/${begun.name}:cancel`, {});
    await call('DELETE', `/v1/${begun.name}`);
    await call('GET', `/v1/${begun.name}`, undefined, 404);
  });

  it('of rows, actions and the status of a connection', async () => {
    const types = `/v2/${DEMO}/entityTypes`;
    const customers = `${types}/Customer/entities`;
    for (const query of ['', '?view=ENTITY_TYPE_VIEW_BASIC&pageSize=200']) await call('GET', `${types}${query}`);
    for (const query of ['', '?view=ENTITY_TYPE_SCHEMA_VIEW_ENRICHED']) await call('GET', `${types}/Invoice${query}`);
    const { fields } = await call('POST', customers, { fields: { Name: 'Siti', Email: 'siti@example.com', Metadata: { toko: '7' } } }, 200, { 'idempotency-key': 'described-1' });
    const id = String(fields['Id']);
    await call('GET', `${customers}/${id}`);
    await call('PATCH', `${customers}/${id}`, { fields: { Phone: '+62 21 555' } });
    await call('GET', `${customers}?pageSize=2&conditions=${encodeURIComponent("Email = 'siti@example.com'")}`);
    for (const query of ['', `?pageSize=2&sortBy=Name&conditions=${encodeURIComponent("Email = 'siti@example.com' AND Phone IS NULL")}`, `?conditions=${encodeURIComponent(`Id = '${id}'`)}`]) await call('GET', `${customers}:explain${query}`);
    await call('GET', `${types}/Balance/entities`);
    await call('POST', `${customers}:updateEntitiesWithConditions?conditions=${encodeURIComponent(`Id = '${id}'`)}`, { fields: { Description: 'pelanggan' } });
    await call('POST', `${customers}:deleteEntitiesWithConditions?conditions=${encodeURIComponent(`Id = '${id}'`)}`);
    const second = await call('POST', customers, { fields: { Name: 'Budi' } });
    await call('DELETE', `${customers}/${String(second.fields['Id'])}`);
    await call('GET', `${customers}/cus_missing`, undefined, 404);
    await call('GET', `${customers}?conditions=Nothing%20%3D%201`, undefined, 400);
    await call('POST', customers, { fields: { Name: 'Other' } }, 400, { 'idempotency-key': 'described-1' });
    await call('DELETE', `${types}/Event/entities/evt_1`, undefined, 501);
    for (const query of ['', '?view=ACTION_VIEW_BASIC&pageSize=200']) await call('GET', `/v2/${DEMO}/actions${query}`);
    await call('GET', `/v2/${DEMO}/actions/ConfirmPaymentIntent?view=ACTION_SCHEMA_VIEW_ENRICHED`);
    const intent = await call('POST', `${types}/PaymentIntent/entities`, { fields: { Amount: 1500, Currency: 'usd', PaymentMethod: 'pm_card_visa' } });
    const parameters = { PaymentIntentId: intent.fields['Id'], ReturnUrl: 'https://example.com/' };
    await call('POST', `/v2/${DEMO}/actions/ConfirmPaymentIntent:execute`, { parameters, executionConfig: { headers: '{"x-konektor-output":"typed"}' } });
    await call('POST', `/v2/${DEMO}/actions/ConfirmPaymentIntent:execute`, { parameters }, 400);
    for (const query of ['?pageSize=2', '?view=TOOL_VIEW_BASIC&choice.effects=read&choice.entityTypes=Customer', '?toolNames=list_Customer']) await call('GET', `/v2/${DEMO}/tools${query}`);
    await call('POST', `/v2/${DEMO}/tools`, { toolNames: ['create_Refund'], choice: { effects: ['write'] } });
    await call('POST', `/v2/${DEMO}/tools`, { choice: { effects: ['look'], entityTypes: 7 } }, 400);
    await call('POST', `/v2/${DEMO}/tools/list_Customer:execute`, { parameters: { pageSize: 2, columns: ['Id', 'Name'] }, toolDefinition: { name: 'list_Customer' } });
    await call('POST', `/v2/${DEMO}/tools/list_Customer:execute`, { parameters: { pageSize: 'two' } }, 400);
    await call('GET', `/v2/${DEMO}:listCustomToolNames`);
    for (const resource of ['', '?pageSize=3', '/status', '/entityTypes.Invoice', '/actions.PayInvoice']) await call('GET', `/v2/${DEMO}/resources${resource}`);
    await call('POST', `/v2/${DEMO}/resources/actions.PayInvoice`, {});
    await call('GET', `/v2/${DEMO}/resources/nothing`, undefined, 404);
    for (const verb of ['checkStatus', 'checkReadiness', 'showNodes']) await call('GET', `/v2/${DEMO}:${verb}`);
    await call('POST', `/v1/${DEMO}:diagnose`, {});
    await call('GET', '/v1/diagnosis');
  });

  it('of figures, states and the log of a connection', async () => {
    await call('GET', `/v2/${DEMO}/entityTypes/Customer/entities?pageSize=1`);
    for (const verb of ['showFigures', 'showFigures?span=LAST_DAY', 'listStates', 'readLog?pageSize=5']) await call('GET', `/v1/${DEMO}:${verb}`);
    await call('GET', `/v1/${LOCATION}/connections:showFigures`);
    await call('GET', `/v1/${DEMO}:readLog?verbosity=9`, undefined, 400);
  });

  it('of the journal of writes', async () => {
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'POST', body: JSON.stringify({ fault: 'server_error_after', method: 'POST', path: '/v1/customers', times: 20 }) });
    await call('POST', `/v2/${DEMO}/entityTypes/Customer/entities`, { fields: { Name: 'Unsettled' } }, 503, { 'idempotency-key': 'described-2' });
    await fetch(`${server.sandboxUrl}/_sandbox/faults`, { method: 'DELETE' });
    const { writes } = (await call('GET', `/v1/${DEMO}/writes?filter=${encodeURIComponent('state = UNKNOWN')}`)) as ReplyBody & { readonly writes: readonly { readonly name: string }[] };
    expect(writes).toHaveLength(1);
    await call('GET', `/v1/${DEMO}/writes`);
    await call('POST', `/v1/${DEMO}/writes:reconcile`, {});
    await call('GET', `/v1/${writes[0]?.name ?? ''}`);
    await call('POST', `/v1/${writes[0]?.name ?? ''}:reconcile`, {});
  });

  it('of the Connectors task', async () => {
    const inputs = { operation: 'LIST_ENTITIES', connectionName: DEMO, entity: 'Customer', pageSize: 2 };
    await call('POST', `/v2/${LOCATION}/integrations/ExecuteConnection:execute?triggerId=api_trigger/ExecuteConnection`, inputs);
    const inputParameters = { operation: { stringValue: 'GET_ENTITY' }, connectionName: { stringValue: DEMO }, entity: { stringValue: 'Customer' }, entityId: { stringValue: 'cus_missing' } };
    const path = `/v1/${LOCATION}/integrations/ExecuteConnection:execute`;
    await call('POST', path, { triggerId: 'api_trigger/ExecuteConnection', inputParameters }, 404);
    await call('POST', path, { triggerId: 'api_trigger/ExecuteConnection', inputParameters, doNotPropagateError: true });
    await call('POST', path, { triggerId: 'api_trigger/ExecuteConnection', inputParameters: { ...inputParameters, operation: { stringValue: 'LIST_ENTITIES' }, entityId: { stringValue: '' } } });
  });

  it('of schemas in the management API', async () => {
    const metadata = `/v1/${DEMO}/connectionSchemaMetadata`;
    await call('GET', metadata);
    await call('POST', `${metadata}:refresh`, {});
    const { name } = await call('GET', `${metadata}:getEntityType?entityId=Customer`);
    await call('GET', `/v1/${name}`);
    await call('GET', `${metadata}:getAction?actionId=AcceptQuote`);
    await call('GET', `${metadata}:listEntityTypes`);
    await call('GET', `${metadata}:listActions?filter=${encodeURIComponent('action="AcceptQuote"')}`);
    await call('GET', `/v1/${DEMO}/runtimeEntitySchemas?pageSize=3`);
    for (const query of ['', '&schemaAsString=true']) await call('GET', `/v1/${DEMO}/runtimeActionSchemas?pageSize=3${query}`);
    await call('GET', `${metadata}:getEntityType?entityId=Kustomer`, undefined, 404);
  });

  it('of projects, services and service accounts', async () => {
    await call('POST', '/v1/projects', { projectId: 'described', name: 'Described', labels: { kota: 'medan' } });
    await call('GET', '/v1/projects?pageSize=1');
    await call('GET', '/v1/projects/described');
    await call('PUT', '/v1/projects/described', { name: 'Again' });
    await call('GET', '/v1/projects/described/services');
    const service = '/v1/projects/described/services/connectors.googleapis.com';
    await call('POST', `${service}:disable`, {});
    await call('GET', service);
    await call('GET', '/v1/projects/described/locations', undefined, 400);
    await call('POST', `${service}:enable`, {});
    await call('POST', '/v1/projects/described/services:batchEnable', { serviceIds: ['secretmanager.googleapis.com'] });
    await call('POST', '/v1/projects/described/serviceAccounts', { accountId: 'toko', serviceAccount: { displayName: 'Toko' } });
    const account = '/v1/projects/described/serviceAccounts/toko@described.iam.gserviceaccount.com';
    await call('PATCH', account, { serviceAccount: { description: 'the shop' }, updateMask: 'description' });
    await call('POST', `${account}:disable`, {});
    await call('GET', account);
    await call('GET', '/v1/projects/described/serviceAccounts');
    await call('POST', `${account}:enable`, {});
    await call('POST', `${account}:getIamPolicy`, {});
    await call('POST', `${account}:setIamPolicy`, { policy: { bindings: [{ role: 'roles/iam.serviceAccountUser', members: ['user:ani@example.com'] }] } });
    await call('POST', `${account}:testIamPermissions`, { permissions: ['iam.serviceAccounts.actAs'] });
    await call('POST', '/v1/projects/described/serviceAccounts', { accountId: 'toko' }, 409);
    await call('DELETE', account);
    await call('DELETE', '/v1/projects/described');
    await call('POST', '/v1/projects', { projectId: 'W' }, 400);
  });

  it('of policies', async () => {
    const bindings = [{ role: 'roles/viewer', members: ['user:ani@example.com'] }];
    for (const [resource, method] of [['projects/demo', 'POST'], [DEMO, 'GET'], [`${GLOBAL}/providers/stripe`, 'GET'], ['projects/demo/secrets/stripe-api-key', 'GET']] as const) {
      await call(method, `/v1/${resource}:getIamPolicy`, method === 'POST' ? {} : undefined);
      const { etag } = await call('POST', `/v1/${resource}:setIamPolicy`, { policy: { bindings, auditConfigs: [{ service: 'allServices' }] }, updateMask: 'bindings,auditConfigs' });
      await call(method, `/v1/${resource}:getIamPolicy`, method === 'POST' ? {} : undefined);
      await call('POST', `/v1/${resource}:testIamPermissions`, { permissions: ['connectors.connections.get'] });
      await call('POST', `/v1/${resource}:setIamPolicy`, { policy: { bindings, etag: 'BwYAAAAAAAA=' } }, 409);
      expect(etag).toEqual(expect.any(String));
    }
  });

  it('of secrets and their versions', async () => {
    await call('POST', '/v1/projects/demo/secrets?secretId=described', { replication: { automatic: {} }, labels: { a: 'b' }, annotations: { c: 'd' } });
    const secret = '/v1/projects/demo/secrets/described';
    await call('PATCH', `${secret}?updateMask=labels`, { labels: {} });
    for (const data of ['c2F0dQ==', 'ZHVh']) await call('POST', `${secret}:addVersion`, { payload: { data, ...(data === 'ZHVh' ? { dataCrc32c: '2361193412' } : {}) } }, data === 'ZHVh' ? 400 : 200);
    await call('GET', secret);
    await call('GET', '/v1/projects/demo/secrets');
    await call('GET', `${secret}/versions?filter=${encodeURIComponent('state:ENABLED')}`);
    await call('GET', `${secret}/versions`);
    for (const verb of ['disable', 'enable']) await call('POST', `${secret}/versions/1:${verb}`, {});
    await call('GET', `${secret}/versions/1:access`);
    await call('GET', `${secret}/versions/latest`);
    await call('POST', `${secret}/versions/1:destroy`, {});
    await call('GET', `${secret}/versions/1`);
    await call('GET', `${secret}/versions/1:access`, undefined, 400);
    await call('DELETE', secret);
  });

  it('of roles', async () => {
    const { roles } = await call('GET', '/v1/roles?view=FULL');
    expect(roles).toContainEqual(expect.objectContaining({ name: 'roles/konektor.auditViewer', includedPermissions: ['konektor.auditEntries.list'] }));
    expect((await call('GET', '/v1/roles?pageSize=1')).nextPageToken).toBeDefined();
    await call('GET', '/v1/roles/connectors.invoker');
    await call('GET', '/v1/roles/nobodys', undefined, 404);
  });

  it('of tokens', async () => {
    const { id, token } = await call('POST', '/v1/tokens', { member: 'user:ani@example.com', lifetime: '3600s', displayName: 'described' });
    await call('GET', '/v1/tokens?member=user:ani@example.com');
    await call('POST', '/v1/projects', { projectId: 'punyaku' }, 403, { authorization: `Bearer ${String(token)}` });
    await call('GET', `/v1/tokens/${String(id)}`);
    await call('POST', `/v1/tokens/${String(id)}:revoke`, {});
    await call('GET', `/v1/tokens/${String(id)}`);
    await call('DELETE', `/v1/tokens/${String(id)}`);
    await call('GET', '/v1/tokens', undefined, 401, { authorization: 'Bearer nobodys' });
  });

  it('of the audit log, the backup and what machines ask', async () => {
    for (const path of ['/v1/projects/demo/auditEntries?pageSize=1000', '/v1/auditEntries?pageSize=1000', '/v1/projects/demo/auditEntries:export', '/v1/auditEntries:export', '/v1/backup']) await call('GET', path);
    for (const path of ['/healthz', '/readyz', '/metrics']) await call('GET', path);
    await call('GET', '/metrics', undefined, 401, { authorization: 'Bearer nobodys' });
  });

  it('of what is not served', async () => {
    await call('POST', `/v2/${DEMO}:executeSqlQuery`, {}, 501);
    await call('GET', `/v1/${DEMO}/eventSubscriptions`, undefined, 501);
    await call('DELETE', `/v1/${LOCATION}/endpointAttachments/x`, undefined, 501);
  });

  it('of nine in ten rows at least', () => {
    expect(Object.keys(API).filter((id) => !book.seen.has(id)).length).toBeLessThan(Object.keys(API).length / 10);
  });

  it('and a wrong answer is found', () => {
    const told = (status: number, answer: unknown): readonly string[] => book.check('GET', `/v1/${DEMO}`, { status, type: 'application/json', text: JSON.stringify(answer) });
    expect(told(200, { name: 7 }).filter((fault) => fault.includes('/name must be string'))).toHaveLength(1);
    expect(told(409, {}).join()).toMatch(/409, which is not described/);
    expect(book.check('GET', '/v1/diagnosis', { status: 200, type: 'application/json', text: '{"steps":[],"more":1}' }).join()).toMatch(/additional properties/);
  });
});
