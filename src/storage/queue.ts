// The queue of operations on pg-boss, in a schema of its own on the same database. A job holds no more than the name of its
// operation, and is sent in the transaction that stores it; whoever fetches it hands the name to the work.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kysely, Transaction } from 'kysely';
import { fromKysely, PgBoss } from 'pg-boss';
import type { OperationQueue, RunOperation } from '../operations/queue.ts';
import type { Database } from './database.ts';
import type { Schema } from './schema.ts';

const QUEUE = 'operations';
/** Operations worked on at a time by one process. */
const WORKERS = 10;
/** A job whose process fell silent is given to another one. */
const HEARTBEAT_SECONDS = 10;
/** Workers look for what became due without being sent, such as what another process left behind. */
const LOOK_SECONDS = 10;
/** When the first repetition of what failed is due. */
const RETRY_MS = 2_500;
const LONGEST_STOP_MS = 5_000;
const LOOK_AGAIN_MS = 20;
/** Looks of `settle` at this process's own memory for one at the database. */
const LOOKS_PER_QUERY = 50;

/** Puts operations on the queue. */
export interface OperationJobs {
  /** Within the transaction that stores the operation. */
  send(trx: Transaction<Schema>, operation: string): Promise<void>;
}

export interface DatabaseQueue extends OperationQueue {
  readonly jobs: OperationJobs;
  /** Whether operations are worked on: from its start to its end. */
  isRunning(): boolean;
}

/** Opens the queue; the tables of pg-boss are made or brought up to date here. */
export async function openQueue(database: Database, report: (message: string) => void): Promise<DatabaseQueue> {
  const boss = new PgBoss({ ...database.queueOptions, schema: 'jobs', useListenNotify: true, schedule: false, registerInstance: false, superviseIntervalSeconds: HEARTBEAT_SECONDS, monitorIntervalSeconds: HEARTBEAT_SECONDS });
  boss.on('error', (error) => report(`the queue of operations: ${error.message}`));
  await boss.start();
  const policy = { policy: 'exclusive' as const, notify: true, heartbeatSeconds: HEARTBEAT_SECONDS, expireInSeconds: 120, retryLimit: 1_000, retryDelay: 1, retryBackoff: true, retryDelayMax: 60, deleteAfterSeconds: 3_600 };
  await boss.createQueue(QUEUE, policy);

  const running = new Map<string, AbortController>();
  const awaited = new Set<string>();
  let worker: string | undefined;

  const send = async (db: Kysely<Schema>, operation: string): Promise<void> => {
    await boss.send(QUEUE, { operation }, { db: fromKysely(db), singletonKey: operation });
  };

  async function work(run: RunOperation, operation: string): Promise<void> {
    const control = new AbortController();
    running.set(operation, control);
    try {
      await run(operation, control.signal);
      awaited.delete(operation);
    } catch (error) {
      report(`the operation ${operation} is tried again: ${error instanceof Error ? error.message : 'it failed'}`);
      setTimeout(look, RETRY_MS).unref();
      throw error;
    } finally {
      running.delete(operation);
      look();
    }
  }

  /** Sends the workers to look for more: by themselves they do so when one is sent, and every few seconds. */
  function look(): void {
    if (worker !== undefined) boss.notifyWorker(worker);
  }

  /** Operations that no job stands for: their process died, or they came out of a backup. */
  async function takeUp(): Promise<void> {
    // Nobody else works on the embedded database, so whatever is said to be worked on was left behind.
    if (database.kind === 'embedded') await boss.deleteAllJobs(QUEUE);
    const pending = await database.db.selectFrom('operations').select('name').where('done', '=', false).orderBy('create_time').execute();
    for (const { name } of pending) await send(database.db, name);
  }

  return {
    jobs: { send },
    isRunning: () => worker !== undefined,

    async start(run) {
      await takeUp();
      worker = await boss.work<{ readonly operation: string }>(QUEUE, { localConcurrency: WORKERS, batchSize: 1, notifyPollingIntervalSeconds: LOOK_SECONDS, pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const { data } of jobs) await work(run, data.operation);
      });
    },

    wake(operation) {
      awaited.add(operation);
      // The database tells of it too; here it need not be waited for.
      look();
    },

    abort: (operation) => running.get(operation)?.abort(),

    async settle() {
      for (let look = 1; awaited.size > 0; look += 1) {
        await sleep(LOOK_AGAIN_MS);
        if (look % LOOKS_PER_QUERY !== 0 || awaited.size === 0) continue;
        const ended = await database.db.selectFrom('operations').select('name').where('name', 'in', [...awaited]).where('done', '=', true).execute();
        for (const { name } of ended) awaited.delete(name);
      }
    },

    async stop() {
      worker = undefined;
      await boss.stop({ graceful: true, timeout: LONGEST_STOP_MS, close: true });
    },
  };
}
