// The server as users run it: a process of its own with its sandbox, on free ports and in a folder of its own. It knows nothing of
// the test runner, so that measurements and screenshots start it too.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newDataFolder } from '../data-folders.ts';

const MAIN = join(import.meta.dirname, '..', '..', 'bin', 'konektor.js');
export const TOKEN = 'konektor_test_token_0123456789';
export const DEMO = 'projects/demo/locations/us-central1/connections/stripe-sandbox';

/** A server that lives for seconds need not have its WebAssembly made faster by the way, which is a third of what a start costs. */
const BRIEF = ['--liftoff-only'];

export interface Reply {
  readonly status: number;
  readonly body: ReplyBody;
}

export type Fields = Readonly<Record<string, unknown>>;

/** Everything that some reply holds. A test asserts the status first, and with it which of these are there. */
export interface ReplyBody {
  readonly [key: string]: unknown;
  readonly name: string;
  readonly fields: Fields;
  readonly entities: readonly { readonly name?: string; readonly fields: Fields }[];
  readonly results: readonly Fields[];
  readonly nextPageToken?: string;
  readonly status: { readonly state: string; readonly description?: string };
  readonly error?: { readonly code: number; readonly status: string; readonly message: string; readonly details: readonly Fields[] };
}

export interface RunningServer {
  readonly url: string;
  readonly sandboxUrl: string;
  readonly process: ChildProcess;
  /** What it has printed. */
  readonly output: () => string;
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Calls the sandbox as Stripe is called, with form parameters. */
  stripe(method: string, path: string, parameters?: Readonly<Record<string, string>>, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** Ends it with a signal. @returns its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export function emptyFolder(): string {
  return newDataFolder();
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}

export function environment(folder: string, more: Readonly<Record<string, string>> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env, STRIPE_API_KEY: '', DATABASE_URL: '', KONEKTOR_ALLOW_STRIPE_HOSTS: '', KONEKTOR_HOST: '127.0.0.1', KONEKTOR_PORT: '0', KONEKTOR_SANDBOX_PORT: '0',
    KONEKTOR_DATA_DIR: folder, KONEKTOR_ADMIN_TOKEN: TOKEN, KONEKTOR_LOG_LEVEL: 'error', KONEKTOR_NODE_RATE: '0', ...more,
  };
}

/** Starts a server and waits until it is ready. @param main of the sources, unless another is named. @throws Error with what it printed where it ends instead. */
export async function startServer(folder: string, more: Readonly<Record<string, string>> = {}, main = MAIN): Promise<RunningServer> {
  const child = spawnServer(folder, more, main);
  const output = collect(child);
  const { url, sandboxUrl } = await ready(child, output);
  return {
    url, sandboxUrl, process: child, output,
    call: (method, path, body, headers) => send(method, `${url}${path}`, body === undefined ? undefined : JSON.stringify(body), {
      authorization: `Bearer ${TOKEN}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers,
    }),
    stripe(method, path, parameters = {}, headers = {}) {
      const form = new URLSearchParams(parameters).toString();
      const address = `${sandboxUrl}${path}${method === 'POST' || form === '' ? '' : `?${form}`}`;
      return send(method, address, method === 'POST' ? form : undefined, { authorization: 'Bearer sk_test_konektorSandbox', 'content-type': 'application/x-www-form-urlencoded', ...headers });
    },
    async stop(signal = 'SIGTERM') {
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      // Not only gone: everything that it printed has been read.
      const gone = once(child, 'close');
      child.kill(signal);
      await gone;
      return child.exitCode;
    },
  };
}

export function spawnServer(folder: string, more: Readonly<Record<string, string>> = {}, main = MAIN): ChildProcess {
  return fork(main, ['serve'], { env: environment(folder, more), execArgv: BRIEF, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

function collect(child: ChildProcess): () => string {
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  child.stderr?.on('data', (chunk: Buffer) => { text += chunk.toString(); });
  return () => text;
}

async function ready(child: ChildProcess, output: () => string): Promise<{ readonly url: string; readonly sandboxUrl: string }> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: unknown) => resolve(message as { readonly url: string; readonly sandboxUrl: string }));
    child.once('exit', (code, signal) => reject(new Error(`the server ended (${signal ?? String(code)}):\n${output()}`)));
  });
}

async function send(method: string, address: string, body: string | undefined, headers: Readonly<Record<string, string>>): Promise<Reply> {
  const reply = await fetch(address, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await reply.text();
  return { status: reply.status, body: (text === '' ? {} : JSON.parse(text)) as ReplyBody };
}
