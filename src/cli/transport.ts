// How commands reach the server: by --server and --token, by their variables, or as the administrator of the data folder.
import { CommandError, field, fromAnswer } from './command-error.ts';
import type { Deeds, Terminal } from './deeds.ts';

export interface ConnectionOptions {
  readonly server?: string;
  readonly token?: string;
}

export interface Transport {
  /** `http://127.0.0.1:8080` */
  readonly server: string;
  /** Asks without a token, whatever the answer's status. @throws CommandError where none comes. */
  probe(path: string): Promise<{ readonly status: number; readonly body: unknown }>;
  /** Calls a row of the API. @returns its answer. @throws CommandError */
  call(method: string, path: string, body?: object): Promise<Readonly<Record<string, unknown>>>;
  /** Every item of a list, page by page. @throws CommandError */
  list(path: string, items: string): AsyncIterable<Readonly<Record<string, unknown>>>;
  /** The bytes of an answer that is a stream. @throws CommandError */
  stream(path: string): Promise<AsyncIterable<Uint8Array>>;
}

/** @throws CommandError where no server is named or found. */
export async function connect(options: ConnectionOptions, deeds: Pick<Deeds, 'findLocalServer'>, { environment }: Pick<Terminal, 'environment'>): Promise<Transport> {
  const named = options.server ?? text(environment['KONEKTOR_SERVER']);
  const given = options.token ?? text(environment['KONEKTOR_TOKEN']);
  const local = named === undefined || given === undefined ? await deeds.findLocalServer() : undefined;
  const server = named ?? local?.url;
  if (server === undefined) {
    throw new CommandError('UNAVAILABLE', 'No server runs on this data folder.', 'Start one with "konektor serve", or name one: --server http://host:8080 (KONEKTOR_SERVER).');
  }
  if (!/^https?:\/\//.test(server) || !URL.canParse(server)) throw new CommandError('INVALID_ARGUMENT', `"${server}" is no address of a server: write http://host:8080.`);
  // The token of this folder's administrator goes to this folder's server and to no other.
  const token = given ?? (named === undefined || named === local?.url ? local?.token : text(environment['KONEKTOR_ADMIN_TOKEN']));
  if (token === undefined) throw new CommandError('UNAUTHENTICATED', 'There is no token to call the server with.', 'Pass --token, or set KONEKTOR_TOKEN.');
  return createTransport(server.replace(/\/+$/, ''), token);
}

function createTransport(server: string, token: string): Transport {
  async function reach(path: string, options: RequestInit): Promise<Response> {
    try {
      return await fetch(`${server}${path}`, options);
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : 'it does not answer';
      throw new CommandError('UNAVAILABLE', `${server} cannot be reached: ${cause}.`, 'Is the server running? --server or KONEKTOR_SERVER names another one.');
    }
  }

  async function send(method: string, path: string, body?: object): Promise<Response> {
    const headers = { authorization: `Bearer ${token}`, 'user-agent': 'konektor-cli', ...(body === undefined ? {} : { 'content-type': 'application/json' }) };
    const answer = await reach(path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
    if (!answer.ok) throw fromAnswer(answer.status, await answer.json().catch(() => undefined));
    return answer;
  }

  const call: Transport['call'] = async (method, path, body) => {
    const answer: unknown = await (await send(method, path, body)).json().catch(() => undefined);
    if (typeof answer !== 'object' || answer === null) throw new CommandError('UNKNOWN', `${server} did not answer as Konektor does.`);
    return { ...answer };
  };

  return {
    server, call,
    async probe(path) {
      const answer = await reach(path, { headers: { 'user-agent': 'konektor-cli' } });
      const body: unknown = await answer.json().catch(() => undefined);
      return { status: answer.status, body };
    },
    async* list(path, items) {
      let pageToken = '';
      do {
        const separator = path.includes('?') ? '&' : '?';
        const page = await call('GET', pageToken === '' ? path : `${path}${separator}pageToken=${encodeURIComponent(pageToken)}`);
        const found = page[items];
        for (const item of Array.isArray(found) ? found : []) if (typeof item === 'object' && item !== null) yield { ...item };
        const next = field(page, 'nextPageToken');
        pageToken = typeof next === 'string' ? next : '';
      } while (pageToken !== '');
    },
    async stream(path) {
      const { body } = await send('GET', path);
      if (body === null) throw new CommandError('UNKNOWN', `${server} gave an empty answer.`);
      return told(body, server);
    },
  };
}

async function* told(body: AsyncIterable<Uint8Array>, server: string): AsyncGenerator<Uint8Array> {
  try {
    yield* body;
  } catch {
    throw new CommandError('UNAVAILABLE', `${server} broke off in the middle of its answer.`, 'See the log of the server, and try again.');
  }
}

function text(value: string | undefined): string | undefined {
  return value === undefined || value.trim() === '' ? undefined : value.trim();
}
