// The listener that counts, and what Prometheus reads: counters and latencies from events, gauges asked for when somebody reads.
// It knows neither what runs nor who may read.
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observe, ObservedEvent } from './events.ts';
import { limitedBy } from './limited-by.ts';
import { METRICS, type MetricName } from './metric-table.ts';

type OfKind<Kind extends string> = { [Name in MetricName]: (typeof METRICS)[Name]['kind'] extends Kind ? Name : never }[MetricName];
export type GaugeName = OfKind<'gauge'>;

/** One value of a gauge. */
export interface Reading {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface MetricsParts {
  /** The gauges, as they are now; asked at each reading. What cannot be told is left out. */
  readonly readings: () => Promise<Readonly<Partial<Record<GaugeName, readonly Reading[]>>>>;
}

export interface Metrics {
  readonly observe: Observe;
  /** Everything in the text form of Prometheus. */
  text(): Promise<string>;
  /** Of `text`. */
  readonly contentType: string;
  /** Takes the series of a connection that is gone out of the counters, so that connections that come and go leave nothing behind. */
  forget(connection: string): Promise<void>;
}

/** From a millisecond, where a Get from a near source lies, to the longest call. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 180];

const GAUGES = Object.entries(METRICS).filter(([, { kind }]) => kind === 'gauge').map(([name]) => name as GaugeName);

export function createMetrics({ readings }: MetricsParts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const configuration = (name: MetricName): { name: string; help: string; labelNames: string[]; registers: Registry[] } =>
    ({ name: METRICS[name].name, help: METRICS[name].help, labelNames: [...METRICS[name].labels], registers: [registry] });
  const counter = (name: OfKind<'counter'>): Counter => new Counter(configuration(name));
  const histogram = (name: OfKind<'histogram'>): Histogram => new Histogram({ ...configuration(name), buckets: SECONDS });

  const [apiRequests, apiSeconds, faults] = [counter('apiRequests'), histogram('apiSeconds'), counter('faults')];
  const [requests, requestSeconds, throttled, queueSeconds] = [counter('requests'), histogram('requestSeconds'), counter('throttled'), histogram('queueSeconds')];
  const [sourceCalls, sourceSeconds, sourceRetries] = [counter('sourceCalls'), histogram('sourceSeconds'), counter('sourceRetries')];
  const [sourceWait, writes, writesReconciled] = [histogram('sourceWait'), counter('writes'), counter('writesReconciled')];
  const gauges = GAUGES.map((name) => [name, new Gauge(configuration(name))] as const);
  const ofConnections = [requests, requestSeconds, throttled, queueSeconds, sourceCalls, sourceSeconds, sourceRetries, sourceWait, writes, writesReconciled];

  function observe(event: ObservedEvent): void {
    switch (event.kind) {
      case 'request':
        apiRequests.inc({ row: event.row, code: event.code });
        apiSeconds.observe({ row: event.row }, event.milliseconds / 1_000);
        return;
      case 'transaction': {
        const { connection, operation, target, code } = event;
        requests.inc({ connection, operation, target, code });
        requestSeconds.observe({ connection, operation }, event.milliseconds / 1_000);
        const by = limitedBy(event.reason);
        if (by !== undefined) throttled.inc({ connection, by });
        return;
      }
      case 'outbound':
      case 'outboundFailure': {
        const { connection = '', method } = event;
        sourceCalls.inc({ connection, method, status: event.kind === 'outbound' ? String(event.status) : 'failed' });
        sourceSeconds.observe({ connection, method }, event.milliseconds / 1_000);
        if (event.attempt > 1) sourceRetries.inc({ connection, method });
        return;
      }
      case 'queued':
        return queueSeconds.observe({ connection: event.connection }, event.milliseconds / 1_000);
      case 'shaped':
        return sourceWait.observe({ connection: event.connection }, event.milliseconds / 1_000);
      case 'write':
        return writes.inc({ connection: event.connection, outcome: event.outcome });
      case 'writeReconciled':
        return writesReconciled.inc({ connection: event.connection, outcome: event.outcome });
      case 'fault':
        return faults.inc();
      // What is refused ends a transaction too, and nodes are read when somebody asks.
      case 'throttled':
      case 'nodes':
      case 'trace':
      case 'verbosity':
      case 'notice':
    }
  }

  async function readGauges(): Promise<void> {
    const found = await readings();
    for (const [name, gauge] of gauges) {
      gauge.reset();
      for (const { labels, value } of found[name] ?? []) gauge.set(labels, value);
      // Without labels it would show 0 for what could not be read.
      if (found[name] === undefined && METRICS[name].labels.length === 0) gauge.remove();
    }
  }

  return {
    observe,
    contentType: registry.contentType,
    async text() {
      await readGauges();
      return registry.metrics();
    },
    async forget(connection) {
      for (const metric of ofConnections) {
        const { values } = await metric.get();
        for (const { labels } of values) {
          if (labels['connection'] !== connection) continue;
          // The values of a histogram carry the label of their bucket as well.
          const { le: _le, ...own } = labels;
          metric.remove(own as Record<string, string>);
        }
      }
    },
  };
}
