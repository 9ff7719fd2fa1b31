// The processes that are tried: the sandbox with a folder of its own, and the server, which is killed and started again on its folder.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const QUIET = ['--disable-warning=ExperimentalWarning'];
export const TOKEN = 'konektor_faults_token_0123456789';

/** Everything that some reply holds of which callers make use. */
export interface Body {
  readonly [key: string]: unknown;
  readonly fields?: Readonly<Record<string, unknown>>;
  readonly results?: readonly Readonly<Record<string, unknown>>[];
  readonly error?: { readonly message: string; readonly details: readonly { readonly reason?: string; readonly metadata?: Readonly<Record<string, string>> }[] };
}

export interface Reply {
  readonly status: number;
  readonly body: Body;
}

export interface FaultySandbox {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  ask(method: 'GET' | 'POST' | 'DELETE', path: string, body?: object): Promise<Readonly<Record<string, unknown>>>;
  stop(): Promise<void>;
}

export async function startFaultySandbox(folder: string): Promise<FaultySandbox> {
  const child = fork(join(ROOT, 'sandbox', 'main.ts'), ['--port', '0', '--data', folder], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: QUIET });
  const { url } = await firstMessage(child);
  const { host, port } = new URL(url);
  return {
    url, host, port: Number(port),
    async ask(method, path, body) {
      const reply = await fetch(`${url}/_sandbox/${path}`, { method, ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
      if (!reply.ok) throw new Error(`the sandbox answered ${reply.status} to ${path}: ${await reply.text()}`);
      return { ...((await reply.json()) as object) };
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

export interface MortalServer {
  readonly kills: () => number;
  /** @param signal ends the wait; the server may finish the call all the same. @throws where there is no answer. */
  call(method: string, path: string, body?: object, headers?: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<Reply>;
  /** Kills the server and starts the next one on its folder and port. */
  killAndStart(): Promise<void>;
  stop(): Promise<void>;
}

export async function startMortalServer(folder: string, sandbox: FaultySandbox, variables: Readonly<Record<string, string>> = {}): Promise<MortalServer> {
  let kills = 0;
  const start = async (port: string): Promise<{ readonly child: ChildProcess; readonly url: string }> => {
    const child = fork(join(ROOT, 'bin', 'konektor.js'), ['serve'], {
      env: {
        ...process.env, STRIPE_API_KEY: '', DATABASE_URL: '', KONEKTOR_HOST: '127.0.0.1', KONEKTOR_PORT: port, KONEKTOR_SANDBOX_PORT: '0', KONEKTOR_DATA_DIR: folder, KONEKTOR_ADMIN_TOKEN: TOKEN, KONEKTOR_LOG_LEVEL: 'fatal',
        KONEKTOR_ALLOW_STRIPE_HOSTS: sandbox.host, KONEKTOR_NODE_RATE: '0', KONEKTOR_STRIPE_TEST_RATE: '0', KONEKTOR_STRIPE_ENDPOINT_RATE: '0', ...variables,
      },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: QUIET,
    });
    return { child, url: (await firstMessage(child)).url };
  };
  const first = await start('0');
  const { url } = first;
  let child = first.child;
  return {
    kills: () => kills,
    async call(method, path, body, headers = {}, signal) {
      const reply = await fetch(`${url}${path}`, {
        method, ...(signal === undefined ? {} : { signal }), headers: { authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: reply.status, body: (await reply.json()) as Body };
    },
    async killAndStart() {
      kills += 1;
      await end(child, 'SIGKILL');
      ({ child } = await start(new URL(url).port));
    },
    stop: () => end(child, 'SIGTERM'),
  };
}

async function firstMessage(child: ChildProcess): Promise<{ readonly url: string }> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: unknown) => resolve(message as { readonly url: string }));
    child.once('exit', (code, signal) => reject(new Error(`a process ended before it was ready (${signal ?? String(code)})`)));
  });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
