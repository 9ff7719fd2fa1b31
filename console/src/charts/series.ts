// From the figures of a connection to what is drawn: every interval of the span has its place, those without anything their nothing.
import type { Figures, Interval } from '../api/recent.ts';

export interface Series {
  readonly key: string;
  /** One for each moment; null where there is nothing to be drawn. */
  readonly data: readonly (number | null)[];
}

export interface Drawn {
  readonly moments: readonly Date[];
  readonly calls: readonly Series[];
  readonly latency: readonly Series[];
  readonly throttled: readonly Series[];
  readonly nodes: readonly Series[];
  readonly source: readonly Series[];
  readonly sums: { readonly calls: number; readonly errors: number; readonly throttled: number; readonly source: number };
}

/** @param fewestNodes what a connection has that is not in use; undefined where nothing limits it. */
export function drawn({ startTime, endTime, intervalSeconds, intervals }: Figures, fewestNodes: number | undefined): Drawn {
  const step = intervalSeconds * 1_000;
  const last = Math.floor(Date.parse(endTime) / step) * step;
  const count = Math.round((Date.parse(endTime) - Date.parse(startTime)) / step);
  const starts = Array.from({ length: count }, (_, index) => last - (count - 1 - index) * step);
  const found = new Map(intervals.map((one) => [Date.parse(one.startTime), one]));
  const each = (of: (one: Interval | undefined) => number | null): (number | null)[] => starts.map((start) => of(found.get(start)));
  const counted = (of: (one: Interval) => Readonly<Record<string, number>>, order: (a: string, b: string) => number): Series[] =>
    [...new Set(intervals.flatMap((one) => Object.keys(of(one))))].toSorted(order).map((key) => ({ key, data: each((one) => (one === undefined ? 0 : (of(one)[key] ?? 0))) }));

  const calls = counted((one) => one.calls, (a, b) => Number(b === 'OK') - Number(a === 'OK') || a.localeCompare(b));
  const source = counted((one) => one.sourceCalls, (a, b) => a.localeCompare(b));
  const throttled = each((one) => one?.throttledCalls ?? 0);
  const sum = (all: readonly Series[], counts: (key: string) => boolean = () => true): number => all.filter(({ key }) => counts(key)).flatMap(({ data }) => data).reduce((whole: number, one) => whole + (one ?? 0), 0);
  const hasNodes = fewestNodes !== undefined || intervals.some(({ nodeCount }) => nodeCount !== undefined);
  return {
    moments: starts.map((start) => new Date(start)), calls, source,
    latency: intervals.some(({ latency }) => latency !== undefined) ? (['p50', 'p95', 'p99'] as const).map((key) => ({ key, data: each((one) => one?.latency?.[key] ?? null) })) : [],
    throttled: [{ key: 'throttled', data: throttled }],
    nodes: hasNodes ? [{ key: 'nodeCount', data: each((one) => one?.nodeCount ?? fewestNodes ?? null) }, { key: 'waiting', data: each((one) => one?.waitingCalls ?? 0) }] : [],
    sums: { calls: sum(calls), errors: sum(calls, (key) => key !== 'OK'), throttled: throttled.reduce((whole: number, one) => whole + (one ?? 0), 0), source: sum(source) },
  };
}
