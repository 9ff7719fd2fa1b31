// The transactions of all connections: a throttle for each that is in use, forgotten when it is not.
import type { Observe } from '../observe/events.ts';
import type { Clock } from './clock.ts';
import type { SharedRates } from './shared.ts';
import { createThrottle, type RateSettings, type Taker, type Throttle, type ThrottleFacts } from './throttle.ts';

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

  return {
    take: settings.perNode === 0 ? () => undefined : (connection, taker, call) => throttleOf(connection).take(taker, call),
    facts({ name, nodeConfig }) {
      if (settings.perNode === 0) return undefined;
      return throttles.get(name)?.facts() ?? { nodes: nodeConfig.minNodeCount, perSecond: nodeConfig.minNodeCount * settings.perNode, waiting: 0, processes: 1 };
    },
    all: () => [...throttles].map(([connection, throttle]) => ({ connection, ...throttle.facts() })),
  };
}
