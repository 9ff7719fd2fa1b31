// The server under load: a process of its own, with the probe in it, in a folder of its own.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newDataFolder } from '../data-folders.ts';
import type { Sample } from './sample.ts';

const ROOT = join(import.meta.dirname, '..', '..');
export const TOKEN = 'konektor_soak_token_0123456789';

export interface SoakedServer {
  readonly url: string;
  readonly sandboxUrl: string;
  measure(): Promise<Sample>;
  /** What it wrote to its log. */
  readonly output: () => string;
  /** Its exit code where it ended by itself; null where a signal ended it. */
  readonly died: () => number | null | undefined;
  /** @returns the exit code */
  stop(): Promise<number | null>;
}

export async function startSoakedServer(): Promise<SoakedServer> {
  const folder = newDataFolder();
  const child = fork(join(ROOT, 'bin', 'konektor.js'), ['serve'], {
    env: {
      ...process.env, STRIPE_API_KEY: '', DATABASE_URL: '', KONEKTOR_HOST: '127.0.0.1', KONEKTOR_PORT: '0', KONEKTOR_SANDBOX_PORT: '0', KONEKTOR_DATA_DIR: folder,
      KONEKTOR_ADMIN_TOKEN: TOKEN, KONEKTOR_LOG_LEVEL: 'warn', KONEKTOR_NODE_RATE: '0',
    },
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning', '--import', join(import.meta.dirname, 'probe.ts')], stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let output = '';
  child.stderr?.on('data', (chunk: Buffer) => { output = (output + chunk.toString()).slice(-100_000); });
  let ended: number | null | undefined;
  child.once('exit', (code) => { ended = code; });
  const { url, sandboxUrl } = await told<{ readonly url: string; readonly sandboxUrl: string }>(child, 'url', () => output);
  return {
    url, sandboxUrl, output: () => output, died: () => ended,
    async measure() {
      const answer = told<{ readonly soak: Sample }>(child, 'soak', () => output);
      child.send('soak: measure');
      return (await answer).soak;
    },
    async stop() {
      if (ended === undefined) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
      rmSync(folder, { recursive: true, force: true });
      return child.exitCode;
    },
  };
}

/** The next message that has this key. */
function told<T>(child: ChildProcess, key: string, output: () => string): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null): void => reject(new Error(`the server ended with ${String(code)}:\n${output()}`));
    const look = (message: unknown): void => {
      if (typeof message !== 'object' || message === null || !(key in message)) return;
      child.off('message', look);
      child.off('exit', ended);
      resolve(message as T);
    };
    child.on('message', look);
    child.once('exit', ended);
  });
}
