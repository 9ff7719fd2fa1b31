// Values of secrets on their way in: from a file, from the input, or typed without being shown. Never from the words of a
// command, which others can read in the list of processes and in the history of the shell.
import type { Command } from 'commander';
import { CommandError, interrupted } from '../command-error.ts';
import type { Terminal } from '../deeds.ts';
import { readBytes } from '../files.ts';

export interface ValueOptions {
  readonly file?: string;
  readonly prompt?: true;
  readonly exact?: true;
}

/** The largest value that a server takes. */
const MOST_BYTES = 65_536;
/** It may stand behind a value, and is no part of it. */
const NEWLINE = 2;

export function valued(command: Command): Command {
  return command.option('-f, --file <file>', 'file that holds the value; - for the input').option('--prompt', 'ask for the value, and show nothing of it').option('--exact', 'keep the newline at the end of a file');
}

/** Undefined where no option says where the value is. @throws CommandError */
export async function readValue({ file, prompt, exact }: ValueOptions, terminal: Pick<Terminal, 'input' | 'err' | 'interruption'>): Promise<Buffer | undefined> {
  if (file !== undefined && prompt === true) throw new CommandError('INVALID_ARGUMENT', 'A value comes from one place: pass --file or --prompt.');
  if (file === undefined && prompt !== true) return undefined;
  const read = file === undefined ? Buffer.from(await ask(terminal, 'Value: ')) : await readBytes(file, terminal, MOST_BYTES + NEWLINE);
  const value = exact === true || file === undefined ? read : withoutNewline(read);
  if (value.length === 0) throw new CommandError('INVALID_ARGUMENT', 'The value is empty.');
  if (value.length > MOST_BYTES) throw new CommandError('INVALID_ARGUMENT', `The value is longer than ${MOST_BYTES.toLocaleString('en')} bytes.`);
  return value;
}

/** Editors and echo put it there; keys have none. */
function withoutNewline(value: Buffer): Buffer {
  const end = value.at(-1) === 10 ? (value.at(-2) === 13 ? -2 : -1) : undefined;
  return value.subarray(0, end);
}

interface Keyboard {
  setRawMode(isRaw: boolean): unknown;
}

/** A terminal that leaves it to us what is shown. */
function hasRawMode(input: object): input is Keyboard {
  return 'setRawMode' in input && typeof input.setRawMode === 'function';
}

/** What is typed up to Enter. @throws CommandError */
async function ask({ input, err, interruption }: Pick<Terminal, 'input' | 'err' | 'interruption'>, question: string): Promise<string> {
  if (input.isTTY !== true || !hasRawMode(input)) throw new CommandError('FAILED_PRECONDITION', 'Nobody can be asked here for the value.', 'Pass it on the input: konektor secrets … --file - < key.txt');
  const signal = interruption();
  err.write(question);
  input.setRawMode(true);
  try {
    return await typed(input, signal);
  } finally {
    input.setRawMode(false);
    input.pause();
    err.write('\n');
  }
}

/** Keys, as a terminal in raw mode sends them. Resolves at Enter. */
function typed(input: Terminal['input'], signal: AbortSignal): Promise<string> {
  return new Promise((resolve, reject) => {
    let line = '';
    const end = (finish: () => void): void => {
      input.removeListener('data', take);
      finish();
    };
    const take = (chunk: Buffer | string): void => {
      for (const key of chunk.toString()) {
        if (key === '\r' || key === '\n' || key === '\u0004') return end(() => resolve(line));
        if (key === '\u0003') return end(() => reject(interrupted()));
        if (key === '\u007f' || key === '\b') line = line.slice(0, -1);
        else if (key === '\u0015') line = '';
        else if (line.length < MOST_BYTES) line += key;
      }
    };
    input.on('data', take);
    signal.addEventListener('abort', () => end(() => reject(interrupted())), { once: true });
    input.resume();
  });
}
