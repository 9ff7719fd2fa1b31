// What the HTTP server is handed by who composes it.
import type { ApiFacts } from '../api/openapi.ts';
import type { CallParts } from '../calls/prepared-row.ts';
import type { Observe } from '../observe/events.ts';
import type { Authenticator } from './authenticate.ts';
import type { Console } from './console.ts';
import type { Probes } from './probes.ts';

export interface HttpParts<Principal> extends CallParts<Principal> {
  readonly authenticator: Authenticator<Principal>;
  readonly observe: Observe;
  readonly probes: Probes<Principal>;
  readonly console: Console<Principal>;
  /** What the description of the API tells of this server. */
  readonly described: ApiFacts;
}
