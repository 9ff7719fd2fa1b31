// How rows are called by those who are no transport: tools, the Connectors task, the command line, the client. In the server
// a row is called in the process, from elsewhere over HTTP; who calls cannot tell which.
import type { Static } from 'typebox';
import type { ApiInput } from './operation.ts';
import type { ApiTable } from './table.ts';

/** Rows that answer with one object; the others give a stream of lines. */
export type RowId = { [Id in keyof ApiTable]: ApiTable[Id] extends { readonly stream: true } ? never : Id }[keyof ApiTable];

/** Rows that answer with lines of JSON. */
export type StreamId = Exclude<keyof ApiTable, RowId>;

type InputOf<Id extends RowId> = { readonly path: ApiInput<ApiTable[Id]>['path']; readonly query?: ApiInput<ApiTable[Id]>['query'] }
  & (ApiTable[Id]['body'] extends undefined ? { readonly body?: undefined } : { readonly body: ApiInput<ApiTable[Id]>['body'] });

// Interfaces, so that the compiler works each row out once, and does not follow every schema through whatever is generic over rows.
interface RowInputs extends Readonly<{ [Id in RowId]: InputOf<Id> }> {}
interface RowOutputs extends Readonly<{ [Id in RowId]: Static<ApiTable[Id]['output']> }> {}

/** What is sent: names of the path, and the query and the body where the row takes them. */
export type RowInput<Id extends RowId> = RowInputs[Id];

export type RowOutput<Id extends RowId> = RowOutputs[Id];

export interface RowCallOptions {
  /** Names in lower case: idempotency-key, x-konektor-output. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** Calls a row as somebody. @throws StatusError as the row says */
export type RowCaller = <Id extends RowId>(id: Id, input: RowInput<Id>, options?: RowCallOptions) => Promise<RowOutput<Id>>;
