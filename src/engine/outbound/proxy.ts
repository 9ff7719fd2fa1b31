// The proxies of a connection, as its configuration names them, and which of them is tried first.
import type { ProxyCredentials } from './proxy-credentials.ts';
import { ProxyError } from './proxy-error.ts';

export type ProxySsl = 'AUTO' | 'ALWAYS' | 'NEVER' | 'TUNNEL';

/** How a connection leaves: made from its configuration. */
export interface ProxyRoute {
  /** Connections with the same key share sockets, so it names everything that is said to the proxy. */
  readonly key: string;
  readonly servers: readonly { readonly host: string; readonly port: number }[];
  readonly ssl: ProxySsl;
  readonly credentials?: ProxyCredentials;
}

/** So long a proxy that could not be reached is tried after the others. */
const DOWN_MS = 30_000;

/** Whether requests go through a tunnel: always to https, since a source is never spoken to in clear. */
export function tunnels(target: URL, { ssl }: ProxyRoute): boolean {
  return target.protocol === 'https:' || ssl === 'TUNNEL';
}

export class Proxies {
  /** `http://host:port` of each, or https where TLS is spoken to it. */
  readonly origins: readonly string[];
  private readonly downUntil = new Map<string, number>();

  constructor({ servers, ssl }: ProxyRoute) {
    this.origins = servers.map(({ host, port }) => {
      const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
      return `${ssl === 'ALWAYS' ? 'https' : 'http'}://${name}:${port}`;
    });
  }

  /**
   * Tries each in order, those that were just found unreachable last. A refused password ends the trying: it would be given away in vain.
   * @throws what the last one threw, unless one before it was there and said no.
   */
  async first<T>(attempt: (proxy: string) => Promise<T>, kindOf: (error: unknown) => ProxyError['kind'] | undefined, now = Date.now()): Promise<T> {
    let failure: unknown = new ProxyError('unreachable', 'no proxy server is named');
    for (const proxy of this.inOrder(now)) {
      try {
        const result = await attempt(proxy);
        this.downUntil.delete(proxy);
        return result;
      } catch (error) {
        const kind = kindOf(error);
        if (kind === undefined || kind === 'unauthenticated') throw error;
        const isAway = kind === 'unreachable';
        if (isAway) this.downUntil.set(proxy, now + DOWN_MS);
        if (!isAway || kindOf(failure) === 'unreachable' || kindOf(failure) === undefined) failure = error;
      }
    }
    throw failure;
  }

  private inOrder(now: number): readonly string[] {
    if (this.downUntil.size === 0) return this.origins;
    const isDown = (proxy: string): boolean => (this.downUntil.get(proxy) ?? 0) > now;
    return [...this.origins.filter((one) => !isDown(one)), ...this.origins.filter(isDown)];
  }
}
