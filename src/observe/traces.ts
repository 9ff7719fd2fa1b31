// The listener that makes traces: a span for each call of the API, and below it one for each attempt at the source. It is
// loaded where an endpoint for traces is set, and nowhere else; spans are made from events when a call has ended, so that
// nothing on its way knows of them, and no header goes to the source. Spans hold names of resources, codes and times: no
// row's id and no value.
import type { Context, SpanOptions, Tracer } from '@opentelemetry/api';
import type { Sampler, SpanExporter } from '@opentelemetry/sdk-trace';
import type { Observe, ObservedEvent } from './events.ts';
import { scrub } from './scrub.ts';
import { parseTraceparent } from './traceparent.ts';

export interface TraceOptions {
  /** Where spans go, by OTLP over HTTP in protobuf: the whole address. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly serviceName: string;
  readonly serviceVersion: string;
  /** The share of the traces begun here that is kept, 0 to 1; what a caller began is kept if the caller keeps it. */
  readonly share: number;
  /** Told when spans could not be sent, once in a while. */
  readonly report: (message: string) => void;
}

export interface Traces {
  readonly observe: Observe;
  /** Sends what waits, within bounds. */
  close(): Promise<void>;
}

type Attempt = Extract<ObservedEvent, { readonly kind: 'outbound' | 'outboundFailure' }> & { readonly endedAt: number };
type Transaction = Extract<ObservedEvent, { readonly kind: 'transaction' }>;
type Request = Extract<ObservedEvent, { readonly kind: 'request' }>;

interface Gathered {
  readonly attempts: Attempt[];
  /** Attempts beyond those that are kept. */
  more: number;
  transaction?: Transaction;
}

const MOST_CALLS = 10_000;
/** A List may need thousands; the first of them tell enough. */
const MOST_ATTEMPTS = 100;
const LONGEST_VALUE = 512;
const LONGEST_CLOSE_MS = 3_000;
const BETWEEN_REPORTS_MS = 60_000;

export async function createTraces(options: TraceOptions): Promise<Traces> {
  const [api, sdk, { resourceFromAttributes }, { OTLPTraceExporter }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace'), import('@opentelemetry/resources'), import('@opentelemetry/exporter-trace-otlp-proto'),
  ]);
  const sampler: Sampler = new sdk.ParentBasedSampler({ root: new sdk.TraceIdRatioBasedSampler(options.share) });
  const provider = new sdk.TracerProvider({
    sampler, spanLimits: { attributeValueLengthLimit: LONGEST_VALUE },
    resource: resourceFromAttributes({ 'service.name': options.serviceName, 'service.version': options.serviceVersion }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: reporting(new OTLPTraceExporter({ url: options.url, headers: { ...options.headers } }), options.report) })],
  });
  const tracer: Tracer = provider.getTracer('konektor', options.serviceVersion);
  const calls = new Map<string, Gathered>();

  function gather(requestId: string): Gathered {
    const known = calls.get(requestId);
    if (known !== undefined) return known;
    if (calls.size >= MOST_CALLS) {
      const [oldest] = calls.keys();
      if (oldest !== undefined) calls.delete(oldest);
    }
    const fresh: Gathered = { attempts: [], more: 0 };
    calls.set(requestId, fresh);
    return fresh;
  }

  function end(request: Request, endedAt: number): void {
    const { transaction, attempts, more } = calls.get(request.requestId) ?? { attempts: [], more: 0, transaction: undefined };
    calls.delete(request.requestId);
    const parent = parseTraceparent(request.traceparent);
    const from: Context = parent === undefined ? api.ROOT_CONTEXT : api.trace.setSpanContext(api.ROOT_CONTEXT, parent);
    const startTime = endedAt - request.milliseconds;
    const span = tracer.startSpan(request.row, { kind: api.SpanKind.SERVER, startTime, attributes: attributesOf(request, transaction, more) }, from);
    if (!span.isRecording()) return;
    if (request.status >= 500) span.setStatus({ code: api.SpanStatusCode.ERROR, message: request.code });
    const within = api.trace.setSpan(from, span);
    for (const attempt of attempts) {
      const child = tracer.startSpan(...clientSpan(attempt, api.SpanKind.CLIENT, startTime), within);
      if (attempt.kind === 'outboundFailure') child.setStatus({ code: api.SpanStatusCode.ERROR, message: scrub(attempt.error) });
      else if (attempt.status >= 400) child.setStatus({ code: api.SpanStatusCode.ERROR });
      child.end(attempt.endedAt);
    }
    span.end(endedAt);
  }

  return {
    observe(event) {
      const now = performance.timeOrigin + performance.now();
      if (event.kind === 'request') return end(event, now);
      if (event.kind === 'transaction') {
        gather(event.requestId).transaction = event;
        return;
      }
      if ((event.kind !== 'outbound' && event.kind !== 'outboundFailure') || event.requestId === undefined) return;
      const call = gather(event.requestId);
      if (call.attempts.length < MOST_ATTEMPTS) call.attempts.push({ ...event, endedAt: now });
      else call.more += 1;
    },
    async close() {
      const { promise: tooLong, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(() => {
        options.report('traces could not be sent in the time that a stop has for them');
        resolve();
      }, LONGEST_CLOSE_MS);
      await Promise.race([provider.shutdown().catch(() => undefined), tooLong]);
      clearTimeout(timer);
    },
  };
}

type Attributes = NonNullable<SpanOptions['attributes']>;

function attributesOf({ row, connection, method, status, code, requestId }: Request, transaction: Transaction | undefined, more: number): Attributes {
  return {
    'http.request.method': method, 'http.response.status_code': status, 'konektor.row': row, 'konektor.code': code, 'konektor.request_id': requestId,
    ...(connection === undefined ? {} : { 'konektor.connection': connection }),
    ...(transaction === undefined ? {} : { 'konektor.operation': transaction.operation, 'konektor.target': transaction.target }),
    ...(more === 0 ? {} : { 'konektor.attempts_not_shown': more }),
  };
}

/** @param earliest when its call began: ends are read from a clock of whole milliseconds, by which an attempt that was made at once would have begun before. */
function clientSpan(attempt: Attempt, kind: NonNullable<SpanOptions['kind']>, earliest: number): [string, SpanOptions] {
  const { method, origin, endedAt, milliseconds } = attempt;
  const { hostname, port, protocol } = new URL(origin);
  const attributes: Attributes = {
    'http.request.method': method, 'server.address': hostname, 'server.port': Number(port === '' ? (protocol === 'https:' ? 443 : 80) : port), 'konektor.attempt': attempt.attempt,
    ...(attempt.attempt === 1 ? {} : { 'http.request.resend_count': attempt.attempt - 1 }),
    ...(attempt.kind === 'outbound' ? { 'http.response.status_code': attempt.status } : { 'error.type': 'no answer' }),
  };
  return [`${method} ${hostname}`, { kind, startTime: Math.max(earliest, endedAt - milliseconds), attributes }];
}

/** The exporter, telling when it fails: spans that nobody takes would be lost in silence. */
function reporting(exporter: SpanExporter, report: (message: string) => void): SpanExporter {
  let toldAt = -Infinity;
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        if (result.error !== undefined && performance.now() - toldAt > BETWEEN_REPORTS_MS) {
          toldAt = performance.now();
          report(`traces could not be sent: ${result.error.message}`);
        }
        done(result);
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
