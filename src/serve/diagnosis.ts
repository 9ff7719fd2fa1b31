// Diagnoses put together: what they look with, taken from the parts that serve calls, so that what is found is what calls meet.
import { diagnosisHandlers } from '../api-handlers/diagnosis.ts';
import type { Connection } from '../connections/model.ts';
import { faultOfKey, keyMode } from '../connectors/stripe/config.ts';
import { diagnoseConnection, type AccountAnswer, type Capacity, type Destination } from '../diagnosis/connection.ts';
import { diagnoseServer, type ServerDiagnosisParts } from '../diagnosis/server.ts';
import { reach } from '../engine/outbound/reach.ts';
import type { Outbound } from '../engine/outbound/send.ts';
import type { Authorizer } from '../iam/authorize.ts';
import type { OutboundRequest, OutboundResponse } from '../spi/connector.ts';
import type { ComposedConnections } from './connections.ts';
import type { ConnectorParts } from './connector-parts.ts';
import type { ComposedProjects } from './projects.ts';
import { proxyRouteOf } from './proxy-route.ts';

export interface DiagnosisParts extends ServerDiagnosisParts {
  readonly composed: Pick<ComposedConnections, 'connections' | 'accountWorks' | 'warningsOf'>;
  readonly connectorParts: ConnectorParts;
  readonly home: Pick<ComposedProjects, 'administration'>;
  readonly authorizer: Pick<Authorizer, 'rolesMissing'>;
  readonly outbound: Outbound;
  readonly capacityOf: (connection: Connection) => Capacity;
  readonly writesUnsettled: (connection: string) => Promise<number>;
  readonly now: () => Date;
}

const LONGEST_ASK_MS = 10_000;

export function composeDiagnosis(parts: DiagnosisParts): ReturnType<typeof diagnosisHandlers> {
  const { composed: { connections, accountWorks, warningsOf }, connectorParts, home, authorizer, capacityOf, writesUnsettled } = parts;
  return diagnosisHandlers({
    find: (name) => connections.get(name),
    ofServer: () => diagnoseServer(parts),
    ofConnection: (connection) => diagnoseConnection(connection, {
      warningsOf, accountWorks, reach, capacityOf, writesUnsettled,
      validate: (one) => connectorParts.validate(one),
      secretExists: (secret) => home.administration.exists(secret),
      rolesMissing: (member, roles, resource) => authorizer.rolesMissing(member, roles, resource),
      readSecret: (one, version) => connectorParts.secretFor(one)(version),
      keyFacts: (key) => ({ fault: faultOfKey(key), mode: keyMode(key), isRestricted: key.startsWith('rk_') }),
      destinationOf: (one) => destinationOf(connectorParts, one),
      proxiesOf: (one) => proxyRouteOf(one, ownDestinations(connectorParts, one), connectorParts.secretFor(one))?.servers ?? [],
      askAccount: (one) => askAccount(one, parts),
    }),
  });
}

function ownDestinations(connectorParts: ConnectorParts, connection: Connection): ReadonlySet<string> {
  return new Set(connectorParts.connectorOf(connection).manifest.template.destinations.map(({ key }) => key));
}

function destinationOf(connectorParts: ConnectorParts, connection: Connection): Destination | undefined {
  if (ownDestinations(connectorParts, connection).size === 0) return undefined;
  const base: unknown = Reflect.get(Object(connectorParts.configOf(connection)), 'apiBase');
  if (typeof base !== 'string') return undefined;
  const { hostname, port, protocol } = new URL(base);
  const tls = protocol === 'https:';
  return { host: hostname, port: Number(port === '' ? (tls ? 443 : 80) : port), tls };
}

/** Asks through a session of its own, over the same way out, so that what travels can be seen. */
async function askAccount(connection: Connection, { connectorParts, outbound, now }: Pick<DiagnosisParts, 'connectorParts' | 'outbound' | 'now'>): Promise<AccountAnswer> {
  const signal = AbortSignal.timeout(LONGEST_ASK_MS);
  const through = connectorParts.sendThrough(outbound, connection);
  let seen: Pick<AccountAnswer, 'reply' | 'versions'> = {};
  const send = async (request: OutboundRequest): Promise<OutboundResponse> => {
    const started = performance.now();
    const reply = await through(request);
    const asked = request.headers['stripe-version'];
    seen = {
      reply: { status: reply.status, headers: reply.headers, receivedAt: now(), milliseconds: performance.now() - started },
      ...(asked === undefined ? {} : { versions: { asked, answered: reply.headers['stripe-version'] } }),
    };
    return reply;
  };
  try {
    const connector = connectorParts.connectorOf(connection);
    const session = await connector.open(connector.parseConfig(connectorParts.configOf(connection)), { send, secret: connectorParts.secretFor(connection), now, signal });
    try {
      await session.check({ signal, deadline: new Date(Date.now() + LONGEST_ASK_MS), requestId: 'connection-check', caller: 'konektor', output: 'typed' });
    } finally {
      await session.close();
    }
    return seen;
  } catch (error) {
    return { ...seen, error };
  }
}
