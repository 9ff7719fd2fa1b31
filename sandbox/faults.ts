// Faults on request, for tests of whoever calls: by rule for the next so many requests that match, by rate, or by a header of the request
// itself. It must not know what the requests mean.
import type { Json, JsonObject } from './json.ts';
import { asText, isObject, number, text } from './json.ts';
import { StripeError, invalidRequest } from './errors.ts';

/** What happens to a request that a rule matches. */
export interface Fault {
  /** `answer` instead of executing; `fail` with a 500 that the idempotency key keeps, before or after; `reset` the connection before or after; `truncate` the answer; `hang`; `delay` and then execute. */
  readonly kind: 'answer' | 'fail' | 'fail_after' | 'reset' | 'reset_after' | 'truncate' | 'hang' | 'delay';
  readonly name: string;
  readonly status: number;
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly delayMs: number;
}

interface Rule extends Fault {
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** How likely it is, from 0 to 1. */
  readonly rate: number;
  readonly random: () => number;
  times: number;
}

type Preset = Pick<Fault, 'kind' | 'status' | 'body' | 'headers'>;

const error = (status: number, body: JsonObject, headers: Readonly<Record<string, string>> = {}): Preset => ({ kind: 'answer', status, body: JSON.stringify({ error: body }), headers });
const only = (kind: Fault['kind']): Preset => ({ kind, status: 500, body: '{}', headers: {} });

const RATE_LIMIT = { code: 'rate_limit', message: 'Request rate limit exceeded.', type: 'invalid_request_error' };

/** The reasons that Stripe gives for a 429. */
const REASONS = ['global-rate', 'global-concurrency', 'endpoint-rate', 'endpoint-concurrency', 'resource-specific'] as const;

const NAMED: Readonly<Record<string, Preset>> = {
  rate_limit: error(429, RATE_LIMIT, { 'stripe-rate-limited-reason': 'global-rate' }),
  rate_limit_unexplained: error(429, RATE_LIMIT),
  ...Object.fromEntries(REASONS.map((reason) => [`rate_limit_${reason.replace('-', '_')}`, error(429, RATE_LIMIT, { 'stripe-rate-limited-reason': reason })])),
  lock_timeout: error(429, { code: 'lock_timeout', message: 'This object cannot be accessed right now because another API request or Stripe process is currently accessing it.', type: 'invalid_request_error' }),
  server_error: error(500, { message: 'An unknown error occurred', type: 'api_error' }),
  server_error_kept: only('fail'),
  server_error_after: only('fail_after'),
  reset: only('reset'),
  reset_after: only('reset_after'),
  truncate: only('truncate'),
  hang: only('hang'),
  latency: only('delay'),
};

function faultFrom(wanted: JsonObject): Fault {
  const name = text(wanted, 'fault');
  const preset = name === undefined || !Object.hasOwn(NAMED, name) ? undefined : NAMED[name];
  if (name !== undefined && preset === undefined) throw invalidRequest(`There is no fault called ${name}. There are: ${Object.keys(NAMED).join(', ')}.`, 'fault');
  const delayMs = number(wanted, 'delay_ms') ?? 0;
  const kind = preset?.kind ?? (wanted['status'] === undefined ? 'delay' : 'answer');
  if (kind === 'delay' && delayMs <= 0) throw invalidRequest('A fault needs `fault`, `status` or `delay_ms`.');
  const body = wanted['body'];
  return {
    kind, name: name ?? kind, status: number(wanted, 'status') ?? preset?.status ?? 500, delayMs,
    body: body === undefined ? (preset?.body ?? '{}') : typeof body === 'string' ? body : JSON.stringify(body),
    headers: { ...preset?.headers, ...headersIn(wanted['headers']) },
  };
}

/** Numbers from 0 to 1 that look random and are the same for the same seed. */
function randomFrom(seed: number): () => number {
  let state = Math.trunc(seed) >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** The rules in force. */
export class Faults {
  private rules: Rule[] = [];
  /** What waits for its time. */
  private readonly held = new Set<() => void>();

  /** Adds a rule from a request's JSON: `{fault | status | delay_ms, method?, path?, times?, rate?, seed?, body?, headers?}`; a path may end in `*`. */
  add(wanted: JsonObject): void {
    const rate = number(wanted, 'rate');
    if (rate !== undefined && !(rate > 0 && rate <= 1)) throw invalidRequest('`rate` must be more than 0 and at most 1.', 'rate');
    this.rules.push({
      ...faultFrom(wanted),
      method: text(wanted, 'method'),
      path: text(wanted, 'path'),
      rate: rate ?? 1,
      random: randomFrom(number(wanted, 'seed') ?? 1),
      times: number(wanted, 'times') ?? (rate === undefined ? 1 : Number.POSITIVE_INFINITY),
    });
  }

  /** Forgets the rules; what they still hold up goes on at once. */
  clear(): void {
    this.rules = [];
    for (const work of this.held) work();
  }

  /** Does something when a delay has passed, or when the rules are forgotten. */
  after(milliseconds: number, work: () => void): void {
    if (milliseconds <= 0) {
      work();
      return;
    }
    const due = (): void => {
      clearTimeout(timer);
      this.held.delete(due);
      work();
    };
    const timer = setTimeout(due, milliseconds);
    this.held.add(due);
  }

  /** The rules that still wait. */
  waiting(): Json {
    return this.rules.map(({ kind, name, status, method, path, times, rate }) => ({ kind, fault: name, status, method: method ?? null, path: path ?? null, times: Number.isFinite(times) ? times : null, rate }));
  }

  /** Takes the fault that is due for a request, if one is. */
  take(method: string, path: string): Fault | undefined {
    for (const rule of this.rules) {
      if ((rule.method !== undefined && rule.method !== method) || !matches(rule.path, path) || (rule.rate < 1 && rule.random() >= rule.rate)) continue;
      rule.times -= 1;
      if (rule.times <= 0) this.rules = this.rules.filter((one) => one !== rule);
      return rule;
    }
    return undefined;
  }
}

/** The fault that a request asks for itself: `Sandbox-Fault: reset_after`, `Sandbox-Fault: latency; delay_ms=200`. */
export function faultOfHeader(header: string | string[] | undefined): Fault | StripeError | undefined {
  const value = Array.isArray(header) ? header[0] : header;
  if (value === undefined || value.trim() === '') return undefined;
  const [name = '', ...rest] = value.split(';').map((part) => part.trim());
  const given = Object.fromEntries(rest.map((part) => part.split('=').map((one) => one.trim())).map(([key = '', one = '']) => [key, Number(one)]));
  try {
    return faultFrom({ fault: name, ...given });
  } catch (fault) {
    if (fault instanceof StripeError) return fault;
    throw fault;
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
