import { expect, it } from 'vitest';
import type { ObservedEvent } from '../observe/events.ts';
import { createSourceRequests } from './source-requests.ts';

function answered(requestId: string | undefined, sourceRequestId: string | undefined): ObservedEvent {
  return { kind: 'outbound', method: 'GET', origin: 'https://api.stripe.com', connection: undefined, status: 200, attempt: 1, milliseconds: 1, requestId, sourceRequestId };
}

it('gives the requests of a call once, in their order, and of no other call', () => {
  const requests = createSourceRequests();
  for (const [call, id] of [['a', 'req_1'], ['b', 'req_2'], ['a', 'req_3'], [undefined, 'req_4'], ['a', undefined]] as const) requests.observe(answered(call, id));
  requests.observe({ kind: 'notice', message: 'something else' });
  expect(requests.take('a')).toEqual(['req_1', 'req_3']);
  expect(requests.take('a')).toEqual([]);
  expect(requests.take('b')).toEqual(['req_2']);
});

it('is bounded, for one call and for all', () => {
  const requests = createSourceRequests();
  for (let index = 0; index < 5_000; index += 1) requests.observe(answered('list', `req_${index}`));
  expect(requests.take('list')).toHaveLength(50);
  for (let index = 0; index < 10_001; index += 1) requests.observe(answered(`call ${index}`, 'req'));
  expect(requests.take('call 0'), 'the oldest is forgotten').toEqual([]);
  expect(requests.take('call 10000')).toEqual(['req']);
});
