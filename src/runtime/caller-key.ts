// Errors of writes name the key that the caller may send again. What the source saw is made from it and is of no use to them.
import { StatusError } from '../errors/status-error.ts';
import type { Caller } from './caller.ts';

/** Runs a write; where its outcome is unknown the error carries the key under which it may be repeated without being done twice. */
export async function underCallerKey<T>(caller: Caller, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { outcome, idempotencyKey } = error.metadata;
    if (outcome !== 'unknown' && idempotencyKey === undefined) throw error;
    throw new StatusError(error.code, error.reason, {
      message: error.message, violations: error.violations, cause: error,
      // A write without a key of the caller's goes out under the id of its request.
      metadata: { ...error.metadata, idempotencyKey: caller.idempotencyKey ?? caller.requestId },
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    });
  }
}
