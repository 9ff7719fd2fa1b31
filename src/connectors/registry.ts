// The connectors that this server has, by provider, name and version.
import type { Connector } from '../spi/connector.ts';
import { createStripeConnector, type StripeOptions } from './stripe/connector.ts';

export interface ConnectorRegistry {
  find(provider: string, name: string, version: string): Connector | undefined;
}

export function createRegistry(options: { readonly stripe: StripeOptions }): ConnectorRegistry {
  const connectors = new Map<string, Connector>([['stripe/stripe/1', createStripeConnector(options.stripe)]]);
  return { find: (provider, name, version) => connectors.get(`${provider}/${name}/${version}`) };
}
