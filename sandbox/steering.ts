// What tests may do to a sandbox besides asking it: move its clock, say how failed collections go on and how far search lags, see the
// deliveries. Under /_sandbox, without a key; what is set is kept like everything else.
import { SELF, billingOf, billingSet, moved, searchDelayOf, searchDelaySet } from './clock.ts';
import { record } from './commit.ts';
import { decodeJson } from './decode.ts';
import type { World } from './dispatch.ts';
import { settleAll } from './due-work.ts';
import type { Json, JsonObject } from './json.ts';
import { number } from './json.ts';
import type { Operation } from './store.ts';
import { deliveriesIn } from './webhooks/deliverer.ts';

function keep(world: World, operation: Operation): void {
  const scope = world.store.scope(SELF);
  world.store.apply(scope, operation);
  record(world, { scope }, [operation]);
}

const clock = (world: World): JsonObject => ({ now: Math.floor(world.now() / 1000) });

const billing = (world: World): JsonObject => {
  const { retryDays, afterFailures } = billingOf(world.store);
  return { retry_days: [...retryDays], after_failures: afterFailures };
};

const STEERING: Readonly<Record<string, (world: World, body: string) => Json>> = {
  'GET /_sandbox/clock': clock,
  'POST /_sandbox/clock': (world, body) => {
    keep(world, moved(world.store, number(decodeJson(body), 'advance_seconds') ?? Number.NaN));
    // The answer says that it has become that late: what was due until then has happened.
    settleAll(world);
    return clock(world);
  },
  'GET /_sandbox/billing': billing,
  'POST /_sandbox/billing': (world, body) => {
    keep(world, billingSet(world.store, decodeJson(body)));
    return billing(world);
  },
  'GET /_sandbox/search': (world) => ({ delay_seconds: searchDelayOf(world.store) }),
  'POST /_sandbox/search': (world, body) => {
    keep(world, searchDelaySet(number(decodeJson(body), 'delay_seconds') ?? Number.NaN));
    return { delay_seconds: searchDelayOf(world.store) };
  },
  'GET /_sandbox/deliveries': (world) => ({ deliveries: deliveriesIn(world) }),
};

/** Answers such a request; undefined if it is none. */
export function steer(world: World, method: string, path: string, body: string): Json | undefined {
  return STEERING[`${method} ${path}`]?.(world, body);
}
