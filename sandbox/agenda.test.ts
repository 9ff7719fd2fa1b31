// The agenda against a plain list: whatever is set, changed and dropped, what comes next is the earliest of what is left.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Due } from './agenda.ts';
import { Agenda } from './agenda.ts';

const keys = fc.integer({ min: 0, max: 12 });
const step = fc.oneof(
  fc.record({ kind: fc.constant('set' as const), key: keys, at: fc.integer({ min: 0, max: 20 }), rank: fc.integer({ min: 0, max: 2 }), clock: fc.constantFrom('', 'clock_a') }),
  fc.record({ kind: fc.constant('drop' as const), key: keys }),
  fc.record({ kind: fc.constant('next' as const), until: fc.integer({ min: 0, max: 20 }), clock: fc.constantFrom('', 'clock_a') }),
);

function earliest(known: ReadonlyMap<string, Due>, clock: string, until: number): Due | undefined {
  const due = [...known.values()].filter((one) => one.clock === clock && one.at <= until);
  return due.sort((a, b) => a.at - b.at || a.rank - b.rank || a.created - b.created || a.order - b.order)[0];
}

describe('the agenda', () => {
  it('says what is due next, of each clock, in the order of time, rank and age', () => {
    fc.assert(fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
      const agenda = new Agenda();
      const known = new Map<string, Due>();
      for (const one of steps) {
        if (one.kind === 'set') {
          const due: Due = { at: one.at, rank: one.rank, clock: one.clock, collection: '/v1/things', key: `key_${one.key}`, created: one.key % 3, order: one.key };
          agenda.set(due);
          known.set(due.key, due);
        } else if (one.kind === 'drop') {
          agenda.drop('/v1/things', `key_${one.key}`);
          known.delete(`key_${one.key}`);
        } else {
          expect(agenda.next(one.clock, one.until)).toEqual(earliest(known, one.clock, one.until));
        }
      }
      for (const clock of ['', 'clock_a']) {
        for (let due = agenda.next(clock, 20); due !== undefined; due = agenda.next(clock, 20)) {
          expect(due).toEqual(earliest(known, clock, 20));
          agenda.drop(due.collection, due.key);
          known.delete(due.key);
        }
      }
      expect(known.size).toBe(0);
    }), { numRuns: 500 });
  });
});
