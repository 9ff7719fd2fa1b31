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

/** What lists of the management API take: filters as in AIP-160, orders as in AIP-132. */
export const ListQuery = {
  filter: Type.Optional(Type.String({ maxLength: 4_096, description: 'As in AIP-160: labels.env:prod AND status.state=ACTIVE.' })),
  orderBy: Type.Optional(Type.String({ maxLength: 1_000, description: 'Fields, comma-separated, each with desc or not: createTime desc, name.' })),
  ...PageQuery,
};

export const LongRunning = Type.Object({ name: Type.String(), metadata: AnyObject, done: Type.Boolean() }, { additionalProperties: true });

export const Metadata = Type.Optional(Type.Record(Type.String(), AnyObject));
