// The HTTP server: one route for each row of the API table. It knows rows, not what they do.
import { randomUUID } from 'node:crypto';
import type { RequestListener, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { parseJson } from '../api/json-text.ts';
import { rowIds } from '../api/table.ts';
import { UNSERVED } from '../api/unserved.ts';
import type { CallRecorder } from '../calls/recorder.ts';
import { createValidators } from '../calls/validate.ts';
import { StatusError } from '../errors/status-error.ts';
import { addApiDescription } from './api-description.ts';
import { addConsole } from './console.ts';
import { addMcp } from './mcp.ts';
import { overridingMethods, type QueryFault } from './method-override.ts';
import type { HttpParts } from './parts.ts';
import { addProbes } from './probes.ts';
import { addProtectedResources } from './protected-resource.ts';
import type { Route } from './routes.ts';
import { addRow, addUnserved } from './rows.ts';
import { MOST_BODY_BYTES, tellError } from './tell.ts';
import { unknownPath } from './unknown-path.ts';

// An import of this module by its names makes all that it offers, a whole client of WebSockets among it.
const { createServer } = process.getBuiltinModule('node:http');

/** A filter is at most 64 KiB and travels in the address, percent-encoded. */
const MOST_HEADER_BYTES = 256 * 1024;
/** How long a connection may be silent between two requests: longer than the usual balancers before it. */
const LONGEST_SILENCE_MS = 72_000;
/** For a client to send the whole of its request. */
const LONGEST_REQUEST_MS = 120_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** When its handling began, by `performance.now()`; 0 before. */
    arrivedAt: number;
    caller: string;
    /** It changes something, and its handler was called. */
    begunWrite: boolean;
  }
  interface FastifyContextConfig {
    /** Tells of the calls of a route's row. */
    recorder?: CallRecorder;
    /** The names of the row from the parameters of the route. */
    names?: Route['names'];
    /** What a caller without a token is told beside that, from the parameters of the route. */
    challenge?: (parameters: unknown) => string | undefined;
    /** The id of a route's row. */
    row?: string;
  }
}

/** Builds the server; the caller listens and closes. */
export function createHttpServer<Principal>(parts: HttpParts<Principal>): FastifyInstance {
  const server = fastify({
    logger: false, bodyLimit: MOST_BODY_BYTES, requestIdHeader: false, genReqId: () => randomUUID(), forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1024, ignoreTrailingSlash: false }, serverFactory: listenTo,
    clientErrorHandler: (error, socket) => tellGarbled(error, socket),
    // What the router itself refuses never became one of our requests.
    frameworkErrors: (error, request, reply) => tellError(error, Object.assign(request, { arrivedAt: 0, caller: '', begunWrite: false }), reply, parts.observe),
  });
  server.decorateRequest('arrivedAt', 0);
  server.decorateRequest('caller', '');
  server.decorateRequest('begunWrite', false);
  readBodiesStrictly(server);
  const tell = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => tellError(error, request, reply, parts.observe);
  server.setErrorHandler(tell);
  server.setNotFoundHandler((request, reply) => tell(unknownPath(request), request, reply));
  addProbes(server, parts);
  addApiDescription(server, parts.described);
  addConsole(server, parts.console, parts.authenticator, parts.observe);
  if (parts.mcp !== undefined) addMcp(server, parts.mcp, parts);
  if (parts.mcp !== undefined && parts.protectedResources !== undefined) addProtectedResources(server, parts.protectedResources);
  const validators = createValidators();
  for (const id of rowIds()) addRow(server, id, parts, validators);
  for (const row of UNSERVED) addUnserved(server, row, parts);
  return server;
}

function listenTo(handler: RequestListener): Server {
  const refuse = (reply: ServerResponse, why: QueryFault): void => {
    reply.writeHead(400, { 'content-type': 'application/json; charset=utf-8', connection: 'close' }).end(garbled(why === 'too large' ? TOO_LARGE : NO_GZIP));
  };
  return createServer({ maxHeaderSize: MOST_HEADER_BYTES, requestTimeout: LONGEST_REQUEST_MS, keepAliveTimeout: LONGEST_SILENCE_MS }, overridingMethods(handler, MOST_HEADER_BYTES, refuse));
}

function readBodiesStrictly(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  const read = (_request: FastifyRequest, body: string | Buffer, done: (error: Error | null, value?: unknown) => void): void => {
    try {
      done(null, parseJson(body.toString()));
    } catch (error) {
      done(error instanceof Error ? error : new Error('unreadable body'));
    }
  };
  server.addContentTypeParser(['application/json', 'text/json'], { parseAs: 'string' }, read);
}

/** What is no HTTP, or more of it than is taken, is told so in the same form as everything else. */
function tellGarbled(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const body = garbled(error.code === 'HPE_HEADER_OVERFLOW' ? TOO_LARGE : 'The request is not well-formed HTTP.');
  socket.end(`HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}

const TOO_LARGE = `The address and headers are larger than ${MOST_HEADER_BYTES} bytes.`;
const NO_GZIP = 'The body is no gzip, though its header says so.';

function garbled(message: string): string {
  return JSON.stringify({ error: new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message }).toJson() });
}
