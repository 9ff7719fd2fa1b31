// Waits for what a server does beside its calls: an operation until it is done, and a connection until it is known how it is.
import { setTimeout as sleep } from 'node:timers/promises';
import type { RowOutput } from '../../api/row-caller.ts';
import { CODES, type Code } from '../../errors/codes.ts';
import { CommandError, field, interrupted } from '../command-error.ts';
import type { Terminal } from '../deeds.ts';
import type { Reached } from '../transport.ts';
import { cell } from '../width.ts';

export type ShownConnection = RowOutput<'connections.get'>;

const FIRST_WAIT_MS = 100;
const LONGEST_WAIT_MS = 2_000;

/** @param what such as `shop`, for the line that is shown meanwhile. @throws CommandError where the operation failed. */
export async function waitFor({ call, signal }: Pick<Reached, 'call' | 'signal'>, { err }: Pick<Terminal, 'err'>, operation: { readonly name: string; readonly done?: boolean; readonly error?: unknown }, what: string): Promise<void> {
  const begunAt = Date.now();
  let [current, wait] = [operation, FIRST_WAIT_MS];
  try {
    while (current.done !== true) {
      if (err.isTTY === true) err.write(`\r${what}: waiting, ${Math.round((Date.now() - begunAt) / 1_000)} s\u001b[K`);
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
  const found = Object.entries(CODES).find(([, code]) => code.number === number)?.[0];
  return found === undefined ? 'UNKNOWN' : found as Code;
}

/** What is wrong with a connection, and what to mend; undefined where nothing is. */
export async function complaintOf({ name, status }: ShownConnection): Promise<CommandError | undefined> {
  if (status['state'] !== 'ERROR') return undefined;
  const { REASONS } = await import('../../errors/reasons.ts');
  const hint = Object.entries(REASONS).find(([one]) => one === status['status'])?.[1] ?? '';
  const told = cell(status['description']);
  return new CommandError('FAILED_PRECONDITION', `${name} is in ERROR: ${told}`, `${told.includes(hint) ? '' : `${hint}\n`}Then: konektor connections retry ${name.split('/').at(-1) ?? name}`);
}
