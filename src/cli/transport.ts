// How commands reach the server: the rows of the API called by its client, as the one whose token it is. What a call needs
// beyond the help of a command is loaded when the call is made.
import type { RowCaller, StreamId } from '../api/row-caller.ts';
import type { ApiTable } from '../api/table.ts';
import type { GivenInput, StreamInput, StreamOutput } from '../client/row-client.ts';
import type { Asked } from './answered.ts';
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
  /** The objects of such lines, each looked at; the promise waits for the first of them. @throws CommandError */
  readonly objects: <Id extends StreamId>(id: Id, input: StreamInput<Id>) => Promise<AsyncIterable<StreamOutput<Id>>>;
  /** Calls a row that is chosen while the program runs: what is sent was looked at by who calls. @throws CommandError */
  readonly callAny: (id: keyof ApiTable, input: GivenInput) => Promise<object>;
  /** The bytes of such a row's answer. @throws CommandError */
  readonly streamAny: (id: keyof ApiTable, input: GivenInput) => Promise<AsyncIterable<Uint8Array>>;
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
  async function told<T>(work: () => Promise<T>, asked?: Asked): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw await (await import('./answered.ts')).inWords(error, signal, asked);
    }
  }

  const rows: RowCaller = async (id, input, callOptions) => (await import('../client/row-client.ts')).createRowClient({ ...client, token })(id, input, { ...callOptions, signal });
  const asking = ({ path, body }: GivenInput): Asked => ({ path, body, ...(options.connection === undefined ? {} : { connectionOption: options.connection }) });
  const call: RowCaller = (id, input, callOptions) => told(() => rows(id, input, callOptions), { ...asking(input), rows });

  return {
    server, defaults, signal, call,
    probe: (address) => told(async () => (await import('../client/server-link.ts')).createServerLink(client).ask({ method: 'GET', address, signal })),
    stream: (id, input) => begun(async () => (await import('../client/row-client.ts')).createRowStreams({ ...client, token }).bytes(id, input, { signal }), asking(input)),
    objects: (id, input) => begun(async () => (await import('../client/row-client.ts')).createRowStreams({ ...client, token }).objects(id, input, { signal }), asking(input)),
    callAny: (id, input) => told(async () => (await import('../client/row-client.ts')).createAnyRows({ ...client, token }).call(id, input, { signal }), { ...asking(input), rows }),
    streamAny: (id, input) => begun(async () => (await import('../client/row-client.ts')).createAnyRows({ ...client, token }).bytes(id, input, { signal }), asking(input)),
  };

  /** Waits for the first part; whatever breaks off, also in the middle, is told in words of this room. Who stops early ends the call. */
  function begun<T>(start: () => Promise<AsyncIterable<T>>, asked: Asked): Promise<AsyncIterable<T>> {
    return told(async () => {
      const parts = (await start())[Symbol.asyncIterator]();
      const first = await parts.next();
      return (async function* rest() {
        try {
          for (let next = first; next.done !== true; next = await told(() => parts.next(), asked)) yield next.value;
        } finally {
          await parts.return?.();
        }
      })();
    }, asked);
  }
}
