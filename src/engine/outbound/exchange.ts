// One exchange over a pool of undici: the request out, the whole reply back, bounded in size and time.
import type { Dispatcher, Pool } from 'undici';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import type { Probe, ProbedOptions } from './traced-client.ts';

/** Larger replies than Stripe ever gives; a file is at most 10 MB here. */
const MOST_BYTES = 64 * 1024 * 1024;

/** Thrown where no whole reply came. `sent` tells whether the source may have seen the request. */
export class ExchangeError extends Error {
  readonly kind: 'network' | 'deadline' | 'aborted' | 'too large';
  readonly sent: boolean;

  constructor(kind: ExchangeError['kind'], sent: boolean, cause?: unknown) {
    super(cause instanceof Error ? cause.message : kind, { cause });
    this.kind = kind;
    this.sent = sent;
  }
}

/** Sends once. @param probe is told when what happened. @throws ExchangeError */
export function exchange(pool: Pool, path: string, request: OutboundRequest, probe?: Probe): Promise<OutboundResponse> {
  return new Promise((resolve, reject) => {
    const { signal, deadline } = request;
    const wait = deadline === undefined ? undefined : deadline.getTime() - Date.now();
    if (signal?.aborted === true) return reject(new ExchangeError('aborted', false));
    if (wait !== undefined && wait <= 0) return reject(new ExchangeError('deadline', false));

    const chunks: Buffer[] = [];
    let control: Dispatcher.DispatchController | undefined;
    let given: ExchangeError['kind'] | undefined;
    let status = 0;
    let headers: Record<string, string> = {};
    let size = 0;

    const give = (kind: ExchangeError['kind']): void => {
      given = kind;
      if (control !== undefined) return control.abort(new Error(kind));
      // It still waits for a socket: the caller is told now, and it is never sent.
      settle();
      reject(new ExchangeError(kind, false));
    };
    const abort = (): void => give('aborted');
    const timer = wait === undefined ? undefined : setTimeout(give, wait, 'deadline');
    signal?.addEventListener('abort', abort, { once: true });
    const settle = (): void => {
      if (probe !== undefined) [probe.ended, probe.bytesReceived] = [performance.now(), size];
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    };

    const options: ProbedOptions = { path, method: request.method, headers: request.headers, body: request.body ?? null, ...(probe === undefined ? {} : { probe }) };
    if (probe !== undefined) probe.dispatched = performance.now();
    pool.dispatch(options, {
      onRequestStart(controller) {
        control = controller;
        if (probe !== undefined) probe.started = performance.now();
        if (given !== undefined) controller.abort(new Error(given));
      },
      onResponseStart(_controller, statusCode, incoming) {
        status = statusCode;
        headers = flatten(incoming);
        if (probe !== undefined) probe.firstByte = performance.now();
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > MOST_BYTES) give('too large');
        else chunks.push(chunk);
      },
      onResponseEnd() {
        settle();
        resolve({ status, headers, body: joined(chunks) });
      },
      onResponseError(_controller, error) {
        settle();
        // Whoever asked may know what to do with a reply whose end is missing: ask for less.
        if (status !== 0 && given === undefined) resolve({ status, headers, body: joined(chunks), cutShort: true });
        else reject(new ExchangeError(given ?? 'network', control !== undefined, error));
      },
    });
  });
}

function joined(chunks: readonly Buffer[]): Buffer {
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}

function flatten(incoming: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const name in incoming) {
    const value = incoming[name];
    if (value !== undefined) headers[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return headers;
}
