// Which socket a request went over and when, for connections that ask for timings; everybody else's requests pass through none of this.
import type { Socket } from 'node:net';
import { Client, type Dispatcher, type Pool } from 'undici';
import type { Trace } from './trace.ts';

/** Filled in while a request runs; times by `performance.now()`. */
export interface Probe {
  /** It was handed to the pool. */
  dispatched?: number;
  /** It was given a socket and is being written. */
  started?: number;
  firstByte?: number;
  ended?: number;
  bytesReceived?: number;
  socket?: Socket;
  /** How many requests the socket had carried before. */
  carriedBefore?: number;
}

/** Options of a dispatch that also tell the client who is curious. */
export interface ProbedOptions extends Dispatcher.DispatchOptions {
  readonly probe?: Probe;
}

class TracedClient extends Client {
  private socket: Socket | undefined;
  private carried = 0;

  constructor(origin: string | URL, { connect, ...options }: Client.Options) {
    super(origin, {
      ...options,
      ...(typeof connect !== 'function' ? {} : {
        connect: (request, done) => connect(request, (...result) => {
          const [error, socket] = result;
          if (error === null) [this.socket, this.carried] = [socket, 0];
          done(...result);
        }),
      }),
    });
  }

  override dispatch(options: ProbedOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { probe } = options;
    if (probe !== undefined) {
      const start = handler.onRequestStart?.bind(handler);
      handler.onRequestStart = (controller, context) => {
        if (this.socket !== undefined) probe.socket = this.socket;
        probe.carriedBefore = this.carried;
        this.carried += 1;
        start?.(controller, context);
      };
    }
    return super.dispatch(options, handler);
  }
}

/** What every pool has, and a client that tells of sockets where the trace asks for that. */
export function poolOptions(trace: Trace | undefined): Pool.Options {
  // Without HTTP/2 on offer the pool need not wait for the first socket to learn which is spoken.
  const options: Pool.Options = { pipelining: 1, allowH2: false, headersTimeout: 120_000, bodyTimeout: 120_000 };
  return trace === undefined || trace.level < 5 ? options : { ...options, factory: (origin, given) => new TracedClient(origin, given) };
}
