// Who runs something through a connection, for how long they wait, and how they want the answer.

export interface Caller {
  readonly id: string;
  readonly requestId: string;
  readonly signal: AbortSignal;
  readonly deadline: Date;
  readonly output: 'text' | 'typed';
  /** The caller's own key for a write; where absent one is drawn. */
  readonly idempotencyKey?: string;
}
