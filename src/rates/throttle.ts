// The transactions of one connection: so many a second for each of its nodes, a fair queue for what comes in between, and a word
// to those who are refused on when to come back. It knows neither what a transaction does nor how it came here.
import { StatusError } from '../errors/status-error.ts';
import type { Observe } from '../observe/events.ts';
import { createBucket } from './bucket.ts';
import type { Clock } from './clock.ts';
import { createLease } from './lease.ts';
import { createNodes, type NodeLimits } from './nodes.ts';
import { createPresence } from './presence.ts';
import { createReturns } from './returns.ts';
import { orNothing, type SharedRates } from './shared.ts';
import { createTurnstile, type Refusal } from './turnstile.ts';

/** Who wants a transaction. */
export interface Taker {
  readonly id: string;
  readonly signal: AbortSignal;
  readonly deadline: Date;
}

export interface RateSettings {
  /** Transactions a second that one node takes; above 0. */
  readonly perNode: number;
  /** How long a call waits its turn, in ms. */
  readonly longestWaitMs: number;
  /** Calls of one connection that wait at once. */
  readonly mostWaiting: number;
  /** Seconds that fewer nodes must have been enough before there are fewer. */
  readonly idleSeconds: number;
}

export interface ThrottleParts {
  readonly connection: string;
  readonly limits: NodeLimits;
  readonly settings: RateSettings;
  readonly clock: Clock;
  readonly observe: Observe;
  /** Where several processes keep the limits together. */
  readonly shared?: SharedRates;
}

export interface ThrottleFacts {
  readonly nodes: number;
  /** What they take together. */
  readonly perSecond: number;
  readonly waiting: number;
  /** Processes that serve the connection, as far as this one knows. */
  readonly processes: number;
}

export interface Throttle {
  /**
   * Takes one transaction: undefined where it is there, else a promise for when its turn has come.
   * @param call a text that is the same when the call is sent again; asked for only where there is a queue.
   * @throws StatusError RESOURCE_EXHAUSTED (RATE_LIMIT_EXCEEDED) with a delay after which it is let through; DEADLINE_EXCEEDED, CANCELLED.
   */
  take(taker: Taker, call: () => string): undefined | Promise<void>;
  limit(limits: NodeLimits): void;
  facts(): ThrottleFacts;
  /** Nothing of it would be missed. */
  idle(): boolean;
}

const SECOND_MS = 1_000;
const TOLD_WINDOW_MS = 2_000;
/** The part of the queue that is for calls nobody told when to come. */
const ROOM_FOR_NEW = 0.8;
/** The part of the pace that is promised where other processes may change it. */
const PROMISED = 0.8;

/** Under which processes tell one another of a connection's nodes. */
export function nodesKey(connection: string): string {
  return `nodes ${connection}`;
}

export function createThrottle({ connection, limits: first, settings, clock, observe, shared }: ThrottleParts): Throttle {
  const { perNode, longestWaitMs, mostWaiting, idleSeconds } = settings;
  let limits = first;
  const nodes = createNodes(limits, perNode, idleSeconds);
  const presence = createPresence(`present ${connection}`, shared, clock);
  let wrote = { nodes: 0, at: -Infinity };
  /** Since the last tick. */
  let asked = 0;
  let waited = 0;
  let refused = 0;
  let served = 0;
  /** How many came through in a second, of those in which somebody waited all the time. */
  let measured: number | undefined;
  let waitedBefore = false;
  let ticking = false;
  let tickedAt = -Infinity;

  const rate = (): number => perNode * nodes.count;
  /** Transactions a second that this process lets through: its part of the rate, and while others take from it too what it was of late. */
  const pace = (): number => Math.min(rate(), measured ?? rate() / presence.processes);
  const bucket = createBucket(clock.now(), rate());
  const lease = shared && createLease({ key: `transactions ${connection}`, most: rate, windowMs: SECOND_MS, processes: () => presence.processes, waiting: () => turnstile.waiting, shared, clock, wake: () => turnstile.wake() });
  const turnstile = createTurnstile({ clock, mostWaiting, meters: lease === undefined ? [bucket] : [bucket, lease] });
  const returns = createReturns();

  function changeTo(count: number, before: number): void {
    if (count === before) return;
    bucket.setRate(clock.now(), rate());
    observe({ kind: 'nodes', connection, nodes: count, before });
    turnstile.wake();
  }

  /** Alone the rate is the pace; with others it is seen. */
  function measure(): void {
    const all = waitedBefore && turnstile.waiting > 0;
    waitedBefore = turnstile.waiting > 0;
    if (!all) measured = undefined;
    else if (shared !== undefined) measured = Math.max(1, measured === undefined ? served : (measured + served) / 2);
  }

  /** Once a second, for as long as there is something to decide. */
  async function tick(): Promise<void> {
    const now = clock.now();
    // A process that stood still for some seconds was not asked for more than in others.
    const load = { asked: (asked * SECOND_MS) / Math.max(SECOND_MS, now - tickedAt), short: refused > 0 || waited * 2 > asked };
    tickedAt = now;
    returns.sweep(now);
    measure();
    asked = 0;
    waited = 0;
    refused = 0;
    served = 0;
    const before = nodes.count;
    if (shared === undefined) nodes.tell(load);
    else await agree(shared, load);
    changeTo(nodes.count, before);
    if (load.asked === 0 && asked === 0 && turnstile.waiting === 0 && nodes.count === limits.min) ticking = false;
    else clock.after(SECOND_MS, () => void tick());
  }

  /** What the processes together were asked for, and how many nodes they have together; where the database is away, as this one sees it. */
  async function agree(common: SharedRates, load: { readonly asked: number; readonly short: boolean }): Promise<void> {
    const now = clock.now();
    presence.here();
    const known = await orNothing(Promise.all([common.add(`asked ${connection}`, load.asked, TOLD_WINDOW_MS), common.read(nodesKey(connection))]), (ms, end) => clock.after(ms, end));
    if (known === undefined) {
      nodes.tell(load);
      return;
    }
    const [before, count] = known;
    const there = count ?? limits.min;
    nodes.set(there, limits);
    const next = nodes.tell({ asked: Math.max(load.asked, (before * SECOND_MS) / TOLD_WINDOW_MS), short: load.short });
    // Without a word from anyone the number is forgotten, and with it the nodes.
    const lifetime = (idleSeconds + 2) * 2 * SECOND_MS;
    const old = now - wrote.at > lifetime / 4;
    if (next === there && !(old && next > limits.min && load.asked > 0)) return;
    wrote = { nodes: next, at: now };
    await orNothing(common.write(nodesKey(connection), next, lifetime), (ms, end) => clock.after(ms, end));
  }

  function refusal(taker: Taker, call: string, now: number): StatusError {
    refused += 1;
    const perSecond = rate();
    // A round of all who wait or are to come: with a thousand callers of one call each, theirs are spread over it.
    const turns = Math.max(1, turnstile.lines, returns.callers);
    const retryAfterMs = returns.promise(now, taker.id, call, (turns * SECOND_MS) / (pace() * (shared === undefined ? 1 : PROMISED)));
    observe({ kind: 'throttled', connection, caller: taker.id, retryAfterMs });
    return new StatusError('RESOURCE_EXHAUSTED', 'RATE_LIMIT_EXCEEDED', {
      message: `Connection ${connection} takes ${perSecond} transactions per second now (${nodes.count} ${nodes.count === 1 ? 'node' : 'nodes'} of ${perNode}), and too many calls wait already.`,
      metadata: { connection, nodes: String(nodes.count), maxNodeCount: String(limits.max), transactionsPerSecond: String(perSecond), waiting: String(turnstile.waiting) },
      retryAfterMs,
    });
  }

  async function takeTurn(taker: Taker, call: string, now: number): Promise<void> {
    waited += 1;
    const left = clock.until(taker.deadline);
    const kept = returns.keep(now, taker.id, call);
    const ahead = turnstile.ahead(taker.id, kept ? 0 : returns.due(now, taker.id));
    const expected = ((ahead + 1) * SECOND_MS) / pace();
    const roomMs = (mostWaiting * ROOM_FOR_NEW * SECOND_MS) / pace();
    // Who cannot come through in time is told so at once; who was told to be here now has a place.
    if (!kept && expected >= Math.min(longestWaitMs, left, roomMs)) throw refusal(taker, call, now);
    const patience = Math.min(kept ? longestWaitMs * 2 : longestWaitMs, left);
    const outcome = await turnstile.wait({ line: taker.id, until: now + patience, signal: taker.signal });
    if (outcome !== undefined) throw refusalOf(outcome, taker, call, patience === left);
    served += 1;
    observe({ kind: 'queued', connection, milliseconds: clock.now() - now });
  }

  function refusalOf(outcome: Refusal, taker: Taker, call: string, deadline: boolean): StatusError {
    if (outcome === 'left') return new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before its turn came.' });
    if (outcome === 'late' && deadline) return new StatusError('DEADLINE_EXCEEDED', 'TIMED_OUT', { message: 'The deadline passed before the turn of this call came.' });
    return refusal(taker, call, clock.now());
  }

  return {
    take(taker, call) {
      const now = clock.now();
      asked += 1;
      if (!ticking) {
        ticking = true;
        tickedAt = now;
        clock.after(SECOND_MS, () => void tick());
      }
      return turnstile.tryNow(now) ? undefined : takeTurn(taker, call(), now);
    },
    limit(next) {
      if (next.min === limits.min && next.max === limits.max) return;
      const before = nodes.count;
      limits = next;
      nodes.set(before, next);
      changeTo(nodes.count, before);
    },
    facts: () => ({ nodes: nodes.count, perSecond: rate(), waiting: turnstile.waiting, processes: presence.processes }),
    idle: () => !ticking && turnstile.waiting === 0 && returns.sweep(clock.now()),
  };
}
