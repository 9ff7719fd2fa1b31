// A command of the command line run in this process against a real server: what it prints, and its exit code. Where the process
// itself is the matter (signals, pipes), running-command.ts starts one.
import { Readable } from 'node:stream';
import { run } from '../../src/cli/program.ts';
import type { CommandEnd } from './running-command.ts';

export interface Around {
  readonly environment: Readonly<Record<string, string>>;
  /** What stands on the standard input; a keyboard instead makes a terminal of it. */
  readonly input?: string | Readable;
  readonly interruption?: AbortSignal;
}

/** Keys that are typed one after the other, on a terminal that notes whether it showed them. */
export function createKeyboard(keys: string): Readable & { readonly isTTY: true; readonly modes: readonly boolean[]; setRawMode(isRaw: boolean): unknown } {
  const modes: boolean[] = [];
  return Object.assign(Readable.from(Array.from(keys, (key) => Buffer.from(key))), { isTTY: true as const, modes, setRawMode: (isRaw: boolean) => modes.push(isRaw) });
}

export async function command(words: readonly string[], { environment, input = '', interruption = new AbortController().signal }: Around): Promise<CommandEnd> {
  let [out, err] = ['', ''];
  const isTerminal = typeof input !== 'string';
  const nothing = (): Promise<never> => Promise.reject(new Error('No command here does this.'));
  const exitCode = await run(words, { serve: nothing, serveMcp: nothing, sandbox: nothing, findLocalServer: nothing, backUpHere: nothing, storeBackup: nothing, restoreHere: nothing }, {
    version: 'test', environment: { KONEKTOR_CONFIG: '/nowhere/contexts.json', ...environment }, input: isTerminal ? input : Readable.from([Buffer.from(input)]), interruption: () => interruption,
    out: { write: (text) => { out += text; } }, err: { write: (text) => { err += text; }, isTTY: isTerminal },
  });
  return { exitCode, out, err };
}
