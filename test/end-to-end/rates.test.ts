// Rates on real processes, for what a busy machine cannot make false: the form of refusals, turns, that no limit is passed, and
// that the sandbox has to refuse nothing. How near to the limits they come is shown by `npm run rates`, and exactly by the unit tests.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { retryDelay } from '../rates/press.ts';
import { makeCallers, makeConnection, startWorld, type Answer, type Server, type World } from '../rates/world.ts';
import { postgresql, type TestPostgres } from '../storage/databases.ts';

/** One for all connections: keys of one account that differ are not known to be one's. */
const KEY = 'sk_test_ratesOfTheAccount';

describe('one server', () => {
  let world: World;
  let server: Server;
  let tokens: readonly string[];
  beforeAll(async () => {
    world = await startWorld(true);
    server = await world.server({ KONEKTOR_QUEUE_SECONDS: '2' });
    tokens = await makeCallers(server, 2);
  }, 400_000);
  afterAll(() => world.stop());

  const list = (connection: string, number: number, token = tokens[0]): Promise<Answer> => server.call('GET', `/v2/${connection}/entityTypes/Customer/entities?pageSize=${number + 1}`, undefined, token);

  it('refuses what is too much with a delay, after which the call is let through', async () => {
    const connection = await makeConnection(server, world, 'strict', KEY, { min: 1, max: 1 });
    const first = await Promise.all(Array.from({ length: 60 }, async (_one, number) => ({ number, ...(await list(connection, number)) })));
    const refused = first.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(10);
    const delays = refused.map(({ status, body }) => retryDelay(status, body));
    expect(delays).not.toContain(undefined);
    // Told moments apart, and not all the same one.
    expect(new Set(delays).size).toBeGreaterThan(5);
    expect(refused[0]?.body).toMatchObject({ error: { code: 429, status: 'RESOURCE_EXHAUSTED', message: expect.stringContaining('6 transactions per second') } });
    const after = await Promise.all(refused.map(async ({ number }, index) => {
      await sleep(delays[index]);
      return (await list(connection, number)).status;
    }));
    expect(after.filter((status) => status !== 200)).toEqual([]);
  });

  it('serves callers in turn: one who asks for little is never refused while another asks for more than there is', async () => {
    const connection = await makeConnection(server, world, 'turns', KEY, { min: 2, max: 2 });
    const over = new AbortController();
    const many: number[] = [];
    const callers = Array.from({ length: 50 }, async (_one, number) => {
      while (!over.signal.aborted) {
        const { status } = await list(connection, number);
        many.push(status);
        if (status !== 200) await sleep(20);
      }
    });
    const one: number[] = [];
    for (let turn = 0; turn < 6; turn += 1) {
      // All places that the other may have are taken, since the last of its calls that found one: in one queue for both this call would be refused.
      const before = many.length;
      await expect.poll(() => many.slice(before), { interval: 5 }).toContain(429);
      one.push((await list(connection, 0, tokens[1])).status);
    }
    over.abort();
    await Promise.all(callers);
    expect(one).toEqual([200, 200, 200, 200, 200, 200]);
    expect(new Set(many)).toEqual(new Set([200, 429]));
  });

  it('counts data calls alone, and tells of its nodes', async () => {
    const connection = await makeConnection(server, world, 'free', KEY, { min: 1, max: 3 });
    const free = await Promise.all(Array.from({ length: 30 }, (_one, number) => server.call('GET', `/v2/${connection}${number % 2 === 0 ? '/entityTypes/Customer' : ':checkReadiness'}`)));
    expect(free.map(({ status }) => status)).toEqual(free.map(() => 200));
    expect((await server.call('GET', `/v2/${connection}:showNodes`)).body).toEqual({ limited: true, nodeCount: 1, minNodeCount: 1, maxNodeCount: 3, transactionsPerSecond: 6, waitingCalls: 0, processCount: 1 });
    expect((await server.call('GET', `/v2/${connection}:checkStatus`)).body).toEqual({ state: 'ACTIVE', description: '1 node takes 6 transactions per second; 0 calls wait.' });
    // Demand that lasts brings more.
    let nodes = 0;
    for (let number = 0; nodes < 3 && number < 400; number += 1) {
      await Promise.all(Array.from({ length: 12 }, (_one, index) => list(connection, index)));
      nodes = Number((await server.call('GET', `/v2/${connection}:showNodes`)).body['nodeCount']);
    }
    expect(nodes).toBe(3);
  });

  it('asks Stripe for no more than it gives: nothing is refused by the sandbox', async () => {
    const connection = await makeConnection(server, world, 'shaped', KEY, { min: 50, max: 50 });
    const answers = await Promise.all(Array.from({ length: 90 }, (_one, number) => list(connection, number)));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(await world.witnessed()).toMatchObject({ refused: 0 });
  });
});

describe('two servers on one PostgreSQL', () => {
  let database: TestPostgres;
  let world: World;
  let servers: readonly [Server, Server];
  beforeAll(async () => {
    [database, world] = await Promise.all([postgresql(), startWorld(false)]);
    const settings = { DATABASE_URL: database.url };
    servers = [await world.server(settings), await world.server(settings)];
  }, 400_000);
  afterAll(async () => {
    await world.stop();
    await database.remove();
  });

  it('take together no more than the nodes of a connection do, and the one that is left takes it all', async () => {
    const [token = ''] = await makeCallers(servers[0], 1);
    const connection = await makeConnection(servers[0], world, 'together', KEY, { min: 2, max: 2 });
    const press = async (server: Server, milliseconds: number): Promise<number> => {
      const until = performance.now() + milliseconds;
      let count = 0;
      await Promise.all(Array.from({ length: 20 }, async (_one, worker) => {
        while (performance.now() < until) {
          const { status, body } = await server.call('GET', `/v2/${connection}/entityTypes/Customer/entities?pageSize=${worker + 1}`, undefined, token);
          if (status === 200) count += 1;
          else await sleep(retryDelay(status, body) ?? 0);
        }
      }));
      return count;
    };
    const started = performance.now();
    const counts = await Promise.all(servers.map((server) => press(server, 6_000)));
    const seconds = (performance.now() - started) / 1_000;
    // One window more at the end than there are seconds, and what each lends itself while it asks.
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBeLessThanOrEqual(12 * (seconds + 1) + 2 * 3);
    for (const count of counts) expect(count).toBeGreaterThan(0);
    await servers[0].stop();
    expect(await press(servers[1], 3_000)).toBeGreaterThan(0);
  }, 400_000);
});
