// The connectors that this server has, by provider, name and version.
import type { Connector } from '../spi/connector.ts';
import { createStripeConnector, type StripeOptions } from './stripe/connector.ts';

export interface RegisteredConnector {
  readonly provider: string;
  readonly name: string;
  readonly version: string;
  readonly connector: Connector;
}

export interface ConnectorRegistry {
  readonly all: readonly RegisteredConnector[];
  find(provider: string, name: string, version: string): Connector | undefined;
}

export function createRegistry(options: { readonly stripe: StripeOptions }): ConnectorRegistry {
  const all: readonly RegisteredConnector[] = [{ provider: 'stripe', name: 'stripe', version: '1', connector: createStripeConnector(options.stripe) }];
  const byPath = new Map(all.map((one) => [`${one.provider}/${one.name}/${one.version}`, one.connector]));
  return { all, find: (provider, name, version) => byPath.get(`${provider}/${name}/${version}`) };
}
