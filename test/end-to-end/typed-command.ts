// A command run in this process, on a terminal of 80 columns or without one: what it writes is kept, and somebody may answer
// what it asks.
import { PassThrough } from 'node:stream';
import { run } from '../../src/cli/program.ts';
import type { Deeds, Terminal } from '../../src/cli/deeds.ts';

export interface Typed {
  readonly exitCode: number;
  readonly out: string;
  readonly err: string;
}

export interface Circumstances {
  readonly variables: Readonly<Record<string, string>>;
  /** How wide the terminal is; without it input and output are pipes. */
  readonly columns?: number;
  /** Output goes to a pipe, although somebody looks at the rest. */
  readonly piped?: true;
  /** What is typed, or comes over the pipe. */
  readonly input?: string;
  /** Ends when the user interrupts. */
  readonly interruption?: AbortSignal;
}

const elsewhere = (): never => { throw new Error('this command does nothing of the kind'); };
const DEEDS: Deeds = { serve: elsewhere, sandbox: elsewhere, backUpHere: elsewhere, storeBackup: elsewhere, restoreHere: elsewhere, serveMcp: elsewhere, findLocalServer: () => Promise.resolve({ url: undefined, token: undefined, external: false }) };

export async function typed(words: readonly string[], { variables, columns, piped, input = '', interruption = new AbortController().signal }: Circumstances): Promise<Typed> {
  const tty = columns === undefined ? {} : { isTTY: true, columns };
  let [out, err] = ['', ''];
  const typing = Object.assign(new PassThrough(), columns === undefined ? {} : { isTTY: true });
  typing.end(input);
  const terminal: Terminal = {
    version: '0.0.0', environment: { KONEKTOR_CONFIG: '/nowhere/contexts.json', ...variables }, input: typing, interruption: () => interruption,
    out: { ...(piped === true ? {} : tty), write: (text) => { out += text; } }, err: { ...tty, write: (text) => { err += text; } },
  };
  const exitCode = await run(words, DEEDS, terminal);
  return { exitCode, out, err };
}

/** Lines that are wider than a terminal of 80 columns. */
export function tooWide(text: string): readonly string[] {
  return text.split(/[\n\r]/).filter((line) => [...new Intl.Segmenter('en').segment(line)].length > 80);
}
