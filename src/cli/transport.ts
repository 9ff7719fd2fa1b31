// How commands reach the server: the rows of the API called over HTTP as the one whose token it is. What a call needs beyond
// the help of a command is loaded when the call is made.
import type { RowCaller } from '../api/row-caller.ts';
import type { ApiTable } from '../api/table.ts';
import { CommandError, fromAnswer, interrupted } from './command-error.ts';
import type { Shell } from './shell.ts';
import { findPlace, type Defaults, type PlaceOptions } from './place.ts';
import type { GivenForRow } from './row-request.ts';

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
  /** The bytes of a row's answer, such as lines of JSON. @throws CommandError */
  readonly stream: (id: keyof ApiTable, given: GivenForRow) => Promise<AsyncIterable<Uint8Array>>;
  /** Asks without a token, whatever the answer's status. @throws CommandError where none comes. */
  readonly probe: (path: string) => Promise<{ readonly status: number; readonly body: unknown }>;
}

/** @throws CommandError where no server is named or found. */
export async function reach(options: PlaceOptions, { deeds, terminal }: Pick<Shell, 'deeds' | 'terminal'>): Promise<Reached> {
  const { server, token, defaults } = await findPlace(options, deeds, terminal.environment);
  const signal = terminal.interruption();

  async function ask(path: string, request: RequestInit): Promise<Response> {
    try {
      return await fetch(`${server}${path}`, { ...request, signal });
    } catch (error) {
      if (signal.aborted) throw interrupted();
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : 'it does not answer';
      throw new CommandError('UNAVAILABLE', `${server} cannot be reached: ${cause}.`, 'Is the server running? --server or KONEKTOR_SERVER names another one.');
    }
  }

  async function send(id: keyof ApiTable, given: GivenForRow, more: Readonly<Record<string, string>> = {}): Promise<Response> {
    const { rowRequest } = await import('./row-request.ts');
    const { method, target, body } = rowRequest(id, given);
    const headers = { authorization: `Bearer ${token}`, 'user-agent': `konektor-cli/${terminal.version}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...more };
    const answer = await ask(target, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw fromAnswer(answer.status, await answer.json().catch(() => undefined));
    return answer;
  }

  return {
    server, defaults, signal,
    async call(id, given, { headers } = {}) {
      const answer: unknown = await (await send(id, given, headers)).json().catch((error: unknown) => {
        if (signal.aborted) throw interrupted();
        return error;
      });
      if (typeof answer !== 'object' || answer === null || answer instanceof Error) throw new CommandError('UNKNOWN', `${server} did not answer as Konektor does.`);
      // What a row answers is what its output says: the caller's type is made of it.
      return answer as never;
    },
    async probe(path) {
      const answer = await ask(path, { headers: { 'user-agent': `konektor-cli/${terminal.version}` } });
      const body: unknown = await answer.json().catch(() => undefined);
      return { status: answer.status, body };
    },
    async stream(id, given) {
      const { body } = await send(id, given);
      if (body === null) throw new CommandError('UNKNOWN', `${server} gave an empty answer.`);
      return told(body, server, signal);
    },
  };
}

/** Every page of a list, one after the other. @param read reads the page of a token; the first has none */
export async function* eachPage<Page extends { readonly nextPageToken?: string }>(read: (page: { readonly pageToken?: string }) => Promise<Page>, first?: string): AsyncGenerator<Page> {
  let token = first ?? '';
  do {
    const page = await read(token === '' ? {} : { pageToken: token });
    yield page;
    token = page.nextPageToken ?? '';
  } while (token !== '');
}

async function* told(body: AsyncIterable<Uint8Array>, server: string, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    if (signal.aborted) throw interrupted();
    throw new CommandError('UNAVAILABLE', `${server} broke off in the middle of its answer.`, 'See the log of the server, and try again.');
  }
}
