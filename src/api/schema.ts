// Schemas that rows of several resources share.
import { Type } from 'typebox';

/** A JSON object whose keys the platform leaves open. */
export const AnyObject = Type.Record(Type.String(), Type.Unknown());

/** Options of one execution, as a JSON text of headers: `{"idempotency-key":"…","x-konektor-output":"typed"}`. */
const executionHeaders = Type.String({ maxLength: 16_384, description: 'JSON text of headers for this execution: idempotency-key, x-konektor-output.' });

export const ExecutionQuery = { 'executionConfig.headers': Type.Optional(executionHeaders) };

export const ExecutionConfig = Type.Object({ headers: Type.Optional(executionHeaders) }, { additionalProperties: false });

export const PageQuery = {
  pageSize: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: 'Rows per page; 0 or absent takes the default.' })),
  pageToken: Type.Optional(Type.String({ maxLength: 8_192, description: 'nextPageToken of the page before.' })),
};

export const Metadata = Type.Optional(Type.Record(Type.String(), AnyObject));
