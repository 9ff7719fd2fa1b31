// Who limited a transaction, by the reason that it ended with.
const LIMITED_BY: Readonly<Record<string, 'node' | 'source'>> = { RATE_LIMIT_EXCEEDED: 'node', BACKEND_RATE_LIMITED: 'source' };

/** `node`: the rate of the connection; `source`: Stripe, or the rate of calls to it; undefined where nobody did. */
export function limitedBy(reason: string): 'node' | 'source' | undefined {
  return LIMITED_BY[reason];
}
