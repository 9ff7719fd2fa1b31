// The sockets to one source, however they get there: straight, through tunnels, or by proxies that read the requests.
import { Pool } from 'undici';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import { createConnector } from './connector.ts';
import { exchange } from './exchange.ts';
import { openForward } from './forward.ts';
import { tunnels } from './proxy.ts';
import type { Trace } from './trace.ts';
import { poolOptions, type Probe } from './traced-client.ts';
import type { Trust } from './trust.ts';
import { openTunnel } from './tunnel.ts';
import type { Way } from './way.ts';

export interface Passage {
  /** The connection that it belongs to; absent where connections share it. */
  readonly owner?: string;
  /** Sends once. @throws ExchangeError */
  exchange(path: string, request: OutboundRequest, probe?: Probe): Promise<OutboundResponse>;
  /** Lets what is on its way end first. */
  close(): Promise<void>;
  destroy(): Promise<void>;
}

export interface PassageParts {
  /** Sockets at a time. */
  readonly connections: number;
  readonly trust: Trust;
}

/** What connections that share sockets have in common: the source alone, where they go straight. */
export function passageKey(origin: string, way: Way | undefined): string {
  const trace = transportTrace(way);
  if (trace === undefined) return way?.route === undefined ? origin : `${origin} ${way.route.key}`;
  return `${origin} ${way?.route?.key ?? ''} ${trace.connection} ${trace.level}`;
}

/** The trace where it wants to know of sockets, for which a connection needs its own. */
export function transportTrace(way: Way | undefined): Trace | undefined {
  return way?.trace !== undefined && way.trace.level >= 4 ? way.trace : undefined;
}

export function openPassage(origin: string, way: Way | undefined, { connections, trust }: PassageParts): Passage {
  const trace = transportTrace(way);
  const options = { ...poolOptions(trace), connections };
  if (way?.route === undefined) {
    const pool = new Pool(origin, { ...options, connect: createConnector(trust, trace, 'source') });
    return {
      ...(trace === undefined || way === undefined ? {} : { owner: way.connection }),
      exchange: (path, request, probe) => exchange(pool, path, request, probe), close: () => pool.close(), destroy: () => pool.destroy(),
    };
  }
  const target = new URL(origin);
  const made = tunnels(target, way.route) ? openTunnel(target, way.route, options, trust, trace) : openForward(target, way.route, options, trust, trace);
  return { ...made, owner: way.connection };
}
