// The rows of the API table called over HTTP: what the command line and the MCP server on stdio speak through, and the same
// function as `createRowCalls` gives within the server. What does not need every row takes `server-link.ts` instead, which
// brings no schemas along.
import type { Static } from 'typebox';
import type { ApiInput } from '../api/operation.ts';
import type { RowCaller, RowCallOptions, StreamId } from '../api/row-caller.ts';
import { API, type ApiTable } from '../api/table.ts';
import { addressOf, type QueryValues } from './address.ts';
import { linesOf } from './lines.ts';
import { createServerLink, type LinkRequest, type ServerOptions } from './server-link.ts';

/** Calls rows as whom the token belongs to. No call is repeated: who calls knows whether it may be. @throws StatusError INVALID_ARGUMENT where the server is no address. */
export function createRowClient(options: ServerOptions): RowCaller {
  const link = createServerLink(options);
  // What a row answers is what its output says: the caller's type is made of it.
  return async (id, input, callOptions) => link.call(requestOf(id, input, callOptions)) as Promise<never>;
}

interface StreamInputs extends Readonly<{ [Id in StreamId]: { readonly path: ApiInput<ApiTable[Id]>['path']; readonly query?: ApiInput<ApiTable[Id]>['query'] } }> {}
interface StreamOutputs extends Readonly<{ [Id in StreamId]: Static<ApiTable[Id]['output']> }> {}

/** What is sent, and the objects that come: worked out row by row, as in `row-caller.ts`. */
export type StreamInput<Id extends StreamId> = StreamInputs[Id];
export type StreamOutput<Id extends StreamId> = StreamOutputs[Id];

/** Calls the rows that answer with lines of JSON. What breaks off in the middle throws, so that a part is never taken for the whole. */
export interface RowStreams {
  /** Object by object, at the pace of the reader. @throws StatusError */
  objects<Id extends StreamId>(id: Id, input: StreamInput<Id>, options?: RowCallOptions): AsyncIterable<StreamOutput<Id>>;
  /** The bytes as they come, for a file. @throws StatusError */
  bytes<Id extends StreamId>(id: Id, input: StreamInput<Id>, options?: RowCallOptions): AsyncIterable<Uint8Array>;
}

/** @throws StatusError INVALID_ARGUMENT where the server is no address. */
export function createRowStreams(options: ServerOptions): RowStreams {
  const link = createServerLink(options);
  const bytes: RowStreams['bytes'] = (id, input, callOptions) => link.stream(requestOf(id, input, callOptions));
  return {
    bytes,
    async* objects(id, input, callOptions) {
      for await (const line of linesOf(bytes(id, input, callOptions))) yield JSON.parse(line) as never;
    },
  };
}

export interface GivenInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query?: QueryValues | undefined;
  readonly body?: unknown;
}

/** The request that calls a row. @throws StatusError INVALID_ARGUMENT where a name of the path is none. */
export function requestOf(id: keyof ApiTable, { path, query, body }: GivenInput, options: RowCallOptions = {}): LinkRequest {
  const row = API[id];
  return { method: row.http.method, address: addressOf(row.http.path, path, query), body: row.body === undefined ? undefined : (body ?? {}), ...options };
}
