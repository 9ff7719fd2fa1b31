// The filter builder against the parser and the evaluator of filters: whatever a value holds, it is read back as that value of
// that column, and never as a part of the filter.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FilterableOf } from '../../src/client/connector-types.ts';
import type { StripeEntities } from '../../src/client/stripe.generated.ts';
import { filterOf, where, type Where } from '../../src/client/where.ts';
import { rowMatcher } from '../../src/filter/evaluate.ts';
import { parseFilter } from '../../src/filter/parse.ts';
import type { EntityType } from '../../src/spi/catalog.ts';
import { EVERY_ROW } from '../../src/spi/filter.ts';

type Columns = Record<string, string | null>;

/** Texts as an attacker would choose them, and any others. */
const hostile = fc.oneof(
  fc.constantFrom("'", "''", "' OR '1'='1", "x' OR TRUE --", "'; DROP", '"', '\\', "\\'", "' OR Id IS NOT NULL OR Id = '", ') OR (Id = Id', '%', '_', '\n', 'NULL', 'TRUE', "\u2019", '\u02bc'),
  fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom("'", '"', '\\', '%', '_', '(', ')', ' ', 'O', 'R', 'a') }),
).filter((text) => text.isWellFormed() && !text.includes('\0'));
const column = hostile.filter((name) => name !== '');

describe('a filter made of conditions', () => {
  it('holds each value as that value of that column, whatever it is', () => {
    fc.assert(fc.property(column, hostile, (field, value) => {
      expect(parseFilter(where<Columns>({ [field]: value }))).toEqual({ kind: 'compare', field, operator: '=', value });
      expect(parseFilter(where<Columns>({ [field]: [value, value] }))).toEqual({ kind: 'in', field, values: [value, value] });
      expect(parseFilter(where<Columns>({ [field]: { ne: value, lt: value, gte: value } }))).toEqual({
        kind: 'and', filters: (['!=', '<', '>='] as const).map((operator) => ({ kind: 'compare', field, operator, value })),
      });
    }));
  });

  const test = fc.oneof(
    hostile, fc.constant(null), fc.array(hostile, { maxLength: 3 }), fc.boolean(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }).filter((value) => !Object.is(value, -0)),
    fc.record({ eq: hostile, ne: fc.option(hostile), lte: fc.integer(), gt: hostile, notIn: fc.array(hostile, { maxLength: 3 }), contains: hostile, startsWith: hostile, isNull: fc.boolean() }, { requiredKeys: [] }),
  );
  const all = fc.dictionary(column, test, { maxKeys: 4 });

  it('says what it was made of, and is read as nothing else', () => {
    fc.assert(fc.property(fc.oneof(all, fc.array(all, { minLength: 1, maxLength: 3 })), (wanted) => {
      const filter = filterOf(wanted);
      expect(parseFilter(where(wanted as Where<Columns>))).toEqual(filter === undefined ? EVERY_ROW : filter);
    }));
  });

  const TEXT: EntityType = { name: 'T', description: '', fields: [{ name: 'A', type: 'string', nullable: true, description: '', writable: [] }], operations: ['LIST'], listRequires: [] };
  const passes = (wanted: Where<Columns>, value: string | null): boolean => rowMatcher(parseFilter(where(wanted)), TEXT)({ A: value });

  it('takes texts of startsWith, endsWith and contains as they are', () => {
    fc.assert(fc.property(hostile, hostile, fc.boolean(), (text, other, within) => {
      const value = within ? other + text + other : other;
      expect(passes({ A: { startsWith: text } }, value)).toBe(value.startsWith(text));
      expect(passes({ A: { endsWith: text } }, value)).toBe(value.endsWith(text));
      expect(passes({ A: { contains: text } }, value)).toBe(value.includes(text));
    }));
  });

  it('keeps the rows that its words say', () => {
    expect(passes({ A: [] }, 'x')).toBe(false);
    expect(passes({ A: { in: [] } }, null)).toBe(false);
    expect(passes({ A: { notIn: [] } }, 'x')).toBe(true);
    expect(passes({ A: null }, null)).toBe(true);
    expect(passes({ A: { ne: null } }, null)).toBe(false);
    expect(passes({ A: { isNull: false } }, 'x')).toBe(true);
    expect(passes([{ A: 'x' }, { A: { like: 'y%' } }], 'yz')).toBe(true);
    expect(passes([{ A: 'x' }, { A: { like: 'y%' } }], 'z')).toBe(false);
    expect(where<Columns>({})).toBe('');
    expect(where<Columns>([{ A: 'x' }, {}])).toBe('');
  });

  it('is short and plain', () => {
    const wanted: Where<FilterableOf<StripeEntities['Customer']>> = { Email: "o'hara@example.com", Created: { gte: new Date('2026-01-01'), lt: '2026-02-01' }, Balance: { gt: 100 }, 'Metadata.order_id': '17', TaxExempt: ['none', 'reverse'] };
    expect(where(wanted)).toBe("Email = 'o''hara@example.com' AND Created >= '2026-01-01T00:00:00.000Z' AND Created < '2026-02-01' AND Balance > 100 AND Metadata.order_id = '17' AND TaxExempt IN ('none', 'reverse')");
  });

  it.each<[unknown, string]>([
    [{ Email: undefined }, 'Email is compared with undefined: leave the column out, or compare with null'],
    [{ Email: { eq: undefined } }, 'Email is compared with undefined: leave the column out, or compare with null'],
    [{ Balance: NaN }, 'Balance is compared with NaN: leave the column out, or compare with null'],
    [{ Email: 'a\ud800' }, 'Email is compared with a text that holds a NUL, or half of a character'],
    [{ Email: 'a\0' }, 'Email is compared with a text that holds a NUL, or half of a character'],
    [{ Created: new Date(NaN) }, 'Created is compared with a Date that is none: leave the column out, or compare with null'],
    [{ Email: { gt: null } }, 'Email cannot be compared with null by >'],
    [{ Email: { like: 'a\\' } }, 'Email is compared with a pattern that ends in \\: write it twice to mean itself'],
    [{ Email: { toString: 'x' } }, expect.stringContaining('Email has no test toString: there are eq, ne,')],
    [{ Email: { $ne: 'x' }, Balance: { like: 1 } }, expect.stringContaining('Email has no test $ne')],
    [[], 'the list of alternatives is empty, which no row passes'],
    [{ '': 'x' }, 'is no name of a column'],
  ])('refuses %j, and says why', (wanted, message) => {
    expect(() => where(wanted as Where<Columns>)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', reason: 'INVALID_FILTER', message }));
  });
});
