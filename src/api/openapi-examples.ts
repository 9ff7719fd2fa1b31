// Examples of calls to the rows that are used most, with the demo that a first start makes. A test holds them against the schemas.

export interface RowExample {
  /** Parameters of the query. */
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly answer?: unknown;
}

const LOCATION = 'projects/demo/locations/us-central1';
const CONNECTION = `${LOCATION}/connections/stripe-sandbox`;
const CUSTOMER = `${CONNECTION}/entityTypes/Customer/entities/cus_NffrFeUfNV2Hib`;
const created = { createTime: '2026-01-31T12:00:00.000Z' };
const binding = { role: 'roles/connectors.invoker', members: ['user:ani@example.com'] };
const begun = {
  name: `${LOCATION}/operations/operation-1767225600000-0123456789abc-01234567-89abcdef`, done: false,
  metadata: { '@type': 'type.googleapis.com/google.cloud.connectors.v1.OperationMetadata', ...created, target: CONNECTION, verb: 'create', requestedCancellation: false, apiVersion: 'v1' },
};

export const EXAMPLES: Readonly<Record<string, RowExample>> = {
  'entities.list': {
    query: { conditions: "Email = 'jenny@example.com'", pageSize: '10' },
    answer: { entities: [{ name: CUSTOMER, fields: { Id: 'cus_NffrFeUfNV2Hib', Name: 'Jenny Rosen', Email: 'jenny@example.com', Balance: 0 } }] },
  },
  'entities.explain': {
    query: { conditions: "Email = 'jenny@example.com' AND Name LIKE 'J%'", pageSize: '10' },
    answer: {
      entity: 'Customer', filter: "Email = 'jenny@example.com' AND Name LIKE 'J%'", pageSize: 10, route: 'SCAN', pushed: ["Email = 'jenny@example.com'"], remaining: "Name LIKE 'J%'", order: 'SOURCE',
      calls: 'unbounded', fullScan: false, scan: { email: 'jenny@example.com' }, budget: { rows: 100000, calls: 2000, milliseconds: 60000 },
      hints: ["Name LIKE 'J%' is looked at here, row by row; the source itself filters Created (= < <= > >=), Email (=)."],
    },
  },
  'entities.get': { answer: { name: CUSTOMER, fields: { Id: 'cus_NffrFeUfNV2Hib', Name: 'Jenny Rosen', Email: 'jenny@example.com', Balance: 0 } } },
  'entities.create': { body: { fields: { Name: 'Jenny Rosen', Email: 'jenny@example.com' } }, answer: { name: CUSTOMER, fields: { Id: 'cus_NffrFeUfNV2Hib' } } },
  'entities.patch': { body: { fields: { Phone: '+62 21 555' } }, answer: { name: CUSTOMER, fields: { Id: 'cus_NffrFeUfNV2Hib' } } },
  'entities.delete': { answer: {} },
  'entities.updateEntitiesWithConditions': { query: { conditions: "Email = 'jenny@example.com'" }, body: { fields: { Description: 'pelanggan' } }, answer: { response: { count: 1 } } },
  'entities.deleteEntitiesWithConditions': { query: { conditions: "Email = 'jenny@example.com'" }, answer: {} },
  'entityTypes.list': { query: { view: 'ENTITY_TYPE_VIEW_BASIC' }, answer: { types: [{ name: 'Account' }, { name: 'Customer' }] } },
  'actions.execute': {
    body: { parameters: { PaymentIntentId: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', ReturnUrl: 'https://example.com/' } },
    answer: { results: [{ id: 'pi_3MtwBwLkdIwHu7ix28a3tqPa', object: 'payment_intent', amount: '1500', Success: 'true' }] },
  },
  'integrations.execute': { query: { triggerId: 'api_trigger/ExecuteConnection' }, body: { operation: 'LIST_ENTITIES', connectionName: CONNECTION, entity: 'Customer', pageSize: 10 } },
  'integrations.executeWithParameters': { body: { triggerId: 'api_trigger/ExecuteConnection', inputParameters: { connectionName: { stringValue: CONNECTION }, entity: { stringValue: 'Customer' } } } },
  'connections.create': {
    query: { connectionId: 'stripe-shop' },
    body: {
      connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', description: 'The shop',
      authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/demo/secrets/stripe-api-key/versions/1' } }] },
      destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox' }] }],
    },
    answer: begun,
  },
  'connections.patch': { query: { updateMask: 'labels' }, body: { labels: { team: 'toko' } }, answer: { ...begun, metadata: { ...begun.metadata, verb: 'update' } } },
  'connections.search': { query: { query: 'stripe' } },
  'connections.checkStatus': { answer: { state: 'ACTIVE' } },
  'connections.setIamPolicy': { body: { policy: { bindings: [binding] } }, answer: { version: 1, etag: 'BwYx0vWbJ3A=', bindings: [binding] } },
  'connections.testIamPermissions': { body: { permissions: ['connectors.entities.list'] }, answer: { permissions: ['connectors.entities.list'] } },
  'connectionSchemaMetadata.getEntityType': { query: { entityId: 'Customer' } },
  'connectionSchemaMetadata.getAction': { query: { actionId: 'ConfirmPaymentIntent' } },
  'projects.create': { body: { projectId: 'warung', name: 'Warung Kopi' } },
  'projects.setIamPolicy': { body: { policy: { bindings: [binding] } } },
  'secrets.create': { query: { secretId: 'shop-key' }, body: { replication: { automatic: {} } }, answer: { name: 'projects/demo/secrets/shop-key', ...created, etag: '"1"', replication: { automatic: {} } } },
  'secrets.addVersion': { body: { payload: { data: 'c2tfdGVzdF9leGFtcGxl' } } },
  'serviceAccounts.create': { body: { accountId: 'shop', serviceAccount: { displayName: 'The shop' } } },
  'serviceAccounts.patch': { body: { serviceAccount: { displayName: 'The shop' }, updateMask: 'displayName' } },
  'services.batchEnable': { body: { serviceIds: ['connectors.googleapis.com'] } },
  'tokens.create': { body: { member: 'user:ani@example.com', lifetime: '3600s' } },
  'writes.list': { query: { filter: 'state = UNKNOWN' } },
};
