import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lockFolder } from './lock.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'konektor-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const HOLD = `const { lockFolder } = await import(process.argv[1]); const lock = lockFolder(process.argv[2]); lock.tell('http://127.0.0.1:1'); process.stdout.write('held'); setInterval(() => lock, 1000);`;

describe('lockFolder', () => {
  it('tells a second process whom it met, and frees the folder when the first is killed', async () => {
    const holder = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', HOLD, join(import.meta.dirname, 'lock.ts'), folder]);
    await once(holder.stdout, 'data');
    expect(() => lockFolder(folder)).toThrow(new RegExp(`process ${holder.pid}, http://127.0.0.1:1`));
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    lockFolder(folder).release();
  });

  it('can be taken again once released', () => {
    lockFolder(folder).release();
    lockFolder(folder).release();
  });
});
