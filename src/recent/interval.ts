// What happened through a connection in one stretch of time. While it lasts latencies are counted in buckets, each a tenth wider than
// the one before; when it is over its percentiles alone are kept.

export interface Latency {
  /** Milliseconds, each right to within a twentieth. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Exact. */
  readonly most: number;
}

export interface IntervalFigures {
  /** Milliseconds since 1970. */
  readonly start: number;
  /** Transactions by google.rpc code. */
  readonly calls: Readonly<Record<string, number>>;
  readonly latency: Latency | undefined;
  /** Those that a rate refused: of the connection's nodes, or of the source. */
  readonly throttled: number;
  /** Attempts at the source by status: `2xx`, `4xx`, `429`, `5xx`, `failed` where no answer came. */
  readonly sourceCalls: Readonly<Record<string, number>>;
  readonly sourceLatency: Latency | undefined;
  /** The last that was seen; undefined where nobody looked. */
  readonly nodes: number | undefined;
  /** The most that were seen waiting at once. */
  readonly waiting: number | undefined;
}

export interface Interval {
  readonly start: number;
  call(code: string, milliseconds: number, isThrottled: boolean): void;
  sourceCall(status: number | undefined, milliseconds: number): void;
  look(nodes: number, waiting: number | undefined): void;
  figures(): IntervalFigures;
  /** It is over: the buckets go. */
  end(): void;
}

export function createInterval(start: number): Interval {
  const calls: Record<string, number> = {};
  const sourceCalls: Record<string, number> = {};
  let [throttled, nodes, waiting]: [number, number | undefined, number | undefined] = [0, undefined, undefined];
  let [latencies, sourceLatencies]: [Latencies | undefined, Latencies | undefined] = [undefined, undefined];
  let ended: Pick<IntervalFigures, 'latency' | 'sourceLatency'> | undefined;

  const settled = (): Pick<IntervalFigures, 'latency' | 'sourceLatency'> => ended ?? { latency: latencies?.read(), sourceLatency: sourceLatencies?.read() };
  return {
    start,
    call(code, milliseconds, isThrottled) {
      calls[code] = (calls[code] ?? 0) + 1;
      if (isThrottled) throttled += 1;
      latencies ??= createLatencies();
      latencies.add(milliseconds);
    },
    sourceCall(status, milliseconds) {
      const kind = kindOf(status);
      sourceCalls[kind] = (sourceCalls[kind] ?? 0) + 1;
      sourceLatencies ??= createLatencies();
      sourceLatencies.add(milliseconds);
    },
    look(count, waits) {
      nodes = count;
      if (waits !== undefined) waiting = Math.max(waiting ?? 0, waits);
    },
    figures: () => ({ start, calls, throttled, sourceCalls, nodes, waiting, ...settled() }),
    end() {
      ended = settled();
      latencies = undefined;
      sourceLatencies = undefined;
    },
  };
}

function kindOf(status: number | undefined): string {
  if (status === undefined) return 'failed';
  return status === 429 ? '429' : `${Math.floor(status / 100)}xx`;
}

interface Latencies {
  add(milliseconds: number): void;
  read(): Latency;
}

const GROWTH = Math.log(1.1);
/** What is faster lies in the first bucket. */
const LEAST_MS = 0.1;

function createLatencies(): Latencies {
  const buckets = new Map<number, number>();
  let [count, most] = [0, 0];
  return {
    add(milliseconds) {
      const bucket = Math.max(0, Math.ceil(Math.log(milliseconds / LEAST_MS) / GROWTH));
      buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
      count += 1;
      most = Math.max(most, milliseconds);
    },
    read() {
      const sorted = [...buckets].toSorted(([a], [b]) => a - b);
      const at = (share: number): number => {
        let left = Math.ceil(count * share);
        // The middle of its bucket, and never more than there was.
        for (const [bucket, size] of sorted) if ((left -= size) <= 0) return round(Math.min(most, LEAST_MS * Math.exp((bucket - 0.5) * GROWTH)));
        return round(most);
      };
      return { p50: at(0.5), p95: at(0.95), p99: at(0.99), most: round(most) };
    },
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 100) / 100;
}
