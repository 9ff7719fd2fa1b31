// The one error class. Everything that goes wrong on purpose is one of these; anything else is a bug.
import { CODES, type Code } from './codes.ts';
import { REASONS, type Reason } from './reasons.ts';

export const DOMAIN = 'konektor';

export interface FieldViolation {
  /** Path of the field as the caller wrote it. */
  readonly field: string;
  readonly description: string;
}

export interface StatusDetails {
  readonly message: string;
  /** What was wrong, field by field: all faults at once. */
  readonly violations?: readonly FieldViolation[];
  /** Facts for programs; never a secret. Values are strings on the wire. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** A message that says what it is, as in google.protobuf.Any. */
export interface TypedMessage {
  readonly '@type': string;
  readonly [field: string]: unknown;
}

export interface StatusJson {
  readonly code: number;
  readonly message: string;
  readonly status: Code;
  readonly details: readonly TypedMessage[];
}

export class StatusError extends Error {
  readonly code: Code;
  readonly reason: Reason;
  readonly violations: readonly FieldViolation[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly retryAfterMs: number | undefined;

  constructor(code: Code, reason: Reason, details: StatusDetails) {
    super(details.message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'StatusError';
    this.code = code;
    this.reason = reason;
    this.violations = details.violations ?? [];
    this.metadata = details.metadata ?? {};
    this.retryAfterMs = details.retryAfterMs;
  }

  get hint(): string {
    return REASONS[this.reason];
  }

  /** The body that HTTP and operations show: a google.rpc.Status whose `code` is the HTTP status. */
  toJson(): StatusJson {
    return { ...this.toRpc(), code: CODES[this.code].http };
  }

  /** A google.rpc.Status with the number of the code, as long-running operations carry it. */
  toRpc(): StatusJson {
    const details: TypedMessage[] = [
      {
        '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
        reason: this.reason,
        domain: DOMAIN,
        metadata: { ...this.metadata, hint: this.hint },
      },
    ];
    if (this.violations.length > 0) {
      details.push({ '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: this.violations });
    }
    if (this.retryAfterMs !== undefined) {
      details.push({
        '@type': 'type.googleapis.com/google.rpc.RetryInfo',
        retryDelay: `${(this.retryAfterMs / 1000).toFixed(3).replace(/\.?0+$/, '')}s`,
      });
    }
    return { code: CODES[this.code].number, message: this.message, status: this.code, details };
  }
}

/** INVALID_ARGUMENT with every fault that was found. */
export function invalidFields(violations: readonly FieldViolation[], reason: Reason = 'INVALID_FIELD'): StatusError {
  const message = violations.map(({ field, description }) => (field === '' ? description : `${field}: ${description}`)).join('; ');
  return new StatusError('INVALID_ARGUMENT', reason, { message, violations });
}
