// A command of the command line run in this process against a real server, over pipes or on a terminal: what it prints, and its
// exit code. Where the process itself is the matter (signals, pipes, the database), running-command.ts starts one.
import { PassThrough, Readable } from 'node:stream';
import { run } from '../../src/cli/program.ts';
import type { Deeds } from '../../src/cli/deeds.ts';
import { findLocalServer } from '../../src/serve/local-server.ts';
import type { CommandEnd, Variables } from './running-command.ts';

export interface Circumstances {
  /** How wide the terminal is; without it input and output are pipes. */
  readonly columns?: number;
  /** Output goes to a pipe, although somebody looks at the rest. */
  readonly piped?: true;
  /** What is typed, or comes over the pipe; a keyboard makes a terminal of it. */
  readonly input?: string | Keyboard;
  /** Ends when the user interrupts. */
  readonly interruption?: AbortSignal;
}

/** A terminal that notes whether it showed the keys. */
export interface Keyboard extends Readable {
  readonly isTTY: true;
  readonly modes: readonly boolean[];
  setRawMode(isRaw: boolean): unknown;
}

/** Keys that are typed one after the other. */
export function createKeyboard(keys: string): Keyboard {
  const modes: boolean[] = [];
  return Object.assign(Readable.from(Array.from(keys, (key) => Buffer.from(key))), { isTTY: true as const, modes, setRawMode: (isRaw: boolean) => modes.push(isRaw) });
}

const elsewhere = (): Promise<never> => Promise.reject(new Error('No command here does this.'));
const DEEDS: Omit<Deeds, 'findLocalServer'> = { serve: elsewhere, serveMcp: elsewhere, sandbox: elsewhere, backUpHere: elsewhere, storeBackup: elsewhere, restoreHere: elsewhere };

export async function command(words: readonly string[], variables: Variables = {}, { columns, piped, input = '', interruption = new AbortController().signal }: Circumstances = {}): Promise<CommandEnd> {
  const environment = { KONEKTOR_CONFIG: '/nowhere/contexts.json', ...variables };
  const screen = columns === undefined ? {} : { isTTY: true, columns };
  const isTyped = columns !== undefined || typeof input !== 'string';
  const typing = typeof input === 'string' ? Object.assign(new PassThrough(), { isTTY: isTyped }) : input;
  if (typing instanceof PassThrough) typing.end(input);
  let [out, err] = ['', ''];
  const exitCode = await run(words, { ...DEEDS, findLocalServer: async () => findLocalServer(environment) }, {
    version: '0.0.0', environment, input: typing, interruption: () => interruption,
    out: { ...(piped === true ? {} : screen), write: (text) => { out += text; } }, err: { ...screen, isTTY: isTyped, write: (text) => { err += text; } },
  });
  return { exitCode, out, err };
}

/** Lines that are wider than a terminal of 80 columns. */
export function tooWide(text: string): readonly string[] {
  return text.split(/[\n\r]/).filter((line) => [...new Intl.Segmenter('en').segment(line)].length > 80);
}
