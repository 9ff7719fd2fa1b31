// The rows of the API called over HTTP, safely repeated: reads as often as they are refused for a while, writes only under one
// idempotency key. It knows how rows are called and nothing of what they are for; no schema comes along.
import type { RowCallOptions, RowId, RowInput, RowOutput, StreamId } from '../api/row-caller.ts';
import { addressOf, type QueryValues } from './address.ts';
import { attempted, USUAL_RETRIES } from './attempts.ts';
import { linesOf } from './lines.ts';
import { ROWS, type CalledRow } from './rows.generated.ts';
import type { StreamInput, StreamOutput } from './row-client.ts';
import type { LinkRequest, ServerLink } from './server-link.ts';

export interface CallOptions extends RowCallOptions {
  /** How many times more the call may be sent where that is safe; 3 unless set, 0 for never. */
  readonly retries?: number | undefined;
  /** Of a write: the same key is done once. One is drawn where none is given. */
  readonly idempotencyKey?: string | undefined;
}

export interface ApiClient {
  /** Calls any row of the API: `call('connections.list', { path: { location: 'projects/demo/locations/us-central1' } })`. @throws StatusError */
  readonly call: <Id extends RowId>(id: Id, input: RowInput<Id>, options?: CallOptions) => Promise<RowOutput<Id>>;
  /** Calls a row that answers with lines, object by object at the pace of the reader. @throws StatusError, also in the middle */
  readonly stream: <Id extends StreamId>(id: Id, input: StreamInput<Id>, options?: RowCallOptions) => AsyncIterable<StreamOutput<Id>>;
}

export function createApiClient(link: ServerLink, usualRetries: number = USUAL_RETRIES): ApiClient {
  return {
    async call(id, input, { retries = usualRetries, idempotencyKey, headers, signal } = {}) {
      // Where the compiler finds no such row, the table has a new one: npm run generate.
      const row: CalledRow = ROWS[id];
      const key = idempotencyKey ?? headers?.['idempotency-key'] ?? (row.keyed === true ? drawnKey() : undefined);
      const request: LinkRequest = { ...requestOf(row, input), headers: { ...headers, ...(key === undefined ? {} : { 'idempotency-key': key }) }, signal };
      const safe = row.read === true || row.keyed === true;
      // What a row answers is what its output says: the caller's type is made of it.
      return attempted(() => link.call(request), { retries: safe ? retries : 0, signal }) as Promise<never>;
    },
    async* stream(id, input, { headers, signal } = {}) {
      for await (const line of linesOf(link.stream({ ...requestOf(ROWS[id], input), headers, signal }))) yield JSON.parse(line) as never;
    },
  };
}

interface GivenInput {
  readonly path: Readonly<Record<string, string>>;
  readonly query?: QueryValues | undefined;
  readonly body?: unknown;
}

function requestOf({ method, path: template, body: takesBody }: CalledRow, { path, query, body }: GivenInput): LinkRequest {
  return { method, address: addressOf(template, path, query), body: takesBody === true ? (body ?? {}) : undefined };
}

/** 128 bits: browsers draw a UUID on secure pages alone. */
function drawnKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
