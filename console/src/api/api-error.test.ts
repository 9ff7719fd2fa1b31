// What the server tells of a failure is read as it is; what something between tells in its place does no harm.
import { expect, it } from 'vitest';
import { ApiError } from './api-error.ts';

it('has the reason, the hint, every fault, and how long to wait', () => {
  const details = [
    { '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'QUOTA', metadata: { hint: 'Wait.', count: 3, cause: { deep: 'x' } } },
    { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field: 'labels', description: 'is missing' }] },
    { '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '1.5s' },
  ];
  const error = ApiError.fromAnswer(429, { error: { status: 'RESOURCE_EXHAUSTED', message: 'Too many.', details } });
  expect(error).toMatchObject({ code: 'RESOURCE_EXHAUSTED', reason: 'QUOTA', message: 'Too many.', hint: 'Wait.', retrySeconds: 1.5, violations: [{ field: 'labels', description: 'is missing' }] });
  // What is no text is no metadata: pages print it.
  expect(error.metadata).toEqual({ hint: 'Wait.' });
});

it('is of any answer', () => {
  expect(ApiError.fromAnswer(503, '<html>')).toMatchObject({ code: 'UNAVAILABLE', reason: 'SERVER_UNREACHABLE' });
  expect(ApiError.fromAnswer(418, undefined)).toMatchObject({ code: 'HTTP 418', message: 'HTTP 418', metadata: {}, violations: [] });
});
