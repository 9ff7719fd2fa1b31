// One set of rows called both ways: within the process, and over HTTP through a socket. The deeds are the test's own, so that it
// sees what reaches them and may answer whatever it likes.
import type { AddressInfo } from 'node:net';
import type { RowCaller } from '../../src/api/row-caller.ts';
import { createRowCalls } from '../../src/calls/row-caller.ts';
import { createRowClient, createRowStreams, type RowStreams } from '../../src/client/row-client.ts';
import { StatusError } from '../../src/errors/status-error.ts';
import { createHttpServer } from '../../src/http/server.ts';
import { bareServer } from './bare-server.ts';
import { everyRow, type Reached } from './every-row.ts';

export const TOKEN = 'a-token';
export const CONNECTION = 'projects/p/locations/us-central1/connections/c';

export interface BothCallers {
  readonly server: string;
  readonly here: RowCaller;
  readonly remote: RowCaller;
  readonly streams: RowStreams;
  readonly reached: Reached[];
  close(): Promise<void>;
}

/** @param answer what every row answers, beside the least that it says it does. */
export async function bothCallers(answer: (reached: Reached) => Promise<object>): Promise<BothCallers> {
  const reached: Reached[] = [];
  const handlers = everyRow((one) => {
    reached.push(one);
    return answer(one);
  });
  const parts = bareServer(handlers, {
    authenticator: (token) => {
      if (token !== TOKEN) throw new StatusError('UNAUTHENTICATED', 'UNAUTHENTICATED', { message: 'This token is not known here.' });
      return 'user:ani@example.com';
    },
  });
  const http = createHttpServer(parts);
  await http.listen({ host: '127.0.0.1', port: 0 });
  const server = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`;
  return {
    server, reached,
    here: createRowCalls(parts)({ principal: 'user:ani@example.com', requestId: 'r', signal: new AbortController().signal, address: '', headers: {} }),
    remote: createRowClient({ server, token: TOKEN }),
    streams: createRowStreams({ server, token: async () => TOKEN }),
    async close() {
      // fetch may have opened a connection that it has sent nothing on: the server does not take that for idle.
      http.server.closeAllConnections();
      await http.close();
    },
  };
}

/** How a call ended, as far as both ways must agree. */
export async function ended(call: Promise<object>): Promise<unknown> {
  try {
    return { answer: await call };
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { code, reason, message, violations, metadata, retryAfterMs, hint } = error;
    return { code, reason, message, violations, metadata, retryAfterMs, hint };
  }
}
