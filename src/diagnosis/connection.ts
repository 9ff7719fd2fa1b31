// The steps by which a connection is looked at, in the order in which one thing needs the other: what is stored, who it acts as,
// its secrets, its key, the way to the source, the account, the clocks. What they look with is handed in.
import { SECRET_ROLES } from '../connections/check.ts';
import { apiKeyVersion, projectOf, secretVersions, servingOf, type Connection } from '../connections/model.ts';
import { StatusError } from '../errors/status-error.ts';
import { parseSecretVersion } from '../secrets/model.ts';
import { failed, failedBy, ok, skipped, takeSteps, warning, type Finding, type Step, type StepRow } from './step.ts';

/** Where the calls of a connection go. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** How the account of a connection answered: the reply as far as one came, and what it was taken for. */
export interface AccountAnswer {
  readonly reply?: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly receivedAt: Date; readonly milliseconds: number };
  readonly error?: unknown;
  /** The version of the API that was asked for, and the one that answered, where the source says it. */
  readonly versions?: { readonly asked: string; readonly answered: string | undefined };
}

/** What is known of a key without showing it. */
export interface KeyFacts {
  readonly fault: string | undefined;
  /** `a test key`, `a restricted live key` */
  readonly description: string;
}

export interface Capacity {
  /** 0 where transactions are not limited. */
  readonly perSecondPerNode: number;
  /** At work now, and transactions that wait their turn; absent where there is no limit. */
  readonly nodes?: number;
  readonly waiting?: number;
}

export interface ConnectionDiagnosisParts {
  /** What is kept of its configuration though nothing uses it. */
  readonly warningsOf: (connection: Connection) => readonly string[];
  /** @throws StatusError for a configuration that its connector does not take. */
  readonly validate: (connection: Connection) => void;
  readonly accountWorks: (email: string, project: string) => Promise<boolean>;
  readonly secretExists: (secret: string) => Promise<boolean>;
  readonly rolesMissing: (member: string, roles: readonly string[], resource: string) => Promise<readonly string[]>;
  /** A value, read as the connection reads it. @throws StatusError */
  readonly readSecret: (connection: Connection, version: string) => Promise<string>;
  readonly keyFacts: (key: string) => KeyFacts;
  /** Undefined for a connector that calls nobody. @throws StatusError for a host that may not be called. */
  readonly destinationOf: (connection: Connection) => Destination | undefined;
  readonly proxiesOf: (connection: Connection) => readonly { readonly host: string; readonly port: number }[];
  /** Opens a socket and closes it again. @returns what there is to say of it. @throws Error */
  readonly reach: (destination: Destination) => Promise<string>;
  /** Asks the source for the account, as the connection does. */
  readonly askAccount: (connection: Connection) => Promise<AccountAnswer>;
  readonly capacityOf: (connection: Connection) => Capacity;
  /** Writes through the connection of which it is not known whether they had their effect, or which are under way. */
  readonly writesUnsettled: (connection: string) => Promise<number>;
}

interface Context extends ConnectionDiagnosisParts {
  readonly connection: Connection;
  readonly secrets: readonly string[];
  /** Asked once, whichever step needs it first. */
  readonly account: () => Promise<AccountAnswer>;
}

/** Stable names of the steps, for those who say their titles in other languages. */
export const connectionSteps = (): readonly string[] => STEPS.map(({ id }) => id);

/** Looks at a connection in whatever state. */
export async function diagnoseConnection(connection: Connection, parts: ConnectionDiagnosisParts): Promise<readonly Step[]> {
  let asked: Promise<AccountAnswer> | undefined;
  const secrets = [...new Set(secretVersions(connection).map((version) => parseSecretVersion(version)?.secret).filter((secret) => secret !== undefined))];
  return takeSteps(STEPS, { ...parts, connection, secrets, account: () => (asked ??= parts.askAccount(connection)) });
}

const CHANGE_IT = 'Change the connection, or let it be tried out again: PATCH with updateMask=description.';
const CLOCK_WARNING_S = 5;
const CLOCK_FAILURE_S = 300;
const PROXY_REASONS = ['PROXY_UNREACHABLE', 'PROXY_UNAUTHENTICATED', 'PROXY_REFUSED'];

const STEPS: readonly StepRow<Context>[] = [
  { id: 'state', title: 'State', needs: [], look: async ({ connection }) => stateOf(connection) },
  {
    id: 'configuration', title: 'Configuration', needs: [],
    look: async ({ connection, validate, warningsOf }) => {
      validate(connection);
      const warnings = warningsOf(connection);
      return warnings.length === 0 ? ok('Taken by its connector.') : warning(`${warnings.join('; ')}.`, 'Correct or remove what is named.');
    },
  },
  {
    id: 'serviceAccount', title: 'Service account', needs: [],
    look: async ({ connection: { name, serviceAccount }, accountWorks }) => ((await accountWorks(serviceAccount, projectOf(name)))
      ? ok(serviceAccount) : failed(`${serviceAccount} was not found in the project, or is disabled.`, 'Create or enable it, or give the connection another one.')),
  },
  {
    id: 'secretRoles', title: 'Roles on secrets', needs: ['serviceAccount'],
    look: async ({ connection: { serviceAccount }, secrets, secretExists, rolesMissing }) => {
      const lacking = await Promise.all(secrets.map(async (secret) => ({ secret, roles: (await secretExists(secret)) ? await rolesMissing(`serviceAccount:${serviceAccount}`, SECRET_ROLES, secret) : [] })));
      const faults = lacking.filter(({ roles }) => roles.length > 0);
      if (faults.length === 0) return ok(`${SECRET_ROLES.join(' and ')} on ${secrets.join(', ') || 'no secret'}`);
      return failed(faults.map(({ secret, roles }) => `${roles.join(' and ')} on ${secret}: missing.`).join(' '), 'Grant them on the secret or its project: POST /v1/{secret}:setIamPolicy.', 'PERMISSION_DENIED');
    },
  },
  {
    id: 'secrets', title: 'Secret versions', needs: ['serviceAccount', 'secretRoles'],
    look: async ({ connection, readSecret }) => {
      const versions = secretVersions(connection);
      for (const version of versions) await readSecret(connection, version);
      return ok(`${versions.join(', ') || 'none is used'}${versions.length === 0 ? '' : ': readable'}`);
    },
  },
  {
    id: 'key', title: 'API key', needs: ['secrets'],
    look: async ({ connection, readSecret, keyFacts }) => {
      const version = apiKeyVersion(connection.authConfig);
      if (version === undefined) return skipped('The connection has none.');
      const { fault, description } = keyFacts(await readSecret(connection, version));
      return fault === undefined ? ok(description) : failed(fault, 'Store the right key as a new version of the secret.');
    },
  },
  { id: 'destination', title: 'Destination', needs: ['configuration'], look: async ({ connection, destinationOf }) => {
    const destination = destinationOf(connection);
    return destination === undefined ? ok('Its connector calls nobody.') : ok(addressOf(destination));
  } },
  { id: 'proxy', title: 'Proxy', needs: ['destination'], look: lookAtProxy },
  {
    id: 'network', title: 'Network', needs: ['destination'],
    look: async ({ connection, destinationOf, proxiesOf, reach }) => {
      if (proxiesOf(connection).length > 0) return skipped('The proxy finds the way; the account tells whether it does.');
      const destination = destinationOf(connection);
      if (destination === undefined) return ok('None is needed.');
      return reach(destination).then(ok, (error: unknown) => failed(`${addressOf(destination)}: ${wordsOf(error)}.`, 'Check the name, the firewall, and what certificates this server trusts (NODE_EXTRA_CA_CERTS).', 'UNAVAILABLE'));
    },
  },
  {
    id: 'account', title: 'Account', needs: ['key', 'network', 'proxy'],
    look: async ({ account }) => {
      const { reply, error } = await account();
      if (error !== undefined) return failedBy(error);
      return ok(reply === undefined ? 'Taken by the source.' : `Taken by the source in ${Math.round(reply.milliseconds)} ms${reply.status === 403 ? '; the key is restricted and may not read the account' : ''}.`);
    },
  },
  {
    id: 'clock', title: 'Clock', needs: ['account'],
    look: async ({ account }) => {
      const { reply } = await account();
      const theirs = Date.parse(reply?.headers['date'] ?? '');
      if (reply === undefined || Number.isNaN(theirs)) return skipped('The source told no time.');
      // Its header has whole seconds, and was written somewhere between the request and the answer.
      const apart = (reply.receivedAt.getTime() - reply.milliseconds / 2 - (theirs + 500)) / 1_000;
      const seconds = Math.abs(apart);
      const message = `${seconds < 1 ? 'Less than a second' : `${seconds.toFixed(1)} s`} ${apart > 0 ? 'ahead of' : 'behind'} the source's.`;
      if (seconds < CLOCK_WARNING_S) return ok(message);
      const hint = 'Set the clock of this machine by NTP: tokens, signatures of webhooks and time filters go by it.';
      return seconds < CLOCK_FAILURE_S ? warning(message, hint) : failed(message, hint);
    },
  },
  {
    id: 'apiVersion', title: 'API version', needs: ['account'],
    look: async ({ account }) => {
      const { versions } = await account();
      if (versions === undefined) return skipped('The source has no versions.');
      const { asked, answered } = versions;
      if (answered === undefined || answered === asked) return ok(asked);
      return warning(`${asked} was asked for, and ${answered} answered.`, 'Set the variable api_version of the connection to one that the source has.');
    },
  },
  {
    id: 'capacity', title: 'Nodes and rates', needs: [],
    look: async ({ connection, capacityOf }) => {
      const { minNodeCount, maxNodeCount } = connection.nodeConfig;
      const { perSecondPerNode, nodes = minNodeCount, waiting = 0 } = capacityOf(connection);
      if (perSecondPerNode === 0) return ok('Transactions are not limited (KONEKTOR_NODE_RATE=0).');
      const message = `${nodes} of ${minNodeCount} to ${maxNodeCount} nodes, ${nodes * perSecondPerNode} transactions per second now, ${maxNodeCount * perSecondPerNode} at most; ${waiting} waiting.`;
      return waiting > 0 && nodes >= maxNodeCount ? warning(message, 'Raise maxNodeCount of the connection, or let its callers slow down.') : ok(message);
    },
  },
  {
    id: 'writes', title: 'Writes', needs: [],
    look: async ({ connection, writesUnsettled }) => {
      const count = await writesUnsettled(connection.name);
      return count === 0 ? ok('None is unsettled.') : warning(`${count} under way, or of unknown outcome.`, 'Those that stay: konektor writes list, and konektor writes reconcile.');
    },
  },
];

function stateOf(connection: Connection): Finding {
  const { state, description = '', status = '' } = connection.status;
  if (state === 'ACTIVE') return description === '' ? ok('ACTIVE') : warning(`ACTIVE. ${description}`, 'Correct or remove what is named.');
  if (state === 'ERROR') return { ...failed(`ERROR: ${description}`, `The steps below tell more. ${CHANGE_IT}`), ...(status === '' ? {} : { reason: status }) };
  if (state === 'INACTIVE') return failed('INACTIVE: it is suspended.', 'Resume it: PATCH with updateMask=suspended and {"suspended": false}.');
  if (servingOf(connection) !== undefined) return warning(`${state}; the revision before serves until it is tried out.`, 'Look again in a moment.');
  return failed(`${state}${description === '' ? '' : `: ${description}`}`, 'Wait until the operation on it has ended.');
}

/** A socket to each, then what the account call says of the one that it went through. */
async function lookAtProxy({ connection, proxiesOf, reach, account }: Context): Promise<Finding> {
  const proxies = proxiesOf(connection);
  if (proxies.length === 0) return skipped('None is configured.');
  const tried = await Promise.all(proxies.map(async ({ host, port }) => ({
    name: `${host}:${port}`, fault: await reach({ host, port, tls: false }).then(() => undefined, wordsOf),
  })));
  const dead = tried.filter(({ fault }) => fault !== undefined).map(({ name, fault }) => `${name}: ${fault ?? ''}`);
  const check = 'Check host and port of the destination proxy_server, and the firewall between.';
  if (dead.length === tried.length) return failed(`${dead.join('; ')}.`, check, 'UNAVAILABLE');
  const { error } = await account();
  if (error instanceof StatusError && PROXY_REASONS.includes(error.reason)) return failedBy(error);
  const names = tried.map(({ name }) => name).join(', ');
  return dead.length > 0 ? warning(`${names} answer, but for ${dead.join('; ')}.`, check) : ok(`${names}: answers and lets us through.`);
}

function addressOf({ host, port, tls }: Destination): string {
  return `${tls ? 'https' : 'http'}://${host}:${port}`;
}

/** What a socket's error says, in its own words. */
function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message === '' ? code : error.message;
}
