// How sockets are opened, for everything that leaves: who is trusted, how long it may take, and what is told of it.
import { Socket } from 'node:net';
import { buildConnector } from 'undici';
import type { Trace } from './trace.ts';
import { traceSocket } from './transport-trace.ts';
import type { Trust } from './trust.ts';

export const CONNECT_TIMEOUT_MS = 10_000;

/** @param role whom the socket is opened to. */
export function createConnector(trust: Trust, trace: Trace | undefined, role: 'source' | 'proxy'): buildConnector.connector {
  const connect = buildConnector({ timeout: CONNECT_TIMEOUT_MS, allowH2: false, ...trust });
  if (trace === undefined) return connect;
  return (request, done) => {
    // It gives the socket back before it is open, though its type does not say so.
    const socket: unknown = connect(request, done);
    if (socket instanceof Socket) traceSocket(socket, trace, { role, host: `${request.hostname}:${request.port === '' ? (request.protocol === 'https:' ? 443 : 80) : request.port}` });
  };
}
