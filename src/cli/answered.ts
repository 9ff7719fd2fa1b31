// What the client of the API throws, in the words of the command line: what the server said, its request, and what to do here.
// Loaded with the client, when a call is made.
import type { RowCaller } from '../api/row-caller.ts';
import { AnsweredError } from '../client/answered-error.ts';
import { StatusError } from '../errors/status-error.ts';
import { CommandError, interrupted } from './command-error.ts';
import { hintFor, type Refused } from './hints.ts';
import { meantBy } from './meant.ts';

/** What was asked, and by whom more can be asked. */
export interface Asked extends Pick<Refused, 'path' | 'body' | 'connectionOption'> {
  readonly rows?: RowCaller;
}

/** @param signal the user's: what ends by it was interrupted. Errors that are none of the client's are given back as they are. */
export async function inWords(error: unknown, signal: AbortSignal, { rows, ...called }: Asked = {}): Promise<unknown> {
  if (!(error instanceof StatusError)) return error;
  if (signal.aborted) return interrupted();
  const { code, reason, message, hint, violations, metadata, retryAfterMs } = error;
  const more = { violations, reason, metadata, retryAfterMs };
  if (reason === 'SERVER_UNREACHABLE') return new CommandError(code, message, 'Is the server running? --server or KONEKTOR_SERVER names another one.', more);
  const request = error instanceof AnsweredError && error.requestId !== undefined ? `\nRequest ${error.requestId}` : '';
  const meant = reason === 'RESOURCE_NOT_FOUND' && rows !== undefined ? await meantBy(rows, metadata['resource'] ?? '') : undefined;
  if (meant !== undefined) return new CommandError(code, `${code}: ${message}${request}`, `Is ${meant} meant?`, more);
  return new CommandError(code, `${code}: ${message}${request}`, hintFor(reason, { ...called, metadata }) ?? hint, more);
}
