// What is to be said of a write whose answer did not come, or says that its outcome is not known.
import { CommandError } from '../command-error.ts';

/** After these the write may have been done. */
const UNSURE: ReadonlySet<string> = new Set(['UNAVAILABLE', 'DEADLINE_EXCEEDED', 'CANCELLED', 'UNKNOWN', 'INTERNAL']);

export function isUnsure(error: unknown): error is CommandError {
  return error instanceof CommandError && UNSURE.has(error.code);
}

/** The same error, with the key under which the write can be sent again. */
export function toldOfKey({ code, message, hint, ...facts }: CommandError, key: string): CommandError {
  return new CommandError(code, message, `${hint === undefined ? '' : `${hint}\n`}It may have been done: with --idempotency-key ${key} the same command does it no second time.`, facts);
}
