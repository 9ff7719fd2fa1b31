// What the client of the API throws, in the words of the command line: what the server said, its request, and what to do here.
// Loaded with the client, when a call is made.
import { AnsweredError } from '../client/answered-error.ts';
import { StatusError } from '../errors/status-error.ts';
import { CommandError, interrupted } from './command-error.ts';

/** @param signal the user's: what ends by it was interrupted. Errors that are none of the client's are given back as they are. */
export function inWords(error: unknown, signal: AbortSignal): unknown {
  if (!(error instanceof StatusError)) return error;
  if (signal.aborted) return interrupted();
  const { code, reason, message, hint, violations, retryAfterMs } = error;
  const more = { violations, reason, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  if (reason === 'SERVER_UNREACHABLE') return new CommandError(code, message, 'Is the server running? --server or KONEKTOR_SERVER names another one.', more);
  const request = error instanceof AnsweredError && error.requestId !== undefined ? `\nRequest ${error.requestId}` : '';
  return new CommandError(code, `${code}: ${message}${request}`, hint, more);
}
