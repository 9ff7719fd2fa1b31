// A connection as a file keeps it: what its user sets and nothing else, in one order, defaults left out. What a file says and
// what a server answers are brought to this form to be compared.
import { CONNECTION, type ConnectionMessage } from '../../connections/fields.ts';
import { readMessage, record } from '../../connections/message.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The order of a file: what a reader looks for first stands first. */
const ORDER: readonly (keyof ConnectionMessage)[] = [
  'description', 'labels', 'connectorVersion', 'serviceAccount', 'configVariables', 'authConfig', 'destinationConfigs', 'nodeConfig', 'trafficShapingConfigs', 'logConfig', 'sslConfig', 'suspended', 'lockConfig',
];

/** What the server fills in where nothing is said. */
const NODES: Fields = { minNodeCount: 2, maxNodeCount: 50 };
const accountOf = (name: string): string => `connections@${name.split('/')[1] ?? ''}.iam.gserviceaccount.com`;

/** Good for once: sent where a file has them, never written into one. */
const ONCE: ReadonlySet<string> = new Set(['authCode', 'pkceVerifier']);

/**
 * The fields that a user sets of a connection, in the order of a file.
 * @param connection as an API shows it, or as `readMessage` gives it
 */
export function userForm(name: string, connection: object): Fields {
  const message = readMessage(CONNECTION, connection, '', { add: () => undefined });
  const { serviceAccount, nodeConfig, labels } = message;
  const nodes = Object.fromEntries(Object.entries(nodeConfig ?? {}).filter(([key, count]) => NODES[key] !== count));
  const plain: Fields = {
    ...message, nodeConfig: nodes, serviceAccount: serviceAccount === accountOf(name) ? undefined : serviceAccount,
    labels: labels === undefined ? undefined : Object.fromEntries(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
  const order = [...ORDER, ...Object.keys(CONNECTION)];
  const sorted = Object.entries(plain).toSorted(([a], [b]) => order.findIndex((one) => one === a) - order.findIndex((one) => one === b));
  return Object.fromEntries(sorted.map(([key, value]) => [key, key === 'labels' ? emptied(value) : pruned(value)] as const).filter(([, value]) => value !== undefined));
}

/** Blocks that hold nothing mean the same as none. Texts, numbers and booleans that are left here mean something. */
function pruned(value: unknown): unknown {
  if (Array.isArray(value)) return emptied(value.map((one: unknown) => pruned(one) ?? {}));
  const fields = record(value);
  if (fields === undefined) return value;
  return emptied(Object.fromEntries(Object.entries(fields).filter(([key]) => !ONCE.has(key)).map(([key, one]) => [key, pruned(one)] as const).filter(([, one]) => one !== undefined)));
}

function emptied(value: unknown): unknown {
  return typeof value === 'object' && value !== null && Object.keys(value).length === 0 ? undefined : value;
}
