// A connection as the management API shows it: who may be reached, with which secret, in which state.

export const CONNECTION_STATES = ['CREATING', 'ACTIVE', 'INACTIVE', 'DELETING', 'UPDATING', 'ERROR', 'AUTHORIZATION_REQUIRED'] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export interface ConfigVariable {
  readonly key: string;
  readonly intValue?: string | number;
  readonly boolValue?: boolean;
  readonly stringValue?: string;
  readonly secretValue?: { readonly secretVersion: string };
}

export interface Destination {
  readonly host?: string;
  readonly port?: number;
}

export interface DestinationConfig {
  readonly key: string;
  readonly destinations: readonly Destination[];
}

export interface AuthConfig {
  readonly authType?: string;
  readonly authKey?: string;
  readonly additionalVariables?: readonly ConfigVariable[];
  readonly userPassword?: { readonly username?: string; readonly password?: { readonly secretVersion?: string } };
}

/** What the user of a connection says of it. Blocks that were not set stay absent. */
export interface ConnectionSpec {
  readonly labels?: Readonly<Record<string, string>>;
  readonly description?: string;
  readonly connectorVersion: string;
  readonly configVariables?: readonly ConfigVariable[];
  readonly authConfig?: AuthConfig;
  readonly destinationConfigs?: readonly DestinationConfig[];
  readonly serviceAccount: string;
  readonly nodeConfig: { readonly minNodeCount: number; readonly maxNodeCount: number };
}

export interface Connection extends ConnectionSpec {
  /** `projects/{project}/locations/{location}/connections/{connection}` */
  readonly name: string;
  readonly createTime: string;
  readonly updateTime: string;
  readonly status: { readonly state: ConnectionState; readonly description?: string; readonly status?: string };
  /** Counts the accepted changes by the user, from 1. */
  readonly connectionRevision: string;
  /** Changes with every stored change; guards against lost updates. */
  readonly etag: string;
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
