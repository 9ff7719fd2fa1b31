// Files of the user's, and the standard input: read within bounds, and what stands in the way told in words.
import { readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommandError } from './command-error.ts';
import type { Terminal } from './deeds.ts';
import { field } from './members.ts';

/** What a file holds; the input where it is called `-`. @param most so many bytes. @throws CommandError */
export async function readBytes(file: string, { input }: Pick<Terminal, 'input'>, most: number): Promise<Buffer> {
  const tooLong = (): CommandError => new CommandError('INVALID_ARGUMENT', `${file === '-' ? 'The input' : file} is longer than ${most.toLocaleString('en')} bytes.`);
  if (file !== '-') {
    try {
      // What is no file, such as a pipe, has no length beforehand.
      if (statSync(resolve(file)).size > most) throw tooLong();
      const read = readFileSync(resolve(file));
      if (read.length <= most) return read;
    } catch (error) {
      throw error instanceof CommandError ? error : unreadable(file, error);
    }
    throw tooLong();
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of input) {
    const read = Buffer.from(chunk);
    bytes += read.length;
    if (bytes > most) throw tooLong();
    chunks.push(read);
  }
  return Buffer.concat(chunks);
}

/** Why a file cannot be read. */
export function unreadable(file: string, error: unknown): CommandError {
  return isMissing(error) ? new CommandError('NOT_FOUND', `There is no file ${file}.`) : new CommandError('FAILED_PRECONDITION', `${file} cannot be read: ${whyNot(error)}.`);
}

/** Why a file cannot be written. */
export function unwritable(file: string, error: unknown): CommandError {
  return new CommandError('FAILED_PRECONDITION', `${file} cannot be written: ${isMissing(error) ? 'there is no such folder' : whyNot(error)}.`);
}

function isMissing(error: unknown): boolean {
  return field(error, 'code') === 'ENOENT' || field(error, 'code') === 'ENOTDIR';
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'its permissions do not allow it', EPERM: 'its permissions do not allow it', EISDIR: 'it is a folder', EROFS: 'its disk is only to be read', ENOSPC: 'the disk is full', ELOOP: 'it is a link that leads to itself', EEXIST: 'a file stands where a folder is wanted',
};

/** What a system says of a file, in words; where there are none, what it said itself. */
export function whyNot(error: unknown): string {
  const code = field(error, 'code');
  const known = typeof code === 'string' ? REASONS[code] : undefined;
  return known ?? (error instanceof Error ? error.message : String(error));
}
