// Where clients of the Model Context Protocol come in: each request with a bearer token, from programs and from no other site's
// page. What the protocol says is not known here: who answers is handed in.
import type { ServerResponse } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Code } from '../errors/codes.ts';
import { StatusError } from '../errors/status-error.ts';
import { authenticate } from './authenticate.ts';
import { goneSignal } from './gone.ts';
import { unpack } from './gzip.ts';
import type { HttpParts, McpEndpoint } from './parts.ts';
import { challengeFor } from './protected-resource.ts';
import { compileRoute } from './routes.ts';
import { addressOf, observeRequest } from './tell.ts';
import { unknownPath } from './unknown-path.ts';

/** Adds `/mcp/projects/…/connections/…`. */
export function addMcp<Principal>(server: FastifyInstance, endpoint: McpEndpoint<Principal>, parts: HttpParts<Principal>): void {
  const route = compileRoute('/mcp/{connection}');
  const { protectedResources } = parts;
  /** Clients that can sign their user in find out there where. */
  const challenge = (parameters: unknown): string | undefined => {
    const { connection } = route.names(parameters) ?? {};
    return protectedResources === undefined || connection === undefined ? undefined : challengeFor(protectedResources, connection);
  };
  // Without a token nobody comes in here, whoever else the server lets in without one: a page that guesses addresses has none.
  const callerOf = async ({ headers: { authorization } }: FastifyRequest): Promise<Principal> => {
    if (authorization === undefined) throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'There is no token: every request to an MCP server here carries one.' });
    return authenticate(authorization, parts.authenticator);
  };
  server.route<{ Querystring: Record<string, unknown> }>({
    method: ['GET', 'POST', 'DELETE'],
    url: route.url,
    config: { row: 'mcp', challenge },
    onRequest: async (request) => {
      request.arrivedAt = performance.now();
      requireOwnOrigin(request);
      request.caller = parts.callerOf(await callerOf(request));
    },
    preParsing: unpack,
    handler: async (request, reply) => {
      const principal = await callerOf(request);
      const { connection } = route.names(request.params) ?? {};
      if (connection === undefined) throw unknownPath(request);
      const call = { principal, requestId: request.id, signal: goneSignal(request), address: addressOf(request), headers: request.headers };
      const answer = endpoint(call, connection, request.query);
      reply.hijack();
      reply.raw.once('close', () => observeRequest(request, reply.raw.statusCode, codeOf(reply.raw), parts.observe));
      await answer(request.raw, reply.raw, request.body);
    },
  });
}

/** Browsers say which page asks; programs say nothing. A page of another site gets nothing here. @throws StatusError PERMISSION_DENIED */
function requireOwnOrigin({ headers: { origin, host } }: FastifyRequest): void {
  if (origin === undefined || (URL.canParse(origin) && new URL(origin).host === host)) return;
  throw new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message: `The page ${origin.slice(0, 200)} may not call this server: MCP clients that run in a browser are served from the address of the server alone.` });
}

/** How an answer that others wrote went; one that its caller did not wait for was broken off. */
function codeOf({ statusCode, writableFinished }: ServerResponse): 'OK' | Code {
  if (statusCode >= 500) return 'INTERNAL';
  if (statusCode >= 400) return 'INVALID_ARGUMENT';
  return writableFinished ? 'OK' : 'CANCELLED';
}
