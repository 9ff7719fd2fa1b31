// Makes a transaction's changes real: into the store, with the deliveries that its events cause, and into the log as one line.
// It must not know who asked for them.
import { searchDelayOf } from './clock.ts';
import type { World } from './dispatch.ts';
import { noteChange } from './search-lag.ts';
import type { Operation, Scope } from './store.ts';
import type { Transaction } from './transaction.ts';
import { deliveryOf, destinationsFor, pingOf } from './webhooks/destinations.ts';

/** Applies what a transaction did; what was applied is still to be recorded. */
export function apply(world: World, transaction: Transaction): Operation[] {
  const { scope } = transaction;
  const lags = searchDelayOf(world.store) > 0;
  const done: Operation[] = [];
  for (const operation of transaction.operations()) {
    const destinations = operation[0] === 'event' ? destinationsFor(world, scope, operation[1]) : [];
    if (operation[0] === 'event') operation[1]['pending_webhooks'] = destinations.length;
    if (lags) noteChange(scope, operation, Math.floor(world.now() / 1000));
    world.store.apply(scope, operation);
    done.push(operation);
    const deliveries = operation[0] === 'event' ? destinations.flatMap((destination) => deliveryOf(world, scope, destination, operation)) : pingOf(world, scope, operation);
    for (const one of deliveries) {
      world.store.apply(scope, one);
      done.push(one);
    }
  }
  return done;
}

/** What was done in another account. */
export interface Beside {
  readonly scope: Scope;
  readonly operations: readonly Operation[];
}

/** Applies what a transaction did in other accounts. */
export function applyOthers(world: World, transaction: Transaction): readonly Beside[] {
  return transaction.others().map((other) => ({ scope: other.scope, operations: apply(world, other) }));
}

/** Writes what was applied to the log, as one line: after a death there is all of it or nothing. */
export function record(world: World, transaction: Pick<Transaction, 'scope'>, operations: readonly Operation[], others: readonly Beside[] = []): void {
  if (operations.length === 0 && others.every((one) => one.operations.length === 0)) return;
  if (world.log !== undefined) {
    world.log.append(transaction.scope, operations, others);
    world.log.compact(world.store);
  }
  world.wake?.();
}
