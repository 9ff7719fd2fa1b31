// The audit log: ours, since the platform keeps its own elsewhere.
import { Type } from 'typebox';
import { operation, streamingOperation } from './operation.ts';
import { Instant, nextPageToken, PageQuery } from './schema.ts';

const AuditEntry = Type.Object({
  name: Type.String(), time: Instant, principal: Type.String(), operation: Type.String(), method: Type.String(), kind: Type.Enum(['ADMIN_READ', 'ADMIN_WRITE', 'DATA_READ', 'DATA_WRITE']), resource: Type.String(),
  status: Type.Object({ code: Type.String(), reason: Type.Optional(Type.String()) }), requestId: Type.String(), callerAddress: Type.String(), userAgent: Type.String(),
  milliseconds: Type.Integer(), sourceRequestIds: Type.Array(Type.String(), { description: 'Ids of the calls to the source.' }),
}, { title: 'AuditEntry', description: 'Who did what to which resource, and how it ended.' });
const filter = Type.Optional(Type.String({ maxLength: 4_096, description: 'AIP-160: principal = "user:ani@example.com" AND status.code != OK AND time >= "2026-01-01T00:00:00Z".' }));
const instant = (description: string) => Type.Optional(Type.String({ maxLength: 64, description }));
const page = { query: Type.Object({ ...PageQuery, filter }), body: undefined, output: Type.Object({ auditEntries: Type.Array(AuditEntry), nextPageToken }) } as const;
const lines = { query: Type.Object({ filter, from: instant('RFC 3339: the first moment.'), to: instant('RFC 3339: the moment before which to end.') }), body: undefined, output: AuditEntry } as const;
const permission = 'konektor.auditEntries.list';

export const auditOperations = {
  'auditEntries.list': operation({
    id: 'auditEntries.list', summary: 'Lists who did what in a project, newest first.',
    http: { method: 'GET', path: '/v1/{project}/auditEntries' }, permission, effect: 'read', ...page,
  }),
  'auditEntries.export': streamingOperation({
    id: 'auditEntries.export', summary: 'Gives the audit log of a project as lines of JSON, oldest first.',
    http: { method: 'GET', path: '/v1/{project}/auditEntries:export' }, permission, effect: 'read', ...lines,
  }),
  'auditEntries.listAll': operation({
    id: 'auditEntries.listAll', summary: 'Lists who did what in the installation, newest first.',
    http: { method: 'GET', path: '/v1/auditEntries' }, permission, effect: 'read', ...page,
  }),
  'auditEntries.exportAll': streamingOperation({
    id: 'auditEntries.exportAll', summary: 'Gives the audit log of the installation as lines of JSON, oldest first.',
    http: { method: 'GET', path: '/v1/auditEntries:export' }, permission, effect: 'read', ...lines,
  }),
} as const;
