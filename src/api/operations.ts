// Long-running operations of the management API (v1).
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { Empty, LongRunning, nextPageToken, PageQuery } from './schema.ts';

export const longRunningOperations = {
  'operations.get': operation({
    id: 'operations.get', summary: 'Shows how a long-running operation stands.',
    http: { method: 'GET', path: '/v1/{operation}' }, permission: 'connectors.operations.get', service: 'connectors', effect: 'read',
    query: Type.Object({}), body: undefined, output: LongRunning,
  }),
  'operations.list': operation({
    id: 'operations.list', summary: 'Lists the operations of a location, or of all (`locations/-`), newest first.',
    http: { method: 'GET', path: '/v1/{location}/operations' }, permission: 'connectors.operations.list', service: 'connectors', effect: 'read',
    query: Type.Object({
      filter: Type.Optional(Type.String({ maxLength: 4_096, description: 'As in AIP-160: done=false AND metadata.verb=create AND metadata.target:shop.' })),
      ...PageQuery, returnPartialSuccess: Type.Optional(Type.Boolean()),
    }),
    body: undefined, output: Type.Object({ operations: Type.Array(LongRunning), nextPageToken }),
  }),
  'operations.cancel': operation({
    id: 'operations.cancel', summary: 'Asks an operation to end; it may succeed all the same.',
    http: { method: 'POST', path: '/v1/{operation}:cancel' }, permission: 'connectors.operations.cancel', service: 'connectors', effect: 'write',
    query: Type.Object({}), body: Type.Record(Type.String(), Type.Unknown()), output: Empty,
  }),
  'operations.delete': operation({
    id: 'operations.delete', summary: 'Forgets an operation that has ended.',
    http: { method: 'DELETE', path: '/v1/{operation}' }, permission: 'connectors.operations.delete', service: 'connectors', effect: 'destroy',
    query: Type.Object({}), body: undefined, output: Empty,
  }),
} as const;
