// A connection as the management API shows it: what the user said, and what only the server knows.
import { locationOf, type Connection } from './model.ts';

/** What a connection tells of this server and of its connector. */
export interface Facing {
  /** Under which callers reach this server: `konektor.example.com`, `127.0.0.1:8080`. */
  readonly host: () => string;
  /** Undefined where the connector version is not here. */
  readonly connectorOf: (connectorVersion: string) => { readonly transactionsPerSecondPerNode: number } | undefined;
}

/** What the server adds to what is stored, which keeps some of it to itself. */
export interface ShownConnection extends Omit<Connection, 'etag' | 'previous' | 'operation'> {
  readonly connectorVersionLaunchStage: string;
  readonly subscriptionType: string;
  readonly billingConfig: { readonly billingCategory: string };
  readonly connectorVersionInfraConfig?: { readonly ratelimitThreshold: string; readonly connectionRatelimitWindowSeconds: string };
  readonly host?: string;
  readonly serviceDirectory: string;
  readonly tlsServiceDirectory: string;
}

/** BASIC and FULL differ on the platform by images that run there; here both hold everything. */
export function showConnection(connection: Connection, { host, connectorOf }: Facing): ShownConnection {
  const { etag: _etag, previous: _previous, operation: _operation, ...rest } = connection;
  const connector = connectorOf(connection.connectorVersion);
  // Where the platform looks a connection's runtime up. Clients hand it on and no more.
  const directory = `${locationOf(connection.name)}/namespaces/connectors/services/runtime`;
  return {
    ...rest,
    connectorVersionLaunchStage: 'GA', subscriptionType: 'PAY_G', billingConfig: { billingCategory: 'NON_GCP_CONNECTOR' },
    ...(connector === undefined ? {} : { connectorVersionInfraConfig: { ratelimitThreshold: String(connector.transactionsPerSecondPerNode), connectionRatelimitWindowSeconds: '1' } }),
    // While the server starts it does not know yet.
    ...(host() === '' ? {} : { host: host() }), serviceDirectory: directory, tlsServiceDirectory: directory,
  };
}
