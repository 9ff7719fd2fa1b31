// Faults on request, for tests of whoever calls: the next so many requests that match are answered by rule, cut off or delayed.
// It must not know what the requests mean.
import type { Json, JsonObject } from './json.ts';
import { asText, isObject, number, text } from './json.ts';
import { invalidRequest } from './errors.ts';

/** What happens to a request that a rule matches. */
export interface Fault {
  /** `answer` instead of executing; `reset` the connection before or after; `delay` and then execute. */
  readonly kind: 'answer' | 'reset' | 'reset_after' | 'delay';
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly delayMs: number;
}

interface Rule extends Fault {
  readonly method: string | undefined;
  readonly path: string | undefined;
  times: number;
}

const error = (status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}): Pick<Fault, 'status' | 'body' | 'headers'> =>
  ({ status, body: JSON.stringify({ error: body }), headers });

const NAMED: Readonly<Record<string, Pick<Fault, 'status' | 'body' | 'headers'>>> = {
  rate_limit: error(429, { code: 'rate_limit', message: 'Request rate limit exceeded.', type: 'invalid_request_error' }, { 'stripe-rate-limited-reason': 'global-rate' }),
  lock_timeout: error(429, { code: 'lock_timeout', message: 'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.', type: 'invalid_request_error' }),
  server_error: error(500, { message: 'An unknown error occurred', type: 'api_error' }),
};

/** The rules in force. */
export class Faults {
  private rules: Rule[] = [];

  /** Adds a rule from a request's JSON: `{fault | status, method?, path?, times?, body?, headers?, delay_ms?}`; a path may end in `*`. */
  add(wanted: JsonObject): void {
    const named = text(wanted, 'fault');
    const preset = NAMED[named ?? ''];
    const delayMs = number(wanted, 'delay_ms') ?? 0;
    const kind = named === 'reset' || named === 'reset_after' ? named : preset === undefined && wanted['status'] === undefined ? 'delay' : 'answer';
    if (kind === 'delay' && delayMs === 0) throw invalidRequest('A fault needs `fault`, `status` or `delay_ms`.');
    const body = wanted['body'];
    this.rules.push({
      kind,
      status: number(wanted, 'status') ?? preset?.status ?? 500,
      body: body === undefined ? (preset?.body ?? '{}') : typeof body === 'string' ? body : JSON.stringify(body),
      headers: { ...preset?.headers, ...headersIn(wanted['headers']) },
      delayMs,
      method: text(wanted, 'method'),
      path: text(wanted, 'path'),
      times: number(wanted, 'times') ?? 1,
    });
  }

  clear(): void {
    this.rules = [];
  }

  /** The rules that still wait. */
  waiting(): Json {
    return this.rules.map(({ kind, status, method, path, times }) => ({ kind, status, method: method ?? null, path: path ?? null, times }));
  }

  /** Takes the fault that is due for a request, if one is. */
  take(method: string, path: string): Fault | undefined {
    if (this.rules.length === 0) return undefined;
    const rule = this.rules.find((one) => (one.method === undefined || one.method === method) && matches(one.path, path));
    if (rule === undefined) return undefined;
    rule.times -= 1;
    if (rule.times <= 0) this.rules = this.rules.filter((one) => one !== rule);
    return rule;
  }
}

function headersIn(value: Json | undefined): Readonly<Record<string, string>> {
  if (!isObject(value)) return {};
  const headers = Object.entries(value).map(([name, one]) => [name.toLowerCase(), asText(one)] as const);
  const wrong = headers.find(([name, one]) => !/^[\w-]+$/.test(name) || !/^[\x20-\x7e]*$/.test(one));
  if (wrong !== undefined) throw invalidRequest(`${wrong[0]} is no header that can be sent.`, 'headers');
  return Object.fromEntries(headers);
}

function matches(pattern: string | undefined, path: string): boolean {
  if (pattern === undefined) return true;
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : pattern === path;
}
