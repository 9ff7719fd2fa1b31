// What the server finds wrong with a connection, at the field of the form where it is mended, in the reader's words.
import type { Violation } from '../api/api-error.ts';
import type { ConnectionBody } from './body.ts';
import type { Draft } from './draft.ts';

/** `id`, `variables.account_id`, `destinations.proxy_server.0.port`, `labels.1`, `auth.api_key`; '' for what has no field here. */
export type FieldId = string;

export type FaultKey = keyof typeof KNOWN;

export interface Fault {
  readonly field: FieldId;
  /** What the server said. */
  readonly text: string;
  /** Which of the known faults it is, with what stands in its words. */
  readonly known?: FaultKey;
  readonly values?: Readonly<Record<string, string>>;
}

export const STEPS = ['location', 'details', 'authentication', 'review'] as const;
export type Step = (typeof STEPS)[number];

export function stepOf(field: FieldId): Step {
  if (field === 'region') return 'location';
  if (field === '') return 'review';
  return field === 'way' || field.startsWith('auth.') ? 'authentication' : 'details';
}

/** The server's faults, and what a connection cannot even say: two labels of one name. @param body of which the server said them */
export function faultsOf(violations: readonly Violation[], draft: Draft, body: ConnectionBody): readonly Fault[] {
  const twice = draft.labels.flatMap(({ key }, index): readonly Fault[] => (key !== '' && draft.labels.findIndex((one) => one.key === key) !== index ? [{ field: `labels.${index}`, text: key, known: 'twice', values: { name: key } }] : []));
  return [...violations.map((one) => ({ field: fieldOf(one, draft, body), text: one.description, ...(one.field === 'connectionId' && draft.id === '' ? { known: 'required' as const } : knownIn(one.description)) })), ...twice];
}

const PLAIN: Readonly<Record<string, FieldId>> = {
  parent: 'region', connectorVersion: 'version', connectionId: 'id', description: 'description', serviceAccount: 'serviceAccount', nodeConfig: 'maxNodes',
  'nodeConfig.minNodeCount': 'minNodes', 'nodeConfig.maxNodeCount': 'maxNodes', labels: 'labels', 'logConfig.level': 'logLevel', 'authConfig.authType': 'way',
  account_id: 'variables.account_id', api_version: 'variables.api_version', verbosity: 'variables.verbosity',
};

function fieldOf({ field, description }: Violation, draft: Draft, body: ConnectionBody): FieldId {
  const plain = PLAIN[field];
  if (plain !== undefined) return plain;
  const label = /^labels\.(.*)$/s.exec(field)?.[1];
  if (label !== undefined) return `labels.${draft.labels.findIndex(({ key }) => key.slice(0, 100) === label)}${KNOWN.labelValue.test(description) ? '.value' : ''}`;
  const [list = '', index = ''] = /^(\w+(?:\.additionalVariables)?)\[(\d+)\]/.exec(field)?.slice(1) ?? [];
  const named = /^(\w+) is required/.exec(description)?.[1] ?? '';
  if (field === 'configVariables') return `variables.${named}`;
  if (field === 'authConfig.additionalVariables') return `auth.${named}`;
  if (list === 'configVariables') return `variables.${body.configVariables?.[Number(index)]?.key ?? ''}`;
  if (list === 'authConfig.additionalVariables') return `auth.${body.authConfig?.additionalVariables?.[Number(index)]?.key ?? ''}`;
  if (list === 'destinationConfigs') {
    const [at = '0', part = 'host'] = /\.destinations\[(\d+)\]\.(\w+)$/.exec(field)?.slice(1) ?? [];
    return `destinations.${body.destinationConfigs?.[Number(index)]?.key ?? ''}.${at}.${part}`;
  }
  const destination = /^(?:a destination (\w+)|(\w+) takes)/.exec(description);
  if (field === 'destinationConfigs' && destination !== null) return `destinations.${destination[1] ?? destination[2] ?? ''}`;
  return '';
}

/** The server's sentences, told apart by their form: each has words in every language under `faults`. */
const KNOWN = {
  name: /must begin with a lower-case letter, hold/,
  taken: /^"(?<name>.*)" exists already in (?<region>.*)$/,
  region: /is no region here/,
  version: /^must be projects\/\{project\}/,
  labelKey: /^a key begins with/,
  labelValue: /^a value has at most/,
  labels: /^must be at most (?<most>\d+)$/,
  wholeIn: /^must be a whole number from (?<from>\d+) to (?<to>\d+)$/,
  whole: /^must be a whole number$/,
  nodes: /^minNodeCount must not be larger/,
  account: /^must be the address of a service account/,
  noAccount: /is no service account of the project/,
  port: /^must be a port/,
  host: /^must be a host name/,
  hostNotAllowed: /^names (?<name>.+), which this server may not call$/,
  tooLong: /^must be text of at most (?<most>\d+) characters$/,
  key: /^must be a text that is not empty$/,
  options: /^(?<key>\w+) must be (?<options>[A-Z_]+(?:, [A-Z_]+)* or [A-Z_]+)$/,
  accountId: /must be the id of a Stripe account/,
  apiVersion: /must be a version of the Stripe API/,
  verbosity: /must be 1 to 5$/,
  secret: /^must name a secret version/,
  destination: /^a destination \w+ with host/,
  destinations: /takes at most (?<most>\d+) destinations?$/,
  required: /is required/,
  missing: /^is missing$/,
  twice: /(?<name>.+) is given twice$/,
} as const;

function knownIn(text: string): Pick<Fault, 'known' | 'values'> {
  for (const [known, pattern] of Object.entries(KNOWN)) {
    const match = pattern.exec(text);
    if (match !== null) return { known: known as FaultKey, values: { ...match.groups } };
  }
  return {};
}
