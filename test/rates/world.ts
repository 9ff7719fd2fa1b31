// What rates are shown on: a sandbox that enforces Stripe's limits, servers that keep them, each a process of its own; ten callers.
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Pool } from 'undici';
import { newDataFolder } from '../data-folders.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TOKEN = 'konektor_rates_token_0123456789';
const LOCATION = 'projects/demo/locations/us-central1';
const ACCOUNT = 'connections@demo.iam.gserviceaccount.com';
const MASTER_KEY = 'ba5e'.padEnd(64, '0');

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Server {
  readonly pid: number;
  call(method: 'GET' | 'POST', path: string, body?: object, token?: string): Promise<Answer>;
  stop(): Promise<void>;
}

export interface World {
  readonly sandboxUrl: string;
  readonly sandboxHost: string;
  /** Another server with these settings; those of one address of PostgreSQL share their state. */
  server(settings?: Readonly<Record<string, string>>): Promise<Server>;
  /** How many requests the sandbox answered with 429, and how many it saw. */
  witnessed(): Promise<{ readonly refused: number; readonly seen: number }>;
  /** Forgets what it saw. */
  forget(): Promise<void>;
  stop(): Promise<void>;
}

function ended(child: ChildProcess): Promise<unknown> {
  return child.exitCode === null && child.signalCode === null ? once(child, 'exit') : Promise.resolve();
}

async function ready(child: ChildProcess, what: string): Promise<{ readonly url: string }> {
  return new Promise((resolve, reject) => {
    child.once('message', (message: unknown) => resolve(message as { readonly url: string }));
    child.once('exit', (code) => reject(new Error(`${what} ended with ${String(code)}`)));
  });
}

/** @param limits whether the sandbox enforces Stripe's limits. */
export async function startWorld(limits: boolean): Promise<World> {
  const folders: string[] = [];
  const children: ChildProcess[] = [];
  const sandbox = fork(join(ROOT, 'sandbox', 'main.ts'), ['--port', '0', ...(limits ? ['--limits'] : [])], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: ['--disable-warning=ExperimentalWarning'] });
  children.push(sandbox);
  const { url: sandboxUrl } = await ready(sandbox, 'the sandbox');
  const sandboxHost = new URL(sandboxUrl).host;

  return {
    sandboxUrl, sandboxHost,
    async server(settings = {}) {
      const folder = newDataFolder();
      folders.push(folder);
      const child = fork(join(ROOT, 'bin', 'konektor.js'), ['serve'], {
        env: {
          ...process.env, STRIPE_API_KEY: '', DATABASE_URL: '', KONEKTOR_HOST: '127.0.0.1', KONEKTOR_PORT: '0', KONEKTOR_SANDBOX_PORT: '0', KONEKTOR_DATA_DIR: folder, KONEKTOR_ADMIN_TOKEN: TOKEN,
          KONEKTOR_MASTER_KEY: MASTER_KEY, KONEKTOR_LOG_LEVEL: 'error', KONEKTOR_ALLOW_STRIPE_HOSTS: sandboxHost, KONEKTOR_LIMIT_SANDBOX: 'true', KONEKTOR_NODE_RATE: '6', KONEKTOR_NODE_IDLE_SECONDS: '10', ...settings,
        },
        execArgv: ['--disable-warning=ExperimentalWarning'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
      children.push(child);
      const { url } = await ready(child, 'the server');
      const pool = new Pool(url, { connections: 4_096 });
      return {
        pid: child.pid ?? 0,
        async call(method, path, body, token = TOKEN) {
          const headers = { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
          const reply = await pool.request({ method, path, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
          const text = await reply.body.text();
          return { status: reply.statusCode, body: (text === '' ? {} : JSON.parse(text)) as Answer['body'] };
        },
        async stop() {
          await pool.close();
          child.kill('SIGTERM');
          await ended(child);
        },
      };
    },
    async witnessed() {
      const total = async (query: string): Promise<number> => ((await (await fetch(`${sandboxUrl}/_sandbox/requests${query}`)).json()) as { readonly total: number }).total;
      return { refused: await total('?status=429'), seen: await total('') };
    },
    async forget() {
      await fetch(`${sandboxUrl}/_sandbox/reset-requests`, { method: 'POST' });
    },
    async stop() {
      for (const child of children) child.kill('SIGKILL');
      await Promise.all(children.map(ended));
      for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function succeeded(answer: Answer): Answer {
  if (answer.status !== 200) throw new Error(`the server answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  return answer;
}

/** Tokens of callers who may use every connection of the project. */
export async function makeCallers(server: Server, count: number): Promise<readonly string[]> {
  const members = Array.from({ length: count }, (_one, index) => `user:caller${index}@example.com`);
  const { body: policy } = succeeded(await server.call('POST', '/v1/projects/demo:getIamPolicy', {}));
  const bindings = [...((policy['bindings'] ?? []) as object[]), { role: 'roles/connectors.invoker', members }];
  succeeded(await server.call('POST', '/v1/projects/demo:setIamPolicy', { policy: { ...policy, bindings } }));
  return Promise.all(members.map(async (member) => String(succeeded(await server.call('POST', '/v1/tokens', { member })).body['token'])));
}

/** A connection to the sandbox with a key of its own, and with it limits of its own. @returns its name. */
export async function makeConnection(server: Server, { sandboxHost }: World, id: string, key: string, nodes: { readonly min: number; readonly max: number }): Promise<string> {
  const payload = { data: Buffer.from(key).toString('base64') };
  succeeded(await server.call('POST', `/v1/projects/demo/secrets?secretId=${id}`, { replication: { automatic: {} } }));
  const version = String(succeeded(await server.call('POST', `/v1/projects/demo/secrets/${id}:addVersion`, { payload })).body['name']);
  const bindings = ['roles/secretmanager.viewer', 'roles/secretmanager.secretAccessor'].map((role) => ({ role, members: [`serviceAccount:${ACCOUNT}`] }));
  succeeded(await server.call('POST', `/v1/projects/demo/secrets/${id}:setIamPolicy`, { policy: { bindings } }));
  const [host = '', port = ''] = sandboxHost.split(':');
  const { body } = succeeded(await server.call('POST', `/v1/${LOCATION}/connections?connectionId=${id}`, {
    connectorVersion: 'projects/demo/locations/global/providers/stripe/connectors/stripe/versions/1', serviceAccount: ACCOUNT,
    authConfig: { authType: 'AUTH_TYPE_UNSPECIFIED', authKey: 'api_key', additionalVariables: [{ key: 'api_key', secretValue: { secretVersion: version } }] },
    destinationConfigs: [{ key: 'stripe_api', destinations: [{ host: `http://${host}`, port: Number(port) }] }], nodeConfig: { minNodeCount: nodes.min, maxNodeCount: nodes.max },
  }));
  for (;;) {
    const operation = succeeded(await server.call('GET', `/v1/${String(body['name'])}`)).body;
    if (operation['done'] === true) break;
    await new Promise((waited) => setTimeout(waited, 50));
  }
  const name = `${LOCATION}/connections/${id}`;
  const { state, description } = succeeded(await server.call('GET', `/v1/${name}`)).body['status'] as { readonly state: string; readonly description?: string };
  if (state !== 'ACTIVE') throw new Error(`connection ${id} is ${state}: ${description ?? ''}`);
  return name;
}

export interface NodeFacts {
  readonly nodeCount: number;
  readonly waitingCalls: number;
}

export async function nodesOf(server: Server, connection: string): Promise<NodeFacts> {
  const { nodeCount, waitingCalls } = succeeded(await server.call('GET', `/v2/${connection}:showNodes`)).body;
  return { nodeCount: Number(nodeCount), waitingCalls: Number(waitingCalls) };
}
