// The MCP server over the pipes of a process: what a desktop client starts. Nothing but the protocol goes out.
import type { Readable, Writable } from 'node:stream';
import { serveStdio, StdioServerTransport } from '@modelcontextprotocol/server/stdio';
import type { RowCaller } from '../api/row-caller.ts';
import { inOptions, readOptions, type GivenOptions } from './options.ts';
import { createMcpServer } from './server.ts';

export interface McpStdioParts {
  readonly rows: RowCaller;
  /** The full name. */
  readonly connection: string;
  readonly given: GivenOptions;
  readonly version: string;
  readonly input: Readable;
  readonly output: Writable;
  /** Ends the server. */
  readonly signal: AbortSignal;
}

/** Serves until the input ends. @throws StatusError where the options or the connection are not right, before anything is said. */
export async function serveMcp({ rows, connection, given, version, input, output, signal }: McpStdioParts): Promise<void> {
  const options = readOptions(given);
  // What is wrong with the set-up is told to who set it up, and not call by call to a model.
  await rows('tools.listPost', { path: { connection }, body: { pageSize: 1, view: 'TOOL_VIEW_BASIC', choice: options.choice } }, { signal }).catch((error: unknown) => { throw inOptions(error); });
  const ended = new Promise<void>((end) => {
    for (const event of ['end', 'close'] as const) input.once(event, () => end());
    signal.addEventListener('abort', () => end(), { once: true });
  });
  const serving = serveStdio(() => createMcpServer({ rows, connection, options, version }), { transport: new StdioServerTransport(input, output) });
  await ended;
  await serving.close();
}
