// A sandbox of its own, which outlives the servers that use it.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { emptyFolder, removeFolder } from './running-server.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'sandbox', 'main.ts');

export interface RunningSandbox {
  /** `http://127.0.0.1:{port}` */
  readonly url: string;
  /** `127.0.0.1:{port}`, for KONEKTOR_ALLOW_STRIPE_HOSTS. */
  readonly host: string;
  readonly port: number;
  /** Makes the next requests wait, as a source does that is slow. */
  delay(method: string, path: string, milliseconds: number, times: number): Promise<void>;
  /** Lets requests through again, those too that wait. */
  clear(): Promise<void>;
  /** Whether each request that was to wait has come. */
  isMet(): Promise<boolean>;
  stop(): Promise<void>;
}

export async function startSandbox(): Promise<RunningSandbox> {
  const folder = emptyFolder();
  const child = fork(PROGRAM, ['--port', '0', '--data', folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'] });
  const [message] = (await once(child, 'message')) as [{ readonly url: string }];
  const { url } = message;
  const { host, port } = new URL(url);
  return {
    url, host, port: Number(port),
    async delay(method, path, milliseconds, times) {
      await fetch(`${url}/_sandbox/faults`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ method, path, times, delay_ms: milliseconds }) });
    },
    async clear() {
      await fetch(`${url}/_sandbox/faults`, { method: 'DELETE' });
    },
    async isMet() {
      const { faults } = (await (await fetch(`${url}/_sandbox/faults`)).json()) as { readonly faults: readonly unknown[] };
      return faults.length === 0;
    },
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      removeFolder(folder);
    },
  };
}
