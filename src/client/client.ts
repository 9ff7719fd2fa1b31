// The client of a server: composes the link, the rows and the connections. What a program begins with.
import { StatusError } from '../errors/status-error.ts';
import { createApiClient, type ApiClient } from './api-client.ts';
import { createConnectionClient, type ConnectionClient } from './connection-client.ts';
import type { ConnectorTypes } from './connector-types.ts';
import { createServerLink, type ServerOptions } from './server-link.ts';
import type { Stripe } from './stripe.generated.ts';

export interface ClientOptions extends ServerOptions {
  /** What `client.connection()` stands for: `demo/us-central1/stripe-sandbox`, or the whole name. */
  readonly connection?: string | undefined;
  /** How many times more a call may be sent where that is safe: reads, and writes under their key. 3 unless set, 0 for never. */
  readonly retries?: number | undefined;
}

export interface Client extends ApiClient {
  /** The address of the server, without a slash at its end. */
  readonly server: string;
  /**
   * A connection, by its name or that of the options. Typed for Stripe; for another connector name its type:
   * `connection<Library>('demo/us-central1/books')`, or `connection<AnyConnector>(…)` for one that has none.
   * @throws StatusError INVALID_ARGUMENT where it is no name
   */
  connection<Connector extends ConnectorTypes = Stripe>(name?: string): ConnectionClient<Connector>;
}

/**
 * Nothing is sent before the first call. It needs fetch and nothing else, so it runs in Node and in browsers.
 * @throws StatusError INVALID_ARGUMENT where the server is no address
 */
export function createClient(options: ClientOptions): Client {
  const link = createServerLink(options);
  const api = createApiClient(link, options.retries);
  return {
    ...api,
    server: link.server,
    connection(name = options.connection) {
      if (name === undefined) throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'Name a connection, here or in createClient.', violations: [{ field: 'connection', description: 'is not given' }] });
      return createConnectionClient(api, name);
    },
  };
}
