// What a connection is told of its own traffic, by the verbosity that it asks for. Absent at level 1, so that it costs nothing there.
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Observe } from '../../observe/events.ts';

export type Tell = (level: number, what: string, facts: Readonly<Record<string, unknown>>) => void;

export interface Trace {
  readonly connection: string;
  /** 2 to 5. */
  readonly level: number;
  /** Says something of the request that is being made, if the level is asked for. */
  tell: Tell;
  /** `tell` for later, still said of the request that is being made now. */
  bound(): Tell;
  /** Runs work that is done for a request, so that what happens below is told of it. */
  within<T>(requestId: string | undefined, work: () => T): T;
}

export function createTrace(observe: Observe, connection: string, level: number): Trace {
  const current = new AsyncLocalStorage<string | undefined>();
  const of = (requestId: string | undefined): Tell => (wanted, what, facts) => {
    if (wanted <= level) observe({ kind: 'trace', connection, requestId, verbosity: wanted, what, facts });
  };
  return {
    connection, level,
    tell: (wanted, what, facts) => of(current.getStore())(wanted, what, facts),
    bound: () => of(current.getStore()),
    within: (requestId, work) => current.run(requestId, work),
  };
}
