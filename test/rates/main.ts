// `npm run rates [-- steady scaling shaped together]`: the promises about rates, shown on real processes for half a minute each. Prints the figures, and ends with 1 where
// a promise is broken. On a clock moved by hand the same is tested exactly; here the machine must be quiet enough.
import { setTimeout as sleep } from 'node:timers/promises';
import { postgresql } from '../storage/databases.ts';
import { chart } from './chart.ts';
import { countIn, press, type Pressed } from './press.ts';
import { makeCallers, makeConnection, nodesOf, startWorld, type Server, type World } from './world.ts';

const SECONDS = 30;
/** At the beginning what was saved up comes on top; measured is what follows. */
const WARM_UP = 3;
const CALLERS = 10;
const [KEY, LIVE_KEY] = ['sk_test_ratesOfTheAccount', 'sk_live_ratesOfTheAccount'];
const broken: string[] = [];

function title(text: string): void {
  process.stdout.write(`\n${text}\n${'─'.repeat(Math.min(text.length, 100))}\n`);
}

/** A line of the table; with `kept` a promise. */
function line(what: string, figure: string, promise = '', kept?: boolean): void {
  const mark = kept === undefined ? ' ' : kept ? '✓' : '✗';
  if (kept === false) broken.push(`${what}: ${figure} (${promise})`);
  process.stdout.write(`${mark} ${what.padEnd(44)} ${figure.padStart(18)}  ${promise}\n`);
}

const perSecondOf = (moments: readonly number[], seconds: number): readonly number[] => Array.from({ length: seconds }, (_one, second) => countIn(moments, second, second + 1));

function tellCallers({ accepted, refused, returned, refusedAgain, strange }: Pressed, from: number, to: number): void {
  const counts = accepted.map((moments) => countIn(moments, from, to));
  const ratio = Math.max(...counts) / Math.max(1, Math.min(...counts));
  line('calls of each caller that were let through', `${Math.min(...counts)} to ${Math.max(...counts)}`);
  line('most : least', ratio.toFixed(3), 'under 1.2', ratio < 1.2);
  line('refused, each with 429 and a delay', String(refused), 'nothing else but 200 and such a 429', strange.length === 0 && refused > 0);
  for (const one of strange.slice(0, 3)) process.stdout.write(`    ${one}\n`);
  line('came back when told to, and were let through', `${returned - refusedAgain} of ${returned}`, 'all', returned > 0 && refusedAgain === 0);
}

async function customer(server: Server, connection: string, name: string): Promise<string> {
  const { body } = await server.call('POST', `/v2/${connection}/entityTypes/Customer/entities`, { fields: { Name: name } });
  return String((body['fields'] as Readonly<Record<string, unknown>>)['Id']);
}

async function steady(world: World, server: Server, tokens: readonly string[]): Promise<void> {
  const [nodes, permitted] = [3, 18];
  title(`Three times the rate of ${nodes} nodes (${permitted}/s), ten callers, ${SECONDS} s; the sandbox enforces 25/s`);
  const connection = await makeConnection(server, world, 'steady', KEY, { min: nodes, max: nodes });
  const path = `/v2/${connection}/entityTypes/Customer/entities`;
  await world.forget();
  const pressed = await press({ call: (caller, number) => server.call('GET', `${path}?conditions=${encodeURIComponent(`Email = 'order${number}@example.com'`)}`, undefined, tokens[caller]), callers: CALLERS, perSecond: 3 * permitted, seconds: WARM_UP + SECONDS });
  const moments = pressed.accepted.flat();
  const rate = countIn(moments, WARM_UP, WARM_UP + SECONDS) / SECONDS;
  line('sent', `${(pressed.sent / (WARM_UP + SECONDS)).toFixed(1)}/s`);
  line('let through', `${rate.toFixed(2)}/s`, `${permitted}/s to 2 %`, Math.abs(rate - permitted) <= permitted * 0.02);
  tellCallers(pressed, WARM_UP, WARM_UP + SECONDS);
  const { refused, seen } = await world.witnessed();
  line('calls refused by the sandbox', `${refused} of ${seen}`, 'none', refused === 0);
  process.stdout.write(`${chart('let through in each second', perSecondOf(moments, WARM_UP + SECONDS))}\n`);
}

/** Entity types to spread calls over: the sandbox takes 25 a second of each. */
const KINDS = ['Customer', 'Product', 'Coupon', 'Price', 'Invoice', 'Refund'] as const;

/** Looks once a second, for as long as it is wanted. */
async function watch(done: AbortSignal, look: () => Promise<void>): Promise<void> {
  const started = performance.now();
  for (let second = 0; !done.aborted; second += 1) {
    await sleep(Math.max(0, started + second * 1_000 - performance.now()));
    await look();
  }
}

async function scaling(world: World, server: Server, tokens: readonly string[]): Promise<void> {
  const [min, max] = [2, 12];
  title(`Nodes between ${min} and ${max} under three times the rate of ${max}, then nothing`);
  const connection = await makeConnection(server, world, 'scaling', LIVE_KEY, { min, max });
  await world.forget();
  const nodes: number[] = [];
  const done = new AbortController();
  const watching = watch(done.signal, async () => void nodes.push((await nodesOf(server, connection)).nodeCount));
  const list = (caller: number, number: number): string => `/v2/${connection}/entityTypes/${KINDS[(caller + number) % KINDS.length] ?? ''}/entities?pageSize=${1 + (number % 200)}`;
  const pressed = await press({ call: (caller, number) => server.call('GET', list(caller, number), undefined, tokens[caller]), callers: CALLERS, perSecond: 3 * 6 * max, seconds: SECONDS });
  const moments = pressed.accepted.flat();
  const reached = nodes.indexOf(max);
  line('nodes at their most after', reached < 0 ? 'never' : `${reached} s`, `${max} nodes`, reached >= 0);
  const rate = countIn(moments, reached + 1, SECONDS) / (SECONDS - reached - 1);
  line('let through with all nodes', `${rate.toFixed(2)}/s`, `${6 * max}/s to 2 %`, Math.abs(rate - 6 * max) <= 6 * max * 0.02);
  tellCallers(pressed, reached + 1, SECONDS);
  const { refused, seen } = await world.witnessed();
  line('calls refused by the sandbox (100/s, 25/s each)', `${refused} of ${seen}`, 'none', refused === 0);
  const calm = performance.now();
  while (nodes.at(-1) !== min && performance.now() - calm < 60_000) await sleep(200);
  line('nodes at their fewest again after', `${((performance.now() - calm) / 1_000).toFixed(0)} s of calm`, `${min} nodes`, nodes.at(-1) === min);
  done.abort();
  await watching;
  process.stdout.write(`${chart('let through in each second (columns), 6 × nodes (dots)', perSecondOf(moments, nodes.length), nodes.map((count) => 6 * count))}\n`);
}

async function shaped(world: World, server: Server, tokens: readonly string[]): Promise<void> {
  title(`Calls to Stripe: 60 transactions/s permitted, the sandbox takes 25/s of a test account; ${SECONDS} s`);
  const connection = await makeConnection(server, world, 'shaped', KEY, { min: 10, max: 10 });
  const ids = await Promise.all(Array.from({ length: 5 }, (_one, index) => customer(server, connection, `Budi ${index}`)));
  await world.forget();
  const begun = performance.now();
  const until = begun + SECONDS * 1_000;
  const answered = tokens.map(() => 0);
  const statuses = new Map<number, number>();
  // Callers with four calls under way each: reads, lists and writes.
  await Promise.all(tokens.flatMap((token, caller) => Array.from({ length: 4 }, async (_one, worker) => {
    for (let number = worker; performance.now() < until; number += 1) {
      const entity = `/v2/${connection}/entityTypes/Customer/entities`;
      const { status } = number % 5 === 0 ? await server.call('POST', entity, { fields: { Name: `Citra ${number}` } }, token)
        : await server.call('GET', number % 2 === 0 ? `${entity}/${ids[number % ids.length] ?? ''}` : `/v2/${connection}/entityTypes/${KINDS[number % KINDS.length] ?? ''}/entities?pageSize=3`, undefined, token);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (status === 200) answered[caller] = (answered[caller] ?? 0) + 1;
    }
  })));
  // The last ones begun are answered after the end.
  const seconds = (performance.now() - begun) / 1_000;
  const total = answered.reduce((sum, one) => sum + one, 0);
  const { refused, seen } = await world.witnessed();
  line('calls that reached the sandbox', `${(seen / seconds).toFixed(1)}/s`, 'up to 25/s');
  line('answered', `${(total / seconds).toFixed(1)}/s`, 'all with 200', statuses.size === 1 && statuses.has(200));
  // Here endpoints take turns, and what the callers ask for is not the same.
  line('most : least of the callers', (Math.max(...answered) / Math.max(1, Math.min(...answered))).toFixed(3));
  line('calls refused by the sandbox', `${refused} of ${seen}`, 'none', refused === 0);
}

async function together(): Promise<void> {
  const [nodes, permitted] = [5, 30];
  title(`Two servers on one PostgreSQL, each at three times the rate of ${nodes} nodes (${permitted}/s), ${SECONDS} s`);
  const database = await postgresql();
  const world = await startWorld(false);
  try {
    // The limits of calls to Stripe would be the lower ones.
    const settings = { DATABASE_URL: database.url, KONEKTOR_LIMIT_SANDBOX: 'false' };
    const servers = [await world.server(settings), await world.server(settings)] as const;
    const tokens = await makeCallers(servers[0], CALLERS);
    const connection = await makeConnection(servers[0], world, 'together', KEY, { min: nodes, max: nodes });
    const path = `/v2/${connection}/entityTypes/Customer/entities`;
    const both = await Promise.all(servers.map((server) => press({ call: (caller, number) => server.call('GET', `${path}?pageSize=${1 + (number % 200)}`, undefined, tokens[caller]), callers: CALLERS, perSecond: 3 * permitted, seconds: WARM_UP + SECONDS })));
    const counts = both.map(({ accepted }) => countIn(accepted.flat(), WARM_UP, WARM_UP + SECONDS));
    const rate = counts.reduce((sum, one) => sum + one, 0) / SECONDS;
    line('let through by both', `${rate.toFixed(2)}/s`, `${permitted}/s to 3 %`, Math.abs(rate - permitted) <= permitted * 0.03);
    line('by each', counts.map((count) => `${(count / SECONDS).toFixed(1)}/s`).join(' and '));
    const [returned, again] = [both.reduce((sum, one) => sum + one.returned, 0), both.reduce((sum, one) => sum + one.refusedAgain, 0)];
    line('came back when told to, and were let through', `${returned - again} of ${returned}`);
    const strange = both.flatMap((one) => one.strange);
    line('other answers', String(strange.length), 'none', strange.length === 0);
    for (const one of strange.slice(0, 3)) process.stdout.write(`    ${one}\n`);
    await Promise.all(servers.map((server) => server.stop()));
  } finally {
    await world.stop();
    await database.remove();
  }
}

/** Names of what to show; without any, all. */
const named = process.argv.slice(2);
const wanted = (name: string): boolean => named.length === 0 || named.includes(name);

const alone = Object.entries({ steady, scaling, shaped }).filter(([name]) => wanted(name));
if (alone.length > 0) {
  const world = await startWorld(true);
  try {
    const server = await world.server();
    const tokens = await makeCallers(server, CALLERS);
    for (const [, show] of alone) await show(world, server, tokens);
    await server.stop();
  } finally {
    await world.stop();
  }
}
if (wanted('together')) await together();
title(broken.length === 0 ? 'Every promise was kept.' : `${broken.length} promises were broken`);
for (const one of broken) process.stdout.write(`  ${one}\n`);
// Said outright: the database for tests has ways of its own to end a process.
process.exit(broken.length === 0 ? 0 : 1);
