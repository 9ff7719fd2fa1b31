// The usual connection by options instead of a file: what each of them sets in the message of a connection.
import type { ConfigVariable, ConnectionMessage, DestinationConfig } from '../../connections/fields.ts';
import { CommandError } from '../command-error.ts';
import { countOf } from '../count.ts';
import { pair, withLabels } from '../labels.ts';
import { accountEmail } from '../resource-names.ts';

export interface ConnectionFlags {
  readonly connector?: string;
  readonly description?: string;
  readonly label?: readonly string[];
  readonly serviceAccount?: string;
  readonly secret?: string;
  readonly accountId?: string;
  readonly variable?: readonly string[];
  readonly destination?: readonly string[];
  readonly minNodes?: string;
  readonly maxNodes?: string;
  readonly logLevel?: string;
}

const FLAGS: readonly (keyof ConnectionFlags)[] = ['connector', 'description', 'label', 'serviceAccount', 'secret', 'accountId', 'variable', 'destination', 'minNodes', 'maxNodes', 'logLevel'];

/** Whether any of them was given. */
export function hasFlags(flags: ConnectionFlags): boolean {
  return FLAGS.some((flag) => flags[flag] !== undefined);
}

/** @param before what the connection is, or nothing. @param project of the connection. @throws CommandError */
export function withFlags(before: ConnectionMessage, flags: ConnectionFlags, project: string): ConnectionMessage {
  const { connector, description, serviceAccount, secret, accountId, variable = [], destination = [], logLevel } = flags;
  const variables = [...(accountId === undefined ? [] : [`account_id=${accountId}`]), ...variable].map((one): ConfigVariable => {
    const [key, value] = pair(one, '--variable account_id=acct_…');
    return { key, stringValue: value };
  });
  return {
    ...before,
    ...(connector === undefined ? {} : { connectorVersion: connectorName(connector, project) }),
    ...(description === undefined ? {} : { description }),
    ...(flags.label === undefined ? {} : { labels: withLabels(before.labels, flags.label) }),
    ...(serviceAccount === undefined ? {} : { serviceAccount: accountEmail(serviceAccount, project) }),
    ...(variables.length === 0 ? {} : { configVariables: merged(before.configVariables, variables) }),
    ...(secret === undefined ? {} : { authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: secretVersionName(secret, project) } }] } }),
    ...(destination.length === 0 ? {} : { destinationConfigs: merged(before.destinationConfigs, destination.map(destinationOf)) }),
    ...withNodes(before, flags),
    ...(logLevel === undefined ? {} : { logConfig: logConfigOf(logLevel) }),
  };
}

/** @throws CommandError where a number is none. */
export function withNodes({ nodeConfig }: Pick<ConnectionMessage, 'nodeConfig'>, { minNodes, maxNodes }: Pick<ConnectionFlags, 'minNodes' | 'maxNodes'>): Pick<ConnectionMessage, 'nodeConfig'> {
  if (minNodes === undefined && maxNodes === undefined) return {};
  return { nodeConfig: { ...nodeConfig, ...(minNodes === undefined ? {} : { minNodeCount: countOf('The least of nodes', minNodes) }), ...(maxNodes === undefined ? {} : { maxNodeCount: countOf('The most of nodes', maxNodes) }) } };
}

export const LOG_LEVELS = ['off', 'ERROR', 'INFO', 'DEBUG'] as const;

/** @throws CommandError */
export function logConfigOf(level: string): NonNullable<ConnectionMessage['logConfig']> {
  const known = LOG_LEVELS.find((one) => one.toLowerCase() === level.toLowerCase());
  if (known === undefined) throw new CommandError('INVALID_ARGUMENT', `"${level}" is no level: ${LOG_LEVELS.join(', ')}.`);
  return known === 'off' ? { enabled: false } : { enabled: true, level: known };
}

/** `stripe-key`, `stripe-key/3`, or the whole name of a version. @throws CommandError */
export function secretVersionName(secret: string, project: string): string {
  if (/^projects\/[^/]+\/secrets\/[^/]+\/versions\/[^/]+$/.test(secret)) return secret;
  if (/^projects\/[^/]+\/secrets\/[^/]+$/.test(secret)) return `${secret}/versions/latest`;
  const [, id, version = 'latest'] = /^([\w-]{1,255})(?:\/(?:versions\/)?(\d+|latest))?$/.exec(secret) ?? [];
  if (id === undefined) throw new CommandError('INVALID_ARGUMENT', `"${secret.includes('sk_') || secret.includes('rk_') ? 'That' : secret}" names no secret: store the key first (konektor secrets create), and name the secret.`);
  return `projects/${project}/secrets/${id}/versions/${version}`;
}

/** `stripe`, `stripe/stripe/1`, or the whole name of a version. @throws CommandError */
export function connectorName(connector: string, project: string): string {
  if (connector.startsWith('projects/')) return connector;
  const [provider = '', name = provider, version = '1', ...rest] = connector.split('/');
  if (rest.length > 0 || [provider, name, version].includes('')) throw new CommandError('INVALID_ARGUMENT', `"${connector}" names no connector: write stripe, or stripe/stripe/1.`);
  return `projects/${project}/locations/global/providers/${provider}/connectors/${name}/versions/${version}`;
}

function destinationOf(text: string): DestinationConfig {
  const [key, value] = pair(text, '--destination proxy_server=proxy.example.com:3128');
  const [, host = value, port] = /^([^]*?)(?::(\d{1,5}))?$/.exec(value) ?? [];
  return { key, destinations: [{ host, ...(port === undefined ? {} : { port: Number(port) }) }] };
}

/** Those with a key that is there take its place; the others are added. */
function merged<T extends { readonly key: string }>(before: readonly T[] = [], changes: readonly T[]): readonly T[] {
  const kept = before.map((one) => changes.findLast(({ key }) => key === one.key) ?? one);
  return [...kept, ...changes.filter(({ key }, index) => !before.some((one) => one.key === key) && changes.findLastIndex((other) => other.key === key) === index)];
}
