// How much may be asked at once and per second, as Stripe limits it: per account, per endpoint, and one write at a time to an object.
// Off until it is switched on. It must not know what requests do.
import { StripeError, invalidRequest } from './errors.ts';
import type { Json, JsonObject } from './json.ts';
import { flag, isObject, number } from './json.ts';

/** What a request is to the limits. */
export interface Asking {
  readonly account: string;
  readonly livemode: boolean;
  /** Method and path with `{}` for ids: one endpoint for all ids. */
  readonly endpoint: string;
  /** The ids of objects that the request writes to; none for reads. */
  readonly writes: readonly string[];
}

/** The limits in force; an absent one does not limit. */
export interface LimitSettings {
  /** Requests a second, per account and mode. */
  readonly account?: { readonly live?: number; readonly test?: number };
  /** Requests a second to each endpoint: one number for all, or by `METHOD /path/{}`, `*` for the others. */
  readonly endpoint?: number | Readonly<Record<string, number>>;
  /** Requests under way at once. */
  readonly concurrency?: { readonly account?: number; readonly endpoint?: number };
  /** Writes to one object within an hour. */
  readonly resource?: number;
  /** A write to an object to which another is under way is refused. */
  readonly locks?: boolean;
}

const SEARCHED = ['charges', 'customers', 'invoices', 'payment_intents', 'prices', 'products', 'subscriptions'];

/** Stripe's published limits: some endpoints have one of their own. */
export const STRIPE_LIMITS: LimitSettings = {
  account: { live: 100, test: 25 }, resource: 1000, locks: true,
  endpoint: { '*': 25, 'GET /v1/files': 20, 'GET /v1/files/{}': 20, 'POST /v1/files': 20, 'POST /v1/payouts': 15, ...Object.fromEntries(SEARCHED.map((name) => [`GET /v1/${name}/search`, 20])) },
};

const HOUR = 3600 * 1000;
const FORGET = 5000;

function limited(reason: string): StripeError {
  const message = 'Request rate limit exceeded. You can learn more about rate limits here https://stripe.com/docs/rate-limits.';
  return new StripeError(429, { code: 'rate_limit', doc_url: 'https://stripe.com/docs/error-codes/rate-limit', message, type: 'invalid_request_error' }, false, { 'stripe-rate-limited-reason': reason });
}

/** Stripe's refusal to touch an object that something else holds. */
export function lockTimeout(): StripeError {
  const message = 'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request. If you see this error frequently and are making multiple concurrent requests to a single object, make your requests serially or at a lower rate. For more details, see https://stripe.com/docs/rate-limits#object-lock-timeouts.';
  return new StripeError(429, { code: 'lock_timeout', doc_url: 'https://stripe.com/docs/error-codes/lock-timeout', message, type: 'invalid_request_error' });
}

/** Counts of what came in the window that runs. */
interface Window {
  since: number;
  count: number;
}

/** Counts requests and refuses those past the limits. */
export class Limits {
  private settings: LimitSettings | undefined;
  private windows = new Map<string, Window>();
  private underWay = new Map<string, number>();

  constructor(settings?: LimitSettings) {
    this.settings = settings;
  }

  /** Whether anything is limited. */
  isOn(): boolean {
    return this.settings !== undefined;
  }

  set(settings: LimitSettings | undefined): void {
    this.settings = settings;
    this.windows = new Map();
    this.underWay = new Map();
  }

  report(): JsonObject {
    return { limits: this.settings === undefined ? null : (JSON.parse(JSON.stringify(this.settings)) as Json) };
  }

  /** Lets a request in, or throws; what it returns must be called when the request is answered. */
  enter(asking: Asking, now: number): () => void {
    const { settings } = this;
    if (settings === undefined) return () => undefined;
    const scope = `${asking.account}/${asking.livemode ? 'live' : 'test'}`;
    const place = `${scope} ${asking.endpoint}`;
    this.checkUnderWay(settings, scope, place);
    if (settings.locks === true && asking.writes.some((id) => (this.underWay.get(`lock ${scope} ${id}`) ?? 0) > 0)) throw lockTimeout();
    this.countAll(settings, asking, scope, place, now);
    const held = [scope, place, ...asking.writes.map((id) => `lock ${scope} ${id}`)];
    const counts = this.underWay;
    for (const one of held) counts.set(one, (counts.get(one) ?? 0) + 1);
    return () => {
      for (const one of held) {
        const left = (counts.get(one) ?? 1) - 1;
        if (left <= 0) counts.delete(one);
        else counts.set(one, left);
      }
    };
  }

  private checkUnderWay({ concurrency }: LimitSettings, scope: string, place: string): void {
    if ((this.underWay.get(scope) ?? 0) >= (concurrency?.account ?? Number.POSITIVE_INFINITY)) throw limited('global-concurrency');
    if ((this.underWay.get(place) ?? 0) >= (concurrency?.endpoint ?? Number.POSITIVE_INFINITY)) throw limited('endpoint-concurrency');
  }

  private countAll(settings: LimitSettings, asking: Asking, scope: string, place: string, now: number): void {
    const whole = settings.account?.[asking.livemode ? 'live' : 'test'];
    const own = typeof settings.endpoint === 'number' ? settings.endpoint : (settings.endpoint?.[asking.endpoint] ?? settings.endpoint?.['*']);
    if (!this.hasRoom(scope, whole, 1000, now)) throw limited('global-rate');
    if (!this.hasRoom(place, own, 1000, now)) throw limited('endpoint-rate');
    const worn = asking.writes.some((id) => !this.hasRoom(`object ${scope} ${id}`, settings.resource, HOUR, now));
    if (worn) throw limited('resource-specific');
    if (whole !== undefined) this.count(scope, 1000, now);
    if (own !== undefined) this.count(place, 1000, now);
    if (settings.resource !== undefined) for (const id of asking.writes) this.count(`object ${scope} ${id}`, HOUR, now);
  }

  private hasRoom(name: string, most: number | undefined, length: number, now: number): boolean {
    if (most === undefined) return true;
    const window = this.windows.get(name);
    return window === undefined || now - window.since >= length || window.count < most;
  }

  private count(name: string, length: number, now: number): void {
    const window = this.windows.get(name);
    if (window !== undefined && now - window.since < length) {
      window.count += 1;
      return;
    }
    if (this.windows.size > FORGET) for (const [old, one] of this.windows) if (now - one.since >= HOUR) this.windows.delete(old);
    this.windows.set(name, { since: now, count: 1 });
  }
}

function positive(row: JsonObject, name: string, path: string): number | undefined {
  const value = row[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || value < 1) throw invalidRequest(`\`${path}\` must be a number of at least 1.`, path);
  return value;
}

function pair(wanted: JsonObject, name: string, parts: readonly [string, string]): JsonObject | undefined {
  const given = wanted[name];
  if (given === undefined) return undefined;
  if (typeof given === 'number') return Object.fromEntries(parts.map((part) => [part, given]));
  if (!isObject(given)) throw invalidRequest(`\`${name}\` must be a number or an object with \`${parts.join('` and `')}\`.`, name);
  return Object.fromEntries(parts.flatMap((part) => {
    const value = positive(given, part, `${name}.${part}`);
    return value === undefined ? [] : [[part, value]];
  }));
}

const KNOWN = new Set(['account', 'endpoint', 'concurrency', 'resource', 'locks', 'stripe']);

/** Settings from a request's JSON: `{stripe: true}` for Stripe's own, or each by itself; on top of Stripe's where both are given. */
export function limitsFrom(wanted: JsonObject): LimitSettings {
  const unknown = Object.keys(wanted).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) throw invalidRequest(`There is no limit called \`${unknown}\`.`, unknown);
  const account = pair(wanted, 'account', ['live', 'test']);
  const concurrency = pair(wanted, 'concurrency', ['account', 'endpoint']);
  const endpoint = endpointsFrom(wanted['endpoint']);
  const resource = positive(wanted, 'resource', 'resource');
  return {
    ...(flag(wanted, 'stripe') ? STRIPE_LIMITS : {}),
    ...(account === undefined ? {} : { account }),
    ...(concurrency === undefined ? {} : { concurrency }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(resource === undefined ? {} : { resource }),
    ...(typeof wanted['locks'] === 'boolean' ? { locks: wanted['locks'] } : {}),
  };
}

function endpointsFrom(given: Json | undefined): number | Readonly<Record<string, number>> | undefined {
  if (given === undefined || typeof given === 'number') return given;
  if (!isObject(given)) throw invalidRequest('`endpoint` must be a number or an object of numbers by `METHOD /path/{}`.', 'endpoint');
  return Object.fromEntries(Object.keys(given).map((name) => [name, positive(given, name, `endpoint.${name}`) ?? number(given, name) ?? 1]));
}
