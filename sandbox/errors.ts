// Stripe's error envelope and the errors that Stripe gives everywhere. It must not know which resource it is about.
import type { JsonObject } from './json.ts';

const DOCUMENTATION = 'https://stripe.com/docs/error-codes/';

/** An answer that is an error. `kept` says that execution had begun: an idempotency key replays it, and changes made stay. */
export class StripeError extends Error {
  readonly status: number;
  readonly body: JsonObject;
  readonly kept: boolean;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, body: JsonObject, kept = false, headers: Readonly<Record<string, string>> = {}) {
    super(typeof body['message'] === 'string' ? body['message'] : 'error');
    this.status = status;
    this.body = body;
    this.kept = kept;
    this.headers = headers;
  }
}

interface Detail {
  readonly code?: string;
  readonly param?: string;
}

function invalid(status: number, message: string, detail: Detail = {}, kept = false): StripeError {
  const { code, param } = detail;
  return new StripeError(status, {
    ...(code === undefined ? {} : { code, doc_url: DOCUMENTATION + code.replaceAll('_', '-') }),
    message,
    ...(param === undefined ? {} : { param }),
    type: 'invalid_request_error',
  }, kept);
}

/** A request that makes no sense as it stands (400). */
export function invalidRequest(message: string, param?: string, code?: string): StripeError {
  return invalid(400, message, { ...(code === undefined ? {} : { code }), ...(param === undefined ? {} : { param }) });
}

/** A request that the state of a row forbids (400). */
export function unexpectedState(message: string, code?: string, extra: JsonObject = {}): StripeError {
  const error = invalid(400, message, code === undefined ? {} : { code }, true);
  return new StripeError(400, { ...error.body, ...extra }, true);
}

/** A row that is not there: 404 where the path names it, 400 where a parameter does. */
export function missing(object: string, id: string, param: string, status: 400 | 404 = 400, hint = ''): StripeError {
  return invalid(status, `No such ${wordFor(object)}: '${id}'${hint}`, { code: 'resource_missing', param });
}

/** How Stripe's messages call an object. */
export function wordFor(object: string): string {
  const last = object.startsWith('v2.') ? object.slice(object.lastIndexOf('.') + 1) : object;
  return last === 'payment_method' ? 'PaymentMethod' : last.replaceAll('.', '_');
}

/** A declined card (402). */
export function cardError(message: string, code: string, declineCode: string | undefined, extra: JsonObject): StripeError {
  return new StripeError(402, {
    ...extra,
    code,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
    doc_url: DOCUMENTATION + code.replaceAll('_', '-'),
    message,
    type: 'card_error',
  }, true);
}

/** No key, or one that opens nothing (401). */
export function unauthorized(message: string, code?: string): StripeError {
  return invalid(401, message, code === undefined ? {} : { code });
}

/** A key that may not do this (403). */
export function forbidden(message: string, code?: string): StripeError {
  return invalid(403, message, code === undefined ? {} : { code });
}

/** A path that does not exist (404). */
export function unknownUrl(method: string, path: string): StripeError {
  return invalid(404, `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`);
}

/** An idempotency key used for another request (400). */
export function idempotencyMismatch(key: string): StripeError {
  const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
  return new StripeError(400, { message, type: 'idempotency_error' });
}

/** An idempotency key used at another address (400). */
export function idempotencyElsewhere(key: string, path: string): StripeError {
  const message = `Keys for idempotent requests can only be used for the same endpoint they were first used for ('${path}'). Try using a key other than '${key}' if you meant to execute a different request.`;
  return new StripeError(400, { message, type: 'idempotency_error' });
}

/** An idempotency key whose first request still runs (409). */
export function idempotencyInUse(key: string): StripeError {
  const message = `There is currently another in-progress request using this Idempotent Key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
  return new StripeError(409, { code: 'idempotency_key_in_use', doc_url: `${DOCUMENTATION}idempotency-key-in-use`, message, type: 'idempotency_error' });
}

/** Something that Stripe does and the sandbox does not. */
export function notDone(what: string): StripeError {
  return new StripeError(501, { message: `The sandbox does not do ${what} yet`, type: 'api_error' });
}

/** A failure of Stripe's own (500); execution had begun, so it is kept. */
export function unknownFailure(): StripeError {
  return new StripeError(500, { message: 'An unknown error occurred', type: 'api_error' }, true);
}
