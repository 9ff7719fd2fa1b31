// A connection while somebody fills it in: texts as they are typed, whatever they will become.
import type { ConnectionBody } from './body.ts';
import type { AuthTemplate, ConnectorVersion } from '../api/catalogue.ts';

export interface Destination {
  readonly host: string;
  readonly port: string;
}

export interface Draft {
  readonly region: string;
  /** `projects/p/locations/global/providers/stripe/connectors/stripe` */
  readonly connector: string;
  /** With `/versions/1`. */
  readonly version: string;
  readonly id: string;
  readonly description: string;
  readonly serviceAccount: string;
  readonly minNodes: string;
  readonly maxNodes: string;
  /** By key: texts, `true`, names of secret versions. */
  readonly variables: Readonly<Record<string, string>>;
  /** By key. */
  readonly destinations: Readonly<Record<string, readonly Destination[]>>;
  readonly labels: readonly { readonly key: string; readonly value: string }[];
  /** '' where nothing is logged. */
  readonly logLevel: string;
  /** Which way to authenticate, as `wayOf` says it; '' for the usual one. */
  readonly way: string;
  /** Variables of the authentication, by key. */
  readonly auth: Readonly<Record<string, string>>;
  /** As a connection of that connector had it: variables and destinations that the form does not show go along unchanged. */
  readonly given: Pick<ConnectionBody, 'configVariables' | 'destinationConfigs'> & { readonly connector: string };
  /** Blocks that the form does not show: they go along too. */
  readonly rest: ConnectionBody;
}

const NODES = { min: '2', max: '50' };
/** What stands there once a proxy is used. */
const PROXY = { proxy_auth_scheme: 'NONE', proxy_ssltype: 'AUTO' };

export function emptyDraft(project: string): Draft {
  return {
    region: '', connector: '', version: '', id: '', description: '', serviceAccount: `connections@${project}.iam.gserviceaccount.com`, minNodes: NODES.min, maxNodes: NODES.max,
    variables: PROXY, destinations: {}, labels: [], logLevel: '', way: '', auth: {}, given: { connector: '' }, rest: {},
  };
}

/** The draft of a connection that is there: to change it, or to make another like it. @param name in full */
export function draftOf(name: string, connection: ConnectionBody): Draft {
  const [, project = '', , region = '', , id = ''] = name.split('/');
  const { connectorVersion = '', description = '', serviceAccount, nodeConfig = {}, configVariables = [], destinationConfigs = [], labels = {}, logConfig, authConfig, ...rest } = connection;
  const start = emptyDraft(project);
  const connector = connectorVersion.split('/versions/')[0] ?? '';
  const password = authConfig?.userPassword?.password?.secretVersion;
  return {
    ...start, region, id, version: connectorVersion, connector, description, serviceAccount: serviceAccount ?? start.serviceAccount,
    minNodes: String(nodeConfig.minNodeCount ?? NODES.min), maxNodes: String(nodeConfig.maxNodeCount ?? NODES.max),
    variables: { ...PROXY, ...Object.fromEntries(configVariables.map((one) => [one.key, textOf(one)])) },
    destinations: Object.fromEntries(destinationConfigs.map(({ key, destinations = [] }) => [key, destinations.map(({ host = '', port }) => ({ host, port: port === undefined ? '' : String(port) }))])),
    labels: Object.entries(labels).map(([key, value]) => ({ key, value })),
    logLevel: logConfig?.enabled === true ? (logConfig.level ?? 'INFO') : '',
    way: authConfig === undefined ? '' : `${authConfig.authType ?? 'AUTH_TYPE_UNSPECIFIED'} ${authConfig.authKey ?? ''}`.trim(),
    auth: {
      ...Object.fromEntries((authConfig?.additionalVariables ?? []).map((one) => [one.key, textOf(one)])),
      ...(authConfig?.userPassword?.username === undefined ? {} : { username: authConfig.userPassword.username }), ...(password === undefined ? {} : { password }),
    },
    given: { connector, configVariables, destinationConfigs }, rest: sent(rest),
  };
}

type Variable = NonNullable<ConnectionBody['configVariables']>[number];

function textOf({ secretValue, boolValue, intValue, stringValue }: Variable): string {
  return secretValue?.secretVersion ?? (boolValue === undefined ? undefined : String(boolValue)) ?? (intValue === undefined ? undefined : String(intValue)) ?? stringValue ?? '';
}

/** Blocks that a user may set and the form does not show. */
const UNSHOWN = ['trafficShapingConfigs', 'sslConfig', 'eventingEnablementType', 'eventingConfig', 'authOverrideEnabled', 'fallbackOnAdminCredentials', 'asyncOperationsEnabled', 'euaOauthAuthConfig', 'adminFilters'];

function sent(rest: ConnectionBody): ConnectionBody {
  return Object.fromEntries(Object.entries(rest).filter(([field]) => UNSHOWN.includes(field)));
}

/** `AUTH_TYPE_UNSPECIFIED api_key`, `USER_PASSWORD` */
export function wayOf({ authType, authKey = '' }: Pick<AuthTemplate, 'authType' | 'authKey'>): string {
  return `${authType} ${authKey}`.trim();
}

/** The way to authenticate that a draft has chosen. */
export function chosenWay({ way }: Pick<Draft, 'way'>, version: ConnectorVersion | undefined): AuthTemplate | undefined {
  const ways = version?.authConfigTemplates ?? [];
  return ways.find((one) => wayOf(one) === way) ?? ways.find(({ isDefault }) => isDefault) ?? ways[0];
}
