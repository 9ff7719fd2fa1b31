// Mixed load from several callers on a real server, measured while it goes on. Promised are: no answer but those that a deed
// allows, no crash, nothing in the log, and memory, files and sockets that do not grow.
import { setTimeout as sleep } from 'node:timers/promises';
import { DEEDS, type Answer, type Caller, type Deed } from './deeds.ts';
import { startSoakedServer, TOKEN, type SoakedServer } from './server.ts';
import type { Sample } from './sample.ts';

export interface SoakOptions {
  readonly seconds: number;
  readonly callers: number;
  /** Told how far it is, 0 to 1, and how many calls were made. */
  readonly progress: (part: number, calls: number) => void;
}

export interface DeedFigures {
  readonly name: string;
  readonly count: number;
  /** Milliseconds, of whole deeds. */
  readonly p50: number;
  readonly p99: number;
}

export interface SoakReport {
  readonly seconds: number;
  readonly calls: number;
  readonly deeds: readonly DeedFigures[];
  readonly statuses: ReadonlyMap<number, number>;
  readonly samples: readonly Sample[];
  /** What must not have happened, the first of each kind. */
  readonly faults: readonly string[];
}

const SAMPLES = 100;
const SHORTEST_PAUSE_MS = 500;
const THINK_MS = 10;
const MOST_FAULTS = 20;
/** Latencies that are kept of a deed, the rest by chance, so that the soak itself does not grow. */
const MOST_LATENCIES = 2_000;

export async function soak({ seconds, callers, progress }: SoakOptions): Promise<SoakReport> {
  const server = await startSoakedServer();
  const tally = createTally();
  const samples: Sample[] = [];
  try {
    const people = await Promise.all(Array.from({ length: callers }, (_, number) => createCaller(server, number, tally)));
    await allow(server, people.map(({ member }) => member));
    const end = performance.now() + seconds * 1_000;
    const work = people.map(async ({ caller }) => {
      while (performance.now() < end && server.died() === undefined) {
        const deed = draw();
        const started = performance.now();
        await deed.do(caller).catch((error: unknown) => tally.fault(`${deed.name}: ${error instanceof Error ? `${error.message} ${error.cause instanceof Error ? error.cause.message : ''}` : 'failed'}`));
        tally.done(deed.name, performance.now() - started);
        await sleep(Math.random() * THINK_MS * 2);
      }
    });
    const pause = Math.max((seconds * 1_000) / SAMPLES, SHORTEST_PAUSE_MS);
    const watching = (async () => {
      while (performance.now() < end - pause && server.died() === undefined) {
        await sleep(pause);
        samples.push(await server.measure());
        progress(1 - (end - performance.now()) / (seconds * 1_000), tally.calls());
      }
    })();
    await Promise.all([...work, watching]);
  } finally {
    const code = await server.stop();
    if (code !== 0) tally.fault(`the server ended with ${String(code)}`);
    if (server.output() !== '') tally.fault(`its log: ${server.output().slice(0, 2_000)}`);
  }
  return { seconds, samples, ...tally.figures() };
}

interface Tally {
  answered(status: number): void;
  done(deed: string, milliseconds: number): void;
  fault(text: string): void;
  calls(): number;
  figures(): Pick<SoakReport, 'calls' | 'deeds' | 'statuses' | 'faults'>;
}

function createTally(): Tally {
  const [statuses, latencies, counts] = [new Map<number, number>(), new Map<string, number[]>(), new Map<string, number>()];
  const faults = new Map<string, string>();
  let calls = 0;
  return {
    answered(status) {
      calls += 1;
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    },
    done(deed, milliseconds) {
      const [count, kept] = [counts.get(deed) ?? 0, latencies.get(deed) ?? []];
      counts.set(deed, count + 1);
      latencies.set(deed, kept);
      const place = kept.length < MOST_LATENCIES ? kept.length : Math.floor(Math.random() * (count + 1));
      if (place < MOST_LATENCIES) kept[place] = milliseconds;
    },
    fault(text) {
      // One of a kind tells enough.
      const kind = text.slice(0, 300).replace(/[0-9a-f-]{36}|\d+|\b\w+_\w{8,}\b/g, '#');
      if (faults.size < MOST_FAULTS && !faults.has(kind)) faults.set(kind, text);
    },
    calls: () => calls,
    figures: () => ({
      calls, statuses, faults: [...faults.values()],
      deeds: DEEDS.map(({ name }) => {
        const sorted = (latencies.get(name) ?? []).toSorted((a, b) => a - b);
        const at = (part: number): number => sorted[Math.min(Math.floor(sorted.length * part), sorted.length - 1)] ?? 0;
        return { name, count: counts.get(name) ?? 0, p50: at(0.5), p99: at(0.99) };
      }),
    }),
  };
}

const WEIGHT = DEEDS.reduce((sum, { weight }) => sum + weight, 0);

function draw(): Deed {
  let rest = Math.random() * WEIGHT;
  return DEEDS.find(({ weight }) => (rest -= weight) < 0) ?? DEEDS[0] ?? fail();
}

function fail(): never {
  throw new Error('there are no deeds');
}

/** A caller with a token of its own. */
async function createCaller(server: SoakedServer, number: number, tally: Tally): Promise<{ readonly caller: Caller; readonly member: string }> {
  const member = `user:soak${number}@example.com`;
  const { body } = await send(server, 'POST', '/v1/tokens', { member }, { authorization: `Bearer ${TOKEN}` });
  const authorization = `Bearer ${String(body['token'])}`;
  return {
    member,
    caller: {
      number, customers: [], made: 0,
      async call(expected, method, path, sent, headers = {}) {
        const answer = await send(server, method, path, sent, { authorization, ...headers });
        tally.answered(answer.status);
        if (!expected.includes(answer.status)) tally.fault(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 500)}`);
        return answer;
      },
    },
  };
}

/** Lets the callers use and see the connections of the project. */
async function allow(server: SoakedServer, members: readonly string[]): Promise<void> {
  const admin = { authorization: `Bearer ${TOKEN}` };
  const { body } = await send(server, 'POST', '/v1/projects/demo:getIamPolicy', {}, admin);
  const bindings: unknown = body['bindings'];
  const more = { role: 'roles/connectors.admin', members };
  const { status } = await send(server, 'POST', '/v1/projects/demo:setIamPolicy', { policy: { ...body, bindings: [...(Array.isArray(bindings) ? bindings : []), more] } }, admin);
  if (status !== 200) throw new Error(`the policy was not taken: ${status}`);
}

async function send({ url }: SoakedServer, method: string, path: string, body: object | undefined, headers: Readonly<Record<string, string>>): Promise<Answer> {
  const reply = await fetch(`${url}${path}`, { method, headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await reply.text();
  return { status: reply.status, body: text.startsWith('{') ? (JSON.parse(text) as Readonly<Record<string, unknown>>) : {} };
}
