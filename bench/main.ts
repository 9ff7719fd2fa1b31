// `npm run bench`: measurements side by side in one run against one sandbox, printed with their ratios and aims. It
// measures and never fails; figures of one machine are compared with each other, not with another machine's.
import { Pool } from 'undici';
import { Stripe } from 'stripe';
import { filterSpeed } from './filter-speed.ts';
import { fillCustomers } from './fill.ts';
import { inTurn, measure } from './load.ts';
import { line, title } from './print.ts';
import { listSpeed } from './list-speed.ts';
import { sandboxSpeed } from './sandbox-speed.ts';
import { memoryOf, newFolder, removeFolder, startWorld, type World } from './world.ts';

const IN_FLIGHT = 32;
const SECONDS = Number(process.env['KONEKTOR_BENCH_SECONDS'] ?? 5);
const IDLE_SECONDS = Number(process.env['KONEKTOR_BENCH_IDLE_SECONDS'] ?? 30);
const ROWS = 10_000;

async function getSpeed(world: World): Promise<void> {
  title(`Get of a customer, ${IN_FLIGHT} in flight, ${SECONDS} s, best of 4 in turn`);
  const { hostname, port } = new URL(world.sandboxUrl);
  const stripe = new Stripe('sk_test_konektorSandbox', { host: hostname, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
  const { id } = await stripe.customers.create({ name: 'Bench', email: 'bench@example.com' });
  const pool = new Pool(world.url, { connections: IN_FLIGHT });
  const path = `/v2/${world.connection}/entityTypes/Customer/entities/${id}`;
  const headers = { authorization: `Bearer ${world.token}` };
  // A load generator and no client: it takes the whole answer and looks at its status, so that what is measured is the server.
  const throughKonektor = (): Promise<void> => new Promise((resolve, reject) => {
    pool.dispatch({ path, method: 'GET', headers }, {
      onRequestStart: () => undefined,
      onResponseStart: (controller, statusCode) => {
        if (statusCode !== 200) controller.abort(new Error(`the server answered ${statusCode}`));
      },
      onResponseData: () => undefined,
      onResponseEnd: () => resolve(),
      onResponseError: (_controller, error) => reject(error),
    });
  });
  const [sdk, konektor] = await inTurn(4, [() => measure(() => stripe.customers.retrieve(id), IN_FLIGHT, SECONDS), () => measure(throughKonektor, IN_FLIGHT, SECONDS)]);
  await pool.close();
  if (sdk === undefined || konektor === undefined) return;
  line('stripe SDK, directly', `${sdk.perSecond.toFixed(0)}/s`, `p50 ${sdk.p50.toFixed(2)} ms, p99 ${sdk.p99.toFixed(2)} ms`);
  line('Konektor /v2', `${konektor.perSecond.toFixed(0)}/s`, `p50 ${konektor.p50.toFixed(2)} ms, p99 ${konektor.p99.toFixed(2)} ms`);
  line('Konektor : SDK', (konektor.perSecond / sdk.perSecond).toFixed(2), 'aim 1.2 or more');
}

async function start(folder: string): Promise<World> {
  title('Start and memory');
  const first = await startWorld(folder);
  line('first start to ready', `${(first.startMs / 1_000).toFixed(2)} s`, 'with a new database and the demo business');
  line('memory peak of a first start', `${memoryOf(first.pid).peak.toFixed(0)} MB`, 'of the server process');
  await first.stop();
  const second = await startWorld(folder);
  line('second start to ready', `${(second.startMs / 1_000).toFixed(2)} s`, 'aim under 2 s');
  await new Promise((rested) => setTimeout(rested, IDLE_SECONDS * 1_000));
  const { now, peak } = memoryOf(second.pid);
  line(`memory idle after ${IDLE_SECONDS} s`, `${now.toFixed(0)} MB`, 'aim under 350 MB');
  line('memory peak of a second start', `${peak.toFixed(0)} MB`, '');
  return second;
}

const folder = newFolder();
try {
  filterSpeed();
  await sandboxSpeed(ROWS);
  const world = await start(folder);
  try {
    await getSpeed(world);
    await fillCustomers(world.sandboxUrl, ROWS);
    await listSpeed(world, ROWS);
    title('Memory after the load');
    line('server', `${memoryOf(world.pid).now.toFixed(0)} MB`, `peak ${memoryOf(world.pid).peak.toFixed(0)} MB`);
  } finally {
    await world.stop();
  }
} finally {
  removeFolder(folder);
}
