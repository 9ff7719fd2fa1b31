// What the sandbox lets tests see under /_sandbox: the requests it was sent, its health, the faults that wait. It changes no rows.
import { decodeJson } from './decode.ts';
import { StripeError, unknownUrl } from './errors.ts';
import type { Faults } from './faults.ts';
import { isObject } from './json.ts';
import type { Json, JsonObject } from './json.ts';

const MOST = 100_000;

/** The requests seen since the last reset; past a hundred thousand the oldest are only counted. */
export class Seen {
  private requests: { readonly method: string; readonly path: string; readonly at: number; readonly idempotency_key?: string }[] = [];
  private total = 0;

  note(method: string, path: string, at: number, idempotencyKey: string | undefined): void {
    this.total += 1;
    this.requests.push(idempotencyKey === undefined ? { method, path, at } : { method, path, at, idempotency_key: idempotencyKey });
    if (this.requests.length > MOST) this.requests = this.requests.slice(MOST / 2);
  }

  reset(): void {
    this.requests = [];
    this.total = 0;
  }

  report(): JsonObject {
    const counts: Record<string, number> = {};
    for (const { method, path } of this.requests) {
      const name = `${method} ${path.split('?')[0] ?? path}`;
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return { total: this.total, counts, requests: this.requests.map((one): JsonObject => ({ ...one })) };
  }
}

/** Answers a request under /_sandbox. */
export function observe(method: string, path: string, body: string, seen: Seen, faults: Faults): Json {
  switch (`${method} ${path}`) {
    case 'GET /_sandbox/health':
      return { status: 'ok', pid: process.pid };
    case 'GET /_sandbox/requests':
      return seen.report();
    case 'POST /_sandbox/reset-requests':
      seen.reset();
      return {};
    case 'GET /_sandbox/faults':
      return { faults: faults.waiting() };
    case 'POST /_sandbox/faults': {
      const wanted = decodeJson(body);
      const rules = Array.isArray(wanted['faults']) ? wanted['faults'].filter(isObject) : [wanted];
      for (const rule of rules) faults.add(rule);
      return { faults: faults.waiting() };
    }
    case 'DELETE /_sandbox/faults':
      faults.clear();
      return { faults: [] };
    default:
      throw new StripeError(404, unknownUrl(method, path).body);
  }
}
