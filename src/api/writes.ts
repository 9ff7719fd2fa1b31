// The journal of writes of a connection (ours): what was sent to the source under which key, how it ended, and how what is not
// known is found out.
import { Type } from 'typebox';
import { operation } from './operation.ts';
import { Instant, PageQuery } from './schema.ts';

const text = Type.Optional(Type.String());
const found = {
  finding: Type.Optional(Type.String({ description: 'A stable name of what the note says (EVENTS_TELL_DONE), for those who say it in words of their own.' })),
  facts: Type.Optional(Type.Record(Type.String(), Type.String(), { description: 'The values that the note names, by their names.' })),
};
const Write = Type.Object({
  name: Type.String(), state: Type.Enum(['UNDER_WAY', 'UNKNOWN', 'NOT_DONE', 'SUCCEEDED', 'FAILED']), operation: Type.String(), target: Type.String(), entity: text, idempotencyKey: Type.String(),
  partOf: text, attempts: Type.Integer(), createTime: Instant, sendTime: Instant, settleTime: Type.Optional(Instant), reconcileTime: Type.Optional(Instant),
  error: Type.Optional(Type.Object({ code: Type.String(), reason: Type.String() })), note: text, ...found,
}, { title: 'Write', description: 'A write that went to the source: never what it held.' });
const Reconciled = Type.Object({ write: Write, note: Type.String(), ...found }, { title: 'ReconciledWrite' });
const filter = Type.Optional(Type.String({ maxLength: 4_096, description: 'AIP-160: state = UNKNOWN, idempotencyKey = "order-17", target = Customer AND createTime >= "2026-01-01T00:00:00Z".' }));

export const writeOperations = {
  'writes.list': operation({
    id: 'writes.list', summary: 'Lists the writes that went through a connection, newest first.',
    http: { method: 'GET', path: '/v1/{connection}/writes' }, permission: 'konektor.writes.list', effect: 'read',
    query: Type.Object({ ...PageQuery, filter }), body: undefined, output: Type.Object({ writes: Type.Array(Write), nextPageToken: text }),
  }),
  'writes.get': operation({
    id: 'writes.get', summary: 'Shows a write: what it was for, under which key, and how it ended; never what it held.',
    http: { method: 'GET', path: '/v1/{connection}/writes/{write}' }, permission: 'konektor.writes.get', effect: 'read',
    query: Type.Object({}), body: undefined, output: Write,
  }),
  'writes.reconcile': operation({
    id: 'writes.reconcile', summary: 'Finds out at the source how a write ended; or settles it by the caller\'s word.',
    http: { method: 'POST', path: '/v1/{connection}/writes/{write}:reconcile' }, permission: 'konektor.writes.reconcile', effect: 'write',
    query: Type.Object({}), body: Type.Object({ as: Type.Optional(Type.Enum(['SUCCEEDED', 'NOT_DONE'])) }, { additionalProperties: false }), output: Reconciled,
  }),
  'writes.reconcileAll': operation({
    id: 'writes.reconcileAll', summary: 'Finds out at the source how the writes of a connection ended whose outcome is not known, a page of them, oldest first.',
    http: { method: 'POST', path: '/v1/{connection}/writes:reconcile' }, permission: 'konektor.writes.reconcile', effect: 'write',
    query: Type.Object({}), body: Type.Object({ pageSize: PageQuery.pageSize, pageToken: PageQuery.pageToken }, { additionalProperties: false }),
    output: Type.Object({ results: Type.Array(Reconciled), nextPageToken: text }),
  }),
} as const;
