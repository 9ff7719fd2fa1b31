// A server reached over HTTP by fetch: what is sent, and what is said where no answer of Konektor comes back. It knows
// methods and addresses and no rows; it runs in Node and in browsers.
import { StatusError } from '../errors/status-error.ts';
import { errorOfAnswer, foreign } from './answered-error.ts';
import { isObject, parsed } from './json.ts';

export interface ServerOptions {
  /** `https://konektor.example.com`; a path before the API's own is kept. */
  readonly server: string;
  /** A bearer token, or what gives one: it is asked before each call. Absent for a server that lets everybody in. */
  readonly token?: string | (() => string | Promise<string>) | undefined;
  /** In place of the global one: for a proxy, an agent, a test. */
  readonly fetch?: typeof fetch | undefined;
  /** Shown in the audit log of the server. Browsers send their own. */
  readonly userAgent?: string | undefined;
  /** For one answer to have come whole; two minutes unless set. Streams of lines are bounded until they begin. */
  readonly timeoutMs?: number | undefined;
}

export interface LinkRequest {
  readonly method: string;
  /** From `/` on, percent-encoded. */
  readonly address: string;
  /** Sent as JSON; undefined sends none. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Answered {
  readonly status: number;
  /** Read from JSON; undefined for what is none. */
  readonly body: unknown;
  /** `text/html`, '' where it is not said. */
  readonly type: string;
}

export interface ServerLink {
  /** `https://konektor.example.com`, without a slash at its end. */
  readonly server: string;
  /** @returns what is answered, whatever its status. @throws StatusError where no answer comes: SERVER_UNREACHABLE, TIMED_OUT, CALLER_LEFT. */
  ask(request: LinkRequest): Promise<Answered>;
  /** @returns the object of the answer. @throws StatusError what the server says, else SERVER_UNREACHABLE, TIMED_OUT, CALLER_LEFT, ANSWER_NOT_UNDERSTOOD. */
  call(request: LinkRequest): Promise<object>;
  /** @returns the bytes of the answer as they come. @throws StatusError as `call` does, also in the middle. */
  stream(request: LinkRequest): AsyncIterable<Uint8Array>;
}

const LONGEST_MS = 120_000;

/** Nothing is sent before the first call. @throws StatusError INVALID_ARGUMENT where the server is no address. */
export function createServerLink(options: ServerOptions): ServerLink {
  const server = baseOf(options.server);
  const doFetch = options.fetch ?? ((input, init) => fetch(input, init));
  const longestMs = options.timeoutMs ?? LONGEST_MS;
  const userAgent = options.userAgent ?? ('document' in globalThis ? undefined : 'konektor-client');

  /** What is wrong with the request or the token is its caller's, and is thrown as it is. */
  async function prepare({ method, body, headers }: LinkRequest): Promise<RequestInit> {
    const token = typeof options.token === 'function' ? await options.token() : options.token;
    return {
      method,
      // A token goes to the server that was named, and to no other.
      redirect: 'manual',
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), ...(userAgent === undefined ? {} : { 'user-agent': userAgent }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    };
  }

  /** Says of what went wrong on the way what it was. */
  function told(error: unknown, signal: AbortSignal | undefined, late: AbortSignal): StatusError {
    if (error instanceof StatusError) return error;
    if (signal?.aborted === true) return new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before the answer came.', cause: error });
    if (late.aborted) return new StatusError('DEADLINE_EXCEEDED', 'TIMED_OUT', { message: `${server} did not answer within ${longestMs / 1000} s.`, cause: error });
    return new StatusError('UNAVAILABLE', 'SERVER_UNREACHABLE', { message: `${server} cannot be reached: ${causeOf(error)}.`, cause: error });
  }

  async function ask(request: LinkRequest): Promise<Answered> {
    const init = await prepare(request);
    const late = AbortSignal.timeout(longestMs);
    try {
      const answer = await doFetch(`${server}${request.address}`, { ...init, signal: endOf(late, request.signal) });
      return { status: answer.status, body: parsed(await answer.text()), type: typeOf(answer) };
    } catch (error) {
      throw told(error, request.signal, late);
    }
  }

  return {
    server, ask,
    async call(request) {
      const { status, body, type } = await ask(request);
      if (status < 200 || status > 299) throw errorOfAnswer(status, body, server);
      if (!isObject(body)) throw foreign(status, server, [body === undefined ? noJson(type) : 'it is no object']);
      return body;
    },
    async* stream(request) {
      const init = await prepare(request);
      const late = new AbortController();
      const timer = setTimeout(() => late.abort(), longestMs);
      try {
        const answer = await doFetch(`${server}${request.address}`, { ...init, signal: endOf(late.signal, request.signal) });
        if (!answer.ok) throw errorOfAnswer(answer.status, parsed(await answer.text()), server);
        if (typeOf(answer) !== 'application/x-ndjson' || answer.body === null) throw foreign(answer.status, server, ['it is no stream of lines']);
        clearTimeout(timer);
        yield* chunksOf(answer.body);
      } catch (error) {
        throw told(error, request.signal, late.signal);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}

/** @throws StatusError INVALID_ARGUMENT */
function baseOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'The server is named by its address alone: http://host:8080.', violations: [{ field: 'server', description: 'must be an address such as http://host:8080' }] });
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function endOf(late: AbortSignal, signal: AbortSignal | undefined): AbortSignal {
  return signal === undefined ? late : AbortSignal.any([late, signal]);
}

/** `text/html` */
function typeOf(answer: Response): string {
  return answer.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

function noJson(type: string): string {
  return type === '' || type === 'application/json' ? 'it is no JSON' : `it is ${type.slice(0, 100)}, and no JSON`;
}

/** By a reader, since not every browser iterates a stream. Whoever stops early ends the call. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** The innermost word on it: fetch itself only says that it failed. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof AggregateError && error.errors.length > 0) return causeOf(error.errors[0]);
  if (error.cause !== undefined) return causeOf(error.cause);
  // `…:error:…:SSL routines:some_function:wrong version number:some/file.c:77:` is written for those who work on OpenSSL.
  const [, ofTls] = /SSL routines:[^:]*:([^:]+):/.exec(error.message) ?? [];
  if (ofTls === undefined) return error.message;
  return ofTls === 'wrong version number' ? 'what answers there speaks no TLS, so that http:// may be meant' : `TLS says ${ofTls}`;
}
