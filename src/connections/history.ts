// The states that a connection was in, as they were stored: written with each change of it, the newest so many kept.
import type { ConnectionState } from './model.ts';

export interface PastState {
  /** RFC 3339: since when. */
  readonly time: string;
  readonly state: ConnectionState;
  readonly description?: string;
  /** The reason of an ERROR. */
  readonly status?: string;
  readonly connectionRevision: string;
  /** The operation that led to it, where one did. */
  readonly operation?: string;
}

export interface StateRepository {
  /** Newest first, the present one included. */
  list(connection: string): Promise<readonly PastState[]>;
}

/** States of a connection that are kept. */
export const STATES_KEPT = 100;
