// What the caller is told where no reply came: one StatusError for each way an exchange can end without one.
import type { Code } from '../../errors/codes.ts';
import type { Reason } from '../../errors/reasons.ts';
import { StatusError } from '../../errors/status-error.ts';
import type { ExchangeError } from './exchange.ts';
import { ProxyError } from './proxy-error.ts';
import { untrusted } from './trust.ts';

const PROXY_FAILURES = {
  unreachable: ['UNAVAILABLE', 'PROXY_UNREACHABLE'],
  stuck: ['UNAVAILABLE', 'BACKEND_UNAVAILABLE'],
  untrusted: ['FAILED_PRECONDITION', 'CERTIFICATE_NOT_TRUSTED'],
  unauthenticated: ['FAILED_PRECONDITION', 'PROXY_UNAUTHENTICATED'],
  refused: ['FAILED_PRECONDITION', 'PROXY_REFUSED'],
} as const satisfies Record<ProxyError['kind'], readonly [Code, Reason]>;

/** @param unknown whether this attempt, or one before it, may have had its effect. */
export function failureOf(error: ExchangeError, origin: string, unknown: boolean): StatusError {
  const host = origin.slice(origin.indexOf('://') + 3);
  const metadata = { host, ...(unknown ? { outcome: 'unknown' } : {}) };
  switch (error.kind) {
    case 'aborted':
      return new StatusError('CANCELLED', 'CALLER_LEFT', { message: 'The caller left before the answer came.', metadata, cause: error });
    case 'deadline':
      return new StatusError('DEADLINE_EXCEEDED', 'TIMED_OUT', { message: `${host} did not answer in time.`, metadata, cause: error });
    case 'too large':
      return new StatusError('RESOURCE_EXHAUSTED', 'PAYLOAD_TOO_LARGE', { message: `${host} answered more than 64 MB.`, metadata, cause: error });
    case 'network':
      if (error.cause instanceof ProxyError) {
        const [code, reason] = PROXY_FAILURES[error.cause.kind];
        return new StatusError(code, reason, { message: sentence(error.cause.message), metadata, cause: error });
      }
      if (untrusted(error.cause) !== undefined) {
        return new StatusError('FAILED_PRECONDITION', 'CERTIFICATE_NOT_TRUSTED', { message: `The certificate of ${host} is not trusted: ${untrusted(error.cause) ?? ''}.`, metadata, cause: error });
      }
      return new StatusError('UNAVAILABLE', 'BACKEND_UNAVAILABLE', { message: `${host} could not be reached: ${error.message}.`, metadata, retryAfterMs: 1_000, cause: error });
  }
}

/** An error that ended the call between two attempts, told with what the attempts before it may have done. */
export function withUnknownOutcome(error: unknown): unknown {
  if (!(error instanceof StatusError)) return error;
  const { code, reason, message, violations, metadata, retryAfterMs } = error;
  return new StatusError(code, reason, { message, violations, metadata: { ...metadata, outcome: 'unknown' }, cause: error, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) });
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
