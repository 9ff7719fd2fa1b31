// From what a caller sent to a ConnectionSpec, or to every fault in it at once. Clients leave empty, zero and false values
// out, so a variable without a value is never a fault. What a connector can be configured with is decided by its template.
import { invalidFields, type FieldViolation } from '../errors/status-error.ts';
import { CONNECTION, type ConfigVariable } from './fields.ts';
import { readMessage, record, type Faults } from './message.ts';
import { projectOf, type ConnectionSpec } from './model.ts';
import type { ConnectionTemplate } from './templates.ts';
import { checkVariables } from './variables.ts';

export const CONNECTION_ID = /^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
const VERSION_NAME = /^projects\/[^/]+\/locations\/global\/providers\/([^/]+)\/connectors\/([^/]+)\/versions\/([^/]+)$/;
const ACCOUNT = /^[a-z0-9-]{1,63}@[a-z0-9.:-]+\.gserviceaccount\.com$/;
const DEFAULT_NODES = { minNodeCount: 2, maxNodeCount: 50 };
const MOST_NODES = 100;
const MOST_LABELS = 64;

/** What is asked of others to check a connection. */
export interface SpecRules {
  /** What connections of this connector version are configured with; undefined where there is no such version. */
  readonly templateOf: (connectorVersion: string) => ConnectionTemplate | undefined;
  /** Connector versions there are, for the message. */
  readonly connectors: string;
  readonly isLocation: (id: string) => boolean;
  readonly serviceAccountExists: (email: string, project: string) => Promise<boolean>;
  /** What the connector itself refuses. @throws StatusError INVALID_ARGUMENT */
  readonly validate: (spec: ConnectionSpec) => void;
}

export interface CheckedSpec {
  readonly spec: ConnectionSpec;
  /** What is kept though nothing uses it. */
  readonly warnings: readonly string[];
}

/** The connector that a version's name points to, or undefined. */
export function connectorOf(connectorVersion: string): { readonly provider: string; readonly connector: string; readonly version: string } | undefined {
  const [, provider, connector, version] = VERSION_NAME.exec(connectorVersion) ?? [];
  return provider === undefined || connector === undefined || version === undefined ? undefined : { provider, connector, version };
}

/** Whom a connection acts as where it does not say. @param name the connection's */
export function accountIn(name: string, given: string | undefined): string {
  return given ?? `connections@${projectOf(name)}.iam.gserviceaccount.com`;
}

/**
 * Reads the body of a connection, whole.
 * @param name the connection's name, which is checked too.
 * @throws StatusError INVALID_ARGUMENT with every fault.
 */
export async function readSpec(name: string, body: unknown, rules: SpecRules): Promise<CheckedSpec> {
  const faults = new FaultList();
  const project = projectOf(name);
  const [location = '', id = ''] = [name.split('/')[3], name.split('/')[5]];
  if (!CONNECTION_ID.test(id)) {
    faults.add('connectionId', `"${id.slice(0, 100)}" must begin with a lower-case letter, hold only lower-case letters, digits and hyphens, end with a letter or digit, and have at most 63 characters`);
  }
  if (!rules.isLocation(location)) faults.add('parent', `"${location.slice(0, 100)}" is no region here; GET /v1/projects/${project}/locations lists them`);
  if (record(body) === undefined) faults.add('', 'the body must be a connection, as a JSON object');
  const given = readMessage(CONNECTION, record(body) ?? {}, '', faults);
  const { connectorVersion = '', serviceAccount, nodeConfig, ...rest } = given;
  const spec: ConnectionSpec = { ...withoutEmpty(rest), connectorVersion, serviceAccount: accountIn(name, serviceAccount), nodeConfig: { ...DEFAULT_NODES, ...nodeConfig } };
  checkLabels(spec, faults);
  checkNodes(spec, faults);
  checkLock(spec, faults);
  checkShaping(spec, faults);
  checkPlainSecrets(spec, faults);
  await checkAccount(spec, project, rules, faults);
  const template = rules.templateOf(connectorVersion);
  if (template === undefined) faults.add('connectorVersion', `must be ${rules.connectors}`);
  const warnings = template === undefined ? [] : checkVariables(spec, template, faults);
  faults.settle();
  rules.validate(spec);
  return { spec, warnings };
}

class FaultList implements Faults {
  readonly #violations: FieldViolation[] = [];

  /** The first fault of a field is the one that is told. */
  add(field: string, description: string): void {
    if (!this.#violations.some((one) => one.field === field && one.description === description)) this.#violations.push({ field, description });
  }

  /** @throws StatusError INVALID_ARGUMENT where anything was added. */
  settle(): void {
    if (this.#violations.length > 0) throw invalidFields(this.#violations, 'INVALID_REQUEST');
  }
}

/** The platform's JSON leaves empty lists and maps out. */
function withoutEmpty<T extends object>(message: T): T {
  const isEmpty = (key: string, value: unknown): boolean => (Array.isArray(value) && value.length === 0) || (key === 'labels' && Object.keys(record(value) ?? {}).length === 0);
  // Only fields that may be absent are lists or maps.
  return Object.fromEntries(Object.entries(message).filter(([key, value]) => !isEmpty(key, value))) as T;
}

function checkLabels({ labels = {} }: ConnectionSpec, faults: Faults): void {
  if (Object.keys(labels).length > MOST_LABELS) faults.add('labels', `must be at most ${MOST_LABELS}`);
  for (const [key, label] of Object.entries(labels)) {
    const field = `labels.${key.slice(0, 100)}`;
    if (!/^[\p{Ll}\p{Lo}][\p{Ll}\p{Lo}\p{N}_-]{0,62}$/u.test(key)) {
      faults.add(field, 'a key begins with a lower-case letter and has at most 63 lower-case letters, digits, underscores and hyphens');
    }
    if (!/^[\p{Ll}\p{Lo}\p{N}_-]{0,63}$/u.test(label)) faults.add(field, 'a value has at most 63 lower-case letters, digits, underscores and hyphens');
  }
}

function checkNodes({ nodeConfig }: ConnectionSpec, faults: Faults): void {
  const { minNodeCount, maxNodeCount } = nodeConfig;
  for (const [key, count] of Object.entries({ minNodeCount, maxNodeCount })) {
    if (count < 1 || count > MOST_NODES) faults.add(`nodeConfig.${key}`, `must be a whole number from 1 to ${MOST_NODES}`);
  }
  if (minNodeCount > maxNodeCount) faults.add('nodeConfig', 'minNodeCount must not be larger than maxNodeCount');
}

function checkLock({ lockConfig }: ConnectionSpec, faults: Faults): void {
  if (lockConfig?.locked === true && lockConfig.reason === undefined) faults.add('lockConfig.reason', 'is required where locked is true');
}

function checkShaping({ trafficShapingConfigs = [] }: ConnectionSpec, faults: Faults): void {
  for (const [index, { quotaLimit, duration }] of trafficShapingConfigs.entries()) {
    if (!(Number(quotaLimit) > 0)) faults.add(`trafficShapingConfigs[${index}].quotaLimit`, 'must be a whole number above 0');
    if (!(Number.parseFloat(duration ?? '') > 0)) faults.add(`trafficShapingConfigs[${index}].duration`, 'must be a duration above 0, such as "16s"');
  }
}

/** A variable that no template knows is kept, but not with a secret in clear. */
function checkPlainSecrets({ configVariables, authConfig }: ConnectionSpec, faults: Faults): void {
  const check = (variables: readonly ConfigVariable[] = [], field: string): void => {
    for (const [index, { key, stringValue = '' }] of variables.entries()) {
      if (stringValue !== '' && /api_?key|password/i.test(key)) {
        faults.add(`${field}[${index}].stringValue`, `${key} is a secret: store it as a secret version and name that in secretValue.secretVersion`);
      }
    }
  };
  check(configVariables, 'configVariables');
  check(authConfig?.additionalVariables, 'authConfig.additionalVariables');
}

async function checkAccount({ serviceAccount }: ConnectionSpec, project: string, rules: SpecRules, faults: Faults): Promise<void> {
  if (!ACCOUNT.test(serviceAccount)) faults.add('serviceAccount', 'must be the address of a service account, {id}@{project}.iam.gserviceaccount.com');
  else if (!(await rules.serviceAccountExists(serviceAccount, project))) {
    faults.add('serviceAccount', `${serviceAccount} is no service account of the project ${project}; POST /v1/projects/${project}/serviceAccounts makes one`);
  }
}
