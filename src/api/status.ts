// How a connection is, asked live (v2).
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { ExecutionQuery } from './schema.ts';

export const statusOperations = {
  'connections.checkStatus': operation({
    id: 'connections.checkStatus', summary: 'Tries the connection out and tells how it is.',
    http: { method: 'GET', path: '/v2/{connection}:checkStatus' }, permission: 'connectors.connections.get', effect: 'read', service: 'connectors',
    query: Type.Object({ ...ExecutionQuery }), body: undefined,
    output: Type.Object({ state: Type.Enum(['STATE_UNSPECIFIED', 'ACTIVE', 'ERROR', 'AUTH_ERROR']), description: Type.Optional(Type.String()) }, { title: 'LiveStatus' }),
  }),
  'connections.checkReadiness': operation({
    id: 'connections.checkReadiness', summary: 'Tells whether calls through the connection are served.',
    http: { method: 'GET', path: '/v2/{connection}:checkReadiness' }, permission: 'connectors.connections.get', effect: 'read', service: 'connectors',
    query: Type.Object({}), body: undefined, output: Type.Object({ status: Type.Enum(['READY', 'NOT_READY']) }, { title: 'Readiness' }),
  }),
  'connections.showNodes': operation({
    id: 'connections.showNodes', summary: 'Tells how many nodes the connection has now, what they take, and how many calls wait.',
    http: { method: 'GET', path: '/v2/{connection}:showNodes' }, permission: 'connectors.connections.get', effect: 'read', service: 'connectors',
    query: Type.Object({}), body: undefined,
    output: Type.Object({
      limited: Type.Boolean({ description: 'false where there is no limit, and no nodes to count.' }),
      nodeCount: Type.Optional(Type.Integer()), minNodeCount: Type.Integer(), maxNodeCount: Type.Integer(),
      transactionsPerSecond: Type.Optional(Type.Integer({ description: 'What the nodes of now take together.' })),
      waitingCalls: Type.Optional(Type.Integer({ description: 'In the process that answers.' })), processCount: Type.Optional(Type.Integer({ description: 'Processes that serve the connection, as far as is known.' })),
    }, { title: 'Nodes' }),
  }),
} as const;
