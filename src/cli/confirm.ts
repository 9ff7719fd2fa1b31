// Destructive work is said and asked about before it is done; where nobody can be asked, it wants --yes.
import { once } from 'node:events';
import type { Command } from 'commander';
import { CommandError, interrupted } from './command-error.ts';
import type { Terminal } from './deeds.ts';

export interface ConfirmOptions {
  readonly yes?: true;
}

export function confirmed(command: Command): Command {
  return command.option('-y, --yes', 'do it without asking');
}

/**
 * @param what is about to be done, as a sentence: `Deletes 3 rows of Customer.`
 * @param typed what must be typed where a word is not enough: the name of what cannot be brought back
 * @throws CommandError where it is not to be done.
 */
export async function confirm({ input, err, interruption }: Pick<Terminal, 'input' | 'err' | 'interruption'>, { yes }: ConfirmOptions, what: string, typed?: string): Promise<void> {
  if (yes === true) return;
  if (input.isTTY !== true || err.isTTY !== true) throw new CommandError('FAILED_PRECONDITION', what, 'Nothing was done, since nobody can be asked here: --yes does it.');
  const signal = interruption();
  if (signal.aborted) throw interrupted();
  err.write(typed === undefined ? `${what}\nGo on? [y/N] ` : `${what}\nType ${typed} to go on: `);
  const answer = (await firstLine(input, signal)).trim();
  if (typed === undefined ? !/^y(es)?$/i.test(answer) : answer !== typed) throw new CommandError('CANCELLED', 'Nothing was done.');
}

/** What is typed up to the end of the line; nothing where the input ends. */
async function firstLine(input: Terminal['input'], signal: AbortSignal): Promise<string> {
  const { createInterface } = await import('node:readline');
  const lines = createInterface({ input, terminal: false });
  try {
    const line: unknown[] = await Promise.race([once(lines, 'line', { signal }), once(lines, 'close', { signal })]);
    return typeof line[0] === 'string' ? line[0] : '';
  } catch {
    throw interrupted();
  } finally {
    lines.close();
    input.pause();
  }
}
