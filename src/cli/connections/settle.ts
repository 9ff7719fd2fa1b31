// How a connection is once it has been tried out: what is wrong with it, and what to mend.
import type { RowOutput } from '../../api/row-caller.ts';
import { CommandError } from '../command-error.ts';
import { cell } from '../width.ts';

export type ShownConnection = RowOutput<'connections.get'>;

/** What is wrong with a connection, and what to mend; undefined where nothing is. */
export async function complaintOf({ name, status }: ShownConnection): Promise<CommandError | undefined> {
  if (status['state'] !== 'ERROR') return undefined;
  const { hintFor } = await import('../hints.ts');
  const hint = hintFor(status['status'] ?? '', { path: { connection: name } }) ?? '';
  const told = cell(status['description']);
  return new CommandError('FAILED_PRECONDITION', `${name} is in ERROR: ${told}`, `${told.includes(hint) ? '' : `${hint}\n`}Then: konektor connections retry ${name.split('/').at(-1) ?? name}`);
}
