// What handlers of rows may answer, and what they may not: the compiler is the test, nothing here is run.
import type { ApiHandlers } from '../../src/api/table.ts';

type Handlers<Id extends keyof ApiHandlers<string>> = Pick<ApiHandlers<string>, Id>;

const role = { name: 'roles/viewer', title: 'Viewer', description: '', stage: 'GA' } as const;

export const answers: readonly Handlers<'roles.list'>[] = [
  { 'roles.list': async () => ({ roles: [role] }) },
  // What nobody may change is as good.
  { 'roles.list': async () => ({ roles: Object.freeze([role]), nextPageToken: 'next' }) },
  // @ts-expect-error -- the list is missing
  { 'roles.list': async () => ({}) },
  // @ts-expect-error -- it is no list
  { 'roles.list': async () => ({ roles: 'none' }) },
  // @ts-expect-error -- what is in it has no title
  { 'roles.list': async () => ({ roles: [{ ...role, title: undefined }] }) },
];

// @ts-expect-error -- it must be one of the states
export const state: Handlers<'secretVersions.get'> = { 'secretVersions.get': async () => ({ name: '', createTime: '', state: 'GONE', replicationStatus: {}, etag: '' }) };

// Where the schema says only that something is an object, any will do.
export const open: Handlers<'secretVersions.get'> = { 'secretVersions.get': async () => ({ name: '', createTime: '', state: 'ENABLED', replicationStatus: { automatic: {} }, etag: '' }) };

// @ts-expect-error -- lines are objects, of a stream
export const stream: Handlers<'auditEntries.export'> = { 'auditEntries.export': async () => ({}) };
