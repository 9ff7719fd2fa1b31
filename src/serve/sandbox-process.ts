// The sandbox beside the server: a process of its own, started again when it dies, gone when the server is.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Observe } from '../observe/events.ts';

export interface SandboxProcess {
  /** `http://127.0.0.1:{port}` */
  readonly url: string;
  close(): Promise<void>;
}

export interface SandboxParts {
  readonly port: number;
  readonly dataDir: string;
  /** Fill a new account with the demo business. */
  readonly demo: boolean;
  readonly observe: Observe;
}

// Compiled, it is JavaScript as this file is.
const PROGRAM = fileURLToPath(new URL(`../../sandbox/main${extname(import.meta.url)}`, import.meta.url));
const RESTART_MS = 250;
const START_MS = 60_000;
const LEAVE_MS = 5_000;

/** @throws Error where the sandbox did not come up. */
export async function startSandboxProcess({ port, dataDir, demo, observe }: SandboxParts): Promise<SandboxProcess> {
  let closing = false;
  let child: ChildProcess;

  function start(onPort: number): Promise<string> {
    const options = ['--port', String(onPort), '--data', dataDir, ...(demo ? ['--demo'] : [])];
    child = fork(PROGRAM, options, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'] });
    const started = child;
    return new Promise((resolve, reject) => {
      started.once('message', (message: unknown) => {
        if (typeof message === 'object' && message !== null && 'url' in message && typeof message.url === 'string') resolve(message.url);
        else reject(new Error('The sandbox did not tell its address.'));
      });
      const late = setTimeout(() => {
        started.kill('SIGKILL');
        reject(new Error(`The sandbox was not ready after ${START_MS / 1_000} s.`));
      }, START_MS);
      started.once('error', reject);
      started.once('message', () => clearTimeout(late));
      started.once('exit', () => clearTimeout(late));
      started.once('exit', (code) => reject(new Error(`the sandbox ended with exit code ${String(code)} before it was ready; what it said stands above.`)));
    });
  }

  function keepAlive(url: string): void {
    child.once('exit', (code, signal) => {
      if (closing) return;
      observe({ kind: 'notice', message: `The sandbox ended (${signal ?? String(code)}) and is started again.` });
      setTimeout(() => {
        if (closing) return;
        // The address stays: connections in use resolved it when the server started.
        start(Number(new URL(url).port)).then(keepAlive, (error: unknown) => {
          observe({ kind: 'notice', message: error instanceof Error ? error.message : 'The sandbox did not start again.' });
        });
      }, RESTART_MS);
    });
  }

  const url = await start(port);
  keepAlive(url);
  return {
    url,
    async close() {
      closing = true;
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      // What it acknowledged is on disk, so nothing is lost with one that does not leave by itself.
      const impatient = setTimeout(() => child.kill('SIGKILL'), LEAVE_MS);
      await gone;
      clearTimeout(impatient);
    },
  };
}
