// The MCP server over streamable HTTP, without sessions: each request stands for itself, and its rows are called as whoever sent
// it. Who that is, and whether they may come in, was found out before.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { RowCaller } from '../api/row-caller.ts';
import type { ApiCall } from '../api/table.ts';
import type { Observe } from '../observe/events.ts';
import { readOptions } from './options.ts';
import { createMcpServer } from './server.ts';

export interface McpHttpParts<Principal> {
  /** Rows, called as the caller of a call. */
  readonly callsAs: (call: ApiCall<Principal>) => RowCaller;
  readonly version: string;
  readonly observe: Observe;
}

/** Answers one request, whose body was read already. */
export type McpAnswer = (request: IncomingMessage, reply: ServerResponse, body: unknown) => Promise<void>;

/** @returns what answers a request of a caller for a connection. It throws StatusError INVALID_ARGUMENT where the options in the address are not right. */
export function createMcpEndpoint<Principal>({ callsAs, version, observe }: McpHttpParts<Principal>): (call: ApiCall<Principal>, connection: string, query: Readonly<Record<string, unknown>>) => McpAnswer {
  return (call, connection, query) => {
    const options = readOptions(query);
    const { requestId } = call;
    const onFault = (error: unknown): void => observe({ kind: 'fault', requestId, error });
    // Nothing that changes is announced, so nobody has to listen.
    const handler = createMcpHandler(() => createMcpServer({ rows: callsAs(call), connection, options, version, requestId, onFault }), { maxSubscriptions: 0 });
    const answer = toNodeHandler(handler, { onerror: onFault });
    return ({ method = 'GET', url = '/', headers }, reply, body) => answer({ method, url, headers, [Symbol.asyncIterator]: nothing }, reply, body ?? null);
  };
}

/** A body that was read already is not read again. */
async function* nothing(): AsyncGenerator<never> {}
