// Connections of the management API (v1).
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { AnyObject, PageQuery } from './schema.ts';

const Connection = Type.Object({ name: Type.String(), status: AnyObject }, { additionalProperties: true });
const LongRunning = Type.Object({ name: Type.String(), metadata: AnyObject, done: Type.Boolean() }, { additionalProperties: true });
const view = Type.Optional(Type.Enum(['CONNECTION_VIEW_UNSPECIFIED', 'BASIC', 'FULL']));

export const connectionOperations = {
  'connections.create': operation({
    id: 'connections.create', summary: 'Creates a connection; the operation ends when it has been tried out.',
    http: { method: 'POST', path: '/v1/{location}/connections' }, permission: 'connectors.connections.create', effect: 'write',
    query: Type.Object({ connectionId: Type.String({ description: 'Last part of the name of the connection.' }) }),
    body: AnyObject, output: LongRunning,
  }),
  'connections.get': operation({
    id: 'connections.get', summary: 'Shows a connection.',
    http: { method: 'GET', path: '/v1/{connection}' }, permission: 'connectors.connections.get', effect: 'read',
    query: Type.Object({ view }), body: undefined, output: Connection,
  }),
  'connections.list': operation({
    id: 'connections.list', summary: 'Lists the connections of a location, in order of name.',
    http: { method: 'GET', path: '/v1/{location}/connections' }, permission: 'connectors.connections.list', effect: 'read',
    query: Type.Object({ ...PageQuery, view }), body: undefined,
    output: Type.Object({ connections: Type.Array(Connection), nextPageToken: Type.Optional(Type.String()) }),
  }),
  'connections.delete': operation({
    id: 'connections.delete', summary: 'Deletes a connection.',
    http: { method: 'DELETE', path: '/v1/{connection}' }, permission: 'connectors.connections.delete', effect: 'destroy',
    query: Type.Object({ force: Type.Optional(Type.Boolean()) }), body: undefined, output: LongRunning,
  }),
  'operations.get': operation({
    id: 'operations.get', summary: 'Shows how a long-running operation stands.',
    http: { method: 'GET', path: '/v1/{operation}' }, permission: 'connectors.operations.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: LongRunning,
  }),
} as const;
