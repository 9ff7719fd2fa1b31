// A connection as the management API shows it: who may be reached, with which secret, in which state.
import type { AuthConfig, ConfigVariable, ConnectionMessage } from './fields.ts';

export type { AuthConfig, ConfigVariable, DestinationConfig } from './fields.ts';

export const CONNECTION_STATES = ['CREATING', 'ACTIVE', 'INACTIVE', 'DELETING', 'UPDATING', 'ERROR', 'AUTHORIZATION_REQUIRED'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

/** What the user of a connection says of it. Blocks that were not set stay absent; these four are always there. */
export interface ConnectionSpec extends Omit<ConnectionMessage, 'connectorVersion' | 'serviceAccount' | 'nodeConfig'> {
  readonly connectorVersion: string;
  readonly serviceAccount: string;
  readonly nodeConfig: { readonly minNodeCount: number; readonly maxNodeCount: number };
}

export interface ConnectionStatus {
  readonly state: ConnectionState;
  /** What is wrong, or what to know; the same for the same cause. */
  readonly description?: string;
  /** The reason of an ERROR: one of ours, for programs. */
  readonly status?: string;
}

/** What changes between two revisions of a connection. */
export interface Revision {
  readonly spec: ConnectionSpec;
  readonly status: ConnectionStatus;
  readonly connectionRevision: string;
  readonly updateTime: string;
  readonly etag: string;
}

export interface Connection extends ConnectionSpec {
  /** `projects/{project}/locations/{location}/connections/{connection}` */
  readonly name: string;
  readonly createTime: string;
  readonly updateTime: string;
  readonly status: ConnectionStatus;
  /** Counts the accepted changes by the user, from 1. */
  readonly connectionRevision: string;
  /** Changes with every stored change; guards against lost updates. */
  readonly etag: string;
  /** While UPDATING: the revision before, which serves calls until the new one is tried out, and comes back where that is cancelled. */
  readonly previous?: Revision;
  /** While something works on it: the operation that does. */
  readonly operation?: string;
}

/** What the user said, without what the server added. */
export function specOf(connection: Connection): ConnectionSpec {
  const { name: _name, createTime: _created, updateTime: _updated, status: _status, connectionRevision: _revision, etag: _etag, previous: _previous, operation: _operation, ...spec } = connection;
  return spec;
}

export function revisionOf(connection: Connection): Revision {
  const { status, connectionRevision, updateTime, etag } = connection;
  return { spec: specOf(connection), status, connectionRevision, updateTime, etag };
}

/** The connection with another revision in place of its own, and nothing working on it. */
export function withRevision({ name, createTime }: Connection, { spec, ...rest }: Revision): Connection {
  return { name, createTime, ...spec, ...rest };
}

/** The revision that calls are served by: its own where it is ACTIVE, while UPDATING the one before if that was. */
export function servingOf(connection: Connection): Connection | undefined {
  if (connection.status.state === 'ACTIVE') return connection;
  const { previous, status } = connection;
  return status.state === 'UPDATING' && previous?.status.state === 'ACTIVE' ? withRevision(connection, previous) : undefined;
}

/** `projects/{project}/locations/{location}` of a connection or an operation. */
export function locationOf(name: string): string {
  return name.split('/').slice(0, 4).join('/');
}

export function projectOf(name: string): string {
  return name.split('/')[1] ?? '';
}

/** The text of a configuration variable, whatever its type; undefined where it has no value. */
export function variableText(variables: readonly ConfigVariable[] | undefined, key: string): string | undefined {
  const variable = variables?.find((one) => one.key === key);
  const value = variable?.stringValue ?? variable?.intValue ?? variable?.boolValue;
  return value === undefined ? undefined : String(value);
}

const API_KEY_NAMES = new Set(['api_key', 'apikey', 'live_apikey']);

/** The secret version that holds the API key: a variable of the authentication, or the password of USER_PASSWORD. */
export function apiKeyVersion(auth: AuthConfig | undefined): string | undefined {
  const variable = auth?.additionalVariables?.find(({ key }) => API_KEY_NAMES.has(key.toLowerCase()));
  return variable?.secretValue?.secretVersion ?? auth?.userPassword?.password?.secretVersion;
}

/** Every secret version that the connection uses, once each. */
export function secretVersions({ configVariables, authConfig }: Pick<ConnectionSpec, 'configVariables' | 'authConfig'>): readonly string[] {
  const variables = [...(configVariables ?? []), ...(authConfig?.additionalVariables ?? [])];
  const versions = [...variables.map(({ secretValue }) => secretValue?.secretVersion), authConfig?.userPassword?.password?.secretVersion];
  return [...new Set(versions.filter((version) => version !== undefined))];
}
