// Asks a sandbox over HTTP as a plain client would: for the tests beside, which must not lean on an SDK alone.
import type { Json, JsonObject } from './json.ts';
import { isObject, text } from './json.ts';

/** An answer: its status, its headers, its JSON. */
export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly row: JsonObject;
}

/** What a parameter may be; undefined ones are not sent. */
export type Value = Json | undefined | { readonly [name: string]: Value } | readonly Value[];

/** Parameters by name. */
export type Params = Readonly<Record<string, Value>>;

/** Sends requests with one key to one sandbox. */
export class Client {
  private readonly url: string;
  private readonly headers: Readonly<Record<string, string>>;

  constructor(url: string, key = 'sk_test_plain', headers: Readonly<Record<string, string>> = {}) {
    this.url = url;
    this.headers = { authorization: `Bearer ${key}`, ...headers };
  }

  /** Whatever the answer is. */
  async ask(method: string, path: string, params: Params = {}, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    const encoded = encode(params);
    const posted = method === 'POST';
    const response = await fetch(`${this.url}${path}${!posted && encoded !== '' ? `?${encoded}` : ''}`, {
      method,
      headers: { ...this.headers, ...(posted ? { 'content-type': 'application/x-www-form-urlencoded' } : {}), ...headers },
      ...(posted ? { body: encoded } : {}),
    });
    return { status: response.status, headers: response.headers, row: (await response.json()) as JsonObject };
  }

  /** The row of an answer that must be good. */
  async row(method: string, path: string, params: Params = {}): Promise<JsonObject> {
    const { status, row } = await this.ask(method, path, params);
    if (status !== 200) throw new Error(`${method} ${path} answered ${status}: ${JSON.stringify(row)}`);
    return row;
  }

  /** The id of a row that is made. */
  async make(path: string, params: Params = {}): Promise<string> {
    return text(await this.row('POST', path, params), 'id') ?? '';
  }

  /** The error of an answer that must be bad, with its status. */
  async error(method: string, path: string, params: Params = {}): Promise<JsonObject> {
    const { status, row } = await this.ask(method, path, params);
    const error = row['error'];
    if (!isObject(error)) throw new Error(`${method} ${path} answered ${status} and no error`);
    return { status, ...error };
  }

  /** The ids on a list's page. */
  async ids(path: string, params: Params = {}): Promise<string[]> {
    const page = await this.row('GET', path, params);
    return (Array.isArray(page['data']) ? page['data'] : []).filter(isObject).map((one) => text(one, 'id') ?? '');
  }
}

/** Parameters as a form: brackets for what is inside, indices for arrays. */
export function encode(params: Params): string {
  const pairs: string[] = [];
  const walk = (name: string, value: Value): void => {
    if (value === undefined) return;
    if (typeof value === 'object' && value !== null) Object.entries(value).forEach(([key, one]) => walk(`${name}[${key}]`, one));
    else pairs.push(`${encodeURIComponent(name)}=${encodeURIComponent(value ?? '')}`);
  };
  Object.entries(params).forEach(([name, value]) => walk(name, value));
  return pairs.join('&');
}
