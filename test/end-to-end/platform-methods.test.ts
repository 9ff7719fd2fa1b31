// Every method that Google's client for Node has for the Connectors API, called with real arguments on a real server: each is
// served, with an answer that holds nothing but what the platform's own schema has, or is told not to be, and why.
import { describe, expect, it } from 'vitest';
import { google } from '../google-apis.ts';
import { UNSERVED } from '../../src/api/unserved.ts';
import { readGoogleSchemas } from './google-schemas.ts';
import { DEMO, TOKEN, type RunningServer, withServer } from './running-server.ts';

const PROJECT = 'projects/demo';
const REGION = `${PROJECT}/locations/us-central1`;
const GLOBAL = `${PROJECT}/locations/global`;
const PROVIDER = `${GLOBAL}/providers/stripe`;
const CONNECTOR = `${PROVIDER}/connectors/stripe`;
const VERSION = `${CONNECTOR}/versions/1`;
const CUSTOMERS = `${DEMO}/entityTypes/Customer`;
const MADE = `${REGION}/connections/walked`;
const SPEC = {
  connectorVersion: VERSION, serviceAccount: 'connections@demo.iam.gserviceaccount.com', description: 'Walked.', labels: { team: 'toko' },
  configVariables: [{ key: 'verbosity', stringValue: '2' }, { key: 'proxy_enabled', boolValue: false }],
  authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/latest' } }] },
  destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }], logConfig: { enabled: true, level: 'ERROR' },
};

type Parameters = Readonly<Record<string, unknown>>;
type Answer = Readonly<Record<string, unknown>>;
interface Served {
  readonly parameters: Parameters | ((answers: ReadonlyMap<string, Answer>) => Parameters);
  /** What is called before, once. */
  readonly after?: string;
  readonly expected: Answer;
}

const named = (name: string): Parameters => ({ name });
const DONE = { name: expect.stringMatching(/\/operations\/operation-\d{13}-[0-9a-f]{13}-[0-9a-f]{8}-[0-9a-f]{8}$/), metadata: expect.objectContaining({ '@type': 'type.googleapis.com/google.cloud.connectors.v1.OperationMetadata' }), done: true };
const BEGUN = { name: DONE.name, metadata: DONE.metadata };
const idOf = (answer: Answer | undefined): string => String(answer?.['name']);

/** In the order of the calls. */
const V1_SERVED: Readonly<Record<string, Served>> = {
  'projects.locations.list': { parameters: { name: PROJECT, pageSize: 200, extraLocationTypes: ['CUSTOM'] }, expected: { locations: expect.arrayContaining([{ name: `${PROJECT}/locations/asia-southeast2`, locationId: 'asia-southeast2', displayName: 'Jakarta', labels: { 'cloud.googleapis.com/region': 'asia-southeast2' } }]) } },
  'projects.locations.get': { parameters: named(REGION), expected: { name: REGION, locationId: 'us-central1', displayName: 'Iowa' } },
  'projects.locations.getRegionalSettings': { parameters: named(`${REGION}/regionalSettings`), expected: { name: `${REGION}/regionalSettings`, provisioned: true } },
  'projects.locations.updateRegionalSettings': { parameters: { name: `${REGION}/regionalSettings`, updateMask: 'networkConfig', requestBody: { networkConfig: { egressMode: 'STATIC_IP' } } }, expected: DONE },
  'projects.locations.getRuntimeConfig': { parameters: named(`${REGION}/runtimeConfig`), expected: { state: 'ACTIVE', locationId: 'us-central1', runtimeEndpoint: expect.stringContaining(':') } },
  'projects.locations.global.getSettings': { parameters: named(`${GLOBAL}/settings`), expected: { name: `${GLOBAL}/settings` } },
  'projects.locations.global.updateSettings': { parameters: { name: `${GLOBAL}/settings`, updateMask: 'vpcsc', requestBody: { vpcsc: false } }, expected: DONE },
  'projects.locations.providers.list': { parameters: { parent: GLOBAL }, expected: { providers: [expect.objectContaining({ name: PROVIDER })] } },
  'projects.locations.providers.get': { parameters: named(PROVIDER), expected: { name: PROVIDER, displayName: 'Stripe', launchStage: 'GA' } },
  'projects.locations.providers.setIamPolicy': { parameters: { resource: PROVIDER, requestBody: { policy: { bindings: [{ role: 'roles/connectors.viewer', members: ['user:ani@example.com'] }] } } }, expected: { bindings: [{ role: 'roles/connectors.viewer', members: ['user:ani@example.com'] }] } },
  'projects.locations.providers.getIamPolicy': { parameters: { resource: PROVIDER, 'options.requestedPolicyVersion': 1 }, expected: { etag: expect.any(String) } },
  'projects.locations.providers.testIamPermissions': { parameters: { resource: PROVIDER, requestBody: { permissions: ['connectors.providers.get'] } }, expected: { permissions: ['connectors.providers.get'] } },
  'projects.locations.providers.connectors.list': { parameters: { parent: PROVIDER, filter: 'connectorType="CONNECTOR_TYPE_THIRD_PARTY"' }, expected: { connectors: [expect.objectContaining({ name: CONNECTOR })] } },
  'projects.locations.providers.connectors.get': { parameters: named(CONNECTOR), expected: { name: CONNECTOR, category: 'Payments' } },
  'projects.locations.providers.connectors.versions.list': { parameters: { parent: CONNECTOR, view: 'CONNECTOR_VERSION_VIEW_FULL' }, expected: { connectorVersions: [expect.objectContaining({ name: VERSION, roleGrants: [expect.objectContaining({ principal: 'CONNECTOR_SA' })] })] } },
  'projects.locations.providers.connectors.versions.get': {
    parameters: named(VERSION),
    expected: {
      name: VERSION, supportedRuntimeFeatures: { entityApis: true, actionApis: true },
      configVariableTemplates: expect.arrayContaining(['account_id', 'proxy_enabled', 'proxy_auth_scheme', 'proxy_user', 'proxy_password', 'proxy_ssltype', 'verbosity', 'api_version'].map((key) => expect.objectContaining({ key, state: 'ACTIVE' }))),
      authConfigTemplates: expect.arrayContaining([expect.objectContaining({ authKey: 'api_key', isDefault: true })]),
      destinationConfigTemplates: expect.arrayContaining([expect.objectContaining({ key: 'proxy_server', min: 0, max: 5 }), expect.objectContaining({ key: 'stripe_api' })]),
    },
  },
  'projects.locations.providers.connectors.versions.fetchAuthSchema': { parameters: { name: VERSION, view: 'JSON_SCHEMA' }, expected: { authSchemas: expect.arrayContaining([expect.objectContaining({ authKey: 'api_key', authFields: [expect.objectContaining({ key: 'api_key', dataType: 'SECRET' })] })]), jsonSchema: expect.objectContaining({ oneOf: expect.any(Array) }) } },

  'projects.locations.connections.create': { parameters: { parent: REGION, connectionId: 'walked', requestBody: SPEC }, expected: BEGUN },
  'projects.locations.operations.get': { parameters: (answers) => named(idOf(answers.get('projects.locations.connections.create'))), expected: { ...DONE, response: expect.objectContaining({ '@type': 'type.googleapis.com/google.cloud.connectors.v1.Connection', name: MADE }) } },
  'projects.locations.operations.list': { parameters: { name: REGION, pageSize: 5 }, expected: { operations: expect.any(Array) } },
  'projects.locations.operations.cancel': { parameters: (answers) => ({ name: idOf(answers.get('projects.locations.connections.create')), requestBody: {} }), expected: {} },
  'projects.locations.connections.get': { parameters: { name: MADE, view: 'FULL' }, expected: { name: MADE, status: expect.objectContaining({ state: 'ACTIVE' }), connectionRevision: '1' } },
  'projects.locations.connections.list': { parameters: { parent: REGION, filter: 'labels.team="toko"', orderBy: 'createTime desc', view: 'BASIC', pageSize: 1000 }, expected: { connections: [expect.objectContaining({ name: MADE })] } },
  'projects.locations.connections.search': { parameters: { name: `${REGION}/connections`, query: 'walked', pageSize: 10 }, expected: { connections: expect.any(Array) } },
  'projects.locations.connections.patch': { parameters: { name: MADE, updateMask: 'description', requestBody: { description: 'Walked on.' } }, expected: BEGUN },
  'projects.locations.connections.setIamPolicy': { parameters: { resource: MADE, requestBody: { policy: { bindings: [{ role: 'roles/connectors.viewer', members: ['user:ani@example.com'] }] } } }, expected: { bindings: [{ role: 'roles/connectors.viewer', members: ['user:ani@example.com'] }] } },
  'projects.locations.connections.getIamPolicy': { parameters: { resource: MADE }, expected: { etag: expect.any(String), bindings: expect.any(Array) } },
  'projects.locations.connections.testIamPermissions': { parameters: { resource: MADE, requestBody: { permissions: ['connectors.connections.get'] } }, expected: { permissions: ['connectors.connections.get'] } },
  'projects.locations.connections.getConnectionSchemaMetadata': { parameters: named(`${DEMO}/connectionSchemaMetadata`), expected: { state: 'UPDATED', entities: expect.arrayContaining(['Customer', 'PaymentIntent']), actions: expect.arrayContaining(['AcceptQuote']) } },
  'projects.locations.connections.connectionSchemaMetadata.refresh': { parameters: { name: `${DEMO}/connectionSchemaMetadata`, requestBody: {} }, expected: DONE },
  'projects.locations.connections.connectionSchemaMetadata.getEntityType': { parameters: { name: `${DEMO}/connectionSchemaMetadata`, entityId: 'Customer' }, expected: DONE },
  'projects.locations.connections.connectionSchemaMetadata.getAction': { parameters: { name: `${DEMO}/connectionSchemaMetadata`, actionId: 'AcceptQuote' }, expected: DONE },
  'projects.locations.connections.connectionSchemaMetadata.listEntityTypes': { parameters: { name: `${DEMO}/connectionSchemaMetadata`, filter: 'entity="Customer"', view: 'BASIC' }, expected: { entityTypes: [{ entity: 'Customer', operations: expect.arrayContaining(['LIST', 'GET']) }] } },
  'projects.locations.connections.connectionSchemaMetadata.listActions': { parameters: { name: `${DEMO}/connectionSchemaMetadata`, filter: 'action="AcceptQuote"' }, expected: { actions: [expect.objectContaining({ action: 'AcceptQuote', displayName: 'AcceptQuote' })] } },
  'projects.locations.connections.runtimeEntitySchemas.list': { parameters: { parent: DEMO, filter: 'entity="Customer"' }, expected: { runtimeEntitySchemas: [expect.objectContaining({ entity: 'Customer', fields: expect.arrayContaining([expect.objectContaining({ field: 'Id', dataType: 'DATA_TYPE_VARCHAR', key: true })]) })] } },
  'projects.locations.connections.runtimeActionSchemas.list': { parameters: { parent: DEMO, filter: 'action="AcceptQuote"', schemaAsString: true }, expected: { runtimeActionSchemas: [expect.objectContaining({ action: 'AcceptQuote', inputSchemaAsString: expect.stringContaining('QuoteId') })] } },
  'projects.locations.connections.delete': { parameters: { name: MADE, force: true }, expected: BEGUN },
  'projects.locations.operations.delete': { parameters: (answers) => named(idOf(answers.get('projects.locations.connections.create'))), expected: {} },
};

const INTENT = 'projects.locations.connections.entityTypes.entities.create';
const V2_SERVED: Readonly<Record<string, Served>> = {
  'projects.locations.connections.checkReadiness': { parameters: named(DEMO), expected: { status: 'READY' } },
  'projects.locations.connections.checkStatus': { parameters: named(DEMO), expected: { state: 'ACTIVE' } },
  'projects.locations.connections.entityTypes.list': { parameters: { parent: DEMO, pageSize: 3 }, expected: { types: expect.any(Array), nextPageToken: expect.any(String) } },
  'projects.locations.connections.entityTypes.get': { parameters: { name: `${DEMO}/entityTypes/PaymentIntent`, view: 'ENTITY_TYPE_SCHEMA_VIEW_ENRICHED' }, expected: { name: 'PaymentIntent' } },
  [INTENT]: { parameters: { parent: CUSTOMERS, requestBody: { fields: { Name: 'Walker', Email: 'walker@example.com' } } }, expected: { fields: { Id: expect.stringMatching(/^cus_/) } } },
  'projects.locations.connections.entityTypes.entities.get': { parameters: (answers) => named(idOf(answers.get(INTENT))), expected: { fields: expect.objectContaining({ Name: 'Walker' }) } },
  'projects.locations.connections.entityTypes.entities.list': { parameters: { parent: CUSTOMERS, conditions: "Email = 'walker@example.com'", sortBy: ['Name'], sortOrder: ['ASC'] }, expected: { entities: [expect.any(Object)] } },
  'projects.locations.connections.entityTypes.entities.patch': { parameters: (answers) => ({ name: idOf(answers.get(INTENT)), requestBody: { fields: { Phone: '+62' } } }), expected: { fields: { Id: expect.stringMatching(/^cus_/) } } },
  'projects.locations.connections.entityTypes.entities.updateEntitiesWithConditions': { parameters: { entityType: CUSTOMERS, conditions: "Email = 'walker@example.com'", requestBody: { fields: { Description: 'w' } } }, expected: { response: { count: 1 } } },
  'projects.locations.connections.entityTypes.entities.deleteEntitiesWithConditions': { parameters: { entityType: CUSTOMERS, conditions: "Email = 'nobody@example.com'" }, expected: {} },
  'projects.locations.connections.entityTypes.entities.delete': { parameters: (answers) => named(idOf(answers.get(INTENT))), expected: {} },
  'projects.locations.connections.actions.list': { parameters: { parent: DEMO, pageSize: 3, view: 'ACTION_VIEW_FULL' }, expected: { actions: expect.any(Array), nextPageToken: expect.any(String) } },
  'projects.locations.connections.actions.get': { parameters: { name: `${DEMO}/actions/ConfirmPaymentIntent`, view: 'ACTION_SCHEMA_VIEW_ENRICHED' }, expected: { name: 'ConfirmPaymentIntent' } },
  'projects.locations.connections.actions.execute': { parameters: { name: `${DEMO}/actions/CancelPaymentIntent`, requestBody: { parameters: { PaymentIntentId: 'pi_none' } } }, expected: { error: 404 } },
  'projects.locations.connections.tools.list': { parameters: { parent: DEMO, pageSize: 3 }, expected: { tools: [expect.objectContaining({ name: 'AcceptQuote', inputSchema: expect.objectContaining({ type: ['object'] }) }), expect.any(Object), expect.any(Object)], nextPageToken: expect.any(String) } },
  'projects.locations.connections.tools.execute': { parameters: { name: `${DEMO}/tools/list_Customer`, requestBody: { parameters: { pageSize: 1, columns: ['Id'] } } }, expected: { result: { rows: [{ Id: expect.stringMatching(/^cus_/) }], nextPageToken: expect.any(String) } } },
  'projects.locations.connections.resources.list': { parameters: { parent: DEMO, pageSize: 2 }, expected: { resources: [expect.objectContaining({ uri: `konektor://${DEMO}/resources/actions.AcceptQuote` }), expect.any(Object)] } },
  'projects.locations.connections.resources.get': { parameters: named(`${DEMO}/resources/entityTypes.Customer`), expected: { mimeType: 'application/json', data: expect.stringMatching(/^[A-Za-z0-9+/]+=*$/) } },
};

/** Collections that are not served, by where they are and what their create asks for. */
const V1_UNSERVED: Readonly<Record<string, Parameters>> = {
  ...collection('projects.locations.global.managedZones', GLOBAL, 'managedZones', { managedZoneId: 'z', requestBody: { dns: 'example.com.' } }),
  ...collection('projects.locations.global.customConnectors', GLOBAL, 'customConnectors', { customConnectorId: 'c', requestBody: { displayName: 'c' } }),
  ...collection('projects.locations.endpointAttachments', REGION, 'endpointAttachments', { endpointAttachmentId: 'e', requestBody: { description: 'e' } }),
  ...collection('projects.locations.connections.endUserAuthentications', DEMO, 'endUserAuthentications', { endUserAuthenticationId: 'u', requestBody: { userId: 'u' } }),
  ...collection('projects.locations.connections.eventSubscriptions', DEMO, 'eventSubscriptions', { eventSubscriptionId: 's', requestBody: { eventTypeId: 'customer.created' } }),
  'projects.locations.connections.eventSubscriptions.retry': { name: `${DEMO}/eventSubscriptions/one`, requestBody: {} },
  'projects.locations.global.customConnectors.customConnectorVersions.create': { parent: `${GLOBAL}/customConnectors/one`, customConnectorVersionId: 'v', requestBody: {} },
  'projects.locations.global.customConnectors.customConnectorVersions.get': named(`${GLOBAL}/customConnectors/one/customConnectorVersions/1`),
  'projects.locations.global.customConnectors.customConnectorVersions.list': { parent: `${GLOBAL}/customConnectors/one` },
  'projects.locations.customConnectors.validateCustomConnectorSpec': { parent: REGION, requestBody: {} },
  ...Object.fromEntries(['delete', 'deprecate', 'publish', 'withdraw'].map((verb) => [`projects.locations.customConnectors.customConnectorVersions.${verb}`, named(`${REGION}/customConnectors/one/customConnectorVersions/1`)])),
  ...Object.fromEntries(['fetchToolspecOverride', 'generateToolspecOverride', 'modifyToolspecOverride', 'removeToolspecOverride', 'repairEventing'].map((verb) => [`projects.locations.connections.${verb}`, { name: DEMO, requestBody: {} }])),
  'projects.locations.connections.listenEvent': { resourcePath: DEMO, requestBody: { payload: {} } },
  'projects.locations.providers.connectors.versions.eventtypes.get': named(`${VERSION}/eventtypes/customer.created`),
  'projects.locations.providers.connectors.versions.eventtypes.list': { parent: VERSION },
};

const V2_UNSERVED: Readonly<Record<string, Parameters>> = {
  'projects.locations.connections.exchangeAuthCode': { name: DEMO, requestBody: { authCodeData: { authCode: 'c' } } },
  'projects.locations.connections.refreshAccessToken': { name: DEMO, requestBody: { refreshToken: 'r' } },
  'projects.locations.connections.executeSqlQuery': { connection: DEMO, requestBody: { query: { query: 'SELECT 1' } } },
};

function collection(method: string, parent: string, name: string, create: Parameters): Readonly<Record<string, Parameters>> {
  const one = { name: `${parent}/${name}/one` };
  return { [`${method}.create`]: { parent, ...create }, [`${method}.delete`]: one, [`${method}.get`]: one, [`${method}.list`]: { parent }, [`${method}.patch`]: { ...one, updateMask: 'description', requestBody: {} } };
}

interface Method {
  /** `projects.locations.get` */
  readonly id: string;
  /** `Resource$Projects$Locations.get`, as the declarations spell it. */
  readonly declared: string;
  readonly call: (parameters: Parameters) => Promise<{ readonly data: Answer }>;
}

/** What a client offers, found in it. */
function methodsOf(resource: object, path: string): readonly Method[] {
  const prototype: object = Object.getPrototypeOf(resource);
  const own = Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor').map((name) => ({
    id: `${path}.${name}`, declared: `${prototype.constructor.name}.${name}`,
    call: (parameters: Parameters) => (Reflect.get(resource, name) as (parameters: Parameters) => Promise<{ readonly data: Answer }>).call(resource, parameters),
  }));
  const inner = Object.entries(resource).filter(([name]) => name !== 'context').flatMap(([name, child]: [string, object]) => methodsOf(child, `${path}.${name}`));
  return [...own, ...inner];
}

let server: RunningServer;
withServer((started) => { server = started; });

const VERSIONS = [
  { version: 'v1' as const, count: 80, served: V1_SERVED, unserved: V1_UNSERVED },
  { version: 'v2' as const, count: 21, served: V2_SERVED, unserved: V2_UNSERVED },
];

describe.each(VERSIONS)('the Connectors API $version', ({ version, count, served, unserved }) => {
  const schemas = readGoogleSchemas(version);
  const faultsOf = (schema: string, value: unknown): readonly string[] => schemas.faults(schema, value).slice(0, 5);
  async function client(): Promise<ReadonlyMap<string, Method>> {
    const auth = new google.auth.OAuth2();
    auth.setCredentials({ access_token: TOKEN, expiry_date: Date.now() + 3_600_000 });
    const options = { rootUrl: `${server.url}/`, auth, retry: false };
    const { projects } = version === 'v1' ? google.connectors({ version: 'v1', ...options }) : google.connectors({ version: 'v2', ...options });
    return new Map(methodsOf(projects, 'projects').map((method) => [method.id, method]));
  }

  it(`has ${count} methods, each served or listed as not served`, async () => {
    const methods = await client();
    expect(methods.size).toBe(count);
    expect([...Object.keys(served), ...Object.keys(unserved)].toSorted()).toEqual([...methods.keys()].toSorted());
    for (const { declared } of methods.values()) expect(schemas.answers.get(declared), declared).toBeDefined();
  });

  it('has schemas that find what the platform could not give', () => {
    expect(schemas.faults(version === 'v1' ? 'Connector' : 'Entity', { name: 3, nope: 1, labels: [], fields: 'x', tags: [1] }).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(version === 'v1'
      ? ['Connector.fields is no field of Connector', 'Connector.labels is no object', 'Connector.name is 3 and not string', 'Connector.nope is no field of Connector', 'Connector.tags[0] is 1 and not string']
      : ['Entity.fields is no object', 'Entity.labels is no field of Entity', 'Entity.name is 3 and not string', 'Entity.nope is no field of Entity', 'Entity.tags is no field of Entity']);
  });

  it('serves the one with answers that the platform could give', async () => {
    const methods = await client();
    const answers = new Map<string, Answer>();
    const settled = async (name: string): Promise<void> => {
      await expect.poll(async () => (await server.call('GET', `/v1/${name}`)).body['done']).toBe(true);
    };
    for (const [id, { parameters, expected }] of Object.entries(served)) {
      const method = methods.get(id);
      if (method === undefined) throw new Error(`${id} is not there`);
      const given = typeof parameters === 'function' ? parameters(answers) : parameters;
      if (typeof expected['error'] === 'number') {
        await expect(method.call(given), id).rejects.toMatchObject({ status: expected['error'] });
        continue;
      }
      const { data } = await method.call(given).catch((error: unknown) => {
        throw new Error(`${id}: ${error instanceof Error ? error.message : String(error)}\n${server.output()}`);
      });
      answers.set(id, data);
      expect(data, id).toMatchObject(expected);
      const schema = schemas.answers.get(method.declared) ?? '';
      expect(faultsOf(schema, data), id).toEqual([]);
      if (schema !== 'Operation') continue;
      await settled(idOf(data));
      const response = data['response'];
      if (typeof response !== 'object' || response === null) continue;
      // What Google's agent kit reads beside what the schema has.
      const { '@type': type, outputJsonSchema: _read, ...resource } = { '@type': '', outputJsonSchema: {}, ...response };
      expect(faultsOf(type.split('.').at(-1) ?? '', resource), `${id}: the response`).toEqual([]);
    }
    expect(answers.size).toBeGreaterThan(count / 2 - 10);
  });

  it('says of the other why it is not served', async () => {
    const methods = await client();
    const told = new Set<string>();
    for (const [id, parameters] of Object.entries(unserved)) {
      const failed: unknown = await methods.get(id)?.call(parameters).then(() => undefined, (error: unknown) => error);
      expect(failed, id).toMatchObject({ status: 501, response: { data: { error: { status: 'UNIMPLEMENTED', details: expect.arrayContaining([expect.objectContaining({ reason: 'NOT_SERVED' })]) } } } });
      const { message } = (failed as { readonly response: { readonly data: { readonly error: { readonly message: string } } } }).response.data.error;
      expect(UNSERVED.map(({ why }) => why), id).toContain(message);
      told.add(id);
    }
    expect(told.size).toBe(Object.keys(unserved).length);
  });
});

describe('the rest', () => {
  it('that the client does not have yet is not served either', async () => {
    for (const [method, path] of [
      ['POST', `/v2/${DEMO}:executeHttpRequest`], ['POST', `/v2/${DEMO}:generateConnectionToolspecOverride`],
    ] as const) {
      expect((await server.call(method, path, method === 'POST' ? {} : undefined)).body.error, path).toMatchObject({ status: 'UNIMPLEMENTED' });
    }
  });

  it('is not there', async () => {
    for (const path of [`/v1/${DEMO}:unknown`, `/v1/${REGION}/unknown`, `/v2/${DEMO}/unknown`, '/v3/projects']) {
      const { status, body } = await server.call('GET', path);
      expect(status, path).toBe(404);
      expect(body.error?.details[0], path).toMatchObject({ reason: 'UNKNOWN_PATH' });
    }
    for (const path of [`/v1/${REGION}/settings`, `/v1/${REGION}/providers/stripe`, `/v1/${GLOBAL}/providers/none`, `/v1/${CONNECTOR}/versions/2`, `/v1/${PROJECT}/locations/nowhere`, `/v1/${GLOBAL}/runtimeConfig`]) {
      const { status, body } = await server.call('GET', path);
      expect(status, path).toBe(404);
      expect(body.error?.details[0], path).toMatchObject({ reason: 'RESOURCE_NOT_FOUND' });
    }
    expect((await server.call('GET', `/v1/${GLOBAL}/providers/-/connectors`)).body['connectors']).toEqual([expect.objectContaining({ name: CONNECTOR })]);
    expect((await server.call('GET', `/v1/projects/none/locations/global/settings`)).status).toBe(404);
    expect((await server.call('PATCH', `/v1/projects/none/locations/global/settings`, { vpcsc: true })).status).toBe(404);
    expect((await server.call('GET', `/v1/${REGION}/providers`)).body.error).toMatchObject({ status: 'INVALID_ARGUMENT' });
  });
});

describe('the schema of one entity type or action', () => {
  it('is had as Google\'s agent kit asks for it', async () => {
    const begun = await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata:getAction?actionId=AcceptQuote`);
    const { body } = await server.call('GET', `/v1/${begun.body.name}`);
    expect(body['response']).toMatchObject({
      '@type': 'type.googleapis.com/google.cloud.connectors.v1.RuntimeActionSchema', displayName: 'AcceptQuote', description: expect.stringContaining('.'),
      inputJsonSchema: { type: ['object'], properties: { QuoteId: { type: ['string'] } }, required: ['QuoteId'] }, outputJsonSchema: { type: ['array'], items: { type: ['object'] } }, resultJsonSchema: { type: ['array'], items: { type: ['object'] } },
    });
    const again = await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata:getAction?actionId=AcceptQuote`);
    expect(again.body, 'stored once').toEqual(body);
    const entity = await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata:getEntityType?entityId=Customer`);
    const { body: shown } = await server.call('GET', `/v1/${entity.body.name}`);
    expect(shown['response']).toMatchObject({
      '@type': 'type.googleapis.com/google.cloud.connectors.v1.RuntimeEntitySchema', entity: 'Customer', operations: expect.arrayContaining(['LIST', 'GET', 'CREATE', 'UPDATE', 'DELETE']),
      jsonSchema: { type: ['object'], properties: { Email: { type: ['string', 'null'], readOnly: false }, Id: { type: ['string'], readOnly: true } } },
    });
    expect((await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata:getEntityType?entityId=Nothing`)).status).toBe(404);
  });

  it('is read anew on demand, and the time of that is kept', async () => {
    const read = async (): Promise<Readonly<Record<string, unknown>>> => (await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata`)).body;
    const before = await read();
    const { body } = await server.call('POST', `/v1/${DEMO}/connectionSchemaMetadata:refresh`, {});
    expect(body).toMatchObject({ done: true, response: { state: 'UPDATED' } });
    const after = await read();
    expect(Date.parse(String(after['refreshTime']))).toBeGreaterThan(Date.parse(String(before['refreshTime'])));
    expect(after['entities']).toEqual(before['entities']);
  });

  it('is not to be had where the connection does not work, and that is said', async () => {
    const name = `${REGION}/connections/unready`;
    const { body } = await server.call('POST', `/v1/${REGION}/connections?connectionId=unready`, { ...SPEC, authConfig: { userPassword: { password: { secretVersion: 'projects/demo/secrets/none/versions/1' } } } });
    await expect.poll(async () => (await server.call('GET', `/v1/${body.name}`)).body['done']).toBe(true);
    expect((await server.call('GET', `/v1/${name}/connectionSchemaMetadata`)).body).toMatchObject({ state: 'REFRESH_SCHEMA_METADATA_FAILED', errorMessage: expect.stringContaining('ERROR') });
    expect((await server.call('POST', `/v1/${name}/connectionSchemaMetadata:refresh`, {})).body).toMatchObject({ done: true, error: { code: 9, message: expect.stringContaining('ERROR') } });
    for (const path of [':listEntityTypes', ':listActions', ':getAction?actionId=AcceptQuote']) {
      expect((await server.call('GET', `/v1/${name}/connectionSchemaMetadata${path}`)).body.error, path).toMatchObject({ status: 'FAILED_PRECONDITION' });
    }
    expect((await server.call('GET', `/v1/${REGION}/connections/nothing/connectionSchemaMetadata`)).status).toBe(404);
  });

  it('comes in pages of at most 50', async () => {
    const names: unknown[] = [];
    for (let pageToken = '', more = true; more; more = pageToken !== '') {
      const { body } = await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata:listEntityTypes?pageSize=1000&pageToken=${pageToken}`);
      const page = body['entityTypes'] as readonly { readonly entity: string }[];
      expect(page.length).toBeLessThanOrEqual(50);
      names.push(...page.map(({ entity }) => entity));
      pageToken = body.nextPageToken ?? '';
    }
    expect(names).toEqual((await server.call('GET', `/v1/${DEMO}/connectionSchemaMetadata`)).body['entities']);
  });
});
