// The fields of a connection that its user sets, as tables: what the platform's API takes, block by block. What a field means,
// and which of them this runtime uses, is not said here.
import type { MessageOf, Shape } from './message.ts';

const SECRET = { secretVersion: 'secret' } as const satisfies Shape;
const secret = { message: SECRET } as const;

export const CONFIG_VARIABLE = {
  key: 'key', intValue: 'whole', boolValue: 'flag', stringValue: 'value', secretValue: secret,
  encryptionKeyValue: { message: { type: { oneOf: ['TYPE_UNSPECIFIED', 'GOOGLE_MANAGED', 'CUSTOMER_MANAGED'] }, kmsKeyName: 'text' } },
} as const satisfies Shape;

const AUTH_CONFIG = {
  authType: {
    oneOf: [
      'AUTH_TYPE_UNSPECIFIED', 'USER_PASSWORD', 'OAUTH2_JWT_BEARER', 'OAUTH2_CLIENT_CREDENTIALS', 'SSH_PUBLIC_KEY', 'OAUTH2_AUTH_CODE_FLOW', 'GOOGLE_AUTHENTICATION',
      'OAUTH2_AUTH_CODE_FLOW_GOOGLE_MANAGED',
    ],
    // Clients that compare what they sent with what they read would see a difference without it.
    echoed: true,
  },
  authKey: 'text',
  additionalVariables: { list: CONFIG_VARIABLE },
  userPassword: { message: { username: 'text', password: secret } },
  oauth2JwtBearer: { message: { clientKey: secret, jwtClaims: { message: { issuer: 'text', subject: 'text', audience: 'text' } } } },
  oauth2ClientCredentials: { message: { clientId: 'text', clientSecret: secret } },
  sshPublicKey: { message: { username: 'text', sshClientCert: secret, certType: 'text', sshClientCertPass: secret } },
  oauth2AuthCodeFlow: { message: { clientId: 'text', clientSecret: secret, scopes: 'texts', enablePkce: 'bool', authUri: 'text', authCode: 'text', pkceVerifier: 'text', redirectUri: 'text' } },
  oauth2AuthCodeFlowGoogleManaged: { message: { scopes: 'texts', authCode: 'text', redirectUri: 'text' } },
} as const satisfies Shape;

const DESTINATION_CONFIG = { key: 'key', destinations: { list: { host: 'host', port: 'port', serviceAttachment: 'text' }, always: true } } as const satisfies Shape;

const CERTIFICATE_TYPE = { oneOf: ['CERT_TYPE_UNSPECIFIED', 'PEM'] } as const;

const SSL_CONFIG = {
  type: { oneOf: ['SSL_TYPE_UNSPECIFIED', 'TLS', 'MTLS'] }, trustModel: { oneOf: ['PUBLIC', 'PRIVATE', 'INSECURE'], echoed: true },
  privateServerCertificate: secret, clientCertificate: secret, clientPrivateKey: secret, clientPrivateKeyPass: secret,
  serverCertType: CERTIFICATE_TYPE, clientCertType: CERTIFICATE_TYPE, useSsl: 'bool', additionalVariables: { list: CONFIG_VARIABLE },
} as const satisfies Shape;

const EVENTING_CONFIG = {
  registrationDestinationConfig: { message: DESTINATION_CONFIG }, proxyDestinationConfig: { message: DESTINATION_CONFIG },
  authConfig: { message: AUTH_CONFIG }, listenerAuthConfig: { message: AUTH_CONFIG }, additionalVariables: { list: CONFIG_VARIABLE }, sslConfig: { message: SSL_CONFIG },
  enrichmentEnabled: 'bool', enrichmentConfig: { message: { appendAcl: 'bool' } }, deadLetterConfig: { message: { projectId: 'text', topic: 'text' } },
  privateConnectivityEnabled: 'bool', privateConnectivityAllowlistedProjects: 'texts', allowedEventTypes: 'texts', globalEventFilter: 'text',
} as const satisfies Shape;

export const CONNECTION = {
  labels: 'labels',
  description: 'text',
  connectorVersion: 'text',
  configVariables: { list: CONFIG_VARIABLE },
  authConfig: { message: AUTH_CONFIG },
  lockConfig: { message: { locked: 'bool', reason: 'text' } },
  destinationConfigs: { list: DESTINATION_CONFIG },
  serviceAccount: 'text',
  suspended: 'bool',
  nodeConfig: { message: { minNodeCount: 'count', maxNodeCount: 'count' } },
  logConfig: { message: { enabled: 'bool', level: { oneOf: ['LOG_LEVEL_UNSPECIFIED', 'ERROR', 'INFO', 'DEBUG'] } } },
  sslConfig: { message: SSL_CONFIG },
  eventingEnablementType: { oneOf: ['EVENTING_ENABLEMENT_TYPE_UNSPECIFIED', 'EVENTING_AND_CONNECTION', 'ONLY_EVENTING'] },
  eventingConfig: { message: EVENTING_CONFIG },
  authOverrideEnabled: 'bool',
  fallbackOnAdminCredentials: 'bool',
  asyncOperationsEnabled: 'bool',
  euaOauthAuthConfig: { message: AUTH_CONFIG },
  trafficShapingConfigs: { list: { quotaLimit: 'int64', duration: 'duration' } },
  adminFilters: {
    list: {
      filterKey: 'text', filterType: { oneOf: ['FILTER_TYPE_UNSPECIFIED', 'INCLUSION', 'EXCLUSION'] },
      stringValue: 'value', intValue: 'whole', stringListValues: { message: { listValues: 'texts' } },
    },
  },
} as const satisfies Shape;

/** The fields that a patch may name: all but those that concern what this runtime has not. */
export const PATCHABLE: ReadonlySet<string> = new Set<keyof typeof CONNECTION>([
  'lockConfig', 'suspended', 'description', 'labels', 'connectorVersion', 'configVariables', 'authConfig', 'destinationConfigs', 'nodeConfig', 'logConfig', 'sslConfig',
  'eventingEnablementType', 'eventingConfig', 'authOverrideEnabled', 'asyncOperationsEnabled', 'serviceAccount', 'trafficShapingConfigs',
]);

export type ConnectionMessage = MessageOf<typeof CONNECTION>;
export type ConfigVariable = MessageOf<typeof CONFIG_VARIABLE>;
export type AuthConfig = MessageOf<typeof AUTH_CONFIG>;
export type DestinationConfig = MessageOf<typeof DESTINATION_CONFIG>;
