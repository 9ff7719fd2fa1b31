// What is told of each request to a connection that asks for it: at level 2 the request and how it was answered, at 3 the bodies, at
// 5 how long each step took and on which socket.
import { redactBody, redactHeaders, redactUrl } from '../../observe/redact.ts';
import type { OutboundRequest, OutboundResponse } from '../../spi/connector.ts';
import type { Passage } from './passage.ts';
import type { Trace } from './trace.ts';
import type { Probe } from './traced-client.ts';

/** One attempt, told of. @param waited milliseconds that it waited for its turn. @throws ExchangeError */
export async function exchangeTraced(trace: Trace, passage: Passage, path: string, request: OutboundRequest, { attempt, waited }: { readonly attempt: number; readonly waited: number }): Promise<OutboundResponse> {
  return trace.within(request.requestId, async () => {
    const { method, url, headers, body, sensitive } = request;
    const tell = trace.bound();
    tell(2, 'sourceRequest', { attempt, method, url: redactUrl(url, sensitive), headers: redactHeaders(headers, sensitive) });
    if (trace.level >= 3 && body !== undefined) tell(3, 'sourceRequestBody', { attempt, body: redactBody(body, headers['content-type'] ?? '', sensitive) });
    const probe: Probe = {};
    const started = performance.now();
    try {
      const reply = await passage.exchange(path, request, probe);
      tell(2, 'sourceResponse', { attempt, status: reply.status, milliseconds: round(performance.now() - started), ...(reply.cutShort === true ? { cutShort: true } : {}), headers: redactHeaders(reply.headers, sensitive) });
      if (trace.level >= 3) tell(3, 'sourceResponseBody', { attempt, body: redactBody(reply.body, reply.headers['content-type'] ?? '', sensitive) });
      return reply;
    } catch (error) {
      tell(2, 'sourceFailure', { attempt, milliseconds: round(performance.now() - started), error: error instanceof Error ? error.message : 'no answer' });
      throw error;
    } finally {
      if (trace.level >= 5) tell(5, 'sourceTimings', { attempt, ...timingsOf(probe, waited, request) });
    }
  });
}

function timingsOf({ dispatched, started, firstByte, ended, bytesReceived, socket, carriedBefore }: Probe, waited: number, { body }: OutboundRequest): Readonly<Record<string, unknown>> {
  const between = (from: number | undefined, to: number | undefined): number | undefined => (from === undefined || to === undefined ? undefined : round(to - from));
  return {
    turnMs: round(waited), socketMs: between(dispatched, started), firstByteMs: between(started, firstByte), bodyMs: between(firstByte, ended), wholeMs: between(dispatched, ended),
    bytesSent: body === undefined ? 0 : Buffer.byteLength(body), bytesReceived,
    ...(socket === undefined ? {} : { local: `${socket.localAddress ?? ''}:${socket.localPort ?? ''}`, remote: `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`, carriedBefore }),
  };
}

function round(milliseconds: number): number {
  return Math.round(milliseconds * 1_000) / 1_000;
}
