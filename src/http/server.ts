// The HTTP server: one route for each row of the API table. It knows rows, not what they do.
import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ApiOperation } from '../api/operation.ts';
import { API, type ApiHandlers } from '../api/table.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import { scrub } from '../observe/scrub.ts';
import { authenticate, type Authenticator } from './authenticate.ts';
import { translate } from './errors.ts';
import { parseJson } from './json.ts';
import { compileRoute, type Route } from './routes.ts';
import { createValidators, type Validators } from './validate.ts';

export interface HttpParts<Principal> {
  readonly handlers: ApiHandlers<Principal>;
  readonly authenticator: Authenticator<Principal>;
  /** @throws StatusError PERMISSION_DENIED */
  readonly authorize: (principal: Principal, permission: string, resource: string) => void;
  readonly callerOf: (principal: Principal) => string;
  readonly observe: Observe;
}

/** The platform's limit on a payload. */
const MOST_BODY_BYTES = 10 * 1024 * 1024;

/** A filter is at most 64 KiB and travels in the address, percent-encoded. */
const MOST_HEADER_BYTES = 256 * 1024;
/** For a client to send the whole of its request. */
const LONGEST_REQUEST_MS = 120_000;
const LONGEST_DRAIN_MS = 5_000;

declare module 'fastify' {
  interface FastifyRequest {
    /** When its handling began, by `performance.now()`; 0 before. */
    arrivedAt: number;
    caller: string;
  }
}

/** Builds the server; the caller listens and closes. */
export function createHttpServer<Principal>(parts: HttpParts<Principal>): FastifyInstance {
  const server = fastify({
    logger: false, bodyLimit: MOST_BODY_BYTES, requestIdHeader: false, genReqId: () => randomUUID(), forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 1024, ignoreTrailingSlash: false }, requestTimeout: LONGEST_REQUEST_MS, http: { maxHeaderSize: MOST_HEADER_BYTES },
    clientErrorHandler: (error, socket) => tellGarbled(error, socket),
    frameworkErrors: (error, request, reply) => tellError(error, request, reply, parts.observe),
  });
  server.decorateRequest('arrivedAt', 0);
  server.decorateRequest('caller', '');
  readBodiesStrictly(server);
  const tell = (error: unknown, request: FastifyRequest, reply: FastifyReply): void => tellError(error, request, reply, parts.observe);
  server.setErrorHandler(tell);
  server.setNotFoundHandler((request, reply) => tell(unknownPath(request), request, reply));
  server.get('/healthz', async () => ({ status: 'ok' }));
  const validators = createValidators();
  for (const row of Object.values(API)) addRoute(server, row, parts, validators);
  return server;
}

function addRoute<Principal>(server: FastifyInstance, row: ApiOperation, parts: HttpParts<Principal>, validators: Validators): void {
  const route = compileRoute(row.http.path);
  const checkQuery = validators.query(row.query);
  const checkBody = row.body === undefined ? undefined : validators.body(row.body);
  // One table, one key: the handler of a row takes what the row says, which the compiler cannot see through the loop.
  const handle = parts.handlers[row.id as keyof typeof API] as (call: object, input: object) => Promise<object>;
  // A caller who is nobody has no body read.
  const first = row.body === undefined ? {} : {
    onRequest: async (request: FastifyRequest): Promise<void> => {
      authenticate(request.headers.authorization, parts.authenticator);
    },
  };
  server.route({
    method: row.http.method,
    url: route.url,
    ...first,
    handler: async (request) => {
      request.arrivedAt = performance.now();
      const principal = authenticate(request.headers.authorization, parts.authenticator);
      request.caller = parts.callerOf(principal);
      const path = names(route, request);
      parts.authorize(principal, row.permission, path['connection'] ?? path['operation'] ?? path['location'] ?? '');
      const query = request.query as Record<string, unknown>;
      checkQuery(query);
      const body = row.body === undefined ? undefined : (request.body ?? {});
      checkBody?.(body);
      const call = { principal, requestId: request.id, signal: goneSignal(request), headers: request.headers };
      const answer = await handle(call, { path, query, body });
      observeRequest(request, 200, parts.observe);
      return answer;
    },
  });
}

function names(route: Route, request: FastifyRequest): Readonly<Record<string, string>> {
  const found = route.names(request.params as Record<string, string>);
  if (found === undefined) throw unknownPath(request);
  return found;
}

const gone = new WeakMap<Socket, AbortSignal>();

/** Aborts when the caller goes away. One signal serves all requests of a socket: they come one after the other. */
function goneSignal({ raw: { socket } }: FastifyRequest): AbortSignal {
  const known = gone.get(socket);
  if (known !== undefined) return known;
  const control = new AbortController();
  // A call listens while it is sent; the usual bound on listeners is for those that are forgotten.
  setMaxListeners(0, control.signal);
  socket.once('close', () => control.abort());
  if (socket.destroyed) control.abort();
  gone.set(socket, control.signal);
  return control.signal;
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
  const message = error.code === 'HPE_HEADER_OVERFLOW' ? `The address and headers are larger than ${MOST_HEADER_BYTES} bytes.` : 'The request is not well-formed HTTP.';
  const body = JSON.stringify({ error: new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message }).toJson() });
  socket.end(`HTTP/1.1 400 Bad Request\r\ncontent-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`);
}

function unknownPath(request: FastifyRequest): StatusError {
  const path = (request.url.split('?', 1)[0] ?? '').slice(0, 256);
  return new StatusError('NOT_FOUND', 'UNKNOWN_PATH', { message: `${request.method} ${path} is not a path of this server.` });
}

function tellError(error: unknown, request: FastifyRequest, reply: FastifyReply, observe: Observe): void {
  const { status, fault } = translate(error, MOST_BODY_BYTES);
  if (fault) observe({ kind: 'fault', requestId: request.id, error });
  const json = status.toJson();
  observeRequest(request, json.code, observe);
  const info = { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId: request.id };
  if (status.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(status.retryAfterMs / 1000));
  if (status.code === 'UNAUTHENTICATED') void reply.header('www-authenticate', 'Bearer realm="konektor"');
  const body = scrub(JSON.stringify({ error: { ...json, details: [...json.details, info] } }));
  const tell = (): void => void reply.code(json.code).type('application/json; charset=utf-8').send(body);
  if (status.reason === 'PAYLOAD_TOO_LARGE') onceSent(request, tell);
  else tell();
}

/** Told here and where errors are told, since a hook on every response costs a Get a twentieth of its time. */
function observeRequest({ id: requestId, method, url, caller, arrivedAt }: FastifyRequest, status: number, observe: Observe): void {
  const milliseconds = arrivedAt === 0 ? 0 : performance.now() - arrivedAt;
  observe({ kind: 'request', requestId, method, path: url.split('?', 1)[0] ?? '', status, milliseconds, caller });
}

/** A client that is still sending reads no answer: let it finish, within bounds, before it is told. */
function onceSent({ raw }: FastifyRequest, tell: () => void): void {
  if (raw.complete) return tell();
  const timer = setTimeout(tell, LONGEST_DRAIN_MS);
  raw.once('close', () => clearTimeout(timer));
  raw.once('end', () => {
    clearTimeout(timer);
    tell();
  });
  raw.resume();
}
