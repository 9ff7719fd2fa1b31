// A call through a connection is one transaction, and has to have its turn: the port to whoever counts them.
import type { Connection } from '../connections/model.ts';
import type { Caller } from './caller.ts';

export interface Turns {
  /** Takes a turn: undefined where it is there at once. @throws StatusError RESOURCE_EXHAUSTED with a delay, DEADLINE_EXCEEDED, CANCELLED */
  take(connection: Connection, caller: Caller): undefined | Promise<void>;
}
