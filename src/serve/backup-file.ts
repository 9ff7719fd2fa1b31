// A backup as a file: lines of JSON under gzip. A file is there whole or not at all, and is proved whole before it is used.
import { createReadStream, existsSync, statSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BackupError, verified, type BackupEnd, type BackupHeader, type BackupLine } from '../storage/backup-lines.ts';

export interface BackupSummary {
  readonly rows: number;
  readonly bytes: number;
  readonly created: string;
  readonly keyFingerprint: string;
}

/** Called now and then with the rows that are done. */
export type Progress = (rows: number) => void;

/** Stores a backup that arrives line by line; a file of that name is never replaced. @throws BackupError */
export async function writeBackup(file: string, lines: AsyncIterable<object>, progress: Progress): Promise<BackupSummary> {
  return storeBackup(file, toBytes(lines), progress);
}

/** Stores a backup that arrives in bytes. @throws BackupError where there is such a file, or the backup is not whole. */
export async function storeBackup(file: string, chunks: AsyncIterable<Uint8Array>, progress: Progress): Promise<BackupSummary> {
  if (existsSync(file)) throw new BackupError(`${file} is there already. Choose another name, or move it away.`);
  const draft = `${file}.${process.pid}.partial`;
  const handle = await open(draft, 'wx', 0o600).catch((error: unknown) => { throw unwritable(file, error); });
  try {
    const counted = counting(progress);
    await pipeline(Readable.from(toBytes(counted.pass(verified(chunks))), { objectMode: false }), createGzip(), async (zipped: AsyncIterable<Uint8Array>) => {
      for await (const chunk of zipped) await handle.appendFile(chunk);
    });
    await handle.sync();
    const { size } = await handle.stat();
    await handle.close();
    if (existsSync(file)) throw new BackupError(`${file} was made meanwhile by somebody else.`);
    await rename(draft, file);
    await syncFolder(dirname(file));
    return { ...counted.summary(), bytes: size };
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

function unwritable(file: string, error: unknown): Error {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' || code === 'ENOTDIR') return new BackupError(`There is no folder ${dirname(file)} to write the backup into.`);
  return new BackupError(`${file} cannot be written: ${error instanceof Error ? error.message : String(error)}. Choose another place.`);
}

/** Reads a whole backup and proves it. @throws BackupError */
export async function checkBackup(file: string, begin: (header: BackupHeader) => void): Promise<BackupSummary> {
  const counted = counting(() => undefined);
  for await (const line of counted.pass(readBackup(file))) if ('kind' in line) begin(line);
  return { ...counted.summary(), bytes: 0 };
}

/** The lines of a backup in a file. @throws BackupError at its end where it is not whole. */
export async function* readBackup(file: string): AsyncGenerator<BackupLine> {
  if (!existsSync(file)) throw new BackupError(`There is no file ${file}.`);
  if (statSync(file).isDirectory()) throw new BackupError(`${file} is a folder, and no backup.`);
  const [source, unzip] = [createReadStream(file), createGunzip()];
  source.on('error', (error) => unzip.destroy(error));
  try {
    yield* verified(source.pipe(unzip));
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      throw new BackupError('This backup cannot be used: it is no gzip file, or was cut off or altered. Nothing was written. Take another copy of it, or another backup.');
    }
    throw error;
  } finally {
    source.destroy();
  }
}

async function* toBytes(lines: AsyncIterable<object>): AsyncGenerator<Uint8Array> {
  for await (const line of lines) yield Buffer.from(`${JSON.stringify(line)}\n`);
}

function counting(progress: Progress): { pass(lines: AsyncIterable<BackupLine>): AsyncGenerator<BackupLine>; summary(): Omit<BackupSummary, 'bytes'> } {
  let rows = 0;
  let header: BackupHeader | undefined;
  let end: BackupEnd | undefined;
  return {
    async* pass(lines) {
      for await (const line of lines) {
        if ('kind' in line) header = line;
        else if ('end' in line) end = line;
        else progress(rows += line.rows.length);
        yield line;
      }
    },
    summary() {
      if (header === undefined || end === undefined) throw new BackupError('The backup broke off.');
      return { rows, created: header.created, keyFingerprint: header.keyFingerprint };
    },
  };
}

/** The name of a new file is safe once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
