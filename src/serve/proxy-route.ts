// From a connection's configuration to the way its calls leave: straight, or through the proxies that it names.
import type { Connection, ConfigVariable } from '../connections/model.ts';
import { connectionTemplate } from '../connections/templates.ts';
import { readVariables } from '../connections/variables.ts';
import type { ProxyRoute, ProxySsl } from '../engine/outbound/proxy.ts';

const PLATFORM = connectionTemplate({ variables: [], auth: [], destinations: [] });
const SSL: readonly ProxySsl[] = ['AUTO', 'ALWAYS', 'NEVER', 'TUNNEL'];

type Proxied = Pick<Connection, 'name' | 'etag' | 'configVariables' | 'destinationConfigs'>;

/**
 * @param own keys of the destinations that belong to the connector; every other one names a proxy.
 * @param secret gives a secret's value at the moment of use.
 * @returns undefined where the connection uses no proxy.
 */
export function proxyRouteOf(connection: Proxied, own: ReadonlySet<string>, secret: (version: string) => Promise<string>): ProxyRoute | undefined {
  const variables: readonly ConfigVariable[] = connection.configVariables ?? [];
  const values = readVariables(variables, PLATFORM.variables);
  if (values.get('proxy_enabled') !== true) return undefined;
  const servers = (connection.destinationConfigs ?? []).filter(({ key }) => !own.has(key)).flatMap(({ destinations }) => destinations)
    .flatMap(({ host, port }) => (host === undefined || port === undefined ? [] : [{ host, port }]));
  const [scheme, user, password] = [values.get('proxy_auth_scheme'), String(values.get('proxy_user')), String(values.get('proxy_password'))];
  const ssl = SSL.find((one) => one === values.get('proxy_ssltype')) ?? 'AUTO';
  return {
    // Another revision may know the proxy by another password.
    key: `${connection.name}#${connection.etag}`, servers, ssl,
    ...(scheme === 'BASIC' || scheme === 'DIGEST' ? { credentials: { scheme, user, password: () => secret(password) } } : {}),
  };
}
