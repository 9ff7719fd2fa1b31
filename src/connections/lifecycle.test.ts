import { describe, expect, it } from 'vitest';
import { CONNECTION_STATES } from './model.ts';
import { LIFECYCLE, step, type LifeEvent, type LifeState } from './lifecycle.ts';

const STATES: readonly LifeState[] = ['NONE', ...CONNECTION_STATES];
const UPDATING = 'UPDATING';
const BUSY = 'ABORTED';
const NO = 'FAILED_PRECONDITION';

/** What follows in the order of STATES: none, creating, active, inactive, deleting, updating, error, authorization required. */
const EXPECTED: Readonly<Record<LifeEvent, readonly string[]>> = {
  create: ['CREATING', BUSY, NO, NO, BUSY, BUSY, NO, NO],
  patch: [NO, BUSY, UPDATING, UPDATING, BUSY, BUSY, UPDATING, UPDATING],
  suspend: [NO, BUSY, UPDATING, NO, BUSY, BUSY, UPDATING, UPDATING],
  resume: [NO, BUSY, NO, UPDATING, BUSY, BUSY, UPDATING, NO],
  recheck: [NO, BUSY, UPDATING, NO, BUSY, BUSY, UPDATING, UPDATING],
  remove: [NO, BUSY, 'DELETING', 'DELETING', BUSY, BUSY, 'DELETING', 'DELETING'],
  checkPassed: [NO, 'ACTIVE', NO, NO, BUSY, 'ACTIVE', NO, NO],
  checkFailed: [NO, 'ERROR', NO, NO, BUSY, 'ERROR', NO, NO],
  rested: [NO, 'INACTIVE', NO, NO, BUSY, 'INACTIVE', NO, NO],
  cancelled: [NO, 'ERROR', NO, NO, BUSY, 'PREVIOUS', NO, NO],
  removed: [NO, BUSY, NO, NO, 'NONE', BUSY, NO, NO],
};

function outcome(state: LifeState, event: LifeEvent): string {
  try {
    return step('projects/p/locations/l/connections/c', state, event);
  } catch (error) {
    expect(error).toMatchObject({ message: expect.stringContaining(state), metadata: { state } });
    return error instanceof Error && 'code' in error ? String(error.code) : 'no status';
  }
}

describe('the life of a connection', () => {
  it('has an expectation for each event', () => {
    expect(Object.keys(EXPECTED).toSorted()).toEqual(Object.keys(LIFECYCLE).toSorted());
  });

  it.each(Object.entries(EXPECTED))('on %s', (event, expected) => {
    expect(STATES.map((state) => outcome(state, event as LifeEvent))).toEqual(expected);
  });
});
