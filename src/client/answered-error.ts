// The error that a server answered with, as callers in its own process get it. It reads google.rpc.Status from JSON, and knows
// nothing of how that came.
import { isCode, type Code } from '../errors/codes.ts';
import { REASONS, type Reason } from '../errors/reasons.ts';
import { StatusError, type FieldViolation, type StatusDetails } from '../errors/status-error.ts';

/** An error that the server told: its code and reason, and what it says to do next. */
export class AnsweredError extends StatusError {
  /** Names the call in the log and the audit log of the server; undefined where what answered gave none. */
  readonly requestId: string | undefined;
  readonly #hint: string;

  constructor(code: Code, reason: Reason, details: StatusDetails, told: { readonly requestId: string | undefined; readonly hint: string | undefined }) {
    super(code, reason, details);
    this.requestId = told.requestId;
    this.#hint = told.hint ?? REASONS[reason] ?? '';
  }

  /** That of the server: it may know reasons that this client does not. */
  override get hint(): string {
    return this.#hint;
  }
}

/** The error in an answer that is none of success. @param server its address, for what Konektor did not say. */
export function errorOfAnswer(httpStatus: number, body: unknown, server: string): StatusError {
  const status = field(body, 'error');
  const details = listOf(field(status, 'details'));
  const info = details.find((one) => isOfType(one, 'ErrorInfo'));
  const reason = field(info, 'reason');
  const name = field(status, 'status');
  if (typeof reason !== 'string' || !isCode(name)) return foreign(httpStatus, server);
  const { hint, ...metadata } = textsOf(field(info, 'metadata'));
  const requestId = field(details.find((one) => isOfType(one, 'RequestInfo')), 'requestId');
  const retryAfterMs = milliseconds(field(details.find((one) => isOfType(one, 'RetryInfo')), 'retryDelay'));
  const said = {
    message: textOf(field(status, 'message')), metadata,
    violations: listOf(field(details.find((one) => isOfType(one, 'BadRequest')), 'fieldViolations')).map(violation),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  // A newer server may have reasons that this client has no name for: the word is kept, since callers branch on it.
  return new AnsweredError(name, reason as Reason, said, { requestId: typeof requestId === 'string' ? requestId : undefined, hint });
}

/** An answer that Konektor did not give: a proxy between, or another server. @param why what is wrong with it, where more is known than its status. */
export function foreign(httpStatus: number, server: string, why: readonly string[] = []): StatusError {
  const code = OF_HTTP[httpStatus] ?? 'UNKNOWN';
  return new StatusError(code, 'ANSWER_NOT_UNDERSTOOD', { message: `${server} answered ${httpStatus}, and not as Konektor does${why.length === 0 ? '' : `: ${why.join('; ')}`}.`, metadata: { httpStatus: String(httpStatus) } });
}

/** What such a status means whoever sends it. */
const OF_HTTP: Readonly<Record<number, Code>> = {
  401: 'UNAUTHENTICATED', 403: 'PERMISSION_DENIED', 404: 'NOT_FOUND', 407: 'UNAUTHENTICATED', 408: 'DEADLINE_EXCEEDED', 429: 'RESOURCE_EXHAUSTED', 502: 'UNAVAILABLE', 503: 'UNAVAILABLE', 504: 'DEADLINE_EXCEEDED',
};

function violation(value: unknown): FieldViolation {
  return { field: textOf(field(value, 'field')), description: textOf(field(value, 'description')) };
}

/** `1.5s` */
function milliseconds(delay: unknown): number | undefined {
  const seconds = typeof delay === 'string' ? /^(\d+(?:\.\d+)?)s$/.exec(delay)?.[1] : undefined;
  return seconds === undefined ? undefined : Math.round(Number(seconds) * 1000);
}

function isOfType(detail: unknown, type: string): boolean {
  return field(detail, '@type') === `type.googleapis.com/google.rpc.${type}`;
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function textsOf(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(value ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string'));
}
