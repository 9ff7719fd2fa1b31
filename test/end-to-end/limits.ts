// Values at the edges, and where they are put: each parameter of a row in turn, each place of a body in turn.

/** Texts for paths, queries and headers. */
export const TEXTS: readonly string[] = [
  '', ' ', '.', '..', '0', '-1', '1e309', 'NaN', '2147483648', '9007199254740993', '9'.repeat(400), 'true', 'null', '[]', '{}', '{"a":', '%', '%00', '%2F..%2F', '\0', '\n', '\r\nx-injected: 1',
  '\u202e', '\ufeff', '💥'.repeat(20), 'é'.normalize('NFD'), '__proto__', 'constructor', 'toString', "' OR 1=1 --", '$1', '${7*7}', '*', '?', '#', ':', '::', 'a:b', 'projects/demo', '../../etc/passwd',
  'x'.repeat(255), 'x'.repeat(1_025), 'x'.repeat(20_000), '2026-13-45T99:99:99Z', '-', 'AND', '(((', "Name = '", 'Created > 99999999999999999999', 'a'.repeat(64), '\ud83d', '{"idempotency-key":"a\\u0000b"}', '{"idempotency-key":"\\ud83d"}', '{"x-konektor-output":"\\u0000"}',
];

/** Values for places of JSON; `undefined` leaves the place out. */
export const VALUES: readonly unknown[] = [
  undefined, null, true, 0, -1, 1.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, Number.MIN_VALUE, '', ' ', '\0', '\n', '0', '9007199254740993', '__proto__', 'x'.repeat(300), 'x'.repeat(20_000), '💥'.repeat(40), '\u202e',
  [], {}, [null], [[]], [{}], { '': '' }, { a: null }, { __proto__x: 1, constructor: {} }, nested(60), nested(2_000), Array.from({ length: 1_000 }, (_, index) => index), ['x', 1, null, {}],
];

/** Lists within lists. */
function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

export type Place = readonly (string | number)[];

/** Every place of a value, the whole of it first. */
export function placesOf(value: unknown, at: Place = []): readonly Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, one]) => placesOf(one, [...at, Array.isArray(value) ? Number(key) : key]));
  return [at, ...inner];
}

/** The value with another one at a place. */
export function replaced(value: unknown, [key, ...rest]: Place, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value)) return value.map((one: unknown, index) => (index === key ? replaced(one, rest, by) : one));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, name === key ? replaced(one, rest, by) : one]));
}

/** Bodies that would be taken, by the id of their row: what is changed in them in turn. */
export const BODIES: Readonly<Record<string, unknown>> = {
  'connections.create': {
    description: 'x', labels: { env: 'test' }, connectorVersion: 'projects/fuzz/locations/global/providers/stripe/connectors/stripe/versions/1', serviceAccount: 'connections@fuzz.iam.gserviceaccount.com',
    configVariables: [{ key: 'proxy_enabled', boolValue: true }, { key: 'account_id', stringValue: 'acct_1' }, { key: 'verbosity', intValue: '3' }, { key: 'proxy_password', secretValue: { secretVersion: 'projects/fuzz/secrets/s/versions/1' } }],
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/fuzz/secrets/s/versions/1' } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: 'sandbox', port: 443 }] }, { key: 'proxy_server', destinations: [{ host: 'localhost', port: 9 }] }],
    nodeConfig: { minNodeCount: 2, maxNodeCount: 4 }, lockConfig: { locked: false, reason: 'x' }, logConfig: { enabled: true, level: 'ERROR' }, suspended: true, trafficShapingConfigs: [{ quotaLimit: '10', duration: '1s' }],
  },
  'connections.patch': { labels: { a: 'b' }, nodeConfig: { minNodeCount: 2, maxNodeCount: 3 }, suspended: true },
  'entities.create': { fields: { Name: 'x', Email: 'x@example.com', Metadata: { a: 'b' }, Address: { city: 'x' }, Balance: 5, TaxIdData: [{ type: 'eu_vat', value: 'x' }] }, executionConfig: { headers: '{"idempotency-key":"k"}' } },
  'entities.patch': { fields: { Description: 'x', Metadata: { a: null }, InvoiceSettingsDefaultPaymentMethod: 'pm_1' } },
  'entities.updateEntitiesWithConditions': { fields: { Description: 'x' } },
  'actions.execute': { parameters: { PaymentIntentId: 'pi_none', ReturnUrl: 'https://example.com/', PaymentMethodData: { type: 'card' } }, executionConfig: { headers: '{}' } },
  'integrations.execute': {
    operation: 'UPDATE_ENTITY', connectionName: 'stripe-sandbox', serviceName: 'x', host: 'x', entity: 'Customer', entityId: 'cus_none', action: 'AcceptQuote', connectorInputPayload: { Name: 'x', Metadata: { a: 'b' } }, filterClause: '',
    pageSize: 5, pageToken: '', sortByColumns: ['Created'], query: 'x', timeout: 5, dynamicAuthConfig: {},
  },
  'integrations.executeWithParameters': {
    triggerId: 'api_trigger/ExecuteConnection', requestId: 'a-1', doNotPropagateError: true,
    inputParameters: {
      operation: { stringValue: 'LIST_ENTITIES' }, connectionName: { stringValue: 'projects/demo/locations/us-central1/connections/stripe-sandbox' }, entity: { stringValue: 'Customer' }, connectorInputPayload: { jsonValue: '{"a":1}' }, pageSize: { intValue: '5' },
      timeout: { doubleValue: 5 }, sortByColumns: { stringArray: { stringValues: ['Created'] } }, filterClause: { stringValue: "Name = 'none'" },
    },
  },
  'secrets.create': { replication: { automatic: {} }, labels: { a: 'b' }, annotations: { a: 'b' }, expireTime: '2030-01-01T00:00:00Z', versionAliases: { a: '1' } },
  'secrets.addVersion': { payload: { data: 'eA==', dataCrc32c: '0' } },
  'projects.create': { projectId: 'fuzz-two', name: 'x', labels: { a: 'b' } },
  'tokens.create': { member: 'user:fuzz@example.com', displayName: 'x', lifetime: '60s' },
  'serviceAccounts.create': { accountId: 'fuzzed', serviceAccount: { displayName: 'x', description: 'x' } },
  policy: { policy: { bindings: [{ role: 'roles/viewer', members: ['user:fuzz@example.com'], condition: { expression: 'true' } }], etag: 'x', version: 1 }, updateMask: 'bindings' },
  permissions: { permissions: ['connectors.connections.get'] },
};
