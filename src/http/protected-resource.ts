// What clients of the Model Context Protocol are told of where tokens come from (RFC 9728): a document for each MCP server and one for
// the whole, and the challenge that leads to it. It knows the names of issuers, and neither tokens nor whether a connection is there.
import type { FastifyInstance } from 'fastify';
import { compileRoute } from './routes.ts';
import { unknownPath } from './unknown-path.ts';

export interface ProtectedResources {
  /** Whose tokens are taken: `https://login.example.com/realms/toko`. At least one. */
  readonly issuers: readonly string[];
  /** Where callers reach this server, as it is set up and not as a request says: `https://konektor.example.com`. */
  readonly origin: () => string;
}

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** Adds the documents. Whoever asks has no token yet, so nothing stands there that is not everybody's. */
export function addProtectedResources(server: FastifyInstance, { issuers, origin }: ProtectedResources): void {
  const document = (resource: string): object => ({ resource, resource_name: 'Konektor', authorization_servers: issuers, bearer_methods_supported: ['header'] });
  const route = compileRoute(`${WELL_KNOWN}/mcp/{connection}`);
  server.get(WELL_KNOWN, async (_request, reply) => reply.header('cache-control', 'no-cache').send(document(origin())));
  server.get(route.url, async (request, reply) => {
    const { connection } = route.names(request.params) ?? {};
    if (connection === undefined) throw unknownPath(request);
    return reply.header('cache-control', 'no-cache').send(document(`${origin()}${pathOf(connection)}`));
  });
}

/** What follows `Bearer` where a token is missing or not taken. */
export function challengeFor({ origin }: ProtectedResources, connection: string): string {
  return `resource_metadata="${origin()}${WELL_KNOWN}${pathOf(connection)}"`;
}

function pathOf(connection: string): string {
  return `/mcp/${connection.split('/').map(encodeURIComponent).join('/')}`;
}
