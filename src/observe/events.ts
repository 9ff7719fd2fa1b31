// Everything that may be observed, as one union: the code tells what happened, listeners decide what to do with it.
import type { Code } from '../errors/codes.ts';

export type TransactionKind = 'LIST' | 'GET' | 'CREATE' | 'UPDATE' | 'DELETE' | 'EXECUTE';

export type ObservedEvent =
  /** A call of the HTTP API has ended. `row` is that of the table, `connection` what its path names, `traceparent` the caller's. */
  | { readonly kind: 'request'; readonly requestId: string; readonly method: string; readonly path: string; readonly row: string; readonly connection: string | undefined; readonly status: number; readonly code: 'OK' | Code; readonly milliseconds: number; readonly caller: string; readonly traceparent: string | undefined }
  /** What was done with an entity type or action (`target`, by its listed name; '' where it has none) of a connection that exists; how many rows came of it, where that is known. */
  | { readonly kind: 'transaction'; readonly requestId: string; readonly connection: string; readonly operation: TransactionKind; readonly target: string; readonly code: 'OK' | Code; readonly reason: string; readonly milliseconds: number; readonly rows?: number; readonly error?: string }
  | { readonly kind: 'fault'; readonly requestId: string; readonly error: unknown }
  /** `requestId` is the call's that it was made for, `sourceRequestId` the source's own name for it. */
  | { readonly kind: 'outbound'; readonly method: string; readonly origin: string; readonly connection: string | undefined; readonly status: number; readonly attempt: number; readonly milliseconds: number; readonly requestId: string | undefined; readonly sourceRequestId: string | undefined }
  | { readonly kind: 'outboundFailure'; readonly method: string; readonly origin: string; readonly connection: string | undefined; readonly attempt: number; readonly milliseconds: number; readonly requestId: string | undefined; readonly error: string }
  /** A transaction was refused, to be tried again after so many ms. */
  | { readonly kind: 'throttled'; readonly connection: string; readonly caller: string; readonly retryAfterMs: number }
  /** A transaction was let through after it had waited its turn. */
  | { readonly kind: 'queued'; readonly connection: string; readonly milliseconds: number }
  /** A call to the source left after it had waited for the source's limits. */
  | { readonly kind: 'shaped'; readonly connection: string; readonly milliseconds: number }
  | { readonly kind: 'nodes'; readonly connection: string; readonly nodes: number; readonly before: number }
  /** A write through the journal. `unknown` is listed there until it is settled; `replayed` was answered without asking the source. */
  | { readonly kind: 'write'; readonly connection: string; readonly operation: string; readonly name: string; readonly outcome: 'succeeded' | 'final' | 'unknown' | 'not begun' | 'replayed'; readonly milliseconds: number }
  | { readonly kind: 'writeReconciled'; readonly connection: string; readonly operation: string; readonly name: string; readonly outcome: 'succeeded' | 'failed' | 'not found' | 'cannot tell' }
  /** Told to a connection that asks for so much: `verbosity` is the level, 2 to 5, at which it is told. Without secrets. */
  | { readonly kind: 'trace'; readonly connection: string; readonly requestId: string | undefined; readonly verbosity: number; readonly what: string; readonly facts: Readonly<Record<string, unknown>> }
  /** A connection was opened that asks to be told as much as this (1 to 5); undefined where it does not say. */
  | { readonly kind: 'verbosity'; readonly connection: string; readonly level: number | undefined }
  | { readonly kind: 'notice'; readonly message: string };

export type Observe = (event: ObservedEvent) => void;
