// One process per data folder. The lock is an exclusive transaction of SQLite, which the kernel frees when the process
// dies, however it dies; `owner.json` only tells a second process whom it met.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

export interface FolderLock {
  /** Writes down where this process answers, for the message to whoever comes second. */
  tell(address: string): void;
  release(): void;
}

/** @throws Error saying who holds the folder. */
export function lockFolder(folder: string): FolderLock {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const owner = join(folder, 'owner.json');
  const database = new DatabaseSync(join(folder, 'lock'), { timeout: 250 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    database.close();
    throw new Error(`the data folder\n  ${folder}\nis in use by ${describeOwner(owner)}.\nStop it, or set KONEKTOR_DATA_DIR to another folder.`);
  }
  const tell = (address: string): void => writeFileSync(owner, JSON.stringify({ pid: process.pid, address, since: new Date().toISOString() }));
  tell('starting');
  return { tell, release: () => database.close() };
}

function describeOwner(file: string): string {
  try {
    const { pid, address, since } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return `another Konektor (process ${String(pid)}, ${String(address)},\nsince ${String(since)})`;
  } catch {
    return 'another Konektor';
  }
}
