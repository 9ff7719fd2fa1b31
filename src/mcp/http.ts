// The MCP server over streamable HTTP: each request stands for itself, and its rows are called as whoever sent it. Who that is, and
// whether they may come in, was found out before. A session is a name that tells one client's cancellations from another's, no more.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RowCaller } from '../api/row-caller.ts';
import type { ApiCall } from '../api/table.ts';
import type { Observe } from '../observe/events.ts';
import { readOptions } from './options.ts';
import { createRunningCalls, isOpening } from './running-calls.ts';

export interface McpHttpParts<Principal> {
  /** Rows, called as the caller of a call. */
  readonly callsAs: (call: ApiCall<Principal>) => RowCaller;
  /** The name of who calls. */
  readonly callerOf: (principal: Principal) => string;
  readonly version: string;
  readonly observe: Observe;
}

const SESSION = 'mcp-session-id';
const HOST = 'localhost';

/** Answers one request, whose body was read already. */
export type McpAnswer = (request: IncomingMessage, reply: ServerResponse, body: unknown) => Promise<void>;

/** @returns what answers a request of a caller for a connection. It throws StatusError INVALID_ARGUMENT where the options in the address are not right. */
export function createMcpEndpoint<Principal>({ callsAs, callerOf, version, observe }: McpHttpParts<Principal>): (call: ApiCall<Principal>, connection: string, query: Readonly<Record<string, unknown>>) => McpAnswer {
  const running = createRunningCalls();
  return (outer, connection, query) => {
    const options = readOptions(query);
    const { requestId } = outer;
    const onFault = (error: unknown): void => observe({ kind: 'fault', requestId, error });
    return async ({ method = 'GET', url = '/', headers }, reply, body) => {
      const [caller, session] = [[callerOf(outer.principal), connection], headers[SESSION]];
      if (isOpening(body)) reply.setHeader(SESSION, running.newSession());
      running.cancel(caller, session, body);
      const begun = running.begin(caller, session, body);
      if (begun !== undefined) reply.once('close', () => begun.end());
      const rows = callsAs(begun === undefined ? outer : { ...outer, signal: AbortSignal.any([outer.signal, begun.signal]) });
      const { createMcpHandler, createMcpServer, toNodeHandler } = await loadProtocol();
      // Nothing that changes is announced, so nobody has to listen.
      let failure: unknown;
      const handler = createMcpHandler(() => createMcpServer({ rows, connection, options, version, requestId, onFault }), { maxSubscriptions: 0, onerror: (error) => { failure = error; } });
      // The name that the caller has for this server is part of no message, and may be no name at all.
      const request = { method, url, headers: { ...headers, host: HOST }, [Symbol.asyncIterator]: nothing };
      await toNodeHandler(handler, { onerror: (error) => { failure = error; } })(request, reply, body ?? null);
      // What it was told of else is what was wrong with a message, which its sender is told.
      if (reply.statusCode >= 500) onFault(failure ?? new Error(`MCP was answered ${reply.statusCode}`));
    };
  };
}

/** The protocol comes with a hundred modules, which no start waits for and no server holds that is never asked. */
async function loadProtocol() {
  const [{ createMcpHandler }, { toNodeHandler }, { createMcpServer }] = await Promise.all([import('@modelcontextprotocol/server'), import('@modelcontextprotocol/node'), import('./server.ts')]);
  return { createMcpHandler, toNodeHandler, createMcpServer };
}

/** A body that was read already is not read again. */
async function* nothing(): AsyncGenerator<never> {}
