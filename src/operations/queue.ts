// What operations need of a queue. An operation is put on it in the transaction that stores it; here is what happens after.

/** Does the work of an operation and stores how it ended. Called at least once, and safe to be called again or twice at a time. */
export type RunOperation = (operation: string, signal: AbortSignal) => Promise<void>;

export interface OperationQueue {
  /** Begins to hand out operations, those first that an earlier process left behind. */
  start(run: RunOperation): Promise<void>;
  /** This process has stored an operation and wants to know when it has ended: see `settle`. */
  wake(operation: string): void;
  /** Tells the work on an operation, where it runs in this process, that it is no longer wanted. */
  abort(operation: string): void;
  /** Waits until every operation that this process stored has ended, wherever it ran. */
  settle(): Promise<void>;
  /** Hands out no more, and waits a bounded time for what runs; what does not end is taken up by another process or start. */
  stop(): Promise<void>;
}
