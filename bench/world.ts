// What every measurement runs against: a real server with its sandbox, in processes and a folder of their own.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const MAIN = join(import.meta.dirname, '..', 'bin', 'konektor.js');
const TOKEN = 'konektor_bench_token_0123456789';

export interface World {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly token: string;
  readonly connection: string;
  readonly pid: number;
  /** From the start of the process to its first answer, in milliseconds. */
  readonly startMs: number;
  stop(): Promise<void>;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'konektor-bench-'));
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

/** Starts the server on free ports, with its state in `folder`. */
export async function startWorld(folder: string): Promise<World> {
  const started = performance.now();
  const child = fork(MAIN, ['serve'], {
    env: { ...process.env, STRIPE_API_KEY: '', DATABASE_URL: '', KONEKTOR_PORT: '0', KONEKTOR_SANDBOX_PORT: '0', KONEKTOR_DATA_DIR: folder, KONEKTOR_ADMIN_TOKEN: TOKEN, KONEKTOR_LOG_LEVEL: 'error', KONEKTOR_NODE_RATE: '0' },
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const { url, sandboxUrl } = await firstMessage(child);
  await fetch(`${url}/healthz`);
  return {
    url, sandboxUrl, token: TOKEN, connection: 'projects/demo/locations/us-central1/connections/stripe-sandbox', pid: child.pid ?? 0, startMs: performance.now() - started,
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function firstMessage(child: ChildProcess): Promise<{ readonly url: string; readonly sandboxUrl: string }> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: unknown) => resolve(message as { readonly url: string; readonly sandboxUrl: string }));
    child.once('exit', (code) => reject(new Error(`the server ended with ${String(code)}`)));
  });
}

/** Memory of a process and of all it started, now and at its peak, in megabytes. */
export function memoryOf(pid: number): { readonly now: number; readonly peak: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const megabytes = (key: string): number => Number(new RegExp(`${key}:\\s+(\\d+)`).exec(status)?.[1] ?? 0) / 1024;
  return { now: megabytes('VmRSS'), peak: megabytes('VmHWM') };
}
