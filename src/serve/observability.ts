// Who observes, and what is told to those who watch from outside: the log, the metrics, the audit log's ear, and how ready the
// server is. Observers are there before anything else; what gauges are read from is handed in as it is made.
import { createHash, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createSourceRequests, type SourceRequests } from '../audit/source-requests.ts';
import type { PartState, Probes } from '../http/probes.ts';
import type { Principal } from '../iam/principal.ts';
import type { Observe } from '../observe/events.ts';
import { createLogger } from '../observe/logger.ts';
import type { TraceOptions } from '../observe/traces.ts';
import { createMetrics, type GaugeName, type Metrics, type Reading } from '../observe/metrics.ts';
import type { Settings } from '../settings.ts';
import type { Figures } from '../storage/figures.ts';
import type { TakeDown } from './compose.ts';
import { createRecent, type Recent } from './recent.ts';

/** What gauges are read from; each part is asked when somebody reads. */
export type GaugeSource = () => Promise<Readonly<Partial<Record<GaugeName, readonly Reading[]>>>>;

export interface Observability {
  readonly observe: Observe;
  readonly sourceRequests: SourceRequests;
  readonly metrics: Metrics;
  /** What is kept in memory of connections. */
  readonly recent: Recent;
  /** Gauges are read from this source too, from now on. */
  readonly gauges: (source: GaugeSource) => void;
}

/** Gauges are asked for once in this time, however many ask. */
const GAUGES_FOR_MS = 1_000;
const READINESS_FOR_MS = 500;
/** Who asks is answered in this time, whether or not the database has answered. */
const LONGEST_WAIT_MS = 500;
/** A database that has been silent for so long is away; before, it is busy. */
const LONGEST_SILENCE_MS = 10_000;
/** Connections that gauges tell of; more would make an answer of many megabytes. */
const MOST_CONNECTIONS = 5_000;

/** Whoever observes: the log, the metrics, and the audit log, which learns what the source called its requests. */
export async function createObservability(settings: TraceSettings & Pick<Settings, 'logLevel'>, takeDowns: TakeDown[]): Promise<Observability> {
  const log = createLogger(settings.logLevel);
  const sourceRequests = createSourceRequests();
  const sources: GaugeSource[] = [];
  const read = shared(GAUGES_FOR_MS, async () => {
    const readings = await Promise.allSettled(sources.map((source) => source()));
    return Object.assign({}, ...readings.map((one) => (one.status === 'fulfilled' ? one.value : {}))) as Awaited<ReturnType<GaugeSource>>;
  });
  const metrics = createMetrics({ readings: read });
  const recent = createRecent();
  const observe = toEach([(event) => sourceRequests.observe(event), (event) => metrics.observe(event), (event) => recent.figures.observe(event), (event) => recent.log.observe(event), log], log);
  const tracing = traceOptionsOf(settings, (message) => log({ kind: 'notice', message }));
  const traces = tracing === undefined ? undefined : await (await import('../observe/traces.ts')).createTraces(tracing);
  if (traces !== undefined) takeDowns.push(() => traces.close());
  return {
    sourceRequests, metrics, recent,
    gauges: (source) => void sources.push(source),
    observe: traces === undefined ? observe : toEach([(event) => traces.observe(event), observe], log),
  };
}

/** What a listener cannot take must not end the call that it was told of. */
function toEach(listeners: readonly Observe[], log: Observe): Observe {
  return (event) => {
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log({ kind: 'fault', requestId: 'observe', error });
      }
    }
  };
}

type TraceSettings = Pick<Settings, 'otlpEndpoint' | 'otlpTracesEndpoint' | 'otlpHeaders' | 'otlpTracesHeaders' | 'otelServiceName' | 'traceShare'>;

/** Undefined where no endpoint is set: then nothing of traces is loaded. */
function traceOptionsOf(settings: TraceSettings, report: (message: string) => void): TraceOptions | undefined {
  const url = settings.otlpTracesEndpoint ?? (settings.otlpEndpoint === undefined ? undefined : `${settings.otlpEndpoint.replace(/\/+$/, '')}/v1/traces`);
  if (url === undefined) return undefined;
  const headers = { ...readHeaders(settings.otlpHeaders), ...readHeaders(settings.otlpTracesHeaders) };
  return { url, headers, serviceName: settings.otelServiceName, serviceVersion: VERSION, share: Number(settings.traceShare), report };
}

/** `name=value,name=value`, values percent-encoded. */
function readHeaders(text: string | undefined): Readonly<Record<string, string>> {
  const pairs = (text ?? '').split(',').map((pair) => /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair)).filter((match) => match !== null);
  return Object.fromEntries(pairs.map(([, name = '', value = '']) => [name, decoded(value)]));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Gauges of what is stored. */
export function storedGauges(figures: Figures, database: 'embedded' | 'postgresql'): GaugeSource {
  const build = [{ labels: { version: VERSION, node: process.versions.node, database }, value: 1 }];
  return async () => {
    const [connections, pending, writes] = await Promise.all([figures.connections(MOST_CONNECTIONS), figures.operationsPending(), figures.writes()]);
    return {
      build, operationsPending: [{ labels: {}, value: pending }],
      writesUnsettled: writes.map(({ connection, state, count }) => ({ labels: { connection, state }, value: count })),
      state: connections.map(({ name, state }) => ({ labels: { connection: name, state }, value: 1 })),
      status: connections.map(({ name, reason, serving }) => ({ labels: { connection: name, reason }, value: serving ? 1 : 0 })),
      nodeLimit: connections.flatMap(({ name, minNodes, maxNodes }) => [
        { labels: { connection: name, bound: 'min' }, value: minNodes }, { labels: { connection: name, bound: 'max' }, value: maxNodes },
      ]),
    };
  };
}

/** Of this server. */
export const VERSION = String((JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { readonly version: unknown }).version);

export interface ProbeParts {
  readonly settings: Pick<Settings, 'metricsOpen' | 'metricsToken'>;
  readonly metrics: Metrics;
  readonly figures: Pick<Figures, 'ping'>;
  readonly queueRuns: () => boolean;
  readonly isDraining: () => boolean;
}

export function createProbes({ settings, metrics, figures, queueRuns, isDraining }: ProbeParts): Probes<Principal> {
  const database = shared(READINESS_FOR_MS, createPulse(figures.ping));
  const reader = settings.metricsToken === undefined ? undefined : digest(settings.metricsToken);
  return {
    readiness: async () => ({ server: isDraining() ? 'draining' : 'ok', database: await database(), queue: queueRuns() ? 'ok' : 'stopped' }),
    metrics: {
      open: settings.metricsOpen,
      isReader: (token) => reader !== undefined && timingSafeEqual(digest(token), reader),
      mayRead: ({ unrestricted }) => unrestricted,
      contentType: metrics.contentType,
      text: () => metrics.text(),
    },
  };
}

/** Whether the database lives: under load it may be slow, and a server that is busy must not be taken for one that is broken. */
export function createPulse(ping: () => Promise<void>, now: () => number = () => performance.now()): () => Promise<PartState> {
  let answeredAt = now();
  let isRefused = false;
  let asking: Promise<void> | undefined;
  return async () => {
    asking ??= ping().then(() => {
      answeredAt = now();
      isRefused = false;
    }, () => { isRefused = true; }).finally(() => { asking = undefined; });
    const { promise: enough, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LONGEST_WAIT_MS);
    await Promise.race([asking, enough]);
    clearTimeout(timer);
    return isRefused || now() - answeredAt > LONGEST_SILENCE_MS ? 'unreachable' : 'ok';
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Does the work once for all who ask while it runs and for some time after it. */
function shared<T>(milliseconds: number, work: () => Promise<T>): () => Promise<T> {
  let latest: { readonly until: number; readonly answer: Promise<T> } | undefined;
  return () => {
    if (latest === undefined || performance.now() > latest.until) {
      latest = { until: performance.now() + milliseconds, answer: work() };
      latest.answer.catch(() => { latest = undefined; });
    }
    return latest.answer;
  };
}
