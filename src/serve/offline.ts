// What commands do with the state while no server runs on it.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readSettings, type Settings } from '../settings.ts';
import { backUp } from '../storage/backup.ts';
import { BackupError } from '../storage/backup-lines.ts';
import { openAsItIs } from '../storage/database.ts';
import { lockFolder, type FolderLock } from '../storage/lock.ts';
import { levelOf, NEWEST_LEVEL } from '../storage/migrate.ts';
import { requireRestorable, restore } from '../storage/restore.ts';
import { checkBackup, readBackup, writeBackup, type BackupSummary, type Progress } from './backup-file.ts';
import { keyFingerprint, knownMasterKey } from './keys.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Backs up a database that no server of this folder has open; PostgreSQL may be in use. @throws BackupError, SettingsError */
export async function backUpHere(environment: Environment, file: string, progress: Progress): Promise<BackupSummary> {
  const settings = readSettings(environment);
  const folder = resolve(settings.dataDir);
  const inFolder = join(folder, 'database');
  if (settings.databaseUrl === undefined && !existsSync(inFolder)) throw new BackupError(`There is nothing to back up: ${folder} holds no database. Set KONEKTOR_DATA_DIR or DATABASE_URL to where the state is.`);
  const fingerprint = keyFingerprint(requireKey(folder, settings));
  return withDatabase(settings, folder, async (database) => {
    const level = await levelOf(database.db);
    if (level !== NEWEST_LEVEL) throw new BackupError(`The database is at the level ${level === '' ? 'of a new one' : level} and this version works on ${NEWEST_LEVEL}. Start the server once, or back up with the version that runs it.`);
    return writeBackup(file, backUp({ database, keyFingerprint: fingerprint, now: () => new Date(), folder }), progress);
  });
}

/** Restores into the database of the settings. @throws BackupError, SettingsError; nothing is changed then */
export async function restoreHere(environment: Environment, file: string, force: boolean, progress: Progress): Promise<BackupSummary> {
  const settings = readSettings(environment);
  const folder = resolve(settings.dataDir);
  // The whole file is proved before anything is opened.
  const summary = await checkBackup(file, (header) => requireRestorable(header, keyFingerprint(requireKey(folder, settings, header.keyFingerprint))));
  const here = keyFingerprint(requireKey(folder, settings));
  await withDatabase(settings, folder, ({ db }) => restore({ db, keyFingerprint: here, force }, counted(readBackup(file), progress)));
  return summary;
}

async function* counted<Line extends object>(lines: AsyncIterable<Line>, progress: Progress): AsyncGenerator<Line> {
  let rows = 0;
  for await (const line of lines) {
    yield line;
    if ('rows' in line && Array.isArray(line.rows)) progress(rows += line.rows.length);
  }
}

type Opened = Awaited<ReturnType<typeof openAsItIs>>;

async function withDatabase<T>(settings: Settings, folder: string, work: (database: Opened) => Promise<T>): Promise<T> {
  if (settings.databaseUrl !== undefined) return andClose(await openAsItIs({ url: settings.databaseUrl }), work);
  const lock = takeLock(folder);
  try {
    return await andClose(await openAsItIs({ folder: join(folder, 'database') }), work);
  } finally {
    lock.release();
  }
}

async function andClose<T>(database: Opened, work: (database: Opened) => Promise<T>): Promise<T> {
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

function takeLock(folder: string): FolderLock {
  try {
    return lockFolder(folder);
  } catch (error) {
    throw new BackupError(error instanceof Error ? error.message : 'The data folder is in use.');
  }
}

function requireKey(folder: string, settings: Settings, wanted?: string): Buffer {
  const key = knownMasterKey(folder, settings.masterKey);
  if (key !== undefined) return key;
  throw new BackupError(`There is no master key here: ${join(folder, 'master.key')} does not exist and KONEKTOR_MASTER_KEY is not set.`
    + (wanted === undefined ? '' : ` Put the file master.key of the old data folder there: the backup's secrets are sealed with the key whose fingerprint is ${wanted.slice(0, 64)}.`));
}
