import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { crc32c } from '../crc32c.ts';
import { createProviderChoice } from './choice.ts';
import { createEnvProvider } from './env.ts';
import { createFileProvider } from './file.ts';
import { createGoogleProvider } from './google.ts';

const UNAVAILABLE = { code: 'FAILED_PRECONDITION', reason: 'SECRET_UNAVAILABLE' };
const secret = (id: string): string => `projects/p/secrets/${id}`;

let folder: string;
beforeAll(() => { folder = mkdtempSync(join(tmpdir(), 'konektor-files-')); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('crc32c', () => {
  it('is Castagnoli\'s', () => {
    expect(crc32c(Buffer.from('123456789'))).toBe(0xe3069283);
    expect(crc32c(Buffer.alloc(32))).toBe(0x8a9136aa);
    expect(crc32c(Buffer.alloc(0))).toBe(0);
  });
});

describe('the environment', () => {
  const provider = createEnvProvider('LAB_', { LAB_STRIPE_KEY: 'newest', LAB_STRIPE_KEY_V2: 'second', LAB_EMPTY: '' });
  it('gives the variable of a secret and of a version', async () => {
    expect(Buffer.from(await provider.read(secret('stripe-key'), 'latest')).toString()).toBe('newest');
    expect(Buffer.from(await provider.read(secret('stripe-key'), 2)).toString()).toBe('second');
  });
  it('names the variable that is missing', async () => {
    await expect(provider.read(secret('stripe-key'), 3)).rejects.toMatchObject({ ...UNAVAILABLE, message: expect.stringContaining('LAB_STRIPE_KEY_V3') });
    await expect(provider.read(secret('empty'), 'latest')).rejects.toMatchObject(UNAVAILABLE);
  });
  it.each([['KONEKTOR_', 'master-key'], ['KONE', 'KTOR_ADMIN_TOKEN'], ['D', 'atabase-url']])('never gives what this server itself is set by, with the prefix %s', async (prefix, id) => {
    const settings = { KONEKTOR_MASTER_KEY: 'x', KONEKTOR_ADMIN_TOKEN: 'x', DATABASE_URL: 'x' };
    await expect(createEnvProvider(prefix, settings).read(secret(id), 'latest')).rejects.toMatchObject({ ...UNAVAILABLE, message: expect.stringContaining('setting of this server') });
  });
});

describe('files', () => {
  it('hold one version or several, without the newline at the end', async () => {
    const provider = createFileProvider(folder);
    writeFileSync(join(folder, 'one'), 'value\n');
    mkdirSync(join(folder, 'many'));
    for (const [name, text] of [['1', 'a\r\n'], ['2', 'b\n\n'], ['10', 'ten'], ['notes.txt', 'no version']]) writeFileSync(join(folder, 'many', name ?? ''), text ?? '');
    const read = async (id: string, version: number | 'latest') => Buffer.from(await provider.read(secret(id), version)).toString();
    expect(await Promise.all([read('one', 'latest'), read('one', 1), read('many', 1), read('many', 2), read('many', 'latest')])).toEqual(['value', 'value', 'a', 'b\n', 'ten']);
    for (const version of [2, 3] as const) await expect(read('one', version)).rejects.toMatchObject(UNAVAILABLE);
    await expect(read('many', 3)).rejects.toMatchObject(UNAVAILABLE);
    writeFileSync(join(folder, 'one'), 'changed');
    expect(await read('one', 'latest')).toBe('changed');
  });

  it('are regular, small, and in their folder', async () => {
    const provider = createFileProvider(folder);
    writeFileSync(join(folder, 'large'), Buffer.alloc(64 * 1024 + 1));
    mkdirSync(join(folder, 'empty'));
    mkdirSync(join(folder, 'nested', '1'), { recursive: true });
    symlinkSync('/dev/zero', join(folder, 'device'));
    for (const id of ['large', 'empty', 'nested', 'device', 'none', '..', '.', 'a b']) {
      await expect(provider.read(secret(id), 'latest'), id).rejects.toMatchObject(UNAVAILABLE);
    }
  });
});

describe('Google', () => {
  const before = process.env['GOOGLE_APPLICATION_CREDENTIALS'];
  afterEach(() => {
    if (before === undefined) delete process.env['GOOGLE_APPLICATION_CREDENTIALS'];
    else process.env['GOOGLE_APPLICATION_CREDENTIALS'] = before;
  });

  // What nobody waits for would end the server: vitest fails the run on an unhandled rejection.
  it.each([['that are not there', undefined], ['that are none', 'geheim-yang-tersimpan']])('without credentials, by ones %s, is unavailable and nothing worse', async (_what, text) => {
    const file = join(folder, 'credentials');
    if (text !== undefined) writeFileSync(file, text);
    process.env['GOOGLE_APPLICATION_CREDENTIALS'] = file;
    const provider = createGoogleProvider('127.0.0.1:9');
    for (let round = 0; round < 2; round += 1) {
      const failure: unknown = await provider.read(secret('s'), 'latest').catch((error: unknown) => error);
      expect(failure).toMatchObject({ ...UNAVAILABLE, message: expect.stringContaining('GOOGLE_APPLICATION_CREDENTIALS') });
      expect(String(failure)).not.toContain('geheim');
    }
    await provider.close();
  });
});

describe('the choice', () => {
  it('is by project, with one for all others', async () => {
    const choice = createProviderChoice([{ project: 'lab', kind: 'env', argument: 'LAB_' }, { project: 'demo', kind: 'embedded', argument: '' }, { project: '*', kind: 'file', argument: folder }], {});
    expect(['lab', 'demo', 'other'].map((project) => choice.of(project)?.name)).toEqual(['env:LAB_', undefined, `file:${folder}`]);
    expect(createProviderChoice([], {}).of('demo')).toBeUndefined();
    await choice.close();
  });
});
