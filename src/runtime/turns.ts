// A call through a connection is one transaction, and has to have its turn: the port to whoever counts them.
import type { Connection } from '../connections/model.ts';
import type { Caller } from './caller.ts';

/** How the nodes of a connection are. */
export interface NodeFacts {
  readonly nodes: number;
  readonly perSecond: number;
  readonly waiting: number;
  readonly processes: number;
}

export interface Turns {
  /**
   * Takes a turn: undefined where it is there at once.
   * @param call a text that is the same when the call is sent again; asked for only where there is a queue.
   * @throws StatusError RESOURCE_EXHAUSTED with a delay, DEADLINE_EXCEEDED, CANCELLED
   */
  take(connection: Connection, caller: Caller, call: () => string): undefined | Promise<void>;
  /** Undefined where there is no limit. */
  look(connection: Connection): Promise<NodeFacts | undefined>;
}
