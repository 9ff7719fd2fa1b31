// Actions of the runtime API (v2).
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { Action } from './runtime-schema.ts';
import { AnyObject, ExecutionConfig, ExecutionQuery, Metadata, nextPageToken, PageQuery } from './schema.ts';

export const actionOperations = {
  'actions.list': operation({
    id: 'actions.list', summary: 'Lists the actions of a connection.',
    http: { method: 'GET', path: '/v2/{connection}/actions' }, permission: 'connectors.actions.list', effect: 'read', service: 'connectors',
    query: Type.Object({ ...PageQuery, ...ExecutionQuery, view: Type.Optional(Type.Enum(['ACTION_VIEW_UNSPECIFIED', 'ACTION_VIEW_BASIC', 'ACTION_VIEW_FULL'])) }),
    body: undefined, output: Type.Object({ actions: Type.Array(Action), nextPageToken }),
  }),
  'actions.get': operation({
    id: 'actions.get', summary: 'Shows an action: its inputs and results.',
    http: { method: 'GET', path: '/v2/{connection}/actions/{action}' }, permission: 'connectors.actions.list', effect: 'read', service: 'connectors',
    query: Type.Object({ ...ExecutionQuery, view: Type.Optional(Type.Enum(['ACTION_SCHEMA_VIEW_UNSPECIFIED', 'ACTION_SCHEMA_VIEW_BASIC', 'ACTION_SCHEMA_VIEW_ENRICHED'])) }),
    body: undefined, output: Action,
  }),
  'actions.execute': operation({
    id: 'actions.execute', summary: 'Runs an action.',
    http: { method: 'POST', path: '/v2/{connection}/actions/{action}:execute' }, permission: 'connectors.actions.execute', effect: 'write', service: 'connectors', audit: 'DATA_WRITE',
    query: Type.Object({}),
    body: Type.Object({ parameters: Type.Optional(AnyObject), executionConfig: Type.Optional(ExecutionConfig) }, { additionalProperties: false }),
    output: Type.Object({ results: Type.Array(AnyObject), metadata: Metadata }),
  }),
} as const;
