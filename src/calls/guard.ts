// Whether a caller may make a call: what is asked, by whom it is answered elsewhere.
import type { ApiOperation } from '../api/operation.ts';

/** What a guard asks of a row. */
export type GuardedRow = Pick<ApiOperation, 'id' | 'permission' | 'service' | 'effect'>;

/**
 * Lets a call of a row on a resource pass; '' is the installation. At once where what it needs is in memory.
 * @throws StatusError PERMISSION_DENIED, FAILED_PRECONDITION
 */
export type Guard<Principal> = (principal: Principal, row: GuardedRow, resource: string) => void | Promise<void>;
