// What operations need of a store.
import type { Operation } from './model.ts';

export interface OperationRepository {
  find(name: string): Promise<Operation | undefined>;
  /** Stores how an operation ended; one that has ended already stays as it is. */
  finish(operation: Operation): Promise<void>;
  /** Operations that were begun and not ended, oldest first: what a start has to take up again. */
  pending(): Promise<readonly Operation[]>;
  /** Those of a location, or of all of a project's (`projects/p/locations/-`), newest first; of those begun together, the greatest name. `after` is the last one seen. */
  list(parent: string, page: { readonly size: number; readonly after?: { readonly createTime: string; readonly name: string } }): Promise<readonly Operation[]>;
  /** Notes that an operation is no longer wanted, and tells every process. @returns whether it was running. */
  requestCancellation(name: string): Promise<boolean>;
  /** Forgets an operation that has ended. @returns whether there was one. */
  remove(name: string): Promise<boolean>;
}
