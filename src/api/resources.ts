// Resources of a connection for models (v2): what it offers and how it is, as documents to read.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { ExecutionConfig, ExecutionQuery, Metadata, nextPageToken, PageQuery } from './schema.ts';

const Resource = Type.Object({
  uri: Type.String({ description: 'konektor://{connection}/resources/{resource}' }), name: Type.String(), description: Type.String(), mimeType: Type.String(),
}, { title: 'Resource' });

const Content = Type.Object({ data: Type.String({ description: 'The document, in base64.' }), mimeType: Type.String(), metadata: Metadata }, { title: 'GetResourceResponse' });

export const resourceOperations = {
  'resources.list': operation({
    id: 'resources.list', summary: 'Lists the documents of a connection: its status, and what each entity type and action is.',
    http: { method: 'GET', path: '/v2/{connection}/resources' }, permission: 'connectors.resources.list', effect: 'read', service: 'connectors',
    query: Type.Object({ ...PageQuery, ...ExecutionQuery }), body: undefined, output: Type.Object({ resources: Type.Array(Resource), nextPageToken, metadata: Metadata }, { title: 'ListResourcesResponse' }),
  }),
  'resources.get': operation({
    id: 'resources.get', summary: 'Reads a document of a connection: status, entityTypes.Customer, actions.AcceptQuote.',
    http: { method: 'GET', path: '/v2/{connection}/resources/{resource}' }, permission: 'connectors.resources.get', effect: 'read', service: 'connectors', callsRows: true,
    query: Type.Object({ ...ExecutionQuery }), body: undefined, output: Content,
  }),
  'resources.getResourcePost': operation({
    id: 'resources.getResourcePost', summary: 'Reads a document of a connection, asked for with a body.',
    http: { method: 'POST', path: '/v2/{connection}/resources/{resource}' }, permission: 'connectors.resources.get', effect: 'read', service: 'connectors', callsRows: true,
    query: Type.Object({}),
    body: Type.Object({ toolSpec: Type.Optional(Type.Record(Type.String(), Type.Unknown(), { description: 'Not needed here.' })), executionConfig: Type.Optional(ExecutionConfig) }, { additionalProperties: false }),
    output: Content,
  }),
} as const;

/** How a document is called outside of the API, among those of other servers. */
export function resourceUri(connection: string, resource: string): string {
  return `konektor://${connection}/resources/${resource}`;
}

/** The id of a document of a connection; undefined where the address is that of something else. */
export function resourceOfUri(connection: string, uri: string): string | undefined {
  const start = resourceUri(connection, '');
  return uri.startsWith(start) && uri.length > start.length ? uri.slice(start.length) : undefined;
}
