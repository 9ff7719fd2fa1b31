// What the end of a try means for a write: settled, not known, or never begun. And the form in which answers and errors are kept.
import { isCode } from '../errors/codes.ts';
import { REASONS, type Reason } from '../errors/reasons.ts';
import { StatusError } from '../errors/status-error.ts';

/** Refusals by the source that the same request meets again: answers like any other. */
const FINAL: ReadonlySet<Reason> = new Set(['CARD_DECLINED', 'AUTHENTICATION_REQUIRED', 'BACKEND_STATE', 'BACKEND_REJECTED', 'BACKEND_CONFLICT', 'ROW_NOT_FOUND', 'RESOURCE_EXISTS']);

export type Meaning =
  | 'final'
  | 'unknown'
  /** This try did nothing. */
  | 'not begun';

export function meaningOf(error: unknown): Meaning {
  // What nobody foresaw may have come at any moment.
  if (!(error instanceof StatusError)) return 'unknown';
  // Somebody is asking under the same key: how that ends is not known yet.
  if (error.metadata['outcome'] === 'unknown' || error.reason === 'IDEMPOTENCY_KEY_IN_USE') return 'unknown';
  return FINAL.has(error.reason) ? 'final' : 'not begun';
}

/** Whether the source has answered under the key without saying what was done: it would give that answer again. */
export function wasAnswered(error: unknown): boolean {
  return error instanceof StatusError && error.metadata['httpStatus'] === '500';
}

export function answerText(answer: unknown): string {
  return JSON.stringify({ answer: answer ?? null });
}

export function errorText({ code, reason, message, violations, metadata, retryAfterMs }: StatusError): string {
  return JSON.stringify({ error: { code, reason, message, violations, metadata, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) } });
}

/** What was kept: given back, or thrown. */
export function recall(text: string): unknown {
  const kept: unknown = JSON.parse(text);
  if (typeof kept === 'object' && kept !== null && 'answer' in kept) return kept.answer;
  throw errorIn(kept);
}

/** What was kept of an error whose form is ours; anything else is damage. */
function errorIn(kept: unknown): StatusError {
  const error = typeof kept === 'object' && kept !== null && 'error' in kept ? kept.error : undefined;
  if (isKeptError(error)) return new StatusError(error.code, error.reason, error);
  return new StatusError('DATA_LOSS', 'INTERNAL', { message: 'The answer that the journal kept cannot be read.' });
}

type KeptError = Pick<StatusError, 'code' | 'reason' | 'message' | 'violations' | 'metadata'>;

function isKeptError(error: unknown): error is KeptError {
  if (typeof error !== 'object' || error === null || !('code' in error) || !('reason' in error)) return false;
  return isCode(error.code) && isReason(error.reason) && 'message' in error && typeof error.message === 'string';
}

const isReason = (reason: unknown): reason is Reason => typeof reason === 'string' && Object.hasOwn(REASONS, reason);
