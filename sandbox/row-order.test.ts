// Indexes find what looking at every row finds, however rows come, change and go; and lists look at no more rows than they must.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { narrowed } from './filters.ts';
import type { Json, JsonObject } from './json.ts';
import { byProperty } from './row-order.ts';
import { Rows } from './store.ts';

const keys = fc.integer({ min: 0, max: 12 }).map((number) => `row_${number}`);
const owner = fc.constantFrom('a', 'b', 'c');
const owners = fc.oneof(owner, fc.constant(null), owner.map((id): Json => ({ id })), fc.array(owner, { maxLength: 3 }));
const changes = fc.oneof(
  fc.record({ what: fc.constant('put' as const), key: keys, created: fc.integer({ min: 0, max: 5 }), owner: owners }),
  fc.record({ what: fc.constant('remove' as const), key: keys }),
);

/** The keys of a collection's rows that a test passes, by looking at each. */
function scanned(rows: Rows, passes: (row: JsonObject) => boolean): readonly string[] {
  return rows.order.filter((entry) => passes(entry.row)).map((entry) => entry.key);
}

describe('indexes over rows', () => {
  it('find what a scan finds, in the same order', () => {
    fc.assert(fc.property(fc.array(changes, { maxLength: 60 }), (steps) => {
      const rows = new Rows('/v1/charges');
      rows.where('owner', 'a'); // it must be kept up from the beginning
      for (const step of steps) {
        if (step.what === 'remove') rows.remove(step.key, false);
        else rows.put(step.key, { id: step.key, created: rows.byKey.get(step.key)?.created ?? step.created, owner: step.owner });
      }
      for (const value of ['a', 'b', 'c', 'd']) {
        const found = rows.where('owner', value).map((entry) => entry.key);
        expect(found).toEqual(scanned(rows, (row) => byProperty('owner')(row).includes(value)));
      }
      expect(rows.order.map((entry) => entry.created)).toEqual(rows.order.map((entry) => entry.created).toSorted((a, b) => a - b));
    }));
  });

  it('and ranges of times leave a list few rows to look at among ten thousand', () => {
    const rows = new Rows('/v1/charges');
    for (let at = 0; at < 10_000; at += 1) rows.put(`ch_${at}`, { id: `ch_${at}`, created: 1_000 + at, customer: `cus_${at % 1_000}`, currency: at % 2 === 0 ? 'usd' : 'eur' });
    const left = (params: JsonObject): number => narrowed('/v1/charges', rows, params).length;
    expect(left({})).toBe(10_000);
    expect(left({ customer: 'cus_7' })).toBe(10);
    expect(left({ customer: 'cus_none' })).toBe(0);
    expect(left({ currency: 'usd', customer: 'cus_7', limit: 3 })).toBe(10);
    expect(left({ created: { gt: 1_000, lte: 1_010 } })).toBe(10);
    expect(left({ created: { gte: 1_000, lt: 1_010 } })).toBe(10);
    expect(left({ created: 1_005 })).toBe(1);
    expect(left({ customer: 'cus_7', created: { gte: 5_000 } })).toBe(6);
    expect(left({ created: { gte: 20_000 } })).toBe(0);
  });
});
