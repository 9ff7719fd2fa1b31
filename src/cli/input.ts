// What is given to a command beside its words: files in JSON or YAML, the standard input, and values of columns.
import { parseJson as parseExactly } from '../api/json-text.ts';
import { StatusError } from '../errors/status-error.ts';
import { CommandError } from './command-error.ts';
import type { Terminal } from './deeds.ts';
import { readBytes } from './files.ts';

/** The longest body that a server takes. */
const MOST_BYTES = 10_000_000;

/** The text of a file; of the input where it is called `-`. @throws CommandError */
export async function readText(file: string, terminal: Pick<Terminal, 'input'>): Promise<string> {
  return (await readBytes(file, terminal, MOST_BYTES)).toString('utf8');
}

/** What a file or the input holds, in JSON or in YAML. @throws CommandError */
export async function readDocument(file: string, terminal: Pick<Terminal, 'input'>): Promise<unknown> {
  const text = await readText(file, terminal);
  const what = file === '-' ? 'The input' : file;
  if (/^\s*[[{]/.test(text)) return parseJson(text, what);
  const { parse } = await import('yaml');
  try {
    return parse(text, (_key, value: unknown) => (typeof value === 'bigint' ? exactly(value) : value), { maxAliasCount: 100, intAsBigInt: true }) as unknown;
  } catch (error) {
    throw error instanceof CommandError ? error : new CommandError('INVALID_ARGUMENT', `${what} is neither JSON nor YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A number that reading would change may be an amount. */
function exactly(value: bigint): number {
  if (value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)) return Number(value);
  throw new CommandError('INVALID_ARGUMENT', `${value} is no number that can be kept exactly: write it in quotes.`);
}

/** @param such an example of what it may hold. @throws CommandError where it is no object. */
export async function readObject(file: string, terminal: Pick<Terminal, 'input'>, such = '{"Email": "ani@example.com"}'): Promise<Readonly<Record<string, unknown>>> {
  const held = await readDocument(file, terminal);
  if (typeof held === 'object' && held !== null && !Array.isArray(held)) return { ...held };
  throw new CommandError('INVALID_ARGUMENT', `${file === '-' ? 'The input' : file} must hold an object, such as ${such}.`);
}

/** @param hint of what to write instead. @throws CommandError also for a number that reading would change. */
export function parseJson(text: string, what: string, hint?: string): unknown {
  try {
    return parseExactly(text, what);
  } catch (error) {
    throw error instanceof StatusError ? new CommandError('INVALID_ARGUMENT', error.message, hint) : error;
  }
}

/**
 * `Email=ani@example.com` as columns and values. A value is text; `Column:=json` gives it as JSON.
 * @throws CommandError
 */
export function readAssignments(given: readonly string[]): Readonly<Record<string, unknown>> {
  const read: Record<string, unknown> = {};
  for (const one of given) {
    const [, name, kind, value = ''] = /^([^=:\s][^=:]*?)(:?=)([^]*)$/.exec(one) ?? [];
    if (name === undefined || name === '__proto__') throw new CommandError('INVALID_ARGUMENT', `"${one}" sets no column: write Column=value, or Column:=json.`);
    if (Object.hasOwn(read, name)) throw new CommandError('INVALID_ARGUMENT', `${name} is set twice.`);
    read[name] = kind === ':=' ? jsonOf(name, value) : value;
  }
  return read;
}

function jsonOf(name: string, text: string): unknown {
  try {
    return parseJson(text, name);
  } catch (error) {
    throw new CommandError('INVALID_ARGUMENT', `${error instanceof Error ? error.message : ''}\nWrite ${name}:=1500, ${name}:='{"a": 1}', or ${name}=text.`);
  }
}
