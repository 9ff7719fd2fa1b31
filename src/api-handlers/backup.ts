// What the row of the backup does.
import type { Answer, ApiHandlers } from '../api/table.ts';
import type { Principal } from '../iam/principal.ts';

/** @param take a new backup, line by line. */
export function backupHandlers(take: () => AsyncIterable<Answer<'backup.get'>>): Pick<ApiHandlers<Principal>, 'backup.get'> {
  return { 'backup.get': async () => take() };
}
