import { describe, expect, it } from 'vitest';
import type { OutboundResponse } from '../../spi/connector.ts';
import { exceededBy, limitsOf, STRIPE_RATES } from './limits.ts';

const refusal = (headers: Readonly<Record<string, string>>, code: string): OutboundResponse => ({ status: 429, headers, body: Buffer.from(JSON.stringify({ error: { type: 'invalid_request_error', code, message: 'no' } })) });

describe('the limits of a call', () => {
  it.each([
    [{ method: 'GET', endpoint: '/v1/customers/{customer}' }, 'live', ['account 100', 'endpoint:GET /v1/customers/{customer} 25']],
    [{ method: 'POST', endpoint: '/v1/refunds' }, 'test', ['account 25', 'endpoint:POST /v1/refunds 25']],
    [{ method: 'GET', endpoint: '/v1/customers/search' }, 'test', ['account 25', 'endpoint:search 20']],
    [{ method: 'POST', endpoint: '/v1/files', host: 'files' }, 'live', ['account 100', 'endpoint:files POST 20']],
    [{ method: 'POST', endpoint: '/v2/billing/meter_event_stream', host: 'meter-events' }, 'live', ['meter-events 1000']],
  ] as const)('are those of its account and endpoint: %j', (asked, mode, expected) => {
    expect(limitsOf(asked, mode, STRIPE_RATES).map(({ scope, perSecond }) => `${scope} ${perSecond}`)).toEqual(expected);
  });

  it('are not there where a setting says 0', () => {
    expect(limitsOf({ method: 'GET', endpoint: '/v1/customers' }, 'test', { ...STRIPE_RATES, test: 0 })).toEqual([{ scope: 'endpoint:GET /v1/customers', perSecond: 25 }]);
  });

  it('were exceeded where Stripe says so, and not where something is locked', () => {
    const limits = limitsOf({ method: 'GET', endpoint: '/v1/customers' }, 'test', STRIPE_RATES);
    const [account, endpoint] = limits.map(({ scope }) => scope);
    const exceeded = (reason: string | undefined, code = 'rate_limit'): readonly string[] => exceededBy(refusal(reason === undefined ? {} : { 'stripe-rate-limited-reason': reason }, code), limits);
    expect([exceeded('global-rate'), exceeded('endpoint-rate'), exceeded('endpoint-concurrency'), exceeded('resource-specific'), exceeded(undefined), exceeded(undefined, 'lock_timeout')])
      .toEqual([[account], [endpoint], [endpoint], [], [account, endpoint], []]);
    expect(exceededBy({ ...refusal({}, 'rate_limit'), status: 200 }, limits)).toEqual([]);
  });
});
