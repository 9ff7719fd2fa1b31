// What the platform has and this server answers UNIMPLEMENTED: either it has no meaning on one's own machines, or it is not
// built yet. Each row says which, to whoever calls it.
import type { HttpMethod } from './operation.ts';

export interface UnservedOperation {
  readonly id: string;
  readonly http: { readonly method: HttpMethod; readonly path: string };
  readonly permission: string;
  /** A sentence for the caller: why not, and what to use instead. */
  readonly why: string;
}

type Row = readonly [id: string, method: HttpMethod, path: string, permission: string];

/** Rows that share a reason. */
function because(why: string, rows: readonly Row[]): readonly UnservedOperation[] {
  return rows.map(([id, method, path, permission]) => ({ id, http: { method, path }, permission, why }));
}

/** The usual five methods of a collection. */
function collection(resource: string, path: string, ...methods: readonly ('create' | 'delete' | 'get' | 'list' | 'patch')[]): readonly Row[] {
  const one = `${path}/{id}`;
  const rows: Readonly<Record<(typeof methods)[number], Row>> = {
    create: [`${resource}.create`, 'POST', path, `connectors.${resource}.create`],
    delete: [`${resource}.delete`, 'DELETE', one, `connectors.${resource}.delete`],
    get: [`${resource}.get`, 'GET', one, `connectors.${resource}.get`],
    list: [`${resource}.list`, 'GET', path, `connectors.${resource}.list`],
    patch: [`${resource}.patch`, 'PATCH', one, `connectors.${resource}.update`],
  };
  return methods.map((method) => rows[method]);
}

const ALL = ['create', 'delete', 'get', 'list', 'patch'] as const;
const VERSIONS = '/v1/{location}/customConnectors/{customConnector}/customConnectorVersions';

/** What has no meaning on machines of one's own. */
const FOREIGN: readonly UnservedOperation[] = [
  ...because('Managed zones join the platform\'s network to a private DNS. This server resolves names as its own machine does: set its resolver instead.',
    collection('managedZones', '/v1/{location}/managedZones', ...ALL)),
  ...because('Endpoint attachments join the platform\'s network to a private service. This server reaches what its own machine reaches: give the address as a destination.',
    collection('endpointAttachments', '/v1/{location}/endpointAttachments', ...ALL)),
  ...because('Connectors of one\'s own are not uploaded to this server: they are written against konektor/spi and run as a part of it.', [
    ...collection('customConnectors', '/v1/{location}/customConnectors', ...ALL),
    ['customConnectors.validateCustomConnectorSpec', 'POST', '/v1/{location}/customConnectors:validateCustomConnectorSpec', 'connectors.customConnectors.validateCustomConnectorSpec'],
    ...collection('customConnectorVersions', VERSIONS, 'create', 'delete', 'get', 'list'),
    ['customConnectorVersions.deprecate', 'POST', `${VERSIONS}/{id}:deprecate`, 'connectors.customConnectorVersions.deprecate'],
    ['customConnectorVersions.publish', 'POST', `${VERSIONS}/{id}:publish`, 'connectors.customConnectorVersions.publish'],
    ['customConnectorVersions.withdraw', 'POST', `${VERSIONS}/{id}:withdraw`, 'connectors.customConnectorVersions.withdraw'],
  ]),
  ...because('End users authenticate themselves to no connector of this server: a connection uses the API key in its secret.',
    collection('endUserAuthentications', '/v1/{connection}/endUserAuthentications', ...ALL)),
  ...because('There is no OAuth flow to exchange or refresh: connections authenticate with the API key in their secret.', [
    ['connections.exchangeAuthCode', 'POST', '/v2/{connection}:exchangeAuthCode', 'connectors.connections.get'],
    ['connections.refreshAccessToken', 'POST', '/v2/{connection}:refreshAccessToken', 'connectors.connections.get'],
  ]),
  ...because('The descriptions of tools are made from the connector and not overridden here.', [
    ['connections.fetchToolspecOverride', 'POST', '/v1/{connection}:fetchToolspecOverride', 'connectors.connections.get'],
    ['connections.generateToolspecOverride', 'POST', '/v1/{connection}:generateToolspecOverride', 'connectors.connections.update'],
    ['connections.modifyToolspecOverride', 'POST', '/v1/{connection}:modifyToolspecOverride', 'connectors.connections.update'],
    ['connections.removeToolspecOverride', 'POST', '/v1/{connection}:removeToolspecOverride', 'connectors.connections.update'],
    ['connections.generateConnectionToolspecOverride', 'POST', '/v2/{connection}:generateConnectionToolspecOverride', 'connectors.tools.list'],
  ]),
];

/** What is not built yet. */
const LATER: readonly UnservedOperation[] = [
  ...because('Events are not served yet. Until then, let Stripe send its webhooks to the integration itself.', [
    ...collection('eventSubscriptions', '/v1/{connection}/eventSubscriptions', ...ALL),
    ['eventSubscriptions.retry', 'POST', '/v1/{connection}/eventSubscriptions/{id}:retry', 'connectors.eventSubscriptions.update'],
    ...collection('eventtypes', '/v1/{connectorVersion}/eventtypes', 'get', 'list'),
    ['connections.listenEvent', 'POST', '/v1/{connection}:listenEvent', 'connectors.connections.listenEvent'],
    ['connections.repairEventing', 'POST', '/v1/{connection}:repairEventing', 'connectors.eventSubscriptions.update'],
  ]),
  ...because('SQL is not served yet. Until then, list the rows of an entity type with a filter.', [
    ['connections.executeSqlQuery', 'POST', '/v2/{connection}:executeSqlQuery', 'connectors.connections.executeSqlQuery'],
  ]),
  ...because('Plain HTTP requests are not served yet. Until then, use the entity types and actions, which cover the whole Stripe API.', [
    ['connections.executeHttpRequest', 'POST', '/v2/{connection}:executeHttpRequest', 'connectors.connections.executeHttpRequest'],
  ]),
];

export const UNSERVED: readonly UnservedOperation[] = [...FOREIGN, ...LATER];
