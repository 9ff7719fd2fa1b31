// The sandbox on a socket: takes requests, hands them to dispatch one at a time, sends what comes back. `startSandbox` is the way in
// for tests; main.ts is the way in for people. It must not know what requests mean.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { movable } from './clock.ts';
import { dispatch, keyOf } from './dispatch.ts';
import type { Asked, Reply, World } from './dispatch.ts';
import { advance, settleAll } from './due-work.ts';
import { StripeError } from './errors.ts';
import { Faults } from './faults.ts';
import type { Fault } from './faults.ts';
import { authenticate } from './keys.ts';
import { deadlineOf } from './lives/due.ts';
import { Log, lockFolder } from './log.ts';
import { OUTER } from './nesting.ts';
import { Seen, observe } from './observation.ts';
import { materialise } from './render.ts';
import { steer } from './steering.ts';
import { Store } from './store.ts';
import { Deliverer } from './webhooks/deliverer.ts';

/** How a sandbox is started; without a folder its state lives in memory alone. */
export interface SandboxOptions {
  /** 0 for any free port. */
  readonly port?: number;
  readonly host?: string;
  readonly dataDir?: string;
  /** Fills a new folder (or memory) with a small business. */
  readonly demo?: boolean;
  /** Milliseconds since 1970; the machine's clock unless given. */
  readonly now?: () => number;
  /** Delivers webhooks to other machines too; without it only to this one. */
  readonly deliverAnywhere?: boolean;
}

/** A running sandbox. */
export interface Sandbox {
  readonly url: string;
  close(): Promise<void>;
}

const LARGEST = 16 * 1024 * 1024;

/** Starts a sandbox; resolves when it listens. Throws if the folder or the port is taken. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const unlock = options.dataDir === undefined ? undefined : lockFolder(options.dataDir);
  const store = new Store(materialise, OUTER, deadlineOf);
  const log = options.dataDir === undefined ? undefined : new Log(options.dataDir);
  try {
    if (options.demo === true && (log === undefined || log.isNew())) {
      await seed(store);
      log?.snapshot(store);
    } else {
      log?.open(store);
    }
    const background: { wake: () => void } = { wake: () => undefined };
    const world: World = { store, log, now: movable(store, options.now ?? Date.now), deliverAnywhere: options.deliverAnywhere === true, wake: () => background.wake() };
    const server = serverFor(world);
    const stop = inBackground(world, (wake) => {
      background.wake = wake;
    });
    const url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
    return {
      url,
      close: async () => {
        await Promise.all([closeServer(server), stop()]);
        log?.close();
        unlock?.();
      },
    };
  } catch (error) {
    log?.close();
    unlock?.();
    throw error;
  }
}

const PULSE = 250;
const SLICE = 10;

/** Does what is due while nobody asks, advances test clocks in small slices, and sends deliveries; returns what ends it. */
function inBackground(world: World, onWake: (wake: () => void) => void): () => Promise<void> {
  const deliverer = new Deliverer(world);
  let next: NodeJS.Immediate | undefined;
  const slice = (): void => {
    next = advance(world, SLICE) ? setImmediate(slice) : undefined;
  };
  const wake = (): void => {
    next ??= setImmediate(slice);
    deliverer.wake();
  };
  const pulse = setInterval(() => {
    settleAll(world);
    wake();
  }, PULSE).unref();
  onWake(wake);
  wake();
  return async () => {
    clearInterval(pulse);
    clearImmediate(next);
    next = undefined;
    onWake(() => undefined);
    await deliverer.close();
  };
}

/** Fills a store before anyone else can see it, with a clock that only the seeding moves. Until it is whole nothing is on disk. */
async function seed(store: Store): Promise<void> {
  const { seedBusiness } = await import('./demo-business.ts');
  let now = Date.now();
  const server = serverFor({ store, log: undefined, now: () => now });
  const url = await listen(server, 0, '127.0.0.1');
  await seedBusiness(url, now, (time) => {
    now = time;
  });
  await closeServer(server);
}

/** A server over a world; not yet listening. */
export function serverFor(world: World): Server {
  const seen = new Seen();
  const faults = new Faults();
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    if (request.method === 'GET' || (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined)) {
      answer(world, seen, faults, request, response, undefined);
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LARGEST) request.destroy();
    });
    request.on('end', () => answer(world, seen, faults, request, response, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  });
  return server;
}

function answer(world: World, seen: Seen, faults: Faults, request: IncomingMessage, response: ServerResponse, body: Buffer | undefined): void {
  const asked: Asked = { method: request.method ?? 'GET', url: request.url ?? '/', headers: request.headers, body };
  const path = asked.url.split('?', 1)[0] ?? asked.url;
  if (path.startsWith('/_sandbox/')) {
    send(response, observed(world, asked, path, seen, faults));
    return;
  }
  const key = request.headers['idempotency-key'];
  seen.note(asked.method, asked.url, world.now(), typeof key === 'string' ? key : undefined);
  const fault = faults.take(asked.method, path);
  if (fault === undefined) send(response, dispatch(world, asked));
  else suffer(world, asked, path, fault, request, response);
}

function observed(world: World, asked: Asked, path: string, seen: Seen, faults: Faults): Reply {
  try {
    const body = asked.body?.toString() ?? '';
    return { status: 200, headers: [], body: JSON.stringify(steer(world, asked.method, path, body) ?? observe(asked.method, path, body, seen, faults)) };
  } catch (error) {
    if (error instanceof StripeError) return { status: error.status, headers: [], body: JSON.stringify({ error: error.body }) };
    throw error;
  }
}

function suffer(world: World, asked: Asked, path: string, fault: Fault, request: IncomingMessage, response: ServerResponse): void {
  switch (fault.kind) {
    case 'reset':
      request.socket.destroy();
      return;
    case 'reset_after':
      dispatch(world, asked);
      request.socket.destroy();
      return;
    case 'answer': {
      const headers = ['request-id', 'req_fault', ...Object.entries(fault.headers).flat()];
      setTimeout(() => send(response, { status: fault.status, headers, body: fault.body }), fault.delayMs);
      return;
    }
    case 'delay': {
      const free = holdKey(world, asked, path);
      setTimeout(() => {
        free();
        send(response, dispatch(world, asked));
      }, fault.delayMs);
    }
  }
}

/** While a delayed request waits, its idempotency key is in use. */
function holdKey(world: World, asked: Asked, path: string): () => void {
  try {
    const key = keyOf(asked, path);
    const { inUse } = world.store.scope(authenticate(asked.headers).scope);
    if (key === undefined || inUse.has(key)) return () => undefined;
    inUse.add(key);
    return () => inUse.delete(key);
  } catch {
    return () => undefined;
  }
}

function send(response: ServerResponse, reply: Reply): void {
  const { headers, body } = reply;
  if (!headers.includes('content-type')) headers.push('content-type', 'application/json');
  headers.push('content-length', String(Buffer.byteLength(body)));
  response.writeHead(reply.status, headers);
  response.end(body);
}

async function listen(server: Server, port: number, host: string): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${name}:${address.port}`;
}

async function closeServer(server: Server): Promise<void> {
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), 500).unref();
  });
}
