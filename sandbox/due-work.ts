// Does what is due: for the sandbox's own clock before every request and now and then, for test clocks while they advance. Each piece of
// work is a transaction of its own, in the order of its time; what a death leaves undone is still due afterwards.
import type { Call } from './call.ts';
import { emit, emitChanges } from './call.ts';
import { CLOCKS, billingOf, clocksOf } from './clock.ts';
import { apply, applyOthers, record } from './commit.ts';
import type { Due } from './agenda.ts';
import type { World } from './dispatch.ts';
import { number, object, text } from './json.ts';
import { WORK } from './lives/due.ts';
import type { Endpoint } from './sdk.ts';
import { LATEST_VERSION } from './sdk.ts';
import type { Scope } from './store.ts';
import { Transaction } from './transaction.ts';

/** The endpoint that nobody called. */
const NONE: Endpoint = { method: '', path: '', kind: 'verb', collection: '', objects: [], params: new Map(), stub: false, row: false, bytes: false };

function callAt(world: World, scope: Scope, now: number, clock: string): Call {
  const sibling = world.store.scopes.get(`${scope.account}/${scope.livemode ? 'test' : 'live'}`);
  return {
    endpoint: NONE, transaction: new Transaction(scope, sibling, (name) => world.store.scope(name)), ids: [], params: {}, oldParams: {}, path: '', version: LATEST_VERSION, legacy: false, oldest: LATEST_VERSION, livemode: scope.livemode,
    account: scope.account, site: world.site?.() ?? '', now, clock, told: clock === '' ? now : Math.floor(world.now() / 1000), billing: billingOf(world.store), searchDelay: 0, requestId: null, idempotencyKey: null,
  };
}

function finish(world: World, call: Call): void {
  emitChanges(call);
  const others = applyOthers(world, call.transaction);
  record(world, call.transaction, apply(world, call.transaction), others);
}

/** Does one thing. What fails or changes nothing is not tried again before its row changes, or the process starts anew. */
function perform(world: World, scope: Scope, due: Due, now: number): void {
  const call = callAt(world, scope, now, due.clock);
  const was = scope.collections.get(due.collection)?.byKey.get(due.key)?.row;
  const row = call.transaction.edit(due.collection, due.key);
  const work = WORK.get(due.collection);
  if (row === undefined || work === undefined) {
    scope.agenda.drop(due.collection, due.key);
    return;
  }
  try {
    work.run(call, row);
    finish(world, call);
  } catch (error) {
    process.stderr.write(`${due.collection} ${due.key}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    scope.agenda.drop(due.collection, due.key);
    return;
  }
  const is = scope.collections.get(due.collection)?.byKey.get(due.key)?.row;
  if (is !== undefined && JSON.stringify(is) === JSON.stringify(was)) scope.agenda.drop(due.collection, due.key);
}

/** Does everything that is due in a scope by the sandbox's own clock, and by test clocks that stand still. */
export function settle(world: World, scope: Scope): void {
  const now = Math.floor(world.now() / 1000);
  for (let due = scope.agenda.next('', now); due !== undefined; due = scope.agenda.next('', now)) perform(world, scope, due, due.at);
  for (const clock of clocksOf(scope)) {
    if (clock['status'] !== 'ready') continue;
    const id = text(clock, 'id') ?? '';
    const frozen = number(clock, 'frozen_time') ?? 0;
    for (let due = scope.agenda.next(id, frozen); due !== undefined; due = scope.agenda.next(id, frozen)) perform(world, scope, due, frozen);
  }
}

/** The same in every scope. */
export function settleAll(world: World): void {
  for (const scope of world.store.scopes.values()) settle(world, scope);
}

/** Goes on with test clocks that advance, for some milliseconds; whether there is more to do. */
export function advance(world: World, milliseconds: number): boolean {
  const end = performance.now() + milliseconds;
  for (const scope of world.store.scopes.values()) {
    for (const clock of clocksOf(scope)) {
      while (scope.collections.get(CLOCKS)?.byKey.get(text(clock, 'id') ?? '')?.row['status'] === 'advancing') {
        if (performance.now() > end) return true;
        stepOf(world, scope, text(clock, 'id') ?? '');
      }
    }
  }
  return false;
}

function stepOf(world: World, scope: Scope, id: string): void {
  const clock = scope.collections.get(CLOCKS)?.byKey.get(id)?.row;
  const target = number(object(object(clock, 'status_details'), 'advancing'), 'target_frozen_time') ?? 0;
  const due = scope.agenda.next(id, target);
  if (due !== undefined) {
    perform(world, scope, due, Math.max(due.at, number(clock, 'frozen_time') ?? 0));
    return;
  }
  const call = callAt(world, scope, target, id);
  const row = call.transaction.edit(CLOCKS, id);
  if (row === undefined) return;
  Object.assign(row, { frozen_time: target, status: 'ready', status_details: {} });
  emit(call, 'test_helpers.test_clock.ready', { collection: CLOCKS, key: id });
  finish(world, call);
}
