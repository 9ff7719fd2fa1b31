import { describe, expect, it } from 'vitest';
import type { OutboundResponse } from '../../spi/connector.ts';
import { classifyReply, errorOfReply } from './errors.ts';

function reply(status: number, error: unknown, headers: Readonly<Record<string, string>> = {}): OutboundResponse {
  return { status, headers: { 'request-id': 'req_1', ...headers }, body: new TextEncoder().encode(error === undefined ? '<html>' : JSON.stringify({ error })) };
}

const CASES: readonly (readonly [number, Readonly<Record<string, string>> | undefined, string, string])[] = [
  [400, { type: 'invalid_request_error', code: 'parameter_unknown', param: 'nonsense' }, 'INVALID_ARGUMENT', 'BACKEND_REJECTED'],
  [400, { type: 'invalid_request_error' }, 'INVALID_ARGUMENT', 'BACKEND_REJECTED'],
  [400, { type: 'invalid_request_error', code: 'amount_too_small', param: 'amount' }, 'INVALID_ARGUMENT', 'BACKEND_REJECTED'],
  [400, { type: 'invalid_request_error', code: 'resource_missing', param: 'customer' }, 'INVALID_ARGUMENT', 'BACKEND_REJECTED'],
  [400, { type: 'invalid_request_error', code: 'payment_intent_unexpected_state' }, 'FAILED_PRECONDITION', 'BACKEND_STATE'],
  [402, { type: 'invalid_request_error', code: 'charge_already_refunded' }, 'FAILED_PRECONDITION', 'BACKEND_STATE'],
  [400, { type: 'invalid_request_error', code: 'resource_already_exists' }, 'ALREADY_EXISTS', 'BACKEND_CONFLICT'],
  [400, { type: 'idempotency_error' }, 'INVALID_ARGUMENT', 'IDEMPOTENCY_KEY_REUSED'],
  [401, { type: 'invalid_request_error' }, 'FAILED_PRECONDITION', 'BACKEND_UNAUTHENTICATED'],
  [400, { type: 'invalid_request_error', code: 'secret_key_required' }, 'FAILED_PRECONDITION', 'BACKEND_UNAUTHENTICATED'],
  [402, { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds' }, 'FAILED_PRECONDITION', 'CARD_DECLINED'],
  [402, { type: 'card_error', code: 'authentication_required' }, 'FAILED_PRECONDITION', 'AUTHENTICATION_REQUIRED'],
  [403, { type: 'invalid_request_error' }, 'PERMISSION_DENIED', 'BACKEND_PERMISSION_DENIED'],
  [404, { type: 'invalid_request_error', code: 'resource_missing', param: 'id' }, 'NOT_FOUND', 'ROW_NOT_FOUND'],
  [404, { type: 'invalid_request_error', code: 'resource_missing', param: 'starting_after' }, 'ABORTED', 'BACKEND_CONFLICT'],
  [409, { type: 'idempotency_error', code: 'idempotency_key_in_use' }, 'ABORTED', 'IDEMPOTENCY_KEY_IN_USE'],
  [424, { type: 'api_error' }, 'UNAVAILABLE', 'EXTERNAL_DEPENDENCY'],
  [429, { type: 'invalid_request_error', code: 'rate_limit' }, 'RESOURCE_EXHAUSTED', 'BACKEND_RATE_LIMITED'],
  [429, { type: 'invalid_request_error', code: 'lock_timeout' }, 'ABORTED', 'LOCK_TIMEOUT'],
  [500, { type: 'api_error' }, 'UNAVAILABLE', 'BACKEND_UNAVAILABLE'],
  [501, { type: 'invalid_request_error' }, 'UNIMPLEMENTED', 'NOT_SERVED'],
  [503, undefined, 'UNAVAILABLE', 'BACKEND_UNAVAILABLE'],
  [302, undefined, 'UNKNOWN', 'BACKEND_UNEXPECTED'],
];

describe('errorOfReply', () => {
  it.each(CASES)('%i %o is %s, %s', (status, error, code, reason) => {
    const made = errorOfReply(reply(status, error), { write: false });
    expect([made.code, made.reason, made.metadata['requestId']]).toEqual([code, reason, 'req_1']);
  });

  it('carries what Stripe said, with the column in our words', () => {
    const made = errorOfReply(reply(400, {
      type: 'invalid_request_error', code: 'parameter_invalid_integer', message: 'Invalid integer: x', param: 'items[0][price_data][unit_amount]', doc_url: 'https://stripe.com/docs',
    }), { write: true, idempotencyKey: 'k' });
    expect(made.violations).toEqual([{ field: 'Items[0].PriceDataUnitAmount', description: 'Invalid integer: x' }]);
    expect(made.metadata).toEqual({
      requestId: 'req_1', httpStatus: '400', type: 'invalid_request_error', code: 'parameter_invalid_integer', param: 'Items[0].PriceDataUnitAmount', docUrl: 'https://stripe.com/docs',
    });
  });

  it('says that the outcome of a write is unknown, and under which key', () => {
    const made = errorOfReply(reply(500, { type: 'api_error' }), { write: true, idempotencyKey: 'key-1' });
    expect(made.metadata).toMatchObject({ outcome: 'unknown', idempotencyKey: 'key-1' });
    expect(errorOfReply(reply(500, { type: 'api_error' }), { write: false }).metadata).not.toHaveProperty('outcome');
  });

  it('never shows what the error embeds', () => {
    const made = errorOfReply(reply(402, { type: 'card_error', code: 'card_declined', payment_intent: { client_secret: 'pi_secret_x' } }), { write: true });
    expect(JSON.stringify(made.toJson())).not.toContain('pi_secret_x');
  });
});

describe('classifyReply', () => {
  it('follows the wish of Stripe, then its status', () => {
    const verdicts = [
      classifyReply(reply(200, {}), true),
      classifyReply(reply(402, { type: 'card_error' }), true),
      classifyReply(reply(402, { type: 'card_error' }, { 'stripe-should-retry': 'true' }), true),
      classifyReply(reply(409, {}), true),
      classifyReply(reply(429, { code: 'lock_timeout' }), true),
      classifyReply(reply(503, undefined), false),
      classifyReply(reply(500, {}, { 'stripe-should-retry': 'false' }), true),
      classifyReply(reply(500, {}, { 'idempotent-replayed': 'true' }), true),
      classifyReply(reply(500, {}, { 'stripe-should-retry': 'false' }), false),
    ];
    expect(verdicts).toEqual(['done', 'done', 'done', 'retry', 'retry', 'retry', 'unknown', 'unknown', 'done']);
  });
});
