// How one connection's calls leave: what is handed to `send` beside the request.
import type { OutboundRequest } from '../../spi/connector.ts';
import type { ProxyRoute } from './proxy.ts';

/** Waits for the right to make one attempt of a request. @throws StatusError where there is none in time. */
export type Shape = (request: OutboundRequest) => Promise<void> | undefined;

export interface Way {
  /** The connection it belongs to. */
  readonly connection: string;
  /** The proxies it leaves through; absent where it goes straight. */
  readonly route?: ProxyRoute;
  readonly shape?: Shape;
}
