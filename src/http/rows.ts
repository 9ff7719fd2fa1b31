// From a row of the API table to a route that serves it: who calls, may they, is what they sent well-formed; then the handler.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ApiTable } from '../api/table.ts';
import type { UnservedOperation } from '../api/unserved.ts';
import type { GuardedRow } from '../calls/guard.ts';
import { guardedName, prepareRow, type PreparedRow } from '../calls/prepared-row.ts';
import { createRecorder } from '../calls/recorder.ts';
import type { Validators } from '../calls/validate.ts';
import { StatusError } from '../errors/status-error.ts';
import { authenticate } from './authenticate.ts';
import { goneSignal } from './gone.ts';
import { unpack } from './gzip.ts';
import type { HttpParts } from './parts.ts';
import { compileRoute, type Route } from './routes.ts';
import { addressOf, factsOf, observeRequest } from './tell.ts';
import { unknownPath } from './unknown-path.ts';

/** Serves one row. */
export function addRow<Principal>(server: FastifyInstance, id: keyof ApiTable, parts: HttpParts<Principal>, validators: Validators): void {
  const prepared = prepareRow(id, parts, validators);
  const { row, recorder, isWrite } = prepared;
  const route = compileRoute(row.http.path);
  const admit = admission(prepared.admit, route, parts);

  server.route<{ Querystring: Record<string, unknown> }>({
    method: row.http.method,
    url: route.url,
    // Who asks for the head alone follows nothing.
    ...(row.stream === true ? { exposeHeadRoute: false } : {}),
    config: { recorder, names: route.names, row: row.id },
    ...(row.http.method === 'GET' ? {} : { onRequest: beforeBody(parts), preParsing: unpack }),
    handler: async (request, reply) => {
      request.arrivedAt = performance.now();
      const { principal, path } = await admit(request);
      const { query } = request;
      const body = row.body === undefined ? undefined : (request.body ?? {});
      const deed = prepared.check({ path, query, body });
      const call = { principal, requestId: request.id, signal: goneSignal(request), address: addressOf(request), headers: request.headers };
      if (isWrite) {
        await parts.audit.admit();
        request.begunWrite = true;
      }
      const answer = await deed(call);
      const recorded = recorder.succeeded(factsOf(request), path, answer);
      if (recorded !== undefined) await recorded;
      observeRequest(request, 200, 'OK', parts.observe);
      if (row.stream === true && areObjects(answer)) return sendLines(reply, answer, (error) => parts.observe({ kind: 'fault', requestId: request.id, error }));
      if (query['prettyPrint'] === 'true') void reply.serializer((payload: unknown) => `${JSON.stringify(payload, null, 2)}\n`);
      return answer;
    },
  });
}

/** Answers what is not served here with the reason why, to those who might use it. */
export function addUnserved<Principal>(server: FastifyInstance, row: UnservedOperation, parts: HttpParts<Principal>): void {
  const route = compileRoute(row.http.path);
  const guarded: GuardedRow = { id: row.id, permission: row.permission, effect: row.http.method === 'GET' ? 'read' : 'write', service: 'connectors' };
  const resource = guardedName(row.http.path);
  const admit = admission((principal: Principal, path) => parts.guard(principal, guarded, resource === undefined ? '' : (path[resource] ?? '')), route, parts);
  server.route({
    method: row.http.method,
    url: route.url,
    config: { recorder: createRecorder({ ...guarded, http: row.http }, parts.audit), names: route.names, row: row.id },
    onRequest: beforeBody(parts),
    handler: async (request) => {
      request.arrivedAt = performance.now();
      await admit(request);
      throw new StatusError('UNIMPLEMENTED', 'NOT_SERVED', { message: row.why, metadata: { method: row.id } });
    },
  });
}

interface Admitted<Principal> {
  readonly principal: Principal;
  readonly path: Readonly<Record<string, string>>;
}

/** Finds who calls and whether they may. What is in memory is answered without waiting. */
function admission<Principal>(guard: PreparedRow<Principal>['admit'], route: Route, parts: HttpParts<Principal>): (request: FastifyRequest) => Admitted<Principal> | Promise<Admitted<Principal>> {
  const finish = (principal: Principal, request: FastifyRequest): Admitted<Principal> | Promise<Admitted<Principal>> => {
    request.caller = parts.callerOf(principal);
    const path = route.names(request.params);
    if (path === undefined) throw unknownPath(request);
    const guarded = guard(principal, path);
    return guarded === undefined ? { principal, path } : guarded.then(() => ({ principal, path }));
  };
  return (request) => {
    const principal = authenticate(parts.console.sessions.authorizationOf(request.headers), parts.authenticator);
    return principal instanceof Promise ? principal.then((found: Principal) => finish(found, request)) : finish(principal, request);
  };
}

/** A caller who is nobody has no body read. */
function beforeBody<Principal>(parts: HttpParts<Principal>) {
  return async (request: FastifyRequest): Promise<void> => {
    await authenticate(parts.console.sessions.authorizationOf(request.headers), parts.authenticator);
  };
}

function areObjects(answer: object): answer is AsyncIterable<object> {
  return Symbol.asyncIterator in answer;
}

/** One line of JSON for each object, at the pace of the reader. @param failed is told what ends them when the answer is on its way, and nobody hears of it but by its end. */
function sendLines(reply: FastifyReply, objects: AsyncIterable<object>, failed: (error: unknown) => void): FastifyReply {
  async function* lines(): AsyncGenerator<string> {
    try {
      for await (const object of objects) yield `${JSON.stringify(object)}\n`;
    } catch (error) {
      if (reply.raw.headersSent) failed(error);
      throw error;
    }
  }
  return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(lines()));
}
