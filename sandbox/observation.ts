// What the sandbox lets tests see under /_sandbox: the requests it was sent, what they did, its health, the faults and limits in force.
// It changes no rows.
import { decodeJson } from './decode.ts';
import { effectsIn } from './effects.ts';
import { StripeError, unknownUrl } from './errors.ts';
import type { Faults } from './faults.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';
import type { Limits } from './rate-limits.ts';
import { limitsFrom } from './rate-limits.ts';
import type { Store } from './store.ts';

const MOST = 100_000;

/** What became of a request: its answer's status, or none where none went out. */
export interface Told {
  readonly status?: number;
  readonly requestId?: string;
  readonly fault?: string;
}

interface Request {
  readonly method: string;
  readonly path: string;
  readonly at: number;
  readonly idempotency_key?: string;
  status?: number;
  request_id?: string;
  fault?: string;
}

/** The requests seen since the last reset; past a hundred thousand the oldest are only counted. */
export class Seen {
  private requests: Request[] = [];
  private total = 0;

  /** Notes a request; what it returns is to be called with what became of it. */
  note(method: string, path: string, at: number, idempotencyKey: string | undefined): (told: Told) => void {
    const request: Request = idempotencyKey === undefined ? { method, path, at } : { method, path, at, idempotency_key: idempotencyKey };
    this.total += 1;
    this.requests.push(request);
    if (this.requests.length > MOST) this.requests = this.requests.slice(MOST / 2);
    return ({ status, requestId, fault }) => {
      if (status !== undefined) request.status = status;
      if (requestId !== undefined && requestId !== '') request.request_id = requestId;
      if (fault !== undefined) request.fault = fault;
    };
  }

  reset(): void {
    this.requests = [];
    this.total = 0;
  }

  /** All of them, or those of a `method`, a `path` (which may end in `*`), an `idempotency_key`, a `status`. */
  report(wanted: URLSearchParams): JsonObject {
    const counts: Record<string, number> = {};
    const fits = this.requests.filter((request) => [...wanted].every(([name, value]) => matches(request, name, value)));
    for (const { method, path } of fits) {
      const name = `${method} ${path.split('?')[0] ?? path}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return { total: wanted.size === 0 ? this.total : fits.length, counts, requests: fits.map((one): JsonObject => ({ ...one })) };
  }
}

function matches(request: Request, name: string, value: string): boolean {
  const path = request.path.split('?')[0] ?? request.path;
  switch (name) {
    case 'method': return request.method === value;
    case 'path': return value.endsWith('*') ? path.startsWith(value.slice(0, -1)) : path === value;
    case 'idempotency_key': return request.idempotency_key === value;
    case 'status': return String(request.status ?? '') === value;
    case 'fault': return request.fault === value;
    default: return false;
  }
}

/** A request under /_sandbox. */
export interface Look {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
}

/** What can be looked at and set. */
export interface Around {
  readonly store: Store;
  readonly seen: Seen;
  readonly faults: Faults;
  readonly limits: Limits;
}

const OBSERVING: Readonly<Record<string, (around: Around, look: Look) => Json>> = {
  'GET /_sandbox/health': () => ({ status: 'ok', pid: process.pid }),
  'GET /_sandbox/requests': ({ seen }, { query }) => seen.report(query),
  'POST /_sandbox/reset-requests': ({ seen }) => {
    seen.reset();
    return {};
  },
  'GET /_sandbox/effects': ({ store }, { query }) => effectsIn(store, query),
  'GET /_sandbox/faults': ({ faults }) => ({ faults: faults.waiting() }),
  'POST /_sandbox/faults': ({ faults }, { body }) => {
    const wanted = decodeJson(body);
    const rules = Array.isArray(wanted['faults']) ? wanted['faults'].filter(isObject) : [wanted];
    for (const rule of rules) faults.add(rule);
    return { faults: faults.waiting() };
  },
  'DELETE /_sandbox/faults': ({ faults }) => {
    faults.clear();
    return { faults: [] };
  },
  'GET /_sandbox/limits': ({ limits }) => limits.report(),
  'POST /_sandbox/limits': ({ limits }, { body }) => {
    limits.set(limitsFrom(decodeJson(body)));
    return limits.report();
  },
  'DELETE /_sandbox/limits': ({ limits }) => {
    limits.set(undefined);
    return limits.report();
  },
};

/** Answers a request under /_sandbox. */
export function observe(look: Look, around: Around): Json {
  const observing = OBSERVING[`${look.method} ${look.path}`];
  if (observing === undefined) throw new StripeError(404, unknownUrl(look.method, look.path).body);
  return observing(around, look);
}
