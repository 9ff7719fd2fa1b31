// From what a caller sent to a ConnectionSpec, or to every fault in it at once. Clients leave empty, zero and false values
// out, so a variable without a value is never a fault.
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import { parseSecretVersion } from '../secrets/model.ts';
import type { AuthConfig, ConfigVariable, ConnectionSpec, Destination, DestinationConfig } from './model.ts';

export const CONNECTION_ID = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const VERSION_NAME = /^projects\/[^/]+\/locations\/global\/providers\/([^/]+)\/connectors\/([^/]+)\/versions\/([^/]+)$/;
const DEFAULT_NODES = { minNodeCount: 2, maxNodeCount: 50 };
const MOST_NODES = 100;
const MOST_DESTINATIONS = 5;

interface Faults {
  add(field: string, description: string): void;
}

/** The connector that a version's name points to, or undefined. */
export function connectorOf(connectorVersion: string): { readonly provider: string; readonly connector: string; readonly version: string } | undefined {
  const [, provider, connector, version] = VERSION_NAME.exec(connectorVersion) ?? [];
  return provider === undefined || connector === undefined || version === undefined ? undefined : { provider, connector, version };
}

/**
 * Reads the body of a create.
 * @throws StatusError INVALID_ARGUMENT with every fault.
 */
export function parseConnection(connectionId: string, project: string, body: unknown): ConnectionSpec {
  const violations: FieldViolation[] = [];
  const faults: Faults = { add: (field, description) => violations.push({ field, description }) };
  if (!CONNECTION_ID.test(connectionId)) {
    faults.add('connectionId', `"${connectionId}" must begin with a lower-case letter, hold only lower-case letters, digits and hyphens, end with a letter or digit, and have at most 63 characters`);
  }
  const input = record(body) ?? {};
  if (record(body) === undefined) faults.add('', 'the body must be a connection, as a JSON object');
  const spec: ConnectionSpec = {
    ...optional('labels', labels(input['labels'], faults)),
    ...optional('description', text(input['description'], 'description', faults)),
    connectorVersion: connectorVersion(input['connectorVersion'], faults),
    ...optional('configVariables', variables(input['configVariables'], 'configVariables', faults)),
    ...optional('authConfig', authConfig(input['authConfig'], faults)),
    ...optional('destinationConfigs', destinationConfigs(input['destinationConfigs'], faults)),
    serviceAccount: serviceAccount(input['serviceAccount'], project, faults),
    nodeConfig: nodeConfig(input['nodeConfig'], faults),
  };
  if (violations.length > 0) throw invalidFields(violations, 'INVALID_REQUEST');
  return spec;
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
}

function optional<K extends string, V>(key: K, value: V | undefined): { readonly [P in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [P in K]?: V });
}

function text(value: unknown, field: string, faults: Faults): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' && value.length <= 4096) return value;
  faults.add(field, 'must be text of at most 4096 characters');
  return undefined;
}

function connectorVersion(value: unknown, faults: Faults): string {
  const name = typeof value === 'string' ? value : '';
  const parsed = connectorOf(name);
  if (parsed?.provider === 'stripe' && parsed.connector === 'stripe' && parsed.version === '1') return name;
  faults.add('connectorVersion', 'must be projects/{project}/locations/global/providers/stripe/connectors/stripe/versions/1');
  return name;
}

function labels(value: unknown, faults: Faults): Readonly<Record<string, string>> | undefined {
  if (value === undefined || value === null) return undefined;
  const given = record(value);
  const entries = Object.entries(given ?? {});
  if (given === undefined || entries.length > 64) faults.add('labels', 'must be an object of at most 64 labels');
  for (const [key, label] of entries) {
    if (!/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key)) {
      faults.add(`labels.${key}`, 'a key begins with a lower-case letter and has at most 63 lower-case letters, digits, underscores and hyphens');
    }
    if (typeof label !== 'string' || !/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(label)) {
      faults.add(`labels.${key}`, 'a value has at most 63 lower-case letters, digits, underscores and hyphens');
    }
  }
  return given as Readonly<Record<string, string>> | undefined;
}

function variables(value: unknown, field: string, faults: Faults): readonly ConfigVariable[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    faults.add(field, 'must be a list of variables');
    return undefined;
  }
  return value.map((one: unknown, index) => variable(one, `${field}[${index}]`, faults));
}

function variable(value: unknown, field: string, faults: Faults): ConfigVariable {
  const given = record(value) ?? {};
  const { key, intValue, boolValue, stringValue } = given;
  if (typeof key !== 'string' || key === '') faults.add(`${field}.key`, 'is missing');
  const whole = typeof intValue === 'number' || typeof intValue === 'string' ? String(intValue) : '';
  if (intValue !== undefined && !/^-?\d{1,19}$/.test(whole)) faults.add(`${field}.intValue`, 'must be a whole number');
  if (boolValue !== undefined && typeof boolValue !== 'boolean') faults.add(`${field}.boolValue`, 'must be true or false');
  if (stringValue !== undefined && typeof stringValue !== 'string') faults.add(`${field}.stringValue`, 'must be text');
  const secret = record(given['secretValue']);
  if (given['secretValue'] !== undefined) secretVersion(secret?.['secretVersion'], `${field}.secretValue.secretVersion`, faults);
  if (stringValue !== undefined && typeof key === 'string' && /api_?key|password/i.test(key)) {
    faults.add(`${field}.stringValue`, 'a secret is never given itself: store it as a secret version and name that in secretValue.secretVersion');
  }
  return {
    key: String(key),
    ...(intValue === undefined ? {} : { intValue: intValue as string | number }),
    ...(typeof boolValue === 'boolean' ? { boolValue } : {}),
    ...(typeof stringValue === 'string' ? { stringValue } : {}),
    ...(typeof secret?.['secretVersion'] === 'string' ? { secretValue: { secretVersion: secret['secretVersion'] } } : {}),
  };
}

/** A value that is no such name may be the secret itself, so it is not repeated. */
function secretVersion(value: unknown, field: string, faults: Faults): void {
  if (typeof value === 'string' && parseSecretVersion(value) !== undefined) return;
  faults.add(field, 'must name a secret version: projects/{project}/secrets/{secret}/versions/{version}');
}

function authConfig(value: unknown, faults: Faults): AuthConfig | undefined {
  if (value === undefined || value === null) return undefined;
  const given = record(value);
  if (given === undefined) {
    faults.add('authConfig', 'must be an object');
    return undefined;
  }
  const password = record(record(given['userPassword'])?.['password'])?.['secretVersion'];
  const username = record(given['userPassword'])?.['username'];
  if (password !== undefined) secretVersion(password, 'authConfig.userPassword.password.secretVersion', faults);
  return {
    ...optional('authType', text(given['authType'], 'authConfig.authType', faults)),
    ...optional('authKey', text(given['authKey'], 'authConfig.authKey', faults)),
    ...optional('additionalVariables', variables(given['additionalVariables'], 'authConfig.additionalVariables', faults)),
    ...(given['userPassword'] === undefined ? {} : {
      userPassword: {
        ...(typeof username === 'string' ? { username } : {}),
        ...(typeof password === 'string' ? { password: { secretVersion: password } } : {}),
      },
    }),
  };
}

function destinationConfigs(value: unknown, faults: Faults): readonly DestinationConfig[] | undefined {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) {
    faults.add('destinationConfigs', 'must be a list');
    return undefined;
  }
  return value.map((one: unknown, index) => {
    const field = `destinationConfigs[${index}]`;
    const given = record(one) ?? {};
    const list: unknown = given['destinations'] ?? [];
    if (typeof given['key'] !== 'string' || given['key'] === '') faults.add(`${field}.key`, 'is missing');
    if (!Array.isArray(list) || list.length > MOST_DESTINATIONS) faults.add(`${field}.destinations`, `must be a list of at most ${MOST_DESTINATIONS}`);
    const destinations = Array.isArray(list) ? list.map((item: unknown, at) => destination(item, `${field}.destinations[${at}]`, faults)) : [];
    return { key: String(given['key']), destinations };
  });
}

function destination(value: unknown, field: string, faults: Faults): Destination {
  const { host, port } = record(value) ?? {};
  if (host !== undefined && (typeof host !== 'string' || host === '' || host.length > 255 || /[\s@]/.test(host))) faults.add(`${field}.host`, 'must be a host name or an IP address');
  const number = Number(port);
  if (port !== undefined && !(Number.isInteger(number) && number >= 0 && number <= 65_535)) faults.add(`${field}.port`, 'must be a port from 1 to 65535');
  return { ...(typeof host === 'string' ? { host } : {}), ...(port === undefined ? {} : { port: number }) };
}

function serviceAccount(value: unknown, project: string, faults: Faults): string {
  if (value === undefined || value === null || value === '') return `connections@${project}.iam.gserviceaccount.com`;
  if (typeof value === 'string' && /^[a-z0-9-]{1,63}@[a-z0-9.:-]+\.gserviceaccount\.com$/.test(value)) return value;
  faults.add('serviceAccount', 'must be the address of a service account, {id}@{project}.iam.gserviceaccount.com');
  return '';
}

function nodeConfig(value: unknown, faults: Faults): ConnectionSpec['nodeConfig'] {
  const given = record(value) ?? {};
  const count = (key: keyof typeof DEFAULT_NODES): number => {
    const number = given[key] === undefined ? DEFAULT_NODES[key] : Number(given[key]);
    if (!Number.isInteger(number) || number < 1 || number > MOST_NODES) faults.add(`nodeConfig.${key}`, `must be a whole number from 1 to ${MOST_NODES}`);
    return number;
  };
  const nodes = { minNodeCount: count('minNodeCount'), maxNodeCount: count('maxNodeCount') };
  if (nodes.minNodeCount > nodes.maxNodeCount) faults.add('nodeConfig', 'minNodeCount must not be larger than maxNodeCount');
  return nodes;
}
