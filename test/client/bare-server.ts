// An HTTP server with nothing behind it but the rows that a test gives: everybody is let in and may do everything, nothing is recorded.
import type { CallParts } from '../../src/calls/prepared-row.ts';
import type { HttpParts } from '../../src/http/parts.ts';

/** @param more what the test wants otherwise. Who calls is called by their token. */
export function bareServer(handlers: CallParts<string>['handlers'], more: Partial<HttpParts<string>> = {}): HttpParts<string> {
  return {
    handlers, guard: () => undefined, callerOf: (principal) => principal, audit: { admit: () => undefined, ended: () => undefined }, observe: () => undefined, authenticator: (token) => token ?? 'nobody',
    probes: { readiness: async () => ({ server: 'ok' }), metrics: { open: false, isReader: () => false, mayRead: () => true, contentType: 'text/plain', text: async () => 'metrics' } },
    console: { folder: '/nowhere', sessions: { authorizationOf: ({ authorization }) => authorization, cookieOf: () => ({ value: '', seconds: 0 }) }, shown: (caller) => ({ caller, unrestricted: false }) },
    described: { version: '1.2.3', issuers: [] }, ...more,
  };
}
