import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DataFolderError, inFolderWords } from './data-folder.ts';
import { startEmbedded } from './embedded.ts';
import { lockFolder } from './lock.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'konektor-data-folder-'));
  writeFileSync(join(folder, 'file'), '');
  symlinkSync(join(folder, 'circle'), join(folder, 'circle'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const thrown = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

it.each([['file', /is no folder, or a file stands on the way[^]*Move the file away/], ['file/below', /is no folder/], ['circle', /is a link that leads to itself/], ['n'.repeat(300), /has a name that is too long/]])('tells why %s cannot be the data folder', (name, told) => {
  const error = thrown(() => lockFolder(join(folder, name)));
  expect(error).toBeInstanceOf(DataFolderError);
  expect(error).toMatchObject({ message: expect.stringMatching(told) as unknown });
  expect(error).toMatchObject({ message: expect.not.stringMatching(/mkdir|EEXIST|ENOTDIR|ELOOP|ENAMETOOLONG/) as unknown });
});

it('does not try for ever in a file system that takes no folder', () => {
  expect(thrown(() => lockFolder('/proc/konektor/data'))).toBeInstanceOf(DataFolderError);
});

it('tells of a folder that is not there, and of no file that is missing in one that is', () => {
  const missing = Object.assign(new Error('ENOENT: no such file or directory'), { code: 'ENOENT' });
  expect(inFolderWords(join(folder, 'not-there-yet'), missing)).toMatchObject({ message: expect.stringContaining('is not there, and cannot be made') as unknown });
  expect(inFolderWords(folder, missing)).toBe(missing);
});

it.each([
  ['ENOSPC', /is on a disk that is full. Make room there/], ['EACCES', /may not be written by the user[^]*Give the folder/], ['EROFS', /only to be read. Mount the disk for writing/],
])('has words for %s, which no test can bring about everywhere', (code, told) => {
  expect(inFolderWords(folder, Object.assign(new Error(`${code}: no such luck, open '/x'`), { code }))).toMatchObject({ message: expect.stringMatching(told) as unknown });
});

it('knows the numbers of the files below the embedded database', () => {
  expect(inFolderWords(folder, { name: 'ErrnoError', errno: 51 })).toMatchObject({ message: expect.stringContaining('full') as unknown });
});

it('leaves an error as it is where the folder takes what is written, and nothing behind', () => {
  const error = new Error('unable to open database file');
  mkdirSync(join(folder, 'well'));
  expect(inFolderWords(join(folder, 'well'), error)).toBe(error);
  expect(readdirSync(join(folder, 'well'))).toEqual([]);
  expect(inFolderWords(join(folder, 'not-there-yet'), error)).toBe(error);
});

it('tells of the folder where the embedded database failed over it', async () => {
  await expect(startEmbedded(join(folder, 'file/database'))).rejects.toThrow(/is no folder/);
});
