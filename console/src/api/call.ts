// How the page speaks to the server: the HTTP API, as the one who signed in. Whoever signed in is known by a cookie that scripts
// cannot read; the header says that it is this page that asks, and no form of another.
import { ApiError } from './api-error.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface CallOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/** @throws ApiError */
export async function call<Answer = Json>(path: string, options: CallOptions = {}): Promise<Answer> {
  return parse(await (await answered(path, options)).text()) as Answer;
}

/** What is answered, to be kept as a file. @throws ApiError */
export async function callFile(path: string, options: CallOptions = {}): Promise<Blob> {
  return (await answered(path, options)).blob();
}

/** What is answered bit by bit. @throws ApiError */
export async function callStream(path: string, options: CallOptions = {}): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  return (await answered(path, options)).body ?? new ReadableStream();
}

async function answered(path: string, { method = 'GET', body, query, headers, signal }: CallOptions): Promise<Response> {
  const answer = await send(`${path}${queryText(query)}`, {
    method,
    headers: { 'x-konektor-console': '1', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal === undefined ? {} : { signal }),
  });
  if (!answer.ok) throw ApiError.fromAnswer(answer.status, parse(await answer.text()));
  return answer;
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin', redirect: 'error' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError('UNAVAILABLE', 'SERVER_UNREACHABLE', '', []);
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function queryText(query: CallOptions['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

/** Every item of a list, page by page; the lists that a person reads are short enough for that. @throws ApiError */
export async function callList<Item>(path: string, items: string, query: CallOptions['query'] = {}, signal?: AbortSignal): Promise<readonly Item[]> {
  const all: Item[] = [];
  let pageToken: string | undefined;
  do {
    const page: Json = await call(path, { query: { pageSize: 1_000, ...query, pageToken }, ...(signal === undefined ? {} : { signal }) });
    const found = page[items];
    if (Array.isArray(found)) all.push(...(found as Item[]));
    const next = page['nextPageToken'];
    pageToken = typeof next === 'string' && next !== '' ? next : undefined;
  } while (pageToken !== undefined);
  return all;
}
