// What the HTTP server is handed by who composes it.
import type { ApiOperation } from '../api/operation.ts';
import type { ApiHandlers } from '../api/table.ts';
import type { Observe } from '../observe/events.ts';
import type { CallAudit } from './audit.ts';
import type { Authenticator } from './authenticate.ts';
import type { Probes } from './probes.ts';

export interface HttpParts<Principal> {
  readonly handlers: ApiHandlers<Principal>;
  readonly authenticator: Authenticator<Principal>;
  /**
   * Lets a call of a row on a resource pass; '' is the installation. At once where what it needs is in memory.
   * @throws StatusError PERMISSION_DENIED, FAILED_PRECONDITION
   */
  readonly guard: (principal: Principal, row: GuardedRow, resource: string) => void | Promise<void>;
  readonly callerOf: (principal: Principal) => string;
  readonly observe: Observe;
  readonly audit: CallAudit;
  readonly probes: Probes<Principal>;
}

/** What a guard asks of a row. */
export type GuardedRow = Pick<ApiOperation, 'id' | 'permission' | 'service' | 'effect'>;
