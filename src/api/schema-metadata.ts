// What a connection offers, as the management API (v1) shows it: names of entity types and actions, and their schemas.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { RuntimeActionSchema, RuntimeEntitySchema } from './runtime-schema.ts';
import { AnyObject, Instant, LongRunning, nextPageToken, PageQuery } from './schema.ts';

const SchemaMetadata = Type.Object({
  name: Type.String(), refreshTime: Instant, updateTime: Instant, state: Type.Enum(['UPDATED', 'REFRESH_SCHEMA_METADATA_FAILED']), errorMessage: Type.Optional(Type.String()),
  entities: Type.Optional(Type.Array(Type.String())), actions: Type.Optional(Type.Array(Type.String())),
}, { title: 'ConnectionSchemaMetadata' });
const ActionName = Type.Object({ action: Type.String(), displayName: Type.String(), description: Type.String() }, { title: 'ActionSummary' });
const EntityName = Type.Object({ entity: Type.String(), operations: Type.Array(Type.String()) }, { title: 'EntityTypeSummary' });
const filterOf = (field: string, example: string) => Type.Optional(Type.String({ maxLength: 4_096, description: `${field}="${example}"; everything without it.` }));
const view = Type.Optional(Type.String({ maxLength: 64 }));

export const schemaMetadataOperations = {
  'connectionSchemaMetadata.get': operation({
    id: 'connectionSchemaMetadata.get', summary: 'Lists the names of the entity types and actions of a connection, and how fresh they are.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connection}/connectionSchemaMetadata' }, permission: 'connectors.connections.getConnectionSchemaMetadata', effect: 'read',
    query: Type.Object({}), body: undefined, output: SchemaMetadata,
  }),
  'connectionSchemaMetadata.refresh': operation({
    id: 'connectionSchemaMetadata.refresh', summary: 'Reads anew what a connection offers.', service: 'connectors',
    http: { method: 'POST', path: '/v1/{connection}/connectionSchemaMetadata:refresh' }, permission: 'connectors.schemaMetadata.refresh', effect: 'write',
    query: Type.Object({}), body: AnyObject, output: LongRunning,
  }),
  'connectionSchemaMetadata.getEntityType': operation({
    id: 'connectionSchemaMetadata.getEntityType', summary: 'Shows an entity type, as the response of an operation.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connection}/connectionSchemaMetadata:getEntityType' }, permission: 'connectors.connections.getRuntimeEntitySchema', effect: 'read',
    query: Type.Object({ entityId: Type.String({ minLength: 1, maxLength: 255 }) }), body: undefined, output: LongRunning,
  }),
  'connectionSchemaMetadata.getAction': operation({
    id: 'connectionSchemaMetadata.getAction', summary: 'Shows an action, as the response of an operation.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connection}/connectionSchemaMetadata:getAction' }, permission: 'connectors.connections.getRuntimeActionSchema', effect: 'read',
    query: Type.Object({ actionId: Type.String({ minLength: 1, maxLength: 255 }) }), body: undefined, output: LongRunning,
  }),
  'connectionSchemaMetadata.listEntityTypes': operation({
    id: 'connectionSchemaMetadata.listEntityTypes', summary: 'Lists the entity types of a connection with the operations they have.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connection}/connectionSchemaMetadata:listEntityTypes' }, permission: 'connectors.connections.getConnectionSchemaMetadata', effect: 'read',
    query: Type.Object({ ...PageQuery, view, filter: filterOf('entity', 'Customer') }), body: undefined,
    output: Type.Object({ entityTypes: Type.Array(EntityName), nextPageToken }),
  }),
  'connectionSchemaMetadata.listActions': operation({
    id: 'connectionSchemaMetadata.listActions', summary: 'Lists the actions of a connection.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connection}/connectionSchemaMetadata:listActions' }, permission: 'connectors.connections.getConnectionSchemaMetadata', effect: 'read',
    query: Type.Object({ ...PageQuery, view, filter: filterOf('action', 'AcceptQuote') }), body: undefined,
    output: Type.Object({ actions: Type.Array(ActionName), nextPageToken }),
  }),
  'runtimeEntitySchemas.list': operation({
    id: 'runtimeEntitySchemas.list', summary: 'Lists entity types with their columns and JSON Schemas.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connection}/runtimeEntitySchemas' }, permission: 'connectors.connections.getRuntimeEntitySchema', effect: 'read',
    query: Type.Object({ ...PageQuery, filter: filterOf('entity', 'Customer') }), body: undefined,
    output: Type.Object({ runtimeEntitySchemas: Type.Array(RuntimeEntitySchema), nextPageToken }),
  }),
  'runtimeActionSchemas.list': operation({
    id: 'runtimeActionSchemas.list', summary: 'Lists actions with their inputs, results and JSON Schemas, as text where asked.', service: 'connectors',
    http: { method: 'GET', path: '/v1/{connection}/runtimeActionSchemas' }, permission: 'connectors.connections.getRuntimeActionSchema', effect: 'read',
    query: Type.Object({ ...PageQuery, filter: filterOf('action', 'AcceptQuote'), schemaAsString: Type.Optional(Type.Boolean()) }), body: undefined,
    output: Type.Object({ runtimeActionSchemas: Type.Array(RuntimeActionSchema), nextPageToken }),
  }),
} as const;
