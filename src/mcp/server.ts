// A server of the Model Context Protocol over the rows of a connection. How messages come and go, and as whom the rows are called,
// is told to it: the same server speaks over HTTP within the process, and over the pipes of a command.
import { Server, type ServerContext } from '@modelcontextprotocol/server';
import { resourceOfUri, resourceUri } from '../api/resources.ts';
import type { RowCaller, RowCallOptions } from '../api/row-caller.ts';
import { StatusError } from '../errors/status-error.ts';
import { instructionsFor } from './instructions.ts';
import { createOffered } from './offered.ts';
import type { McpOptions } from './options.ts';
import { failedCall, failedRequest, statusOf } from './told.ts';

export interface McpServerParts {
  readonly rows: RowCaller;
  /** The full name. */
  readonly connection: string;
  readonly options: McpOptions;
  /** Of this program. */
  readonly version: string;
  /** Names the call in the logs, where the errors of rows do not. */
  readonly requestId?: string;
  /** Told of what failed without being an answer: a fault of ours. */
  readonly onFault?: (error: unknown) => void;
}

const RESOURCES_PER_PAGE = 100;

// oxlint-disable-next-line typescript/no-deprecated -- the server of this level lets tools come in pages from elsewhere
export function createMcpServer({ rows, connection, options, version, requestId, onFault }: McpServerParts): Server {
  // oxlint-disable-next-line typescript/no-deprecated -- as above
  const server = new Server({ name: 'konektor', title: 'Konektor', version }, { capabilities: { tools: {}, resources: {} }, instructions: instructionsFor(connection, options) });
  const offered = createOffered(rows, connection, options);

  /** @throws ProtocolError in place of what the rows throw */
  async function told<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw failedRequest(known(error));
    }
  }

  function known(error: unknown): StatusError {
    const status = statusOf(error);
    if (status.code === 'INTERNAL' || status.code === 'DATA_LOSS') onFault?.(status.cause ?? status);
    return status;
  }

  server.setRequestHandler('tools/list', ({ params }, context) => told(offered.list(params?.cursor, callOf(context))));

  server.setRequestHandler('tools/call', async ({ params }, context) => {
    try {
      return await offered.call(params.name, params.arguments ?? {}, callOf(context));
    } catch (error) {
      return failedCall(known(error), requestId);
    }
  });

  server.setRequestHandler('resources/list', ({ params }, context) => told((async () => {
    const query = { pageSize: RESOURCES_PER_PAGE, ...(params?.cursor === undefined ? {} : { pageToken: params.cursor }) };
    const { resources, nextPageToken } = await rows('resources.list', { path: { connection }, query }, callOf(context));
    return { resources, ...(nextPageToken === undefined ? {} : { nextCursor: nextPageToken }) };
  })()));

  server.setRequestHandler('resources/templates/list', () => ({
    resourceTemplates: [
      { name: 'entity type', uriTemplate: resourceUri(connection, 'entityTypes.{name}'), description: 'Columns and operations of an entity type.', mimeType: 'application/json' },
      { name: 'action', uriTemplate: resourceUri(connection, 'actions.{name}'), description: 'Inputs and results of an action.', mimeType: 'application/json' },
    ],
  }));

  server.setRequestHandler('resources/read', ({ params: { uri } }, context) => told((async () => {
    const resource = resourceOfUri(connection, uri);
    if (resource === undefined || resource.includes('/')) throw new StatusError('NOT_FOUND', 'RESOURCE_NOT_FOUND', { message: `There is no resource ${uri.slice(0, 300)}: those of this server begin with ${resourceUri(connection, '')}` });
    const { data, mimeType } = await rows('resources.get', { path: { connection, resource } }, callOf(context));
    return { contents: [{ uri, mimeType, text: Buffer.from(data, 'base64').toString('utf8') }] };
  })()));

  return server;
}

/** A call ends when its request is cancelled. */
function callOf({ mcpReq: { signal } }: ServerContext): RowCallOptions {
  return { signal };
}
