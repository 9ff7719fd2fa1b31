// The life of a connection as a table: which event takes which state to which. Everything that is not in the table is refused.
import { StatusError } from '../errors/status-error.ts';
import type { ConnectionState } from './model.ts';

/** NONE stands for a connection that is not there. */
export type LifeState = ConnectionState | 'NONE';
/** PREVIOUS stands for the state before the update. */
type Next = LifeState | 'PREVIOUS';

/** What its user asks, and below what the work that was begun then tells. */
export type LifeEvent = 'create' | 'patch' | 'suspend' | 'resume' | 'recheck' | 'remove' | 'checkPassed' | 'checkFailed' | 'rested' | 'cancelled' | 'removed';

export const LIFECYCLE: Readonly<Record<LifeEvent, Readonly<Partial<Record<LifeState, Next>>>>> = {
  create: { NONE: 'CREATING' },
  patch: { ACTIVE: 'UPDATING', INACTIVE: 'UPDATING', ERROR: 'UPDATING', AUTHORIZATION_REQUIRED: 'UPDATING' },
  suspend: { ACTIVE: 'UPDATING', ERROR: 'UPDATING', AUTHORIZATION_REQUIRED: 'UPDATING' },
  // A creation that was cancelled leaves in ERROR what was to be suspended.
  resume: { INACTIVE: 'UPDATING', ERROR: 'UPDATING' },
  recheck: { ACTIVE: 'UPDATING', ERROR: 'UPDATING', AUTHORIZATION_REQUIRED: 'UPDATING' },
  remove: { ACTIVE: 'DELETING', INACTIVE: 'DELETING', ERROR: 'DELETING', AUTHORIZATION_REQUIRED: 'DELETING' },
  checkPassed: { CREATING: 'ACTIVE', UPDATING: 'ACTIVE' },
  checkFailed: { CREATING: 'ERROR', UPDATING: 'ERROR' },
  rested: { CREATING: 'INACTIVE', UPDATING: 'INACTIVE' },
  cancelled: { CREATING: 'ERROR', UPDATING: 'PREVIOUS' },
  removed: { DELETING: 'NONE' },
};

/** Something works on a connection in one of these states. */
export const BUSY: ReadonlySet<LifeState> = new Set<LifeState>(['CREATING', 'UPDATING', 'DELETING']);

/**
 * The state that follows.
 * @throws StatusError ABORTED while something else works on the connection, FAILED_PRECONDITION in every other state that does not allow it.
 */
export function step(name: string, state: LifeState, event: LifeEvent): Next {
  const next = LIFECYCLE[event][state];
  if (next !== undefined) return next;
  const metadata = { resource: name, state };
  if (BUSY.has(state)) throw new StatusError('ABORTED', 'OPERATION_IN_PROGRESS', { message: `Connection ${name} is ${state}.`, metadata });
  throw new StatusError('FAILED_PRECONDITION', 'CONNECTION_NOT_ACTIVE', { message: `Connection ${name} is ${state}, which does not allow this.`, metadata });
}
