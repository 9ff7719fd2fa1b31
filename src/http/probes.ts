// What machines ask a server: is it alive, does it take calls, what has it counted. The first two need no token and tell
// nothing but names of parts; the third is for those who may read it.
import type { FastifyInstance } from 'fastify';
import { StatusError } from '../errors/status-error.ts';
import { authenticate, type Authenticator } from './authenticate.ts';

/** How a part of the server is: `ok`, or a word on why not. */
export type PartState = 'ok' | 'unreachable' | 'stopped' | 'draining';

export interface Probes<Principal> {
  /** Every part that calls need, and how it is. */
  readonly readiness: () => Promise<Readonly<Record<string, PartState>>>;
  readonly metrics: {
    /** Whether everybody may read them. */
    readonly open: boolean;
    /** Whether this is the token that reads metrics and nothing else. */
    readonly isReader: (token: string) => boolean;
    readonly mayRead: (principal: Principal) => boolean;
    readonly contentType: string;
    readonly text: () => Promise<string>;
  };
}

/** Adds `/healthz`, `/readyz` and `/metrics`. */
export function addProbes<Principal>(server: FastifyInstance, { probes, authenticator }: { readonly probes: Probes<Principal>; readonly authenticator: Authenticator<Principal> }): void {
  const { metrics, readiness } = probes;
  server.get('/healthz', async () => ({ status: 'ok' }));

  server.get('/readyz', async (_request, reply) => {
    const parts = await readiness();
    const isReady = Object.values(parts).every((state) => state === 'ok');
    return reply.code(isReady ? 200 : 503).header('cache-control', 'no-store').send({ status: isReady ? 'ready' : 'not ready', parts });
  });

  server.get('/metrics', async (request, reply) => {
    if (!metrics.open) await admit(request.headers.authorization);
    return reply.type(metrics.contentType).header('cache-control', 'no-store').send(await metrics.text());
  });

  async function admit(authorization: string | undefined): Promise<void> {
    if (authorization !== undefined && metrics.isReader(authorization.replace(/^bearer /i, '').trim())) return;
    const principal = await authenticate(authorization, authenticator);
    if (metrics.mayRead(principal)) return;
    throw new StatusError('PERMISSION_DENIED', 'PERMISSION_DENIED', { message: 'Metrics are read by administrators, and with the token in KONEKTOR_METRICS_TOKEN.' });
  }
}
