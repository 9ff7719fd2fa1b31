// What the HTTP server is handed by who composes it.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ApiFacts } from '../api/openapi.ts';
import type { ApiCall } from '../api/table.ts';
import type { CallParts } from '../calls/prepared-row.ts';
import type { Observe } from '../observe/events.ts';
import type { Authenticator } from './authenticate.ts';
import type { Console } from './console.ts';
import type { ProtectedResources } from './protected-resource.ts';
import type { Probes } from './probes.ts';

/** Gives what answers a request for a connection, whose body was read already. @throws StatusError where the query is not right */
export type McpEndpoint<Principal> = (call: ApiCall<Principal>, connection: string, query: Readonly<Record<string, unknown>>) => (request: IncomingMessage, reply: ServerResponse, body: unknown) => Promise<void>;

export interface HttpParts<Principal> extends CallParts<Principal> {
  readonly authenticator: Authenticator<Principal>;
  readonly observe: Observe;
  readonly probes: Probes<Principal>;
  readonly console: Console<Principal>;
  /** What the description of the API tells of this server. */
  readonly described: ApiFacts;
  /** What answers clients of the Model Context Protocol; absent where none are let in. */
  readonly mcp?: McpEndpoint<Principal>;
  /** Where those clients get tokens; absent where no issuer is set. */
  readonly protectedResources?: ProtectedResources;
}
