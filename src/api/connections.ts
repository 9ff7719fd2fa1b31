// Connections of the management API (v1).
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { Connection, ConnectionInput } from './connection-schema.ts';
import { RuntimeActionSchema, RuntimeEntitySchema } from './runtime-schema.ts';
import { AnyObject, ListQuery, LongRunning, nextPageToken, PageQuery } from './schema.ts';

const Fault = Type.Object({ field: Type.String({ description: 'Path of the field: nodeConfig.minNodeCount; connectionId and parent for what is not in the body.' }), description: Type.String() }, { title: 'ConnectionFault' });
const Validation = Type.Object({
  faults: Type.Array(Fault, { description: 'What creating it would refuse; none where it would begin.' }),
  warnings: Type.Array(Type.String(), { description: 'What would be kept and not used.' }),
  missingRoles: Type.Array(Type.Object({ secret: Type.String(), roles: Type.Array(Type.String()) }), { description: 'What the service account lacks on the secrets that are named.' }),
}, { title: 'ConnectionValidation' });
const view = Type.Optional(Type.Enum(['CONNECTION_VIEW_UNSPECIFIED', 'BASIC', 'FULL'], { description: 'Both show everything here.' }));
const unreachable = Type.Optional(Type.Array(Type.String()));

export const connectionOperations = {
  'connections.create': operation({
    id: 'connections.create', summary: 'Creates a connection; the operation ends when it has been tried out.',
    http: { method: 'POST', path: '/v1/{location}/connections' }, permission: 'connectors.connections.create', service: 'connectors', effect: 'write',
    query: Type.Object({ connectionId: Type.String({ description: 'Last part of the name of the connection.' }) }),
    body: AnyObject, bodyShape: ConnectionInput, output: LongRunning,
  }),
  'connections.validate': operation({
    id: 'connections.validate', summary: 'Looks at a connection that is to be created, and tells every fault at once. Makes nothing.',
    http: { method: 'POST', path: '/v1/{location}/connections:validate' }, permission: 'connectors.connections.create', service: 'connectors', effect: 'read',
    query: Type.Object({ connectionId: Type.String({ description: 'Last part of the name that it shall have.' }) }),
    body: AnyObject, bodyShape: ConnectionInput, output: Validation,
  }),
  'connections.get': operation({
    id: 'connections.get', summary: 'Shows a connection.',
    http: { method: 'GET', path: '/v1/{connection}' }, permission: 'connectors.connections.get', service: 'connectors', effect: 'read',
    query: Type.Object({ view }), body: undefined, output: Connection,
  }),
  'connections.list': operation({
    id: 'connections.list', summary: 'Lists the connections of a location, or of all (`locations/-`).',
    http: { method: 'GET', path: '/v1/{location}/connections' }, permission: 'connectors.connections.list', service: 'connectors', effect: 'read',
    query: Type.Object({ ...ListQuery, view }), body: undefined,
    output: Type.Object({ connections: Type.Array(Connection), nextPageToken, unreachable }),
  }),
  'connections.search': operation({
    id: 'connections.search', summary: 'Finds connections by words in their names, labels and descriptions, and in what they offer.',
    http: { method: 'GET', path: '/v1/{location}/connections:search' }, permission: 'connectors.connections.list', service: 'connectors', effect: 'read',
    query: Type.Object({ query: Type.String({ maxLength: 1_000, description: 'Words; each must be found.' }), ...PageQuery }), body: undefined,
    output: Type.Object({
      connections: Type.Array(Type.Object({ connection: Connection, entitySchema: Type.Optional(RuntimeEntitySchema), actionSchema: Type.Optional(RuntimeActionSchema) }, { title: 'SearchResult' })),
      nextPageToken, unreachable,
    }),
  }),
  'connections.patch': operation({
    id: 'connections.patch', summary: 'Changes the fields that updateMask names; the operation ends when the connection has been tried out.',
    http: { method: 'PATCH', path: '/v1/{connection}' }, permission: 'connectors.connections.update', service: 'connectors', effect: 'write',
    query: Type.Object({ updateMask: Type.Optional(Type.String({ maxLength: 8_192, description: 'Fields, comma-separated: labels,nodeConfig.minNodeCount. Those that the body has not are cleared.' })) }),
    body: AnyObject, bodyShape: ConnectionInput, output: LongRunning,
  }),
  'connections.delete': operation({
    id: 'connections.delete', summary: 'Deletes a connection.',
    http: { method: 'DELETE', path: '/v1/{connection}' }, permission: 'connectors.connections.delete', service: 'connectors', effect: 'destroy',
    query: Type.Object({ force: Type.Optional(Type.Boolean({ description: 'What belongs to the connection goes with it either way.' })) }), body: undefined, output: LongRunning,
  }),
} as const;
