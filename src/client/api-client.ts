// The rows of the API called over HTTP, safely repeated: reads as often as they are refused for a while, writes only under one
// idempotency key. It knows which rows may be repeated and nothing of what they are for.
import type { RowCallOptions, RowId, RowInput, RowOutput, StreamId } from '../api/row-caller.ts';
import { attempted, USUAL_RETRIES } from './attempts.ts';
import { calledRow, linesOfRow, type StreamInput, type StreamOutput } from './row-client.ts';
import { ROWS, type CalledRow } from './rows.generated.ts';
import type { ServerLink } from './server-link.ts';

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
      const row: CalledRow = ROWS[id];
      const key = idempotencyKey ?? headers?.['idempotency-key'] ?? (row.keyed === true ? drawnKey() : undefined);
      const once: RowCallOptions = { headers: { ...headers, ...(key === undefined ? {} : { 'idempotency-key': key }) }, ...(signal === undefined ? {} : { signal }) };
      const safe = row.read === true || row.keyed === true;
      return attempted(() => calledRow(link, id, input, once), { retries: safe ? retries : 0, signal });
    },
    stream: (id, input, options) => linesOfRow(link, id, input, options),
  };
}

/** 128 bits: browsers draw a UUID on secure pages alone. */
function drawnKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
