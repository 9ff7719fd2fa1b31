// Secrets from files: `{folder}/{secret}/{version}` where versions are kept, or `{folder}/{secret}` for the only one, as container
// platforms mount them. Ids hold neither dots nor slashes, so that no name leads out of the folder.
import { constants } from 'node:fs';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { SECRET_ID } from '../model.ts';
import { MOST_VALUE_BYTES, secretIdOf, unavailable, type SecretProvider } from './provider.ts';

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export function createFileProvider(folder: string): SecretProvider {
  return {
    name: `file:${folder}`,
    async read(secret, version) {
      const id = secretIdOf(secret);
      if (!SECRET_ID.test(id)) throw unavailable(`${secret} is not the name of a secret.`);
      const path = join(folder, id);
      const numbers = await versionsIn(path);
      if (numbers === undefined) {
        if (version !== 'latest' && version !== 1) throw unavailable(`Secret version ${secret}/versions/${version} was not found: ${path} is one file, which is version 1.`);
        return readValue(path, secret);
      }
      const number = version === 'latest' ? Math.max(0, ...numbers) : version;
      if (!numbers.includes(number)) throw unavailable(`Secret version ${secret}/versions/${version} was not found in ${path}.`);
      return readValue(join(path, String(number)), secret);
    },
  };
}

/** The numbers of the versions in a folder; undefined where there is no folder. */
async function versionsIn(path: string): Promise<readonly number[] | undefined> {
  try {
    return (await readdir(path)).filter((name) => /^[1-9]\d{0,9}$/.test(name)).map(Number);
  } catch (error) {
    if (codeOf(error) === 'ENOTDIR' || codeOf(error) === 'ENOENT') return undefined;
    throw unavailable(`${path} cannot be read (${codeOf(error)}).`, error);
  }
}

async function readValue(path: string, secret: string): Promise<Uint8Array> {
  try {
    // Without blocking: a pipe in the place of a file would otherwise hold the read up for ever.
    const file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const found = await file.stat();
      if (!found.isFile()) throw unavailable(`${path}, where ${secret} is kept, is not a regular file.`);
      if (found.size > MOST_VALUE_BYTES) throw unavailable(`${path}, where ${secret} is kept, is larger than ${MOST_VALUE_BYTES} bytes.`);
      // A file that grows meanwhile is not followed.
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MOST_VALUE_BYTES), 0, MOST_VALUE_BYTES, 0);
      return withoutNewline(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (codeOf(error) === '') throw error;
    throw unavailable(`${path}, where ${secret} is kept, cannot be read (${codeOf(error)}).`, error);
  }
}

/** Editors and `echo` end a file with a newline that is not part of the value. */
function withoutNewline(value: Buffer): Buffer {
  if (value.at(-1) !== NEWLINE) return value;
  return value.subarray(0, value.at(-2) === CARRIAGE_RETURN ? -2 : -1);
}

/** The system's code of an error; '' where it has none. */
function codeOf(error: unknown): string {
  return error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : '';
}
