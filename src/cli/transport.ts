// How commands reach the server: the rows of the API called by its client, as the one whose token it is. What a call needs
// beyond the help of a command is loaded when the call is made.
import type { RowCaller, StreamId } from '../api/row-caller.ts';
import type { StreamInput } from '../client/row-client.ts';
import type { Shell } from './shell.ts';
import { findPlace, type Defaults, type PlaceOptions } from './place.ts';

/** A server, reached. */
export interface Reached {
  /** `http://127.0.0.1:8080` */
  readonly server: string;
  /** Project, location and connection that are meant where none is named. */
  readonly defaults: Defaults;
  /** Ends when the user interrupts the command. */
  readonly signal: AbortSignal;
  /** Calls a row. @throws CommandError */
  readonly call: RowCaller;
  /** The bytes of a row's answer, such as lines of JSON; the promise waits for the first of them. @throws CommandError */
  readonly stream: <Id extends StreamId>(id: Id, input: StreamInput<Id>) => Promise<AsyncIterable<Uint8Array>>;
  /** Asks without a token, whatever the answer's status. @throws CommandError where none comes. */
  readonly probe: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;
}

/** The longest call that a server serves ends sooner. */
const LONGEST_MS = 600_000;

/** @throws CommandError where no server is named or found. */
export async function reach(options: PlaceOptions, { deeds, terminal }: Pick<Shell, 'deeds' | 'terminal'>): Promise<Reached> {
  const { server, token, defaults } = await findPlace(options, deeds, terminal.environment);
  const signal = terminal.interruption();
  const client = { server, userAgent: `konektor-cli/${terminal.version}`, timeoutMs: LONGEST_MS };

  /** What a client throws is told in words of this room. */
  async function told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw (await import('./answered.ts')).inWords(error, signal);
    }
  }

  const call: RowCaller = (id, input, callOptions) => told(async () => (await import('../client/row-client.ts')).createRowClient({ ...client, token })(id, input, { ...callOptions, signal }));

  return {
    server, defaults, signal, call,
    probe: (address) => told(async () => (await import('../client/server-link.ts')).createServerLink(client).ask({ method: 'GET', address, signal })),
    stream: (id, input) => told(async () => {
      const { createRowStreams } = await import('../client/row-client.ts');
      const bytes = createRowStreams({ ...client, token }).bytes(id, input, { signal })[Symbol.asyncIterator]();
      const first = await bytes.next();
      return (async function* rest() {
        for (let next = first; next.done !== true; next = await told(() => bytes.next())) yield next.value;
      })();
    }),
  };
}
