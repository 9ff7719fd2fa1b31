// Connections and their operations put together: what keeps them, what tries them out, what opens them for calls, and the rows.
import { connectionHandlers } from '../api-handlers/connections.ts';
import { operationHandlers } from '../api-handlers/operations.ts';
import { checkConnection, missingRoles, type SecretParts } from '../connections/check.ts';
import type { Locations } from '../connections/locations.ts';
import type { Connection } from '../connections/model.ts';
import { createConnectionService, type ConnectionService } from '../connections/service.ts';
import { showConnection, type Facing, type ShownConnection } from '../connections/shown.ts';
import { connectionTemplate } from '../connections/templates.ts';
import { connectorOf, type SpecRules } from '../connections/validate.ts';
import { checkVariables } from '../connections/variables.ts';
import type { Outbound } from '../engine/outbound/send.ts';
import type { Sessions } from '../engine/sessions.ts';
import type { Authorizer } from '../iam/authorize.ts';
import { createOperationService } from '../operations/service.ts';
import { createOpener, type Opener } from '../runtime/opened.ts';
import { tryOut } from '../runtime/status.ts';
import { createConnectionRepository } from '../storage/connection-repository.ts';
import type { Database } from '../storage/database.ts';
import { createOperationRepository } from '../storage/operation-repository.ts';
import type { DatabaseQueue } from '../storage/queue.ts';
import type { ConnectorParts } from './connector-parts.ts';
import { createActAs } from './identity.ts';
import type { ComposedProjects } from './projects.ts';

export interface ConnectionsParts {
  readonly database: Pick<Database, 'db' | 'changes'>;
  readonly queue: DatabaseQueue;
  readonly connectorParts: ConnectorParts;
  readonly home: Pick<ComposedProjects, 'projects' | 'serviceAccounts' | 'administration'>;
  readonly authorizer: Pick<Authorizer, 'rolesMissing' | 'allowed'>;
  readonly locations: Locations;
  readonly outbound: Pick<Outbound, 'forget'> & Outbound;
  readonly sessions: Sessions;
  readonly mostPerLocation: number;
  /** Transactions a second of a node; 0 for no limit. */
  readonly nodeRate: number;
  /** Under which callers reach this server, once it listens. */
  readonly host: () => string;
  readonly now: () => Date;
}

export interface ComposedConnections {
  readonly connections: ConnectionService;
  readonly opener: Opener;
  /** Whether a service account is there, of the project, and enabled. */
  readonly accountWorks: (email: string, project: string) => Promise<boolean>;
  /** What is kept of a connection's configuration though nothing uses it. */
  readonly warningsOf: (connection: Connection) => readonly string[];
  readonly handlers: ReturnType<typeof connectionHandlers> & ReturnType<typeof operationHandlers>;
}

/** A connection that cannot be tried out in this time does not answer. */
const CHECK_MS = 30_000;

export function composeConnections(parts: ConnectionsParts): ComposedConnections {
  const { database, queue, connectorParts, home, authorizer, locations, outbound, sessions, now } = parts;
  const find = (connectorVersion: string) => {
    const named = connectorOf(connectorVersion);
    return connectorParts.connectors.find(({ provider, name, version }) => named?.provider === provider && named.connector === name && named.version === version)?.connector;
  };
  const accountExists = async (email: string, project: string): Promise<boolean> => (await home.serviceAccounts.find(email))?.project === project;
  /** A disabled account can be named, but nothing can be done as it. */
  const accountWorks = async (email: string, project: string): Promise<boolean> => {
    const account = await home.serviceAccounts.find(email);
    return account?.project === project && !account.disabled;
  };
  const rules: SpecRules = {
    templateOf: (connectorVersion) => {
      const template = find(connectorVersion)?.manifest.template;
      return template === undefined ? undefined : connectionTemplate(template);
    },
    connectors: connectorParts.connectors.map(({ provider, name, version }) => `projects/{project}/locations/global/providers/${provider}/connectors/${name}/versions/${version}`).join(' or '),
    isLocation: (id) => locations.isLocation(id), serviceAccountExists: accountExists, validate: connectorParts.validate,
  };
  const warningsOf = (connection: Connection): readonly string[] => {
    const template = rules.templateOf(connection.connectorVersion);
    return template === undefined ? [] : checkVariables(connection, template, { add: () => undefined });
  };
  const facing: Facing = {
    host: parts.host,
    connectorOf(connectorVersion) {
      const manifest = find(connectorVersion)?.manifest;
      // Without a limit the connector's own stays: clients expect one.
      return manifest === undefined || parts.nodeRate === 0 ? manifest : { ...manifest, transactionsPerSecondPerNode: parts.nodeRate };
    },
  };
  const present = (connection: Connection): ShownConnection => showConnection(connection, facing);
  const operations = createOperationRepository(database.db);

  const secretParts: SecretParts = {
    secretExists: (secret) => home.administration.exists(secret),
    rolesMissing: (member, roles, resource) => authorizer.rolesMissing(member, roles, resource),
  };
  const connections: ConnectionService = createConnectionService({
    connections: createConnectionRepository(database.db, queue.jobs, now), operations, queue, rules, present, now,
    missingRoles: (connection) => missingRoles(connection, secretParts),
    check: (connection, stopped) => checkConnection(connection, stopped, {
      ...secretParts, serviceAccountExists: accountWorks,
      tryOut: (one) => tryOut(opener, one, {
        id: 'konektor', requestId: 'connection-check', output: 'typed',
        signal: AbortSignal.any([stopped, AbortSignal.timeout(CHECK_MS)]), deadline: new Date(Date.now() + CHECK_MS),
      }),
    }),
    warningsOf,
    requireProject: async (project) => void (await home.projects.get(project)),
    offeredBy: async (connection) => {
      const { entities, actions } = await opener.describe(connection).catch(() => ({ entities: [], actions: [] }));
      return { entities: entities.map(({ name }) => name), actions: actions.map(({ name }) => name) };
    },
    mostPerLocation: parts.mostPerLocation,
    changed: (name, serving) => opener.drop(name, serving),
  });
  const opener = createOpener({ ...connectorParts, find: (name) => connections.get(name), sendFor: (connection) => connectorParts.sendThrough(outbound, connection), sessions, now });
  database.changes.on('connection', (name) => connections.forget(name));
  database.changes.on('secret', () => opener.redescribe());

  return {
    connections, opener, accountWorks, warningsOf,
    handlers: { ...connectionHandlers({ connections, present, actAs: createActAs(authorizer), catalogOf: (connection) => opener.describe(connection) }), ...operationHandlers(createOperationService(operations, queue)) },
  };
}
