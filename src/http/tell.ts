// How a call's end is told: errors in one form to the caller, every call to whoever observes.
import type { FastifyReply, FastifyRequest } from 'fastify';
import { single } from '../api/header.ts';
import type { CallFacts } from '../calls/recorder.ts';
import type { Code } from '../errors/codes.ts';
import type { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import { scrub } from '../observe/scrub.ts';
import { translate } from './errors.ts';

/** The platform's limit on a payload. */
export const MOST_BODY_BYTES = 10 * 1024 * 1024;
const LONGEST_DRAIN_MS = 5_000;

export function tellError(error: unknown, request: FastifyRequest, reply: FastifyReply, observe: Observe): void {
  const { status, fault } = translate(error, MOST_BODY_BYTES);
  if (fault) observe({ kind: 'fault', requestId: request.id, error });
  const json = status.toJson();
  observeRequest(request, json.code, status.code, observe);
  const info = { '@type': 'type.googleapis.com/google.rpc.RequestInfo', requestId: request.id };
  if (status.retryAfterMs !== undefined) void reply.header('retry-after', Math.ceil(status.retryAfterMs / 1000));
  if (status.code === 'UNAUTHENTICATED') void reply.header('www-authenticate', challengeOf(request));
  const body = scrub(JSON.stringify({ error: { ...json, details: [...json.details, info] } }));
  const tell = (): void => void reply.code(json.code).type('application/json; charset=utf-8').send(body);
  const recorded = recordFailed(request, status);
  if (recorded !== undefined) void recorded.then(tell);
  else if (status.reason === 'PAYLOAD_TOO_LARGE') onceSent(request, tell);
  else tell();
}

function challengeOf({ routeOptions, params }: FastifyRequest): string {
  const more = routeOptions.config.challenge?.(params);
  return `Bearer realm="konektor"${more === undefined ? '' : `, ${more}`}`;
}

function recordFailed(request: FastifyRequest, status: StatusError): Promise<void> | undefined {
  const { recorder, names } = request.routeOptions.config;
  const path = recorder === undefined ? undefined : names?.(request.params);
  return path === undefined ? undefined : recorder?.failed(factsOf(request), path, status);
}

/** What the audit log is told of a request. */
export function factsOf(request: FastifyRequest): CallFacts {
  const { begunWrite, caller, id: requestId, arrivedAt, headers } = request;
  return { begunWrite, caller, requestId, address: addressOf(request), userAgent: headers['user-agent'] ?? '', milliseconds: arrivedAt === 0 ? 0 : performance.now() - arrivedAt };
}

export function addressOf({ socket }: FastifyRequest): string {
  return socket.remoteAddress ?? '';
}

/** Told here and where errors are told, since a hook on every response costs a Get a twentieth of its time. */
export function observeRequest(request: FastifyRequest, status: number, code: 'OK' | Code, observe: Observe): void {
  const { id: requestId, method, url, caller, arrivedAt } = request;
  const milliseconds = arrivedAt === 0 ? 0 : performance.now() - arrivedAt;
  const { row = 'none' } = request.routeOptions.config;
  observe({
    kind: 'request', requestId, method, path: url.split('?', 1)[0] ?? '', row, connection: connectionOf(request.params), status, code, milliseconds, caller,
    traceparent: single(request.headers['traceparent']),
  });
}

/** The connection that the parameters of a route name. */
function connectionOf(parameters: unknown): string | undefined {
  if (typeof parameters !== 'object' || parameters === null || !('projectId' in parameters && 'locationId' in parameters && 'connectionId' in parameters)) return undefined;
  return `projects/${String(parameters.projectId)}/locations/${String(parameters.locationId)}/connections/${String(parameters.connectionId)}`;
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
