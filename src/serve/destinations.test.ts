import { describe, expect, it } from 'vitest';
import { createDestinations, STRIPE } from './destinations.ts';

const SANDBOX = 'http://127.0.0.1:12111';
const to = (host: string, port?: number) => ({ destinationConfigs: [{ key: 'stripe_api', destinations: [port === undefined ? { host } : { host, port }] }] });
const destinations = createDestinations(SANDBOX, false, ['stripe.example.com:8443', '127.0.0.1:9000']);

describe('destinations', () => {
  it('goes to Stripe unless told otherwise', () => {
    expect(destinations.basesOf({})).toEqual(STRIPE);
    expect(destinations.basesOf(to('api.stripe.com'))).toEqual(STRIPE);
  });

  it('resolves the sandbox and the demo', () => {
    expect(destinations.basesOf(to('sandbox')).apiBase).toBe(SANDBOX);
    expect(destinations.basesOf(to('demo')).filesBase).toBe(SANDBOX);
    expect(createDestinations(SANDBOX, true, []).basesOf(to('demo'))).toEqual(STRIPE);
  });

  it('goes to hosts that are allowed, over http on loopback alone', () => {
    expect(destinations.basesOf(to('stripe.example.com', 8443)).apiBase).toBe('https://stripe.example.com:8443');
    expect(destinations.basesOf(to('http://127.0.0.1:9000')).apiBase).toBe('http://127.0.0.1:9000');
  });

  it.each([['evil.example.com', 443], ['http://stripe.example.com', 8443], ['stripe.example.com', 8444], ['127.0.0.1', 9001], ['ftp://127.0.0.1', 9000], ['http://api.stripe.com', 80], ['169.254.169.254', 80]])('refuses %s:%d', (host, port) => {
    expect(() => destinations.basesOf(to(host, port))).toThrow(expect.objectContaining({
      message: expect.stringMatching(/may not call/), violations: [{ field: 'destinationConfigs[0].destinations[0].host', description: `names ${host}:${port}, which this server may not call` }],
    }));
  });
});
