// Sends deliveries, behind the requests' back: to each destination one at a time and in the order of their events, again later where
// the other side did not answer with 2xx. What became of each is a change of its row. It must not know what events mean.
import type { World } from '../dispatch.ts';
import type { JsonObject } from '../json.ts';
import { flag, number, object, objects, text } from '../json.ts';
import type { Operation, Scope } from '../store.ts';
import { DELIVERIES, POST_CLOCK, addressOf } from './destinations.ts';
import { signatureOf } from './signature.ts';

const MINUTE = 60;
const HOUR = 3600;
/** How long after a failure the next attempt comes, in seconds by the sandbox's clock; after the last there is none. */
const AGAIN = { test: [5 * MINUTE, 30 * MINUTE, 2 * HOUR], live: [5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 12 * HOUR, 12 * HOUR, 12 * HOUR, 12 * HOUR] } as const;
const PATIENCE = 10_000;
const MOST = 10_000;

type Outcome = { readonly status: number } | { readonly error: string };

/** The sender of one sandbox. */
export class Deliverer {
  private readonly world: World;
  private readonly lines = new Map<string, Promise<void>>();
  private readonly stop = new AbortController();
  private woken = false;

  constructor(world: World) {
    this.world = world;
  }

  /** Looks soon whether there is something to send. */
  wake(): void {
    if (this.woken || this.stop.signal.aborted) return;
    this.woken = true;
    setImmediate(() => {
      this.woken = false;
      this.lineUp();
    });
  }

  /** Stops sending; what was not sent is still due. */
  async close(): Promise<void> {
    this.stop.abort();
    await Promise.allSettled(this.lines.values());
  }

  private lineUp(): void {
    const now = Math.floor(this.world.now() / 1000);
    for (const scope of this.world.store.scopes.values()) {
      for (let due = scope.agenda.next(POST_CLOCK, now); due !== undefined; due = scope.agenda.next(POST_CLOCK, now)) {
        const { key } = due;
        scope.agenda.drop(DELIVERIES, key);
        const to = text(scope.collections.get(DELIVERIES)?.byKey.get(key)?.row, 'destination') ?? '';
        const line = (this.lines.get(to) ?? Promise.resolve()).then(() => this.deliver(scope, key));
        this.lines.set(to, line);
        void line.then(() => {
          if (this.lines.get(to) === line) this.lines.delete(to);
        });
      }
    }
  }

  private async deliver(scope: Scope, key: string): Promise<void> {
    const row = scope.collections.get(DELIVERIES)?.byKey.get(key)?.row;
    if (row === undefined || this.stop.signal.aborted) return;
    const to = this.world.store.scopes.get(text(row, 'destination_scope') ?? '')?.collections.get(text(row, 'destination_collection') ?? '')?.byKey.get(text(row, 'destination') ?? '')?.row;
    const url = addressOf(this.world, to);
    const body = bodyOf(scope, row);
    if (url === undefined || body === undefined) {
      this.write(scope, [['put', DELIVERIES, key, { ...row, status: 'canceled', next_attempt_at: null }]]);
      return;
    }
    const outcome = await this.send(url, body, text(to, '_secret') ?? '');
    if (!this.stop.signal.aborted) this.note(scope, key, row, url, outcome);
  }

  private async send(url: string, body: string, secret: string): Promise<Outcome> {
    try {
      // The receiver compares the time with its own clock, which nobody moved.
      const signature = signatureOf(body, secret, Math.floor(Date.now() / 1000));
      const response = await fetch(url, {
        method: 'POST', body, redirect: 'manual', signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(PATIENCE)]),
        headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature, 'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)' },
      });
      await response.body?.cancel();
      return { status: response.status };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      return { error: cause instanceof Error ? cause.message : String(cause) };
    }
  }

  private note(scope: Scope, key: string, row: JsonObject, url: string, outcome: Outcome): void {
    const now = Math.floor(this.world.now() / 1000);
    const attempts = [...objects(row, 'attempts'), { at: now, url, ...outcome }];
    const good = 'status' in outcome && outcome.status >= 200 && outcome.status < 300;
    const wait = AGAIN[scope.livemode ? 'live' : 'test'][attempts.length - 1];
    const status = good ? 'succeeded' : wait === undefined ? 'failed' : 'pending';
    const operations: Operation[] = [['put', DELIVERIES, key, { ...row, attempts, status, next_attempt_at: status === 'pending' && wait !== undefined ? now + wait : null }]];
    const event = scope.collections.get('/v1/events')?.byKey.get(text(row, 'event') ?? '')?.row;
    if (good && event !== undefined) operations.push(['put', '/v1/events', text(row, 'event') ?? '', { ...event, pending_webhooks: Math.max(0, (number(event, 'pending_webhooks') ?? 1) - 1) }]);
    const oldest = scope.rows(DELIVERIES).order[0];
    if (scope.rows(DELIVERIES).order.length > MOST && oldest !== undefined && oldest.row['status'] !== 'pending') operations.push(['remove', DELIVERIES, oldest.key, false]);
    this.write(scope, operations);
  }

  private write(scope: Scope, operations: readonly Operation[]): void {
    for (const operation of operations) this.world.store.apply(scope, operation);
    this.world.log?.append(scope, operations);
  }
}

/** What is sent: the event in the destination's version, or only the news that there is one. */
function bodyOf(scope: Scope, row: JsonObject): string | undefined {
  const thin = flag(row, 'thin');
  const event = scope.collections.get(thin ? '/v2/core/events' : '/v1/events')?.byKey.get(text(row, 'event') ?? '')?.row;
  if (event === undefined) return undefined;
  if (thin) {
    const { data: _data, changes: _changes, ...news } = event;
    return JSON.stringify(news);
  }
  const { id, object: kind, ...rest } = event;
  const shown = row['shown'];
  const data = shown === undefined ? (event['data'] ?? {}) : { ...object(event, 'data'), object: shown };
  const account: JsonObject = row['connected'] === true ? { account: scope.account } : {};
  return JSON.stringify({ id, object: kind, ...account, ...rest, api_version: row['api_version'] ?? null, data }, null, 2);
}

/** What became of the deliveries, newest first, for `GET /_sandbox/deliveries`. */
export function deliveriesIn(world: World): JsonObject[] {
  return [...world.store.scopes.values()].flatMap((scope) => (scope.collections.get(DELIVERIES)?.order ?? []).toReversed().map(({ row }): JsonObject => {
    const { shown: _shown, destination_collection: _collection, destination_scope: _scope, ...rest } = row;
    return { ...rest, account: scope.account, livemode: scope.livemode };
  }));
}
