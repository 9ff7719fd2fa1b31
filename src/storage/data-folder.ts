// Why a data folder cannot be used, in words, with what to do: what the system says of a folder names a call of the system and a
// number. It knows what stands in the folder no more than that something is written there.
import { accessSync, constants, existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder cannot be used until somebody does what the message says. */
export class DataFolderError extends Error {}

interface Words {
  readonly fault: string;
  readonly advice: string;
}

const ANOTHER = 'set KONEKTOR_DATA_DIR to another folder';
const FILE_IN_THE_WAY: Words = { fault: 'is no folder, or a file stands on the way to it', advice: `Move the file away, or ${ANOTHER}.` };
const NOT_ALLOWED: Words = { fault: 'may not be written by the user that this process runs as', advice: `Give the folder, with all that is in it, to that user, or ${ANOTHER}.` };
const FULL: Words = { fault: 'is on a disk that is full', advice: `Make room there, or ${ANOTHER}.` };
const NOWHERE: Words = { fault: 'is not there, and cannot be made where it is to be', advice: 'Set KONEKTOR_DATA_DIR to another folder.' };
const READ_ONLY: Words = { fault: 'is on a disk that is only to be read', advice: `Mount the disk for writing, or ${ANOTHER}.` };

const WORDS: Readonly<Record<string, Words>> = {
  EEXIST: FILE_IN_THE_WAY, ENOTDIR: FILE_IN_THE_WAY, EACCES: NOT_ALLOWED, EPERM: NOT_ALLOWED, ENOSPC: FULL, EDQUOT: FULL, EROFS: READ_ONLY,
  ELOOP: { fault: 'is a link that leads to itself', advice: `Correct the link, or ${ANOTHER}.` },
  ENAMETOOLONG: { fault: 'has a name that is too long', advice: 'Set KONEKTOR_DATA_DIR to a shorter one.' },
};

/** The same faults as the embedded database numbers them: those of WASI. */
const OF_WASI: Readonly<Record<number, string>> = { 2: 'EACCES', 19: 'EDQUOT', 20: 'EEXIST', 32: 'ELOOP', 37: 'ENAMETOOLONG', 51: 'ENOSPC', 54: 'ENOTDIR', 63: 'EPERM', 69: 'EROFS' };

/** More than the little that a full disk may still take in. */
const PROBE_BYTES = 65_536;

/**
 * Makes the folder, and those that it is in, where they are not there. One by one, since `mkdir` of Node tries for ever in a file
 * system that takes none, such as /proc.
 * @throws Error of the system
 */
export function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  const above = dirname(folder);
  if (above !== folder) makeFolder(above);
  try {
    mkdirSync(folder, { mode: 0o700 });
  } catch (error) {
    // Another process may have been quicker.
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw error;
  }
}

/**
 * What to throw in place of an error that came while the folder was used. Where the error itself does not tell, the folder is
 * tried: a library that stands between says only that something could not be opened.
 * @returns the error as it was where nothing is wrong with the folder
 */
export function inFolderWords(folder: string, error: unknown): unknown {
  const words = wordsOf(error) ?? wordsOf(tried(folder)) ?? (isMissing(error) && !existsSync(folder) ? NOWHERE : undefined);
  return words === undefined ? error : new DataFolderError(`the data folder\n  ${folder}\n${words.fault}. ${words.advice}`, { cause: error });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

function wordsOf(error: unknown): Words | undefined {
  const { code, errno } = typeof error === 'object' && error !== null ? { code: undefined, errno: undefined, ...error } : {};
  if (typeof code === 'string') return WORDS[code];
  return typeof errno === 'number' ? WORDS[OF_WASI[errno] ?? ''] : undefined;
}

/** What the system says of a file that is written into the folder, or of the place where the folder would be made; undefined where all is well. */
function tried(folder: string): unknown {
  const probe = join(folder, `.tried-by-${process.pid}`);
  try {
    if (!existsSync(folder)) accessSync(nearestThere(folder), constants.W_OK);
    else {
      writeFileSync(probe, Buffer.alloc(PROBE_BYTES), { mode: 0o600, flush: true });
      rmSync(probe);
    }
    return undefined;
  } catch (error) {
    // A full disk keeps the file without what was to stand in it.
    if (existsSync(probe)) rmSync(probe);
    return error;
  }
}

function nearestThere(folder: string): string {
  const above = dirname(folder);
  return above === folder || existsSync(above) ? above : nearestThere(above);
}
