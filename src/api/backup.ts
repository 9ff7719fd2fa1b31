// The backup of a running server: ours. Restoring has no row, since it needs a server that is stopped.
import { Type } from 'typebox';
import { streamingOperation } from './operation.ts';
import { AnyObject } from './schema.ts';

export const backupOperations = {
  'backup.get': streamingOperation({
    id: 'backup.get', summary: 'Gives everything that is stored as lines of JSON, at one moment; secrets stay sealed.',
    http: { method: 'GET', path: '/v1/backup' }, permission: 'konektor.backups.create', effect: 'read', audit: 'DATA_READ',
    query: Type.Object({}), body: undefined, output: AnyObject,
  }),
} as const;
