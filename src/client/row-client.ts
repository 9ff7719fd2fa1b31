// The rows of the API called over HTTP, once each: what the command line and the MCP server on stdio speak through, and the same
// function as `createRowCalls` gives within the server. It knows how rows are called and nothing of what they are for; no schema
// comes along.
import type { Static } from 'typebox';
import type { ApiInput } from '../api/operation.ts';
import type { RowCaller, RowCallOptions, RowId, RowInput, RowOutput, StreamId } from '../api/row-caller.ts';
import type { ApiTable } from '../api/table.ts';
import { addressOf, type QueryValues } from './address.ts';
import { answerOf, answerOfAny, lineOf } from './answer.ts';
import { linesOf } from './lines.ts';
import { ROWS, type CalledRow } from './rows.generated.ts';
import { createServerLink, type LinkRequest, type ServerLink, type ServerOptions } from './server-link.ts';

/** Calls rows as whom the token belongs to. No call is repeated: who calls knows whether it may be. @throws StatusError INVALID_ARGUMENT where the server is no address. */
export function createRowClient(options: ServerOptions): RowCaller {
  const link = createServerLink(options);
  return async (id, input, callOptions) => calledRow(link, id, input, callOptions);
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
  return {
    bytes: (id, input, callOptions) => link.stream(requestOf(id, input, callOptions)),
    objects: (id, input, callOptions) => linesOfRow(link, id, input, callOptions),
  };
}

/** Calls rows that are chosen while the program runs. Who calls has looked at what is sent: the compiler cannot. */
export interface AnyRows {
  /** @throws StatusError */
  call(id: keyof ApiTable, input: GivenInput, options?: RowCallOptions): Promise<object>;
  /** The bytes of a row that answers with lines, as they come. @throws StatusError */
  bytes(id: keyof ApiTable, input: GivenInput, options?: RowCallOptions): AsyncIterable<Uint8Array>;
}

/** @throws StatusError INVALID_ARGUMENT where the server is no address. */
export function createAnyRows(options: ServerOptions): AnyRows {
  const link = createServerLink(options);
  return {
    call: async (id, input, callOptions) => answerOfAny(id, await link.call(requestOf(id, input, callOptions)), link.server),
    bytes: (id, input, callOptions) => link.stream(requestOf(id, input, callOptions)),
  };
}

/** One call of a row over a link. @throws StatusError as the row says, ANSWER_NOT_UNDERSTOOD for what no such row answers */
export async function calledRow<Id extends RowId>(link: ServerLink, id: Id, input: RowInput<Id>, options?: RowCallOptions): Promise<RowOutput<Id>> {
  return answerOf(id, await link.call(requestOf(id, input, options)), link.server);
}

/** The objects of a row that answers with lines. @throws StatusError, also in the middle */
export async function* linesOfRow<Id extends StreamId>(link: ServerLink, id: Id, input: StreamInput<Id>, options?: RowCallOptions): AsyncGenerator<StreamOutput<Id>> {
  for await (const line of linesOf(link.stream(requestOf(id, input, options)))) yield lineOf(id, line, link.server);
}

export interface GivenInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query?: QueryValues | undefined;
  readonly body?: unknown;
}

/** The request that calls a row. @throws StatusError INVALID_ARGUMENT where a name of the path is none. */
export function requestOf(id: keyof ApiTable, { path, query, body }: GivenInput, options: RowCallOptions = {}): LinkRequest {
  // Where the compiler finds no such row, the table has a new one: npm run generate.
  const row: CalledRow = ROWS[id];
  return { method: row.method, address: addressOf(row.path, path, query), body: row.body === true ? (body ?? {}) : undefined, ...options };
}
