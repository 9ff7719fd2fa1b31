// What the journal refuses, and how it tells of a write whose outcome is not known.
import type { Code } from '../errors/codes.ts';
import { StatusError } from '../errors/status-error.ts';
import { SOURCE_KEY } from './key.ts';
import { sealedName, type WriteEntry } from './model.ts';

type Named = Pick<WriteEntry, 'id' | 'connection' | 'callerKey'>;

export function keyReused({ callerKey }: Named): StatusError {
  return new StatusError('INVALID_ARGUMENT', 'IDEMPOTENCY_KEY_REUSED', { message: `The Idempotency-Key ${callerKey} was used with another request.`, metadata: { idempotencyKey: callerKey } });
}

export function stillUnderWay({ callerKey }: Named): StatusError {
  return new StatusError('ABORTED', 'IDEMPOTENCY_KEY_IN_USE', {
    message: `The first request under the Idempotency-Key ${callerKey} is still under way in another process.`, metadata: { idempotencyKey: callerKey }, retryAfterMs: 2_000,
  });
}

export function unsettled(write: Named): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'WRITE_UNSETTLED', {
    message: 'It is not known whether this write was done, and the source has forgotten its key by now: it is not sent again before it is reconciled.',
    metadata: { outcome: 'unknown', idempotencyKey: write.callerKey, write: sealedName(write) },
  });
}

export function answerNotKept(write: Named): StatusError {
  return new StatusError('FAILED_PRECONDITION', 'ANSWER_NOT_KEPT', {
    message: 'This write is settled, but its answer is not known.', metadata: { idempotencyKey: write.callerKey, write: sealedName(write) },
  });
}

export function journalUnavailable(cause: unknown): StatusError {
  return new StatusError('UNAVAILABLE', 'JOURNAL_UNAVAILABLE', {
    message: 'The write could not be entered into the journal, so it was not begun: nothing was changed.', retryAfterMs: 1_000, cause,
  });
}

export function callerLeft(): StatusError {
  return new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before the answer; the write goes on.' });
}

/** Codes under which an unknown outcome is told. */
const UNKNOWN_CODES: ReadonlySet<Code> = new Set(['DEADLINE_EXCEEDED', 'UNAVAILABLE']);

/** The error as the caller is told it: by the caller's own key, and where the outcome is not known, saying so. */
export function tell(error: unknown, write: Named, isUnknown: boolean): unknown {
  if (!(error instanceof StatusError)) return error;
  const { outcome: _outcome, idempotencyKey, ...metadata } = error.metadata;
  const named = isUnknown || idempotencyKey !== undefined ? { idempotencyKey: write.callerKey } : {};
  return new StatusError(isUnknown && !UNKNOWN_CODES.has(error.code) ? 'UNAVAILABLE' : error.code, error.reason, {
    message: error.message.replace(SOURCE_KEY, write.callerKey), violations: error.violations, cause: error,
    metadata: { ...metadata, ...(isUnknown ? { outcome: 'unknown', write: sealedName(write) } : {}), ...named },
    ...(error.retryAfterMs === undefined ? {} : { retryAfterMs: error.retryAfterMs }),
  });
}
