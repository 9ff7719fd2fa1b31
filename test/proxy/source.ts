// A source that tells what reached it, over http or https, and the way out to it.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { createOutbound, type Outbound } from '../../src/engine/outbound/send.ts';
import type { ProxyRoute } from '../../src/engine/outbound/proxy.ts';
import type { Trace } from '../../src/engine/outbound/trace.ts';
import type { ObservedEvent } from '../../src/observe/events.ts';
import type { OutboundRequest } from '../../src/spi/connector.ts';
import type { Certificate } from './certificates.ts';

export interface Source {
  readonly origin: string;
  readonly port: number;
  readonly seen: readonly IncomingMessage['headers'][];
  stop(): Promise<void>;
}

/** Answers each request with its method, path and the length of its body. */
export async function startSource(certificate?: Certificate): Promise<Source> {
  const seen: IncomingMessage['headers'][] = [];
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    seen.push(request.headers);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => response.writeHead(200, { 'content-type': 'application/json', 'request-id': 'req_1' }).end(JSON.stringify({ method: request.method, url: request.url, bytes: Buffer.concat(chunks).length })));
  };
  const server = certificate === undefined ? createServer(answer) : createSecureServer({ cert: certificate.certificate, key: certificate.key }, answer);
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready); });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    origin: `${certificate === undefined ? 'http://127.0.0.1' : 'https://localhost'}:${port}`, port, seen,
    stop: () => new Promise((stopped) => {
      server.closeAllConnections();
      server.close(() => stopped());
    }),
  };
}

export interface WayOut {
  readonly outbound: Outbound;
  readonly events: readonly ObservedEvent[];
  ask(origin: string, route?: ProxyRoute, more?: Partial<OutboundRequest>, trace?: Trace): Promise<unknown>;
}

export const CONNECTION = 'projects/p/locations/l/connections/c';

export function wayOut(allowed: readonly string[], authorities: readonly string[] = []): WayOut {
  const events: ObservedEvent[] = [];
  const outbound = createOutbound({ allowed: new Set(allowed), observe: (event) => events.push(event), authorities });
  return {
    outbound, events,
    async ask(origin, route, more = {}, trace) {
      const request: OutboundRequest = {
        method: 'GET', url: `${origin}/v1/things?limit=1`, headers: { authorization: 'Bearer sk_test_never' }, limits: [], idempotent: true, sensitive: [],
        classify: ({ status }) => (status >= 500 ? 'retry' : 'done'), deadline: new Date(Date.now() + 20_000), requestId: 'r', ...more,
      };
      const { status, body } = await outbound.send(request, { connection: CONNECTION, ...(route === undefined ? {} : { route }), ...(trace === undefined ? {} : { trace }) });
      return { status, ...(JSON.parse(Buffer.from(body).toString()) as object) };
    },
  };
}
