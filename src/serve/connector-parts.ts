// From a connection to its connector and to what that connector is configured with.
import { readFileSync } from 'node:fs';
import { accountGone, rolesMissing } from '../connections/check.ts';
import { apiKeyVersion, projectOf, type Connection, type ConnectionSpec } from '../connections/model.ts';
import { connectorOf } from '../connections/validate.ts';
import { createRegistry, type RegisteredConnector } from '../connectors/registry.ts';
import type { Descriptions } from '../connectors/stripe/table.ts';
import { StatusError } from '../errors/status-error.ts';
import type { AccountState, AccountStates } from '../iam/account-states.ts';
import type { Authorizer } from '../iam/authorize.ts';
import { membersOf, type Principal } from '../iam/principal.ts';
import type { OpeningParts } from '../runtime/opened.ts';
import { parseSecretVersion } from '../secrets/model.ts';
import type { SecretService } from '../secrets/service.ts';
import type { Outbound } from '../engine/outbound/send.ts';
import { createTrace } from '../engine/outbound/trace.ts';
import type { Way } from '../engine/outbound/way.ts';
import type { Observe } from '../observe/events.ts';
import type { Connector, OutboundRequest, OutboundResponse } from '../spi/connector.ts';
import type { Destinations } from './destinations.ts';
import { proxyRouteOf } from './proxy-route.ts';
import type { ComposedRates } from './rates.ts';
import { verbosityOf } from './verbosity.ts';

export type ConnectorParts = Pick<OpeningParts, 'connectorOf' | 'configOf' | 'livemodeOf' | 'secretFor'> & {
  /** Every connector that is here. */
  readonly connectors: readonly RegisteredConnector[];
  /** Refuses a specification that its connector cannot be configured with. @throws StatusError INVALID_ARGUMENT */
  readonly validate: (spec: ConnectionSpec) => void;
  /** The way out for a connection's calls: straight, or through its proxies. */
  readonly sendThrough: (outbound: Outbound, connection: Connection) => (request: OutboundRequest) => Promise<OutboundResponse>;
};

const DESCRIPTIONS = new URL('../connectors/stripe/tables/descriptions.generated.json', import.meta.url);

/** What the SDK says of Stripe's objects, where it was read. */
function readDescriptions(): { readonly descriptions?: Descriptions } {
  try {
    return { descriptions: JSON.parse(readFileSync(DESCRIPTIONS, 'utf8')) as Descriptions };
  } catch {
    return {};
  }
}

export interface SecretReading {
  readonly secrets: SecretService;
  readonly accounts: Pick<AccountStates, 'of'>;
  readonly authorizer: Pick<Authorizer, 'allowed'>;
  readonly secretExists: (secret: string) => Promise<boolean>;
}

/** Reads secrets for a connection: what its service account may no longer access, or once it is disabled, is no longer used, from the next call on. */
function createSecretReader({ secrets, accounts, authorizer, secretExists }: SecretReading): ConnectorParts['secretFor'] {
  return ({ name, serviceAccount }) => {
    const member = `serviceAccount:${serviceAccount}`;
    const account: Principal = { id: member, members: membersOf(member), unrestricted: false };
    async function refuse(version: string, secret: string): Promise<string> {
      if (projectOf(secret) !== projectOf(name) || (await secretExists(secret))) throw rolesMissing(serviceAccount, [ACCESS_ROLE], secret);
      // Of a secret that is not there no role can be held: reading it tells so.
      return secrets.resolve(version);
    }
    function read(version: string): Promise<string> {
      const named = parseSecretVersion(version);
      if (named === undefined) return secrets.resolve(version);
      const allowed = authorizer.allowed(account, ACCESS_PERMISSION, named.secret);
      if (allowed === true) return secrets.resolve(version);
      return allowed === false ? refuse(version, named.secret) : allowed.then((granted) => (granted ? secrets.resolve(version) : refuse(version, named.secret)));
    }
    return (version) => {
      const works = (state: AccountState): Promise<string> => (state === 'ENABLED' ? read(version) : Promise.reject(accountGone(serviceAccount)));
      const state = accounts.of(serviceAccount);
      return typeof state === 'string' ? works(state) : state.then(works);
    };
  };
}

const ACCESS_PERMISSION = 'secretmanager.versions.access';
const ACCESS_ROLE = 'roles/secretmanager.secretAccessor';

export function createConnectorParts(destinations: Destinations, reading: SecretReading, rates: Pick<ComposedRates, 'shaping' | 'stripe'>, observe: Observe): ConnectorParts {
  const secretFor = createSecretReader(reading);
  const registry = createRegistry({ stripe: { ...readDescriptions(), rates: rates.stripe } });

  function find({ connectorVersion }: Pick<Connection, 'connectorVersion'>): Connector {
    const named = connectorOf(connectorVersion);
    const connector = named && registry.find(named.provider, named.connector, named.version);
    if (connector !== undefined) return connector;
    throw new StatusError('FAILED_PRECONDITION', 'CONNECTION_NOT_ACTIVE', { message: `There is no connector ${connectorVersion} here.` });
  }

  function configOf({ configVariables, authConfig, destinationConfigs }: Pick<ConnectionSpec, 'configVariables' | 'authConfig' | 'destinationConfigs'>): Record<string, unknown> {
    const variables = (configVariables ?? []).map((variable) => [variable.key, variable.stringValue ?? variable.intValue ?? variable.boolValue] as const);
    const bases = destinations.basesOf(destinationConfigs === undefined ? {} : { destinationConfigs });
    return { ...Object.fromEntries(variables), ...bases, secretVersion: apiKeyVersion(authConfig) };
  }

  return {
    connectors: registry.all,
    connectorOf: find,
    configOf,
    validate: (spec) => {
      find(spec).parseConfig(configOf(spec));
    },
    secretFor,
    sendThrough(outbound, connection) {
      const own = new Set(find(connection).manifest.template.destinations.map(({ key }) => key));
      const route = proxyRouteOf(connection, own, secretFor(connection));
      const verbosity = verbosityOf(connection);
      observe({ kind: 'verbosity', connection: connection.name, level: verbosity });
      const trace = verbosity === undefined || verbosity === 1 ? {} : { trace: createTrace(observe, connection.name, verbosity) };
      const way: Way = { connection: connection.name, shape: rates.shaping.of(connection), ...(route === undefined ? {} : { route }), ...trace };
      return (request) => outbound.send(request, way);
    },
    async livemodeOf(connection) {
      const key = await secretFor(connection)(apiKeyVersion(connection.authConfig) ?? '');
      return /^\w+_live_/.test(key);
    },
  };
}
