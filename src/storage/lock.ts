// One process per data folder. The lock is an exclusive transaction of SQLite, which the kernel frees when the process
// dies, however it dies; `owner.json` only tells a second process whom it met.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { inFolderWords, makeFolder } from './data-folder.ts';

export interface FolderLock {
  /** Writes down where this process answers, for the message to whoever comes second. */
  tell(address: string): void;
  release(): void;
}

/** Another process holds the folder; the message says which, and what to do. */
export class FolderInUseError extends Error {}

/** SQLite's number for what another connection holds, in the lowest byte of those that say more. */
const BUSY = 5;

/** @throws FolderInUseError; DataFolderError where the folder cannot be used. */
export function lockFolder(folder: string): FolderLock {
  let database: DatabaseSync | undefined;
  const tell = (address: string): void => writeFileSync(join(folder, 'owner.json'), JSON.stringify({ pid: process.pid, address, since: new Date().toISOString() }));
  try {
    makeFolder(folder);
    const opened = (database = new DatabaseSync(join(folder, 'lock'), { timeout: 250 }));
    opened.exec('BEGIN EXCLUSIVE');
    tell('starting');
    return { tell, release: () => opened.close() };
  } catch (error) {
    database?.close();
    if (error instanceof Error && 'errcode' in error && typeof error.errcode === 'number' && (error.errcode & 0xff) === BUSY) {
      throw new FolderInUseError(`the data folder\n  ${folder}\nis in use by ${describeOwner(join(folder, 'owner.json'))}.\nStop it, or set KONEKTOR_DATA_DIR to another folder.`, { cause: error });
    }
    throw inFolderWords(folder, error);
  }
}

function describeOwner(file: string): string {
  try {
    const { pid, address, since } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return `another Konektor (process ${String(pid)}, ${String(address)},\nsince ${String(since)})`;
  } catch {
    return 'another Konektor';
  }
}
