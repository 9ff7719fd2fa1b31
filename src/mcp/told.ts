// How a failure is told to a model: what was wrong, every fault under its argument, and what to do next, in words that fit one
// who has tools and no address of the API. No secret is told back that stood in what was sent.
import { ProtocolError, ProtocolErrorCode, type CallToolResult } from '@modelcontextprotocol/server';
import type { Reason } from '../errors/reasons.ts';
import { StatusError } from '../errors/status-error.ts';
import { scrub } from '../observe/scrub.ts';

/** What to do, where the usual hint speaks to who calls the API. */
const HINTS: Readonly<Partial<Record<Reason, string>>> = {
  INVALID_REQUEST: 'Correct the named arguments and call again; the schema of the tool says what it takes.',
  INVALID_OPTIONS: 'Calling again does not help: this client was set up with options that are wrong. Tell the person you work for.',
  INVALID_FIELD: 'Correct the named columns and call again; the schema of the tool tells the type of each.',
  UNKNOWN_FIELD: 'Use a column of the entity type: the schema of its list tool and the resource entityTypes.{name} name them all.',
  INVALID_PAGE_TOKEN: 'A pageToken belongs to the call that gave it: send the same filter and sort again, or begin without it.',
  TOOL_NOT_FOUND: 'List the tools, or search them where there is search_tools, and use a name from there.',
  ENTITY_TYPE_NOT_FOUND: 'The resources of this server list the entity types.',
  ACTION_NOT_FOUND: 'The resources of this server list the actions.',
  OPERATION_NOT_SUPPORTED: 'The resource entityTypes.{name} tells which operations there are.',
  UNAUTHENTICATED: 'Calling again does not help: the token that this client was set up with is not accepted any more. Tell the person you work for.',
  PERMISSION_DENIED: 'Calling again does not help: this client was given a role without the named permission. Tell the person you work for which one is missing.',
  BACKEND_PERMISSION_DENIED: 'Calling again does not help: the API key of the connection may not do this. Tell the person you work for.',
  RATE_LIMIT_EXCEEDED: 'Wait for the delay and call again; make fewer calls at once.',
  BACKEND_UNAVAILABLE: 'Call again; a write with the same idempotencyKey, so that it is not done twice.',
  TIMED_OUT: 'Call again; a write with the same idempotencyKey, so that it is not done twice.',
  WRITE_UNSETTLED: 'It is not known whether the write was done. Look whether it was before anything else; a person can settle it: konektor writes reconcile.',
  IDEMPOTENCY_KEY_REUSED: 'This idempotencyKey was used for another call: use a new one for this one.',
};

export function hintOf(error: StatusError): string {
  return HINTS[error.reason] ?? error.hint;
}

/** @param requestId names the call in the logs of the server; that of the error comes before it. */
export function failedCall(error: StatusError, requestId?: string): CallToolResult {
  const id = requestIdOf(error) ?? requestId;
  const { code, reason, message, violations, retryAfterMs, metadata } = scrubbed(error);
  const lines = [
    `${code} (${reason}): ${violations.length === 0 ? message : violations.length === 1 ? 'one fault' : `${violations.length} faults`}`,
    ...violations.map(({ field, description }) => `- ${field === '' ? description : `${field}: ${description}`}`),
    `What to do: ${hintOf(error)}`,
    ...(retryAfterMs === undefined ? [] : [`Wait ${Math.ceil(retryAfterMs / 1_000)} s.`]),
    ...(id === undefined ? [] : [`Request: ${id}`]),
  ];
  const facts = { code, reason, metadata, ...(violations.length === 0 ? {} : { violations }), ...(retryAfterMs === undefined ? {} : { retryAfterMs }), ...(id === undefined ? {} : { requestId: id }) };
  return { isError: true, content: [{ type: 'text', text: lines.join('\n') }], _meta: { 'konektor/error': facts } };
}

/** Of lists and documents, whose answers have no place for an error. */
export function failedRequest(error: StatusError): ProtocolError {
  const { code, reason, message, metadata } = scrubbed(error);
  const isCallers = ['INVALID_ARGUMENT', 'NOT_FOUND', 'FAILED_PRECONDITION', 'UNIMPLEMENTED', 'OUT_OF_RANGE'].includes(code);
  return new ProtocolError(isCallers ? ProtocolErrorCode.InvalidParams : ProtocolErrorCode.InternalError, `${/[.?!]$/.test(message) ? message : `${message}.`} ${hintOf(error)}`, { code, reason, metadata });
}

function scrubbed({ code, reason, message, violations, retryAfterMs, metadata }: StatusError): Pick<StatusError, 'code' | 'reason' | 'message' | 'violations' | 'retryAfterMs' | 'metadata'> {
  return {
    code, reason, message: scrub(message), retryAfterMs, violations: violations.map(({ field, description }) => ({ field: scrub(field), description: scrub(description) })),
    metadata: Object.fromEntries(Object.entries(metadata).map(([key, text]) => [key, scrub(text)])),
  };
}

/** Whatever was thrown, as an error that can be told; a fault of ours says nothing of itself. */
export function statusOf(error: unknown): StatusError {
  return error instanceof StatusError ? error : new StatusError('INTERNAL', 'INTERNAL', { message: 'The server failed on this request.', cause: error });
}

/** Errors that came over HTTP know what the server called the request. */
function requestIdOf(error: StatusError): string | undefined {
  return 'requestId' in error && typeof error.requestId === 'string' ? error.requestId : undefined;
}
