// The sandbox on a socket: takes requests, hands them to dispatch one at a time, sends what comes back. `startSandbox` is the way in
// for tests; main.ts is the way in for people. It must not know what requests mean.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SELF, movable, searchDelaySet } from './clock.ts';
import { answer, frontOf } from './answering.ts';
import type { World } from './dispatch.ts';
import { advance, settleAll } from './due-work.ts';
import { deadlineOf } from './lives/due.ts';
import { Log, lockFolder } from './log.ts';
import { OUTER } from './nesting.ts';
import type { LimitSettings } from './rate-limits.ts';
import { materialise } from './render.ts';
import type { RestrictedKeys } from './restricted-keys.ts';
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
  /** What restricted keys may do; those not declared may do everything. */
  readonly restrictedKeys?: RestrictedKeys;
  /** `Stripe-Account` may only name accounts that were made. */
  readonly knownAccountsOnly?: boolean;
  /** Rate limits from the start; else they are off until `POST /_sandbox/limits`. */
  readonly limits?: LimitSettings;
  /** How many seconds search lags behind what was written; not at all unless given. */
  readonly searchDelay?: number;
}

/** A running sandbox. */
export interface Sandbox {
  readonly url: string;
  close(): Promise<void>;
}

// An import of this module by its names makes all that it offers, a whole client of WebSockets among it.
const { createServer } = process.getBuiltinModule('node:http');

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
    if (options.searchDelay !== undefined) store.apply(store.scope(SELF), searchDelaySet(options.searchDelay));
    const background: { wake: () => void } = { wake: () => undefined };
    let site = '';
    const world: World = {
      store, log, now: movable(store, options.now ?? Date.now), deliverAnywhere: options.deliverAnywhere === true, wake: () => background.wake(), site: () => site,
      knownAccountsOnly: options.knownAccountsOnly === true, ...(options.restrictedKeys === undefined ? {} : { restrictedKeys: options.restrictedKeys }),
    };
    const server = serverFor(world, options.limits);
    const stop = inBackground(world, (wake) => {
      background.wake = wake;
    });
    const url = await listen(server, options.port ?? 0, options.host ?? '127.0.0.1');
    site = url;
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
export function serverFor(world: World, limits?: LimitSettings): Server {
  const front = frontOf(world, limits);
  return createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    if (request.method === 'GET' || (request.headers['content-length'] === undefined && request.headers['transfer-encoding'] === undefined)) {
      answer(front, request, response, undefined);
      return;
    }
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > LARGEST) request.destroy();
    });
    request.on('end', () => answer(front, request, response, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
  });
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
