// The transactions of all connections: a throttle for each that is in use, forgotten when it is not.
import type { Observe } from '../observe/events.ts';
import type { Clock } from './clock.ts';
import { orNothing, type SharedRates } from './shared.ts';
import { createThrottle, nodesKey, type RateSettings, type Taker, type Throttle, type ThrottleFacts } from './throttle.ts';

/** What is to be known of a connection. */
export interface Limited {
  readonly name: string;
  readonly nodeConfig: { readonly minNodeCount: number; readonly maxNodeCount: number };
}

export interface Transactions {
  /** Takes one: undefined where it is there at once. @throws StatusError as `Throttle.take` */
  take(connection: Limited, taker: Taker, call: () => string): undefined | Promise<void>;
  /** How a connection stands; one that is not in use has its fewest nodes. Undefined where there is no limit. */
  facts(connection: Limited): ThrottleFacts | undefined;
  /** The same, with what other processes made of the nodes where this one does not look after them now. */
  look(connection: Limited): Promise<ThrottleFacts | undefined>;
  /** Of every connection in use, for gauges. */
  all(): readonly (ThrottleFacts & { readonly connection: string })[];
}

export interface TransactionsParts {
  readonly settings: RateSettings;
  readonly clock: Clock;
  readonly observe: Observe;
  readonly shared?: SharedRates;
}

const SWEEP_MS = 60_000;

/** @param parts.settings with 0 transactions per node there is no limit. */
export function createTransactions({ settings, clock, observe, shared }: TransactionsParts): Transactions {
  const throttles = new Map<string, Throttle>();
  let sweeping = false;

  /** Forgets those that are not in use. */
  function sweep(): void {
    for (const [name, throttle] of throttles) if (throttle.idle()) throttles.delete(name);
    sweeping = throttles.size > 0;
    if (sweeping) clock.after(SWEEP_MS, sweep);
  }

  function throttleOf({ name, nodeConfig: { minNodeCount: min, maxNodeCount: max } }: Limited): Throttle {
    const known = throttles.get(name);
    if (known !== undefined) {
      known.limit({ min, max });
      return known;
    }
    const made = createThrottle({ connection: name, limits: { min, max }, settings, clock, observe, ...(shared === undefined ? {} : { shared }) });
    throttles.set(name, made);
    if (!sweeping) {
      sweeping = true;
      clock.after(SWEEP_MS, sweep);
    }
    return made;
  }

  function facts({ name, nodeConfig: { minNodeCount } }: Limited): ThrottleFacts | undefined {
    if (settings.perNode === 0) return undefined;
    return throttles.get(name)?.facts() ?? { nodes: minNodeCount, perSecond: minNodeCount * settings.perNode, waiting: 0, processes: 1 };
  }

  return {
    facts,
    async look(connection) {
      const known = facts(connection);
      const { name, nodeConfig: { minNodeCount, maxNodeCount } } = connection;
      if (known === undefined || shared === undefined || throttles.get(name)?.idle() === false) return known;
      const count = await orNothing(shared.read(nodesKey(name)), (ms, end) => clock.after(ms, end));
      const nodes = Math.max(minNodeCount, Math.min(maxNodeCount, count ?? minNodeCount));
      return { ...known, nodes, perSecond: nodes * settings.perNode };
    },
    take: settings.perNode === 0 ? () => undefined : (connection, taker, call) => throttleOf(connection).take(taker, call),
    all: () => [...throttles].map(([connection, throttle]) => ({ connection, ...throttle.facts() })),
  };
}
