// Waits for an operation of a server until it is done, and says how it ended.
import { setTimeout as sleep } from 'node:timers/promises';
import { CODES, isCode, type Code } from '../errors/codes.ts';
import { CommandError, interrupted } from './command-error.ts';
import { field } from './members.ts';
import type { Terminal } from './deeds.ts';
import type { Reached } from './transport.ts';
import { cell } from './width.ts';

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

export interface BegunOperation {
  readonly name: string;
  readonly done?: boolean;
  readonly error?: unknown;
}

/**
 * @param what such as `shop`, for the line that is shown meanwhile. @param most for how many milliseconds
 * @throws CommandError where the operation failed, or is not done in time.
 */
export async function waitFor({ call, signal }: Pick<Reached, 'call' | 'signal'>, { err }: Pick<Terminal, 'err'>, operation: BegunOperation, what: string, most = Infinity): Promise<void> {
  const begunAt = Date.now();
  let [current, wait] = [operation, FIRST_WAIT_MS];
  try {
    while (current.done !== true) {
      if (err.isTTY === true) err.write(`\r${what}: waiting, ${Math.round((Date.now() - begunAt) / 1_000)} s\u001b[K`);
      if (Date.now() - begunAt + wait > most) throw new CommandError('DEADLINE_EXCEEDED', `${operation.name} is not done after ${Math.round((Date.now() - begunAt) / 1_000)} s.`, 'It goes on: konektor operations wait waits longer.');
      await sleep(wait, undefined, { signal }).catch(() => { throw interrupted(); });
      wait = Math.min(LONGEST_WAIT_MS, wait * 1.5);
      current = await call('operations.get', { path: { operation: operation.name } });
    }
  } finally {
    if (err.isTTY === true) err.write('\r\u001b[K');
  }
  const { error } = current;
  if (error === undefined) return;
  throw new CommandError(codeOf(field(error, 'code')), `${what}: ${cell(field(error, 'message'))}`);
}

/** google.rpc codes by their numbers, as operations carry them. */
function codeOf(number: unknown): Code {
  return Object.keys(CODES).filter(isCode).find((code) => CODES[code].number === number) ?? 'UNKNOWN';
}
