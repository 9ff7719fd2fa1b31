// How one connection's calls leave: what is handed to `send` beside the request.
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import type { ProxyRoute } from './proxy.ts';
import type { Trace } from './trace.ts';

/** To be called once, when an attempt has ended: with the reply, or without where none came. */
export type Pass = (reply?: OutboundResponse) => void;

/** Waits for the right to make one attempt of a request; undefined where none is needed. @throws StatusError where there is none in time. */
export type Shape = (request: OutboundRequest) => Promise<Pass> | Pass | undefined;

export interface Way {
  /** The connection it belongs to. */
  readonly connection: string;
  /** The proxies it leaves through; absent where it goes straight. */
  readonly route?: ProxyRoute;
  readonly shape?: Shape;
  /** What the connection wants to be told; absent where that is no more than what everybody is. */
  readonly trace?: Trace;
}
