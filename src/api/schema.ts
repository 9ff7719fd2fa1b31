// Schemas that rows of several resources share. A schema with a title is one of the API description's own, under that name.
import { Type } from 'typebox';

/** A JSON object whose keys the platform leaves open. */
export const AnyObject = Type.Record(Type.String(), Type.Unknown());

/** What a call answers that has nothing to tell. */
export const Empty = Type.Object({});

/** An instant as RFC 3339 in UTC: `2026-01-31T12:00:00.000Z`. */
export const Instant = Type.String({ format: 'date-time' });

export const Labels = Type.Record(Type.String(), Type.String());

/** An int64 is text in JSON; a number is taken too. */
export const Int64 = Type.Union([Type.String({ pattern: '^-?[0-9]+$' }), Type.Integer()], { title: 'Int64', description: 'A whole number of 64 bits: text, as the platform writes it, or a number that JSON holds exactly.' });

/** A message of a type that it names itself. */
export const Typed = Type.Object({ '@type': Type.String() }, { additionalProperties: true, title: 'TypedMessage', description: 'A message that names its type: type.googleapis.com/…' });

/** Options of one execution, as a JSON text of headers: `{"idempotency-key":"…","x-konektor-output":"typed"}`. */
const executionHeaders = Type.String({ maxLength: 16_384, description: 'JSON text of headers for this execution: idempotency-key, x-konektor-output.' });

export const ExecutionQuery = { 'executionConfig.headers': Type.Optional(executionHeaders) };

export const ExecutionConfig = Type.Object({ headers: Type.Optional(executionHeaders) }, { additionalProperties: false, title: 'ExecutionConfig' });

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

/** Of a list: absent on its last page. */
export const nextPageToken = Type.Optional(Type.String({ description: 'Gives the next page; absent on the last.' }));

/** How an operation failed: here the code is the number of google.rpc. */
const OperationError = Type.Object(
  { code: Type.Integer({ description: 'The number of the code in google.rpc.' }), message: Type.String(), details: Type.Array(Typed) },
  { title: 'OperationError' },
);

const OperationMetadata = Type.Object({
  '@type': Type.Optional(Type.String()), createTime: Instant, endTime: Type.Optional(Instant), target: Type.String({ description: 'The resource it works on.' }),
  verb: Type.Enum(['create', 'update', 'delete']), requestedCancellation: Type.Boolean(), apiVersion: Type.String(),
}, { title: 'OperationMetadata' });

export const LongRunning = Type.Object({
  name: Type.String({ description: 'projects/{project}/locations/{location}/operations/{operation}' }), metadata: OperationMetadata, done: Type.Boolean(),
  response: Type.Optional(Typed), error: Type.Optional(OperationError),
}, { title: 'Operation', description: 'Something that was begun. Once done it has a response or an error.' });

/** An operation of a service that ends before it answers: it has no metadata. */
export const EndedOperation = Type.Object({ name: Type.String(), done: Type.Boolean(), response: Typed }, { title: 'EndedOperation', description: 'An operation that has ended already.' });

export const Metadata = Type.Optional(Type.Record(Type.String(), AnyObject));
