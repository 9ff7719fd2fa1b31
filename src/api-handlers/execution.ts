// How one execution is asked for beside its payload: headers of HTTP, and those that `executionConfig.headers` carries as text.
import { single } from '../api/header.ts';
import type { ApiCall } from '../api/table.ts';
import { StatusError } from '../errors/status-error.ts';
import type { Principal } from '../iam/principal.ts';
import type { Caller } from '../runtime/caller.ts';

const LONGEST_KEY = 255;
/** The longest a call may take, in seconds: the platform's Connectors task waits as long. */
const MOST_SECONDS = 180;

/** @throws StatusError INVALID_ARGUMENT */
export function readCaller(call: ApiCall<Principal>, executionHeaders: string | undefined): Caller {
  const given = executionHeaders === undefined || executionHeaders === '' ? {} : parseHeaders(executionHeaders);
  const foreign = Object.keys(given).find((name) => name.startsWith('stripe-'));
  if (foreign !== undefined) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', {
      message: `The header ${foreign.slice(0, 100)} cannot be set for one execution: the account and the API version belong to the connection (account_id, api_version).`,
    });
  }
  const header = (name: string): string | undefined => given[name] ?? single(call.headers[name]);
  const idempotencyKey = header('idempotency-key');
  const besides = single(call.headers['idempotency-key']);
  // Which of two is meant is not guessed: under the wrong one a write may be done twice.
  if (besides !== undefined && besides !== idempotencyKey) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'The Idempotency-Key of the request and the idempotency-key of executionConfig.headers are not the same: give one of them, or the same twice.' });
  }
  if (idempotencyKey !== undefined && (idempotencyKey === '' || idempotencyKey.length > LONGEST_KEY)) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: `Idempotency-Key must have 1 to ${LONGEST_KEY} characters.` });
  }
  // oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
  if (idempotencyKey !== undefined && (/[\u0000-\u001f\u007f]/.test(idempotencyKey) || !idempotencyKey.isWellFormed())) {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'Idempotency-Key must be well-formed text without control characters.' });
  }
  const output = header('x-konektor-output') ?? 'text';
  if (output !== 'text' && output !== 'typed') {
    throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'x-konektor-output is text or typed.' });
  }
  return {
    id: call.principal.id, requestId: call.requestId, signal: call.signal, output,
    deadline: new Date(Date.now() + readSeconds(header('x-server-timeout')) * 1_000),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

/**
 * How long a caller waits, in seconds, by the header that clients of the platform send with a deadline; never longer than the
 * longest a call may take.
 * @throws StatusError INVALID_ARGUMENT
 */
export function readSeconds(header: string | readonly string[] | undefined): number {
  const given = single(header);
  if (given === undefined) return MOST_SECONDS;
  const seconds = /^\d{1,9}(\.\d{1,9})?$/.test(given) ? Number(given) : 0;
  if (seconds <= 0) throw new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', { message: 'X-Server-Timeout must be a number of seconds above 0, such as 30 or 2.5.' });
  return Math.min(seconds, MOST_SECONDS);
}

function parseHeaders(text: string): Readonly<Record<string, string>> {
  const fault = new StatusError('INVALID_ARGUMENT', 'INVALID_REQUEST', {
    message: 'executionConfig.headers must be the JSON text of an object of texts, such as {"idempotency-key":"order-17"}.',
  });
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw fault;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) throw fault;
  const entries: [string, unknown][] = Object.entries(parsed);
  if (!entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) throw fault;
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}
