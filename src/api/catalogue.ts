// The catalogue of the management API (v1): locations, and the connectors that there are with their templates.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AuthSchema, Connector, ConnectorVersion, Location, Provider } from './catalogue-schema.ts';
import { JsonSchema } from './runtime-schema.ts';
import { nextPageToken, PageQuery } from './schema.ts';

const filter = Type.Optional(Type.String({ maxLength: 4_096, description: 'A filter: displayName = "Tokyo".' }));
const versionView = Type.Optional(Type.Enum(['CONNECTOR_VERSION_VIEW_UNSPECIFIED', 'CONNECTOR_VERSION_VIEW_BASIC', 'CONNECTOR_VERSION_VIEW_FULL']));

export const catalogueOperations = {
  'locations.list': operation({
    id: 'locations.list', summary: 'Lists the regions in which connections may be made, and `global`.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{project}/locations' }, permission: 'connectors.locations.list', effect: 'read',
    query: Type.Object({ ...PageQuery, filter, extraLocationTypes: Type.Optional(Type.Array(Type.String({ maxLength: 255 }))) }),
    body: undefined, output: Type.Object({ locations: Type.Array(Location), nextPageToken }),
  }),
  'locations.get': operation({
    id: 'locations.get', summary: 'Shows a location.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}' }, permission: 'connectors.locations.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Location,
  }),
  'providers.list': operation({
    id: 'providers.list', summary: 'Lists the providers of connectors; they are in `global`.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{location}/providers' }, permission: 'connectors.providers.list', effect: 'read',
    query: Type.Object({ ...PageQuery }), body: undefined, output: Type.Object({ providers: Type.Array(Provider), nextPageToken }),
  }),
  'providers.get': operation({
    id: 'providers.get', summary: 'Shows a provider.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{provider}' }, permission: 'connectors.providers.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Provider,
  }),
  'connectors.list': operation({
    id: 'connectors.list', summary: 'Lists the connectors of a provider; `-` stands for every provider.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{provider}/connectors' }, permission: 'connectors.connectors.list', effect: 'read',
    query: Type.Object({ ...PageQuery, filter }), body: undefined, output: Type.Object({ connectors: Type.Array(Connector), nextPageToken }),
  }),
  'connectors.get': operation({
    id: 'connectors.get', summary: 'Shows a connector.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connector}' }, permission: 'connectors.connectors.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Connector,
  }),
  'versions.list': operation({
    id: 'versions.list', summary: 'Lists the versions of a connector with their templates.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connector}/versions' }, permission: 'connectors.versions.list', effect: 'read',
    query: Type.Object({ ...PageQuery, view: versionView }), body: undefined, output: Type.Object({ connectorVersions: Type.Array(ConnectorVersion), nextPageToken }),
  }),
  'versions.get': operation({
    id: 'versions.get', summary: 'Shows a version of a connector: templates of its configuration, authentication and destinations.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connectorVersion}' }, permission: 'connectors.versions.get', effect: 'read',
    query: Type.Object({ view: versionView }), body: undefined, output: ConnectorVersion,
  }),
  'versions.fetchAuthSchema': operation({
    id: 'versions.fetchAuthSchema', summary: 'Shows the ways to authenticate as fields, or as a JSON Schema.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connectorVersion}:fetchAuthSchema' }, permission: 'connectors.versions.get', effect: 'read',
    query: Type.Object({ view: Type.Optional(Type.Enum(['AUTH_SCHEMA_VIEW_UNSPECIFIED', 'BASIC', 'JSON_SCHEMA', 'EUA_SCHEMA'])) }), body: undefined,
    output: Type.Object({ authSchemas: Type.Optional(Type.Array(AuthSchema)), jsonSchema: Type.Optional(JsonSchema) }),
  }),
} as const;
