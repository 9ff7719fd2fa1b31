// What the client of the API throws, in the words of the command line: what the server said, its request, and what to do here.
// Loaded with the client, when a call is made.
import { AnsweredError } from '../client/answered-error.ts';
import type { Reason } from '../errors/reasons.ts';
import { StatusError } from '../errors/status-error.ts';
import { CommandError, interrupted } from './command-error.ts';

/** What to do next, where a command does it and the server names a call. */
const HINTS: Readonly<Partial<Record<Reason, string>>> = {
  UNKNOWN_FIELD: 'konektor entities show ENTITY lists its columns.',
  INVALID_FIELD: 'Correct the named fields: konektor entities show ENTITY, or konektor actions show ACTION, tells the type of each.',
  REQUIRED_FILTER: 'Add the named column to --filter with "=".',
  ENTITY_TYPE_NOT_FOUND: 'konektor entities list shows the entity types of the connection.',
  ACTION_NOT_FOUND: 'konektor actions list shows the actions of the connection.',
  OPERATION_NOT_SUPPORTED: 'konektor entities show ENTITY tells which operations it has.',
  PERMISSION_DENIED: 'Ask an owner of the project to grant a role that has it: konektor roles list --permission PERMISSION, konektor access grant.',
  SERVICE_DISABLED: 'konektor services enable SERVICE does it too.',
  CONNECTION_LOCKED: 'Unlock it first: konektor connections unlock NAME.',
  SCAN_LIMIT: 'Narrow the filter by a column that the source filters itself: konektor explain tells which.',
};

/** @param signal the user's: what ends by it was interrupted. Errors that are none of the client's are given back as they are. */
export function inWords(error: unknown, signal: AbortSignal): unknown {
  if (!(error instanceof StatusError)) return error;
  if (signal.aborted) return interrupted();
  const { code, reason, message, hint, violations, retryAfterMs } = error;
  const more = { violations, reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (reason === 'SERVER_UNREACHABLE') return new CommandError(code, message, 'Is the server running? --server or KONEKTOR_SERVER names another one.', more);
  const request = error instanceof AnsweredError && error.requestId !== undefined ? `\nRequest ${error.requestId}` : '';
  return new CommandError(code, `${code}: ${message}${request}`, HINTS[reason] ?? hint, more);
}
