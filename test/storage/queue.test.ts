// The queue of operations on both databases: each operation is handed out, by the process that is there, until it has ended.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { beginOperation, succeedOperation, type Operation } from '../../src/operations/model.ts';
import type { Database } from '../../src/storage/database.ts';
import { createOperationRepository, insertOperation } from '../../src/storage/operation-repository.ts';
import { openQueue, type DatabaseQueue } from '../../src/storage/queue.ts';
import { embedded, postgresql, type TestDatabase } from './databases.ts';

const LOCATION = 'projects/p/locations/us-central1';

describe.each([['PGlite', async () => embedded()], ['PostgreSQL', postgresql]] as const)('the queue on %s', (_name, make) => {
  let place: TestDatabase;
  let database: Database;
  const open: DatabaseQueue[] = [];
  const reports: string[] = [];

  async function newQueue(): Promise<DatabaseQueue> {
    const queue = await openQueue(database, (message) => reports.push(message));
    open.push(queue);
    return queue;
  }

  async function store(queue: DatabaseQueue, count: number): Promise<readonly Operation[]> {
    const operations = Array.from({ length: count }, (_, at) => beginOperation(LOCATION, 'create', `${LOCATION}/connections/c${at}`, new Date()));
    await Promise.all(operations.map((operation) => database.db.transaction().execute(async (trx) => {
      await insertOperation(trx, operation, queue.jobs);
    })));
    for (const { name } of operations) queue.wake(name);
    return operations;
  }

  const finish = async (name: string): Promise<void> => {
    const repository = createOperationRepository(database.db);
    const operation = await repository.find(name);
    if (operation !== undefined) await repository.finish(succeedOperation(operation, { '@type': 'test' }, new Date()));
  };

  beforeAll(async () => {
    place = await make();
    database = await place.open();
  });
  afterAll(async () => {
    for (const queue of open) await queue.stop();
    await database.close();
    await place.remove();
  });

  it('hands out what an earlier process stored, then two hundred at once, side by side and each once', async () => {
    const queue = await newQueue();
    const left = await store(queue, 3);
    const seen: string[] = [];
    let [most, now] = [0, 0];
    await queue.start(async (name) => {
      seen.push(name);
      now += 1;
      most = Math.max(most, now);
      await sleep(5);
      await finish(name);
      now -= 1;
    });
    await queue.settle();
    expect(seen.toSorted()).toEqual(left.map(({ name }) => name).toSorted());
    const more = await store(queue, 200);
    await queue.settle();
    expect(seen.slice(3).toSorted()).toEqual(more.map(({ name }) => name).toSorted());
    expect(most).toBeGreaterThan(1);
    expect(await createOperationRepository(database.db).pending()).toEqual([]);
    await queue.stop();
  });

  it('tells the work that it is not wanted any more, and hands it out again where it failed', async () => {
    const queue = await newQueue();
    const tries: string[] = [];
    let aborted = false;
    await queue.start(async (name, signal) => {
      tries.push(name);
      if (tries.length === 1) {
        await new Promise((wake) => signal.addEventListener('abort', wake, { once: true }));
        aborted = true;
        throw new Error('not this time');
      }
      await finish(name);
    });
    const [operation] = await store(queue, 1);
    await expect.poll(() => tries.length).toBe(1);
    queue.abort(operation?.name ?? '');
    await queue.settle();
    expect(aborted).toBe(true);
    expect(tries).toEqual([operation?.name, operation?.name]);
    expect(reports).toEqual([expect.stringContaining('not this time')]);
    await queue.stop();
  });
});
