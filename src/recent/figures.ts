// Figures of connections over the last time, kept in memory: fine for a quarter of an hour, coarse for a day. A listener like the
// metrics; it knows neither who reads nor what other processes count.
import type { ObservedEvent } from '../observe/events.ts';
import { limitedBy } from '../observe/limited-by.ts';
import { createInterval, type Interval, type IntervalFigures } from './interval.ts';

/** How far back, and how fine. */
export const SPANS = { LAST_15_MINUTES: { seconds: 5, count: 180 }, LAST_DAY: { seconds: 60, count: 1_440 } } as const;
export type Span = keyof typeof SPANS;

/** What a connection did in the last minutes, added up. */
export interface Totals {
  readonly connection: string;
  readonly calls: number;
  /** Of them those that did not end in OK. */
  readonly errors: number;
  readonly throttled: number;
  readonly sourceCalls: number;
}

export interface RecentFigures {
  observe(event: ObservedEvent): void;
  /** How connections in use stand now; to be told every few seconds. */
  look(all: readonly { readonly connection: string; readonly nodes: number; readonly waiting: number }[]): void;
  /** Oldest first; stretches in which nothing happened are left out. */
  ofConnection(name: string, span: Span): readonly IntervalFigures[];
  /** Of every connection that was called in so many seconds, up to 900. */
  totals(seconds: number): readonly Totals[];
  forget(connection: string): void;
}

/** Of connections that are called, those called last are kept. */
const MOST_CONNECTIONS = 200;
const SPAN_NAMES: readonly Span[] = ['LAST_15_MINUTES', 'LAST_DAY'];

export function createRecentFigures(now: () => number = Date.now): RecentFigures {
  const known = new Map<string, Readonly<Record<Span, Ring>>>();

  function current(connection: string): readonly Interval[] {
    const rings = known.get(connection) ?? { LAST_15_MINUTES: createRing(SPANS.LAST_15_MINUTES), LAST_DAY: createRing(SPANS.LAST_DAY) };
    // The one that was used last stands last.
    known.delete(connection);
    known.set(connection, rings);
    if (known.size > MOST_CONNECTIONS) for (const [oldest] of known) { known.delete(oldest); break; }
    const at = now();
    return SPAN_NAMES.map((span) => rings[span].at(at));
  }

  return {
    observe(event) {
      if (event.kind === 'transaction') {
        for (const one of current(event.connection)) one.call(event.code, event.milliseconds, limitedBy(event.reason) !== undefined);
      } else if (event.kind === 'outbound' || event.kind === 'outboundFailure') {
        if (event.connection === undefined) return;
        for (const one of current(event.connection)) one.sourceCall(event.kind === 'outbound' ? event.status : undefined, event.milliseconds);
      } else if (event.kind === 'nodes') {
        for (const one of current(event.connection)) one.look(event.nodes, undefined);
      }
    },
    look(all) {
      for (const { connection, nodes, waiting } of all) for (const one of current(connection)) one.look(nodes, waiting);
    },
    ofConnection: (name, span) => known.get(name)?.[span].read(now()) ?? [],
    totals(seconds) {
      const since = now() - seconds * 1_000;
      return [...known].flatMap(([connection, rings]) => {
        const intervals = rings.LAST_15_MINUTES.read(now()).filter(({ start }) => start > since);
        const sum = (of: (one: IntervalFigures) => number): number => intervals.reduce((all, one) => all + of(one), 0);
        const [calls, sourceCalls] = [sum((one) => sumOf(one.calls)), sum((one) => sumOf(one.sourceCalls))];
        return calls + sourceCalls === 0 ? [] : [{ connection, calls, errors: calls - sum((one) => one.calls['OK'] ?? 0), throttled: sum(({ throttled }) => throttled), sourceCalls }];
      });
    },
    forget: (connection) => void known.delete(connection),
  };
}

function sumOf(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((all, one) => all + one, 0);
}

interface Ring {
  /** The stretch that a moment lies in. */
  at(moment: number): Interval;
  read(moment: number): readonly IntervalFigures[];
}

function createRing({ seconds, count }: (typeof SPANS)[Span]): Ring {
  const length = seconds * 1_000;
  const places = new Map<number, Interval>();
  let last: Interval | undefined;
  return {
    at(moment) {
      const start = Math.floor(moment / length) * length;
      if (last?.start === start) return last;
      last?.end();
      last = createInterval(start);
      places.set((start / length) % count, last);
      return last;
    },
    read(moment) {
      const oldest = moment - count * length;
      return [...places.values()].filter(({ start }) => start > oldest && start <= moment).toSorted((a, b) => a.start - b.start).map((one) => one.figures());
    },
  };
}
