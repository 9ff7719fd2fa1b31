// What connections are configured with, whatever their connector: the platform's own variables and destinations, joined with
// those of the connector. It knows no single connector.
import type { AuthTemplate, Condition, ConnectorTemplate, DestinationTemplate, VariableTemplate } from '../spi/template.ts';

export interface ConnectionTemplate {
  readonly variables: readonly VariableTemplate[];
  readonly auth: readonly AuthTemplate[];
  readonly destinations: readonly DestinationTemplate[];
}

const PROXY: Condition = { fieldComparisons: [{ key: 'proxy_enabled', comparator: 'EQUALS', value: true }] };

const PROXY_WITH_USER: Condition = {
  ...PROXY, logicalOperator: 'AND',
  logicalExpressions: [{
    logicalOperator: 'OR',
    fieldComparisons: [{ key: 'proxy_auth_scheme', comparator: 'EQUALS', value: 'BASIC' }, { key: 'proxy_auth_scheme', comparator: 'EQUALS', value: 'DIGEST' }],
  }],
};

/** The variables that every connector takes. */
const VARIABLES: readonly VariableTemplate[] = [
  { key: 'proxy_enabled', valueType: 'BOOL', displayName: 'Use proxy', isAdvanced: true, description: 'Reaches the source through a proxy server.' },
  {
    key: 'proxy_auth_scheme', valueType: 'ENUM', displayName: 'Proxy auth scheme', isAdvanced: true, default: 'NONE',
    description: 'How the connection authenticates to the proxy.',
    options: [{ id: 'BASIC', displayName: 'Basic' }, { id: 'DIGEST', displayName: 'Digest' }, { id: 'NONE', displayName: 'None' }],
  },
  { key: 'proxy_user', valueType: 'STRING', displayName: 'Proxy user', isAdvanced: true, required: PROXY_WITH_USER, description: 'The user name for the proxy.' },
  { key: 'proxy_password', valueType: 'SECRET', displayName: 'Proxy password', isAdvanced: true, required: PROXY_WITH_USER, description: 'The secret version that holds the password for the proxy.' },
  {
    key: 'proxy_ssltype', valueType: 'ENUM', displayName: 'Proxy SSL type', isAdvanced: true, default: 'AUTO',
    description: 'How the connection speaks to the proxy. Auto: a tunnel for https, plain for http. Always: TLS to the proxy. Never: no TLS to the proxy. Tunnel: through a tunnel that the proxy opens.',
    options: [{ id: 'AUTO', displayName: 'Auto' }, { id: 'ALWAYS', displayName: 'Always' }, { id: 'NEVER', displayName: 'Never' }, { id: 'TUNNEL', displayName: 'Tunnel' }],
  },
  {
    key: 'verbosity', valueType: 'STRING', displayName: 'Verbosity', isAdvanced: true, default: '1',
    description: 'How much of the communication is logged, 1 to 5: the higher, the more of requests, responses and certificates.',
    pattern: { regex: '^[1-5]$', words: 'must be 1 to 5' },
  },
];

const DESTINATIONS: readonly DestinationTemplate[] = [
  {
    key: 'proxy_server', displayName: 'Proxy server', max: 5, port: 'REQUIRED', isAdvanced: true, required: PROXY, takesOthers: true,
    description: 'Host name or IP address and port of the proxy; several are tried in their order.',
  },
];

/** What connections of a connector are configured with: its own first, then what every connector takes. */
export function connectionTemplate({ variables, auth, destinations }: Pick<ConnectorTemplate, 'variables' | 'auth' | 'destinations'>): ConnectionTemplate {
  return { variables: [...variables, ...VARIABLES], auth, destinations: [...DESTINATIONS, ...destinations] };
}
