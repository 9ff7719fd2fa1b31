// Errors of writes name the key that the caller may send again. What the source saw is made from it and is of no use to them.
import { StatusError } from '../errors/status-error.ts';
import type { Caller } from './caller.ts';
import { WRITE_KEY } from './write-key.ts';

/** Runs a write; where its outcome is unknown the error carries the key under which it may be repeated without being done twice. */
export async function underCallerKey<T>(caller: Caller, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof StatusError)) throw error;
    const { outcome, idempotencyKey, ...metadata } = error.metadata;
    // A write without a key of the caller's goes out under the id of its request.
    const key = caller.idempotencyKey ?? caller.requestId;
    const told = outcome === 'unknown' || idempotencyKey !== undefined ? { idempotencyKey: key } : {};
    throw new StatusError(error.code, error.reason, {
      message: error.message.replace(WRITE_KEY, key), violations: error.violations, cause: error,
      metadata: { ...metadata, ...(outcome === undefined ? {} : { outcome }), ...told },
      ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
    });
  }
}
