// What operations need of a store.
import type { Operation } from './model.ts';

export interface OperationRepository {
  find(name: string): Promise<Operation | undefined>;
  /** Stores how an operation ended; one that has ended already stays as it is. */
  finish(operation: Operation): Promise<void>;
  /** Operations that were begun and not ended, oldest first: what a start has to take up again. */
  pending(): Promise<readonly Operation[]>;
}
