// Where the folders are made that tests keep databases in: in memory where the machine has it to spare, since to copy and to flush
// some forty megabytes for each server is a third of a run's processor time on a disk. A process that is killed loses nothing
// there either, which is what tests of kills are about. Nothing in these folders is a program: a place in memory may run none.
import { existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MEMORY = '/dev/shm';
/** What must be free there, of the place and of the machine, in bytes: a whole run holds about one tenth of it at a time. */
const SPARE = 6 * 1024 ** 3;
const PREFIX = 'konektor-test-';

/** An empty folder of this process, by an absolute path. */
export function newDataFolder(): string {
  place ??= hasMemory() ? MEMORY : tmpdir();
  return mkdtempSync(join(place, `${PREFIX}${process.pid}-`));
}

let place: string | undefined;

function hasMemory(): boolean {
  if (!existsSync(MEMORY) || process.availableMemory() < SPARE) return false;
  const { bavail, bsize } = statfsSync(MEMORY);
  return bavail * bsize >= SPARE;
}

/** Gives back the memory of runs that were killed, and could not tidy up. */
export function sweepDataFolders(): void {
  if (!existsSync(MEMORY)) return;
  for (const name of readdirSync(MEMORY)) {
    const [, owner] = /^konektor-test-(\d+)-/.exec(name) ?? [];
    if (owner !== undefined && !lives(Number(owner))) rmSync(join(MEMORY, name), { recursive: true, force: true });
  }
}

function lives(process_: number): boolean {
  try {
    process.kill(process_, 0);
    return true;
  } catch (error) {
    // One that belongs to somebody else lives too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
