// The steps by which a connection is looked at, in the order in which one thing needs the other: what is stored, who it acts as,
// its secrets, its key, the way to the source, the account, the clocks. What they look with is handed in.
import { SECRET_ROLES } from '../connections/check.ts';
import { apiKeyVersion, projectOf, secretVersions, servingOf, type Connection } from '../connections/model.ts';
import { StatusError } from '../errors/status-error.ts';
import { parseSecretVersion } from '../secrets/model.ts';
import { compareClocks } from './clock.ts';
import { failed, failedBy, ok, skipped, takeSteps, warning, type Finding, type Step, type StepRow } from './step.ts';

/** Where the calls of a connection go. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly tls: boolean;
}

/** What was seen on the way to a destination. */
export interface Seen {
  readonly address: string;
  readonly port: number;
  readonly milliseconds: number;
  readonly tls?: { readonly protocol: string; readonly issuer: string; readonly until: string };
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
  /** `test`, `live` */
  readonly mode: string;
  readonly isRestricted: boolean;
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
  /** Opens a socket and closes it again. @throws Error */
  readonly reach: (destination: Destination) => Promise<Seen>;
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

const PROXY_REASONS = ['PROXY_UNREACHABLE', 'PROXY_UNAUTHENTICATED', 'PROXY_REFUSED'];

const STEPS: readonly StepRow<Context>[] = [
  { id: 'state', title: 'State', needs: [], look: async ({ connection }) => stateOf(connection) },
  {
    id: 'configuration', title: 'Configuration', needs: [],
    look: async ({ connection, validate, warningsOf }) => {
      validate(connection);
      const warnings = warningsOf(connection);
      return warnings.length === 0 ? ok('CONFIGURATION_TAKEN') : warning('CONFIGURATION_UNUSED', { warnings: warnings.join('; ') });
    },
  },
  {
    id: 'serviceAccount', title: 'Service account', needs: [],
    look: async ({ connection: { name, serviceAccount }, accountWorks }) => ((await accountWorks(serviceAccount, projectOf(name)))
      ? ok('ACCOUNT_WORKS', { serviceAccount }) : failed('ACCOUNT_GONE', { serviceAccount })),
  },
  {
    id: 'secretRoles', title: 'Roles on secrets', needs: ['serviceAccount'],
    look: async ({ connection: { serviceAccount }, secrets, secretExists, rolesMissing }) => {
      const lacking = await Promise.all(secrets.map(async (secret) => ({ secret, roles: (await secretExists(secret)) ? await rolesMissing(`serviceAccount:${serviceAccount}`, SECRET_ROLES, secret) : [] })));
      const faults = lacking.filter(({ roles }) => roles.length > 0);
      if (faults.length > 0) return failed('ROLES_MISSING', { missing: faults.map(({ secret, roles }) => `${roles.join(', ')} (${secret})`).join('; ') }, 'PERMISSION_DENIED');
      return secrets.length === 0 ? ok('ROLES_NOT_NEEDED') : ok('ROLES_HELD', { roles: SECRET_ROLES.join(', '), secrets: secrets.join(', ') });
    },
  },
  {
    id: 'secrets', title: 'Secret versions', needs: ['serviceAccount', 'secretRoles'],
    look: async ({ connection, readSecret }) => {
      const versions = secretVersions(connection);
      for (const version of versions) await readSecret(connection, version);
      return versions.length === 0 ? ok('SECRETS_NONE') : ok('SECRETS_READABLE', { versions: versions.join(', ') });
    },
  },
  {
    id: 'key', title: 'API key', needs: ['secrets'],
    look: async ({ connection, readSecret, keyFacts }) => {
      const version = apiKeyVersion(connection.authConfig);
      if (version === undefined) return skipped('KEY_NONE');
      const { fault, mode, isRestricted } = keyFacts(await readSecret(connection, version));
      if (fault !== undefined) return failed('KEY_WRONG', { fault });
      return ok(isRestricted ? 'KEY_FITS_RESTRICTED' : 'KEY_FITS', { mode });
    },
  },
  { id: 'destination', title: 'Destination', needs: ['configuration'], look: async ({ connection, destinationOf }) => {
    const destination = destinationOf(connection);
    return destination === undefined ? ok('DESTINATION_NONE') : ok('DESTINATION', { destination: addressOf(destination) });
  } },
  { id: 'proxy', title: 'Proxy', needs: ['destination'], look: lookAtProxy },
  {
    id: 'network', title: 'Network', needs: ['destination'],
    look: async ({ connection, destinationOf, proxiesOf, reach }) => {
      if (proxiesOf(connection).length > 0) return skipped('NETWORK_BY_PROXY');
      const destination = destinationOf(connection);
      if (destination === undefined) return ok('NETWORK_NOT_NEEDED');
      return reach(destination).then(
        ({ tls, ...seen }) => (tls === undefined ? ok('NETWORK_REACHED', seen) : ok('NETWORK_REACHED_TLS', { ...seen, ...tls, issuer: tls.issuer === '' ? '?' : tls.issuer })), (error: unknown) => failed('NETWORK_CUT', { destination: addressOf(destination), fault: faultOf(error) }, 'UNAVAILABLE'),
      );
    },
  },
  {
    id: 'account', title: 'Account', needs: ['key', 'network', 'proxy'],
    look: async ({ account }) => {
      const { reply, error } = await account();
      if (error !== undefined) return failedBy(error);
      if (reply === undefined) return ok('ACCOUNT_TAKEN');
      return ok(reply.status === 403 ? 'ACCOUNT_NOT_READ' : 'ACCOUNT_TAKEN_IN', { milliseconds: Math.round(reply.milliseconds) });
    },
  },
  {
    id: 'clock', title: 'Clock', needs: ['account'],
    look: async ({ account }) => {
      const { reply } = await account();
      return reply === undefined ? skipped('CLOCK_UNTOLD') : compareClocks({ ...reply, date: reply.headers['date'] ?? '' });
    },
  },
  {
    id: 'apiVersion', title: 'API version', needs: ['account'],
    look: async ({ account }) => {
      const { versions } = await account();
      if (versions === undefined) return skipped('API_VERSION_NONE');
      const { asked, answered } = versions;
      return answered === undefined || answered === asked ? ok('API_VERSION', { asked }) : warning('API_VERSION_OTHER', { asked, answered });
    },
  },
  {
    id: 'capacity', title: 'Nodes and rates', needs: [],
    look: async ({ connection, capacityOf }) => {
      const { minNodeCount, maxNodeCount } = connection.nodeConfig;
      const { perSecondPerNode, nodes = minNodeCount, waiting = 0 } = capacityOf(connection);
      if (perSecondPerNode === 0) return ok('NOT_LIMITED');
      const tell = waiting > 0 && nodes >= maxNodeCount ? warning : ok;
      return tell('NODES', { nodes, min: minNodeCount, max: maxNodeCount, now: nodes * perSecondPerNode, most: maxNodeCount * perSecondPerNode, waiting });
    },
  },
  {
    id: 'writes', title: 'Writes', needs: [],
    look: async ({ connection, writesUnsettled }) => {
      const count = await writesUnsettled(connection.name);
      return count === 0 ? ok('WRITES_SETTLED') : warning('WRITES_UNSETTLED', { count });
    },
  },
];

function stateOf(connection: Connection): Finding {
  const { state, description = '', status = '' } = connection.status;
  if (state === 'ACTIVE') return description === '' ? ok('ACTIVE') : warning('ACTIVE_WITH_WARNINGS', { description });
  if (state === 'ERROR') return { ...failed('IN_ERROR', { description }), ...(status === '' ? {} : { reason: status }) };
  if (state === 'INACTIVE') return failed('SUSPENDED');
  if (servingOf(connection) !== undefined) return warning('CHANGING', { state });
  return description === '' ? failed('NOT_READY', { state }) : failed('NOT_READY_BECAUSE', { state, description });
}

/** A socket to each, then what the account call says of the one that it went through. */
async function lookAtProxy({ connection, proxiesOf, reach, account }: Context): Promise<Finding> {
  const proxies = proxiesOf(connection);
  if (proxies.length === 0) return skipped('PROXY_NONE');
  const tried = await Promise.all(proxies.map(async ({ host, port }) => ({
    name: `${host}:${port}`, fault: await reach({ host, port, tls: false }).then(() => undefined, faultOf),
  })));
  const dead = tried.filter(({ fault }) => fault !== undefined).map(({ name, fault }) => `${name}: ${fault ?? ''}`);
  const faults = dead.join('; ');
  if (dead.length === tried.length) return failed('PROXY_DEAD', { faults }, 'UNAVAILABLE');
  const { error } = await account();
  if (error instanceof StatusError && PROXY_REASONS.includes(error.reason)) return failedBy(error);
  const facts = { proxies: tried.map(({ name }) => name).join(', ') };
  return dead.length > 0 ? warning('PROXY_PARTLY_DEAD', { ...facts, faults }) : ok('PROXY_WORKS', facts);
}

function addressOf({ host, port, tls }: Destination): string {
  return `${tls ? 'https' : 'http'}://${host}:${port}`;
}

/** What a socket's error says, in its own words. */
function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return 'it does not answer';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return error.message === '' ? code : error.message;
}
