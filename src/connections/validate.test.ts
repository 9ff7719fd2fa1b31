import { describe, expect, it } from 'vitest';
import { MANIFEST } from '../connectors/stripe/config.ts';
import { connectionTemplate } from './templates.ts';
import { readSpec, type CheckedSpec, type SpecRules } from './validate.ts';

const VERSION = 'projects/any-project/locations/global/providers/stripe/connectors/stripe/versions/1';
const AUTH = { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: 'projects/q/secrets/s/versions/latest' } }] };
const RULES: SpecRules = {
  templateOf: (version) => (version.endsWith('/providers/stripe/connectors/stripe/versions/1') ? connectionTemplate(MANIFEST.template) : undefined),
  connectors: 'the Stripe connector', isLocation: (id) => id === 'us-central1', serviceAccountExists: async (email, project) => email === `connections@${project}.iam.gserviceaccount.com`, validate: () => undefined,
};
const NAME = 'projects/p/locations/us-central1/connections/shop';
const read = async (body: unknown, name = NAME): Promise<CheckedSpec> => readSpec(name, body, RULES);
const withBody = async (more: object): Promise<CheckedSpec> => read({ connectorVersion: VERSION, authConfig: AUTH, ...more });

async function faultsOf(body: unknown, name = NAME): Promise<readonly string[]> {
  const error: unknown = await read(body, name).then(() => undefined, (thrown: unknown) => thrown);
  expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
  return (error as { readonly violations: readonly { readonly field: string }[] }).violations.map(({ field }) => field);
}

describe('a connection', () => {
  it('gets the defaults that are always shown, and no others', async () => {
    expect(await withBody({})).toEqual({ spec: { connectorVersion: VERSION, authConfig: AUTH, serviceAccount: 'connections@p.iam.gserviceaccount.com', nodeConfig: { minNodeCount: 2, maxNodeCount: 50 } }, warnings: [] });
  });

  it('may be spelled as the platform\'s definitions spell it', async () => {
    const { spec } = await read({
      connector_version: VERSION, node_config: { min_node_count: 3, max_node_count: 4 }, config_variables: [{ key: 'proxy_enabled', bool_value: false }], labels: { tim_satu: 'x' },
      auth_config: { auth_key: 'api_key', additional_variables: [{ key: 'api_key', secret_value: { secret_version: 'projects/q/secrets/s/versions/latest' } }] },
      destination_configs: [{ key: 'proxy_server', destinations: [{ host: 'p', port: 1, service_attachment: 's' }] }],
    });
    expect(spec).toEqual({
      connectorVersion: VERSION, serviceAccount: 'connections@p.iam.gserviceaccount.com', nodeConfig: { minNodeCount: 3, maxNodeCount: 4 }, configVariables: [{ key: 'proxy_enabled', boolValue: false }], labels: { tim_satu: 'x' },
      authConfig: { authKey: 'api_key', additionalVariables: AUTH.additionalVariables }, destinationConfigs: [{ key: 'proxy_server', destinations: [{ host: 'p', port: 1, serviceAttachment: 's' }] }],
    });
    expect(await faultsOf({ connector_version: VERSION, auth_config: { additional_variables: [{ key: 'api_key', string_value: 'sk_live_in_clear' }] } })).toContain('authConfig.additionalVariables[0].stringValue');
  });

  it('keeps every field that a user may set as it was given', async () => {
    const secret = { secretVersion: 'projects/p/secrets/other/versions/3' };
    const given = {
      labels: { env: 'prod', 'goog-terraform-provisioned': 'true', kosong: '' }, description: 'Toko',
      configVariables: [
        { key: 'proxy_enabled' }, { key: 'verbosity', stringValue: '3' }, { key: 'sample_int', intValue: '42' }, { key: 'account_id', stringValue: '' }, { key: 'sample_flag', boolValue: false },
        { key: 'sample_key', encryptionKeyValue: { type: 'GOOGLE_MANAGED', kmsKeyName: 'k' } }, { key: 'sample_secret', secretValue: secret },
      ],
      authConfig: {
        ...AUTH, userPassword: { username: 'ani', password: secret }, oauth2JwtBearer: { clientKey: secret, jwtClaims: { issuer: 'i', subject: 's', audience: 'a' } }, oauth2ClientCredentials: { clientId: 'c', clientSecret: secret },
        sshPublicKey: { username: 'u', sshClientCert: secret, certType: 'PEM', sshClientCertPass: secret }, oauth2AuthCodeFlow: { clientId: 'c', scopes: ['a', 'b'], enablePkce: true, authUri: 'https://a' },
      },
      lockConfig: { locked: true, reason: 'Audit.' }, serviceAccount: 'connections@p.iam.gserviceaccount.com', suspended: true, nodeConfig: { minNodeCount: 1, maxNodeCount: 100 },
      destinationConfigs: [{ key: 'proxy_server', destinations: [{ host: 'proxy.example.com', port: 3128 }, { serviceAttachment: 'projects/p/regions/r/serviceAttachments/s' }] }],
      logConfig: { enabled: true, level: 'DEBUG' }, sslConfig: { type: 'TLS', trustModel: 'PRIVATE', privateServerCertificate: {}, clientCertificate: secret, serverCertType: 'PEM', useSsl: true, additionalVariables: [{ key: 'x' }] },
      eventingEnablementType: 'EVENTING_AND_CONNECTION', eventingConfig: { registrationDestinationConfig: { key: 'k', destinations: [] }, authConfig: { authType: 'USER_PASSWORD' }, deadLetterConfig: { projectId: 'p', topic: 't' }, allowedEventTypes: ['a'] },
      authOverrideEnabled: true, asyncOperationsEnabled: true, trafficShapingConfigs: [{ quotaLimit: '10', duration: '16s' }],
    };
    const { spec } = await withBody(given);
    expect(spec).toEqual({ ...given, connectorVersion: VERSION });
  });

  it('leaves out what the platform leaves out, and keeps empty blocks', async () => {
    const { spec } = await withBody({
      suspended: false, description: '', labels: {}, configVariables: [], logConfig: {}, sslConfig: { clientCertificate: {} }, lockConfig: { locked: false }, authOverrideEnabled: false, trafficShapingConfigs: [], eventingConfig: null,
      unknown: 1, status: { state: 'ERROR' }, name: 'x', connectorDetails: { provider: 'stripe' }, destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: '', port: 0, extra: 1 }] }],
    });
    expect(spec).toEqual({
      connectorVersion: VERSION, authConfig: AUTH, serviceAccount: 'connections@p.iam.gserviceaccount.com', nodeConfig: { minNodeCount: 2, maxNodeCount: 50 },
      logConfig: {}, sslConfig: { clientCertificate: {} }, lockConfig: {}, destinationConfigs: [{ key: 'stripe_api', destinations: [{}] }],
    });
  });

  it('takes whole numbers as numbers and as texts', async () => {
    const { spec } = await withBody({ configVariables: [{ key: 'a', intValue: 5 }, { key: 'b', intValue: '-9223372036854775808' }], nodeConfig: { minNodeCount: '3' } });
    expect(spec).toMatchObject({ configVariables: [{ intValue: '5' }, { intValue: '-9223372036854775808' }], nodeConfig: { minNodeCount: 3, maxNodeCount: 50 } });
  });

  it('warns of variables that nothing uses', async () => {
    expect((await withBody({ configVariables: [{ key: 'sample_x', stringValue: 'y' }] })).warnings).toEqual([expect.stringContaining('sample_x')]);
  });

  it('is refused with every fault at once', async () => {
    expect(await faultsOf({
      connectorVersion: 'projects/p/locations/global/providers/sap/connectors/sap/versions/1', labels: { Upper: 'x', ok: 'Not OK' }, nodeConfig: { minNodeCount: 0, maxNodeCount: 101 }, lockConfig: { locked: true },
      serviceAccount: 'root@example.com', logConfig: { level: 'LOUD' }, trafficShapingConfigs: [{ quotaLimit: 0, duration: '16' }], suspended: 'yes', sslConfig: { type: 'SSL', clientCertificate: { secretVersion: 'plain' } },
      destinationConfigs: [{ destinations: [{ host: 'a b', port: 70_000 }] }, 7], configVariables: [{ key: '' }, { key: 'n', intValue: 1.5 }, { key: 'api_key', stringValue: 'sk_live_geheim' }], authConfig: { authType: 'API_KEY' },
    }, 'projects/p/locations/mars1/connections/Not_OK')).toEqual(expect.arrayContaining([
      'connectionId', 'parent', 'connectorVersion', 'labels.Upper', 'labels.ok', 'nodeConfig.minNodeCount', 'nodeConfig.maxNodeCount', 'lockConfig.reason', 'serviceAccount', 'logConfig.level', 'trafficShapingConfigs[0].quotaLimit',
      'trafficShapingConfigs[0].duration', 'suspended', 'sslConfig.type', 'sslConfig.clientCertificate.secretVersion', 'destinationConfigs[0].key', 'destinationConfigs[0].destinations[0].host', 'destinationConfigs[0].destinations[0].port',
      'destinationConfigs[1]', 'configVariables[0].key', 'configVariables[1].intValue', 'configVariables[2].stringValue', 'authConfig.authType',
    ]));
  });

  it.each([
    [{ nodeConfig: { minNodeCount: 5, maxNodeCount: 4 } }, ['nodeConfig']], [{ serviceAccount: 'nobody@p.iam.gserviceaccount.com' }, ['serviceAccount']], [{ serviceAccount: 'connections@q.iam.gserviceaccount.com' }, ['serviceAccount']],
    [{ configVariables: [{ key: 'verbosity', stringValue: '6' }] }, ['configVariables[0].stringValue']], [{ configVariables: 'x' }, ['configVariables']], [{ authConfig: {} }, ['authConfig.additionalVariables']],
    [{ configVariables: [{ key: 'proxy_enabled', boolValue: true }] }, ['destinationConfigs']], [{ labels: Object.fromEntries(Array.from({ length: 65 }, (_none, index) => [`k${index}`, 'v'])) }, ['labels']], [{ labels: [] }, ['labels']],
  ])('is refused: %j', async (more, fields) => expect(await faultsOf({ connectorVersion: VERSION, authConfig: AUTH, ...more })).toEqual(fields));

  it.each([[undefined], ['text'], [7], [[]]])('is refused where it is none: %j', async (body) => expect(await faultsOf(body)).toContain(''));

  it('never repeats what may be a secret', async () => {
    const given = 'sk_live_51Geheim';
    const error: unknown = await withBody({
      configVariables: [{ key: 'my_password', stringValue: given }], sslConfig: { clientPrivateKey: { secretVersion: given } }, logConfig: { level: given }, description: [given], destinationConfigs: [{ key: 'k', destinations: [{ host: `${given} x` }] }],
    }).then(() => undefined, (thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(JSON.stringify(error) + String(error)).not.toContain(given);
  });
});
