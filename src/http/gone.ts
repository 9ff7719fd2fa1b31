// When a caller goes away: a call that nobody waits for is ended.
import { setMaxListeners } from 'node:events';
import type { Socket } from 'node:net';
import type { FastifyRequest } from 'fastify';

const gone = new WeakMap<Socket, AbortSignal>();

/** Aborts when the caller goes away. One signal serves all requests of a socket: they come one after the other. */
export function goneSignal({ raw: { socket } }: FastifyRequest): AbortSignal {
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
