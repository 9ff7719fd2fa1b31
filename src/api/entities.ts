// Entity types and entities of the runtime API (v2).
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { Entity, EntityType, ListExplanation } from './runtime-schema.ts';
import { AnyObject, Empty, ExecutionConfig, ExecutionQuery, Metadata, nextPageToken, PageQuery } from './schema.ts';

const EntityInput = Type.Object({ name: Type.Optional(Type.String()), fields: AnyObject, metadata: Metadata, executionConfig: Type.Optional(ExecutionConfig) }, { additionalProperties: false, title: 'EntityInput' });
const conditions = Type.String({ maxLength: 65_536, description: 'A filter: Email = \'jenny@example.com\' AND Created >= \'2026-01-01\'.' });

const listQuery = Type.Object({
  ...PageQuery, ...ExecutionQuery, conditions: Type.Optional(conditions),
  sortBy: Type.Optional(Type.Array(Type.String({ maxLength: 255 }))), sortOrder: Type.Optional(Type.Array(Type.String({ maxLength: 16 }))),
});

export const entityOperations = {
  'entityTypes.list': operation({
    id: 'entityTypes.list', summary: 'Lists the entity types of a connection.',
    http: { method: 'GET', path: '/v2/{connection}/entityTypes' }, permission: 'connectors.entityTypes.list', effect: 'read', service: 'connectors',
    query: Type.Object({ ...PageQuery, ...ExecutionQuery, view: Type.Optional(Type.Enum(['ENTITY_TYPE_VIEW_UNSPECIFIED', 'ENTITY_TYPE_VIEW_BASIC', 'ENTITY_TYPE_VIEW_FULL'])) }),
    body: undefined, output: Type.Object({ types: Type.Array(EntityType), nextPageToken }),
  }),
  'entityTypes.get': operation({
    id: 'entityTypes.get', summary: 'Shows an entity type: its columns and operations.',
    http: { method: 'GET', path: '/v2/{connection}/entityTypes/{entityType}' }, permission: 'connectors.entityTypes.list', effect: 'read', service: 'connectors',
    query: Type.Object({ ...ExecutionQuery, contextMetadata: Type.Optional(Type.String({ maxLength: 16_384 })), view: Type.Optional(Type.Enum(['ENTITY_TYPE_SCHEMA_VIEW_UNSPECIFIED', 'ENTITY_TYPE_SCHEMA_VIEW_BASIC', 'ENTITY_TYPE_SCHEMA_VIEW_ENRICHED'])) }),
    body: undefined, output: EntityType,
  }),
  'entities.list': operation({
    id: 'entities.list', summary: 'Lists the rows of an entity type that pass a filter.',
    http: { method: 'GET', path: '/v2/{connection}/entityTypes/{entityType}/entities' }, permission: 'connectors.entities.list', effect: 'read', service: 'connectors',
    query: listQuery, body: undefined, output: Type.Object({ entities: Type.Array(Entity), nextPageToken, metadata: Metadata }),
  }),
  'entities.explain': operation({
    id: 'entities.explain', summary: 'Tells what a list will do, without doing it: what the source filters, what is looked at here, and what it costs.',
    http: { method: 'GET', path: '/v2/{connection}/entityTypes/{entityType}/entities:explain' }, permission: 'connectors.entities.list', effect: 'read', service: 'connectors',
    query: listQuery, body: undefined, output: ListExplanation,
  }),
  'entities.get': operation({
    id: 'entities.get', summary: 'Gets one row by its id.',
    http: { method: 'GET', path: '/v2/{connection}/entityTypes/{entityType}/entities/{entity}' }, permission: 'connectors.entities.get', effect: 'read', service: 'connectors', audit: 'DATA_READ',
    query: Type.Object({ ...ExecutionQuery }), body: undefined, output: Entity,
  }),
  'entities.create': operation({
    id: 'entities.create', summary: 'Creates a row.',
    http: { method: 'POST', path: '/v2/{connection}/entityTypes/{entityType}/entities' }, permission: 'connectors.entities.create', effect: 'write', service: 'connectors', audit: 'DATA_WRITE',
    query: Type.Object({ ...ExecutionQuery }), body: EntityInput, output: Entity,
  }),
  'entities.patch': operation({
    id: 'entities.patch', summary: 'Changes the given columns of a row.',
    http: { method: 'PATCH', path: '/v2/{connection}/entityTypes/{entityType}/entities/{entity}' }, permission: 'connectors.entities.update', effect: 'write', service: 'connectors', audit: 'DATA_WRITE',
    query: Type.Object({ ...ExecutionQuery }), body: EntityInput, output: Entity,
  }),
  'entities.delete': operation({
    id: 'entities.delete', summary: 'Deletes a row.',
    http: { method: 'DELETE', path: '/v2/{connection}/entityTypes/{entityType}/entities/{entity}' }, permission: 'connectors.entities.delete', effect: 'destroy', service: 'connectors', audit: 'DATA_WRITE',
    query: Type.Object({ ...ExecutionQuery }), body: undefined, output: Empty,
  }),
  'entities.updateEntitiesWithConditions': operation({
    id: 'entities.updateEntitiesWithConditions', summary: 'Changes the given columns of every row that passes a filter.',
    http: { method: 'POST', path: '/v2/{connection}/entityTypes/{entityType}/entities:updateEntitiesWithConditions' },
    permission: 'connectors.entities.updateEntitiesWithConditions', effect: 'write', audit: 'DATA_WRITE',
    query: Type.Object({ ...ExecutionQuery, conditions: Type.Optional(conditions) }), body: EntityInput,
    output: Type.Object({ response: Type.Object({ count: Type.Integer({ description: 'Rows that were changed.' }) }), metadata: Metadata }),
  }),
  'entities.deleteEntitiesWithConditions': operation({
    id: 'entities.deleteEntitiesWithConditions', summary: 'Deletes every row that passes a filter.',
    http: { method: 'POST', path: '/v2/{connection}/entityTypes/{entityType}/entities:deleteEntitiesWithConditions' },
    permission: 'connectors.entities.deleteEntitiesWithConditions', effect: 'destroy', audit: 'DATA_WRITE',
    query: Type.Object({ ...ExecutionQuery, conditions: Type.Optional(conditions) }), body: undefined, output: Empty,
  }),
} as const;
