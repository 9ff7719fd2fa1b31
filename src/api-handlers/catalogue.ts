// What the rows of the catalogue do: locations, and the connectors that this server has as the platform shows them.
import type { Answer, ApiHandlers } from '../api/table.ts';
import { GLOBAL, type Location, type Locations } from '../connections/locations.ts';
import { connectionTemplate } from '../connections/templates.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import { listPage } from '../listing/page.ts';
import type { Manifest } from '../spi/connector.ts';
import { renderAuthJsonSchema, renderAuthSchemas, renderTemplates } from './templates.ts';

type CatalogueHandlers = Pick<ApiHandlers<Principal>,
  | 'locations.list' | 'locations.get' | 'providers.list' | 'providers.get' | 'connectors.list' | 'connectors.get'
  | 'versions.list' | 'versions.get' | 'versions.fetchAuthSchema'>;

/** A connector that is there to be used. */
export interface PublishedConnector {
  readonly provider: string;
  readonly name: string;
  readonly version: string;
  readonly manifest: Manifest;
}

const SIZES = { usual: 100, most: 1_000 };
const ROLE_GRANT = {
  principal: 'CONNECTOR_SA', roles: ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'],
  resource: { type: 'GCP_SECRETMANAGER_SECRET', pathTemplate: 'projects/{project}/secrets/{secret}' },
  helperTextTemplate: 'The service account of the connection reads the secrets that the connection names.',
};

export function catalogueHandlers(locations: Locations, connectors: readonly PublishedConnector[]): CatalogueHandlers {
  const everywhere = [GLOBAL, ...locations.regions];

  /** The one that a name stands for, among those whose names are told alike. */
  function find(name: string): { readonly parent: string; readonly found: readonly PublishedConnector[] } {
    const [, project, , location, , provider, , connector, , version] = name.split('/');
    const found = connectors.filter((one) => location === GLOBAL.id && one.provider === provider
      && (connector === undefined || one.name === connector) && (version === undefined || one.version === version));
    if (found.length === 0) throw notFound(name);
    return { parent: `projects/${project}/locations/${GLOBAL.id}`, found };
  }

  function one(name: string): { readonly parent: string; readonly connector: PublishedConnector } {
    const { parent, found: [connector] } = find(name);
    if (connector === undefined) throw notFound(name);
    return { parent, connector };
  }

  return {
    'locations.list': async (_call, { path, query }) => {
      const fields = { name: 'text', locationId: 'text', displayName: 'text', labels: 'map' } as const;
      const { items, nextPageToken } = listPage(everywhere.map((each) => renderLocation(path.project, each)), query, { list: `${path.project}/locations`, fields, unique: 'locationId', sizes: SIZES });
      return { locations: items, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },

    'locations.get': async (_call, { path }) => {
      const [, project, , id] = path.location.split('/');
      const found = everywhere.find((location) => location.id === id);
      if (found === undefined) throw notFound(path.location);
      return renderLocation(`projects/${project}`, found);
    },

    'providers.list': async (_call, { path, query }) => {
      requireGlobal(path.location);
      const byName = new Map(connectors.map((each) => [each.provider, renderProvider(path.location, each)]));
      const { items, nextPageToken } = listPage([...byName.values()], query, { list: `${path.location}/providers`, fields: {}, sizes: SIZES });
      return { providers: items, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },

    'providers.get': async (_call, { path }) => {
      const { parent, connector } = one(path.provider);
      return renderProvider(parent, connector);
    },

    'connectors.list': async (_call, { path, query }) => {
      const every = path.provider.endsWith('/providers/-');
      const parent = path.provider.split('/').slice(0, 4).join('/');
      requireGlobal(parent);
      const found = every ? connectors : find(path.provider).found;
      const fields = { name: 'text', displayName: 'text', description: 'text', category: 'text', tags: 'texts', connectorType: 'text', launchStage: 'text' } as const;
      const byName = new Map(found.map((each) => [`${each.provider}/${each.name}`, renderConnector(parent, each)]));
      const { items, nextPageToken } = listPage([...byName.values()], query, { list: `${path.provider}/connectors`, fields, sizes: SIZES });
      return { connectors: items, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },

    'connectors.get': async (_call, { path }) => {
      const { parent, connector } = one(path.connector);
      return renderConnector(parent, connector);
    },

    'versions.list': async (_call, { path, query }) => {
      const { parent, found } = find(path.connector);
      const shown = found.map((each) => renderVersion(parent, each, query.view));
      const { items, nextPageToken } = listPage(shown, query, { list: `${path.connector}/versions ${query.view ?? ''}`, fields: {}, sizes: SIZES });
      return { connectorVersions: items, ...(nextPageToken === undefined ? {} : { nextPageToken }) };
    },

    'versions.get': async (_call, { path, query }) => {
      const { parent, connector } = one(path.connectorVersion);
      return renderVersion(parent, connector, query.view);
    },

    'versions.fetchAuthSchema': async (_call, { path, query }) => {
      const { auth } = one(path.connectorVersion).connector.manifest.template;
      // End users authenticate themselves to no connector here.
      if (query.view === 'EUA_SCHEMA') return { authSchemas: [] };
      return { authSchemas: renderAuthSchemas(auth), ...(query.view === 'JSON_SCHEMA' ? { jsonSchema: renderAuthJsonSchema(auth) } : {}) };
    },
  };
}

function requireGlobal(location: string): void {
  if (location.endsWith(`/locations/${GLOBAL.id}`)) return;
  throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `${location} has no providers: they are in the location global.` });
}

function renderLocation(project: string, { id, displayName }: Location): Answer<'locations.get'> {
  return { name: `${project}/locations/${id}`, locationId: id, displayName, ...(id === GLOBAL.id ? {} : { labels: { 'cloud.googleapis.com/region': id } }) };
}

function presented({ manifest: { template } }: PublishedConnector): Pick<Answer<'providers.get'>, 'displayName' | 'launchStage' | 'createTime' | 'updateTime'> {
  const { displayName, releaseTime } = template;
  return { displayName, launchStage: 'GA', createTime: releaseTime, updateTime: releaseTime };
}

function linked({ manifest: { template } }: PublishedConnector): Pick<Answer<'providers.get'>, 'description' | 'documentationUri' | 'externalUri'> {
  const { description, documentationUri, externalUri } = template;
  return { description, ...(documentationUri === undefined ? {} : { documentationUri }), ...(externalUri === undefined ? {} : { externalUri }) };
}

function renderProvider(parent: string, connector: PublishedConnector): Answer<'providers.get'> {
  return { name: `${parent}/providers/${connector.provider}`, ...presented(connector), ...linked(connector) };
}

function renderConnector(parent: string, connector: PublishedConnector): Answer<'connectors.get'> {
  const { category, tags } = connector.manifest.template;
  return {
    name: `${parent}/providers/${connector.provider}/connectors/${connector.name}`, ...presented(connector), ...linked(connector),
    category, tags, connectorType: 'CONNECTOR_TYPE_THIRD_PARTY',
  };
}

function renderVersion(parent: string, connector: PublishedConnector, view: string | undefined): Answer<'versions.get'> {
  const { template, transactionsPerSecondPerNode } = connector.manifest;
  return {
    name: `${parent}/providers/${connector.provider}/connectors/${connector.name}/versions/${connector.version}`, ...presented(connector),
    releaseVersion: template.releaseVersion,
    ...renderTemplates(connectionTemplate(template)),
    supportedRuntimeFeatures: { entityApis: true, actionApis: true },
    egressControlConfig: { backends: template.backends.join(',') },
    connectorInfraConfig: { ratelimitThreshold: String(transactionsPerSecondPerNode), connectionRatelimitWindowSeconds: '1', connectionServiceAccountEnabled: true },
    schemaRefreshConfig: { useSynchronousSchemaRefresh: true },
    unsupportedConnectionTypes: ['CONNECTION_WITH_EVENTING', 'ONLY_EVENTING'],
    ...(view === 'CONNECTOR_VERSION_VIEW_FULL' ? { roleGrants: [ROLE_GRANT] } : {}),
  };
}

function notFound(name: string): StatusError {
  return new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `Resource '${name}' was not found`, metadata: { resource: name } });
}
