// What a connection looks like, sent and received. How it is read, and every fault of it told, is the business of the service
// that takes it; a test compares the two.
import { Type } from 'typebox';
import { Instant, Int64, Labels } from './schema.ts';

const text = Type.Optional(Type.String());
const flag = Type.Optional(Type.Boolean());
const texts = Type.Optional(Type.Array(Type.String()));

const SecretReference = Type.Object(
  { secretVersion: Type.Optional(Type.String({ description: 'projects/{project}/secrets/{secret}/versions/{version}; never the value itself.' })) },
  { title: 'SecretReference' },
);
const secret = Type.Optional(SecretReference);

export const ConfigVariable = Type.Object({
  key: Type.String(), stringValue: text, intValue: Type.Optional(Int64), boolValue: flag, secretValue: secret,
  encryptionKeyValue: Type.Optional(Type.Object({ type: Type.Optional(Type.Enum(['TYPE_UNSPECIFIED', 'GOOGLE_MANAGED', 'CUSTOMER_MANAGED'])), kmsKeyName: text })),
}, { title: 'ConfigVariable', description: 'A variable with one value; without any it has the default of its template.' });
const variables = Type.Optional(Type.Array(ConfigVariable));

const AuthConfig = Type.Object({
  authType: Type.Optional(Type.Enum(['AUTH_TYPE_UNSPECIFIED', 'USER_PASSWORD', 'OAUTH2_JWT_BEARER', 'OAUTH2_CLIENT_CREDENTIALS', 'SSH_PUBLIC_KEY', 'OAUTH2_AUTH_CODE_FLOW', 'GOOGLE_AUTHENTICATION', 'OAUTH2_AUTH_CODE_FLOW_GOOGLE_MANAGED'])),
  authKey: Type.Optional(Type.String({ description: 'A way to authenticate that is the connector\'s own: api_key.' })), additionalVariables: variables,
  userPassword: Type.Optional(Type.Object({ username: text, password: secret })),
  oauth2JwtBearer: Type.Optional(Type.Object({ clientKey: secret, jwtClaims: Type.Optional(Type.Object({ issuer: text, subject: text, audience: text })) })),
  oauth2ClientCredentials: Type.Optional(Type.Object({ clientId: text, clientSecret: secret })),
  sshPublicKey: Type.Optional(Type.Object({ username: text, sshClientCert: secret, certType: text, sshClientCertPass: secret })),
  oauth2AuthCodeFlow: Type.Optional(Type.Object({ clientId: text, clientSecret: secret, scopes: texts, enablePkce: flag, authUri: text, authCode: text, pkceVerifier: text, redirectUri: text })),
  oauth2AuthCodeFlowGoogleManaged: Type.Optional(Type.Object({ scopes: texts, authCode: text, redirectUri: text })),
}, { title: 'AuthConfig' });

const DestinationConfig = Type.Object({
  key: Type.String(),
  destinations: Type.Array(Type.Object({ host: text, port: Type.Optional(Type.Integer({ maximum: 65_535 })), serviceAttachment: text })),
}, { title: 'DestinationConfig', description: 'Where a connection goes: stripe_api, proxy_server.' });

const certificate = Type.Optional(Type.Enum(['CERT_TYPE_UNSPECIFIED', 'PEM']));
const SslConfig = Type.Object({
  type: Type.Optional(Type.Enum(['SSL_TYPE_UNSPECIFIED', 'TLS', 'MTLS'])), trustModel: Type.Optional(Type.Enum(['PUBLIC', 'PRIVATE', 'INSECURE'])),
  privateServerCertificate: secret, clientCertificate: secret, clientPrivateKey: secret, clientPrivateKeyPass: secret,
  serverCertType: certificate, clientCertType: certificate, useSsl: flag, additionalVariables: variables,
}, { title: 'SslConfig' });

const EventingConfig = Type.Object({
  registrationDestinationConfig: Type.Optional(DestinationConfig), proxyDestinationConfig: Type.Optional(DestinationConfig),
  authConfig: Type.Optional(AuthConfig), listenerAuthConfig: Type.Optional(AuthConfig), additionalVariables: variables, sslConfig: Type.Optional(SslConfig),
  enrichmentEnabled: flag, enrichmentConfig: Type.Optional(Type.Object({ appendAcl: flag })), deadLetterConfig: Type.Optional(Type.Object({ projectId: text, topic: text })),
  privateConnectivityEnabled: flag, privateConnectivityAllowlistedProjects: texts, allowedEventTypes: texts, globalEventFilter: text,
}, { title: 'EventingConfig', description: 'Kept and shown; events are not served.' });

const NodeConfig = Type.Object({
  minNodeCount: Type.Optional(Type.Integer({ description: 'From 1; 2 unless set.' })), maxNodeCount: Type.Optional(Type.Integer({ description: 'To 100; 50 unless set.' })),
}, { title: 'NodeConfig' });

const TrafficShapingConfig = Type.Object({ quotaLimit: Type.Optional(Int64), duration: Type.Optional(Type.String({ description: 'In seconds: 16s.' })) }, { title: 'TrafficShapingConfig', description: 'So many calls to the source in so long.' });

const AdminFilter = Type.Object({
  filterKey: text, filterType: Type.Optional(Type.Enum(['FILTER_TYPE_UNSPECIFIED', 'INCLUSION', 'EXCLUSION'])), stringValue: text, intValue: Type.Optional(Int64),
  stringListValues: Type.Optional(Type.Object({ listValues: texts })),
}, { title: 'AdminFilter' });

/** The blocks that a user sets; none is there that was not set, but nodeConfig. */
const blocks = {
  labels: Type.Optional(Labels), description: text, configVariables: variables, authConfig: Type.Optional(AuthConfig),
  lockConfig: Type.Optional(Type.Object({ locked: flag, reason: text }, { title: 'LockConfig' })), destinationConfigs: Type.Optional(Type.Array(DestinationConfig)),
  suspended: flag, logConfig: Type.Optional(Type.Object({ enabled: flag, level: Type.Optional(Type.Enum(['LOG_LEVEL_UNSPECIFIED', 'ERROR', 'INFO', 'DEBUG'])) }, { title: 'LogConfig' })),
  sslConfig: Type.Optional(SslConfig), eventingEnablementType: Type.Optional(Type.Enum(['EVENTING_ENABLEMENT_TYPE_UNSPECIFIED', 'EVENTING_AND_CONNECTION', 'ONLY_EVENTING'])),
  eventingConfig: Type.Optional(EventingConfig), authOverrideEnabled: flag, fallbackOnAdminCredentials: flag, asyncOperationsEnabled: flag,
  euaOauthAuthConfig: Type.Optional(AuthConfig), trafficShapingConfigs: Type.Optional(Type.Array(TrafficShapingConfig)), adminFilters: Type.Optional(Type.Array(AdminFilter)),
};

/** A connection as it is sent: what a server adds, or does not know, is passed over. */
export const ConnectionInput = Type.Object({
  connectorVersion: Type.Optional(Type.String({ description: 'projects/{project}/locations/global/providers/{provider}/connectors/{connector}/versions/{version}; needed to create one.' })),
  serviceAccount: Type.Optional(Type.String({ description: 'Whom the connection acts as; the connections account of the project unless set.' })),
  nodeConfig: Type.Optional(NodeConfig), ...blocks,
}, { title: 'ConnectionInput' });

const ConnectionStatus = Type.Object({
  state: Type.Enum(['CREATING', 'ACTIVE', 'INACTIVE', 'DELETING', 'UPDATING', 'ERROR', 'AUTHORIZATION_REQUIRED']),
  description: Type.Optional(Type.String({ description: 'What is wrong, or what to know.' })), status: Type.Optional(Type.String({ description: 'The reason of an ERROR, for programs.' })),
}, { title: 'ConnectionStatus' });

/** A connection as it is shown. */
export const Connection = Type.Object({
  name: Type.String({ description: 'projects/{project}/locations/{location}/connections/{connection}' }), createTime: Instant, updateTime: Instant, status: ConnectionStatus,
  connectorVersion: Type.String(), serviceAccount: Type.String(), nodeConfig: NodeConfig, connectionRevision: Type.String({ description: 'Counts the accepted changes, from 1.' }), ...blocks,
  connectorVersionLaunchStage: Type.String(), subscriptionType: Type.String(), billingConfig: Type.Object({ billingCategory: Type.String() }),
  connectorVersionInfraConfig: Type.Optional(Type.Object({ ratelimitThreshold: Type.String(), connectionRatelimitWindowSeconds: Type.String() })),
  host: Type.Optional(Type.String({ description: 'Under which callers reach this server.' })), serviceDirectory: Type.String(), tlsServiceDirectory: Type.String(),
}, { title: 'Connection' });
