// What is given to a command beside its words: files in JSON or YAML, the standard input, and values of columns.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import type { Terminal } from './deeds.ts';

/** The longest body that a server takes. */
const MOST_BYTES = 10_000_000;

/** The text of a file; of the input where it is called `-`. @throws CommandError */
export async function readText(file: string, { input }: Pick<Terminal, 'input'>): Promise<string> {
  if (file !== '-') {
    try {
      return readFileSync(resolve(file), 'utf8');
    } catch (error) {
      throw new CommandError('NOT_FOUND', `${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const read = Buffer.from(chunk);
    bytes += read.length;
    if (bytes > MOST_BYTES) throw new CommandError('INVALID_ARGUMENT', `The input is longer than ${MOST_BYTES.toLocaleString('en')} bytes.`);
    chunks.push(read);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a file or the input holds, in JSON or in YAML. @throws CommandError */
export async function readDocument(file: string, terminal: Pick<Terminal, 'input'>): Promise<unknown> {
  const text = await readText(file, terminal);
  const { parse } = await import('yaml');
  try {
    // JSON keeps large numbers as they are written only where it is read as JSON.
    return /^\s*[[{]/.test(text) ? parseJson(text) : parse(text, { maxAliasCount: 100, intAsBigInt: false });
  } catch (error) {
    throw new CommandError('INVALID_ARGUMENT', `${file === '-' ? 'The input' : file} is neither JSON nor YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @throws CommandError where it is no object. */
export async function readObject(file: string, terminal: Pick<Terminal, 'input'>): Promise<Readonly<Record<string, unknown>>> {
  const held = await readDocument(file, terminal);
  if (typeof held === 'object' && held !== null && !Array.isArray(held)) return { ...held };
  throw new CommandError('INVALID_ARGUMENT', `${file === '-' ? 'The input' : file} must hold an object, such as {"Email": "ani@example.com"}.`);
}

function parseJson(text: string): unknown {
  return JSON.parse(text);
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
    return JSON.parse(text);
  } catch {
    throw new CommandError('INVALID_ARGUMENT', `${name}:=${text} is no JSON: write ${name}:=1500, ${name}:='{"a": 1}' or ${name}=text.`);
  }
}
