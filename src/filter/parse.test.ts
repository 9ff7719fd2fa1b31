import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatusError } from '../errors/status-error.ts';
import type { Filter, Scalar } from '../spi/filter.ts';
import { MAX_FILTER_DEPTH, MAX_FILTER_LENGTH, MAX_LIST_VALUES, parseFilter } from './parse.ts';
import { printFilter } from './print.ts';

const equals = (field: string, value: Scalar): Filter => ({ kind: 'compare', field, operator: '=', value });

describe('parseFilter', () => {
  const a = equals('a', 1);
  const b = equals('b', 2);
  const c = equals('c', 3);
  const cases: readonly (readonly [string, Filter])[] = [
    ['', { kind: 'and', filters: [] }],
    [' \t\n ', { kind: 'and', filters: [] }],
    ["OwnerId = '0053t000007941XAAQ'", equals('OwnerId', '0053t000007941XAAQ')],
    ['PoNumber < 2345', { kind: 'compare', field: 'PoNumber', operator: '<', value: 2345 }],
    ["OrderNumber = 00110 AND StatusCode = 'Draft'", { kind: 'and', filters: [equals('OrderNumber', '00110'), equals('StatusCode', 'Draft')] }],
    ["Internal_Id='reckqGnFusjDlnmvs'", equals('Internal_Id', 'reckqGnFusjDlnmvs')],
    ['"geo.accuracy" IN ("RANGE_INTERPOLATED", "ROOFTOP")', { kind: 'in', field: 'geo.accuracy', values: ['RANGE_INTERPOLATED', 'ROOFTOP'] }],
    ["Metadata.order_id = 'x'", equals('Metadata.order_id', 'x')],
    ["a = 'it''s'", equals('a', "it's")],
    ["a = ''''", equals('a', "'")],
    ['"a""b" = "c""d"', equals('a"b', 'c"d')],
    ['a <> TRUE', { kind: 'compare', field: 'a', operator: '!=', value: true }],
    ['a != false', { kind: 'compare', field: 'a', operator: '!=', value: false }],
    ['a>=-1.5', { kind: 'compare', field: 'a', operator: '>=', value: -1.5 }],
    ['a = 1500.0', equals('a', '1500.0')],
    ['a = 12345678901234567890', equals('a', '12345678901234567890')],
    ['a = null', equals('a', null)],
    ['a = 1 or b = 2 and c = 3', { kind: 'or', filters: [a, { kind: 'and', filters: [b, c] }] }],
    ['(a = 1 OR b = 2) AND c = 3', { kind: 'and', filters: [{ kind: 'or', filters: [a, b] }, c] }],
    ['NOT a = 1 AND b = 2', { kind: 'and', filters: [{ kind: 'not', filter: a }, b] }],
    ['NOT (a = 1 AND b = 2)', { kind: 'not', filter: { kind: 'and', filters: [a, b] } }],
    ['a = 1 AND (b = 2 AND c = 3)', { kind: 'and', filters: [a, b, c] }],
    ['a BETWEEN 1 AND 2 AND c = 3', { kind: 'and', filters: [
      { kind: 'compare', field: 'a', operator: '>=', value: 1 }, { kind: 'compare', field: 'a', operator: '<=', value: 2 }, c] }],
    ['a NOT IN (1, NULL)', { kind: 'not', filter: { kind: 'in', field: 'a', values: [1, null] } }],
    ['a is not null', { kind: 'not', filter: { kind: 'isNull', field: 'a' } }],
    ['"null" IS NULL', { kind: 'isNull', field: 'null' }],
    ["a NOT LIKE 'x\\_%'", { kind: 'not', filter: { kind: 'like', field: 'a', pattern: 'x\\_%' } }],
    ["a LIKE 'x!_\\%' ESCAPE '!'", { kind: 'like', field: 'a', pattern: 'x\\_\\\\%' }],
    ["a LIKE 'x\\' ESCAPE ''", { kind: 'like', field: 'a', pattern: 'x\\\\' }],
    ["größe = 'ß'", equals('größe', 'ß')],
  ];
  it.each(cases)('reads %s', (text, filter) => {
    expect(parseFilter(text)).toEqual(filter);
  });

  const faults: readonly (readonly [string, number, RegExp])[] = [
    ['Email', 6, /expected =, .*but the filter ends here/],
    ['Email = ', 9, /expected a value: 'text' in single quotes.* ends here/],
    ['Email = jenny', 9, /expected a value.*found jenny/],
    ["Email = 'jenny", 9, /never closed/],
    ["'Email' = 'x'", 1, /expected a column name, but found 'Email'/],
    ["a = 'x' b = 2", 9, /expected AND, OR or the end/],
    ["a = 'x' AND", 12, /expected a column name/],
    ["a IN ('x'", 10, /expected "," or "\)"/],
    ['a IN ()', 7, /expected a value/],
    ['a LIKE 5', 8, /expected a pattern/],
    ["a LIKE 'x\\'", 8, /ends in its escape character/],
    ["a LIKE 'x' ESCAPE '!!'", 19, /one character/],
    ['a BETWEEN 1 OR 2', 13, /expected AND/],
    ['a IS 5', 6, /expected NULL or NOT NULL/],
    ['a NOT 5', 7, /expected IN, LIKE or BETWEEN/],
    ['(a = 1', 7, /expected AND, OR or \)/],
    ['a = 1)', 6, /expected AND, OR or the end/],
    ['a = 2024-01-01', 5, /not a number; texts and times stand in single quotes/],
    ['a = 1.', 5, /not a number/],
    ['a = -', 5, /not a number/],
    ['a = 0x10', 5, /not a number/],
    ['a == 1', 4, /expected a value/],
    ["a = 'x'; DROP", 8, /; means nothing here/],
    ["a = 'x' -- b", 9, /not a number/],
    ['"" = 1', 1, /expected a column name/],
    ['AND = 1', 1, /expected a column name/],
  ];
  it.each(faults)('refuses %s at position %i', (text, position, message) => {
    expect(() => parseFilter(text)).toThrow(message);
    expect(() => parseFilter(text)).toThrow(expect.objectContaining({
      code: 'INVALID_ARGUMENT', reason: 'INVALID_FILTER', metadata: { position: String(position) } }));
  });

  it('bounds length, depth and lists', () => {
    expect(() => parseFilter(`a = '${'x'.repeat(MAX_FILTER_LENGTH)}'`)).toThrow(/at most 65536 characters/);
    expect(parseFilter(`${'('.repeat(MAX_FILTER_DEPTH)}a = 1${')'.repeat(MAX_FILTER_DEPTH)}`)).toEqual(a);
    expect(() => parseFilter(`${'('.repeat(30_000)}a = 1${')'.repeat(30_000)}`)).toThrow(/nest at most 100 deep/);
    expect(() => parseFilter(`${'NOT '.repeat(10_000)}a = 1`)).toThrow(/nest at most 100 deep/);
    const list = (size: number): string => `a IN (${Array.from({ length: size }, () => '1').join(',')})`;
    expect(parseFilter(list(MAX_LIST_VALUES))).toMatchObject({ kind: 'in' });
    expect(() => parseFilter(list(MAX_LIST_VALUES + 1))).toThrow(/at most 1000 values/);
    expect(parseFilter(Array.from({ length: 5_000 }, () => 'a = 1').join(' AND '))).toMatchObject({ kind: 'and' });
  });

  it('throws nothing but INVALID_FILTER, whatever the text', () => {
    const words = fc.constantFrom('a', '"b"', "'c'", '1', '-', '.', 'AND', 'OR', 'NOT', 'IN', 'LIKE', 'ESCAPE', 'IS', 'NULL', 'BETWEEN', '(', ')', ',', '=', '<>', "'", '"', '\\', '\u0000', '💶');
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.array(words).map((list) => list.join(' '))), (text) => {
      try {
        parseFilter(text);
      } catch (error) {
        expect(error).toBeInstanceOf(StatusError);
        expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', reason: 'INVALID_FILTER' });
      }
    }), { numRuns: 2_000 });
  });
});

describe('printFilter', () => {
  it('is undone by parseFilter', () => {
    fc.assert(fc.property(anyFilter, (filter) => {
      expect(parseFilter(printFilter(filter))).toEqual(filter);
    }), { numRuns: 3_000 });
  });

  it('prints one text for one filter', () => {
    const text = printFilter(parseFilter("not a=1 and (b in('x','y') or c like 'z%') and d is not null and \"in\"=null and e=true"));
    expect(text).toBe("NOT (a = 1) AND (b IN ('x', 'y') OR c LIKE 'z%') AND d IS NOT NULL AND \"in\" = NULL AND e = TRUE");
  });

  it('says FALSE of what the language cannot say', () => {
    expect(printFilter({ kind: 'or', filters: [] })).toBe('FALSE');
    expect(printFilter({ kind: 'not', filter: { kind: 'in', field: 'a', values: [] } })).toBe('NOT (FALSE)');
  });
});

/** Every filter in the form that the parser gives: no AND directly in an AND, no list of nothing, no pattern with a lone escape. */
const name = fc.oneof(fc.constantFrom('Email', 'Metadata.order_id', 'in', 'NULL', 'a b', '"'), fc.string({ minLength: 1, unit: 'binary' }));
const value: fc.Arbitrary<Scalar> = fc.oneof(
  fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((number) => !Object.is(number, -0)),
);
const pattern = fc.array(fc.oneof(fc.constantFrom('%', '_', "'", '\\%', '\\_', '\\\\'), fc.string({ maxLength: 3 }).filter((text) => !text.includes('\\')))).map((parts) => parts.join(''));
const condition: fc.Arbitrary<Filter> = fc.oneof(
  fc.record({ kind: fc.constant('compare' as const), field: name, operator: fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>' as const, '>=' as const), value }),
  fc.record({ kind: fc.constant('in' as const), field: name, values: fc.array(value, { minLength: 1, maxLength: 5 }) }),
  fc.record({ kind: fc.constant('like' as const), field: name, pattern }),
  fc.record({ kind: fc.constant('isNull' as const), field: name }),
);
function nested(depth: number, inside?: 'and' | 'or'): fc.Arbitrary<Filter> {
  if (depth === 0) return condition;
  const list = (kind: 'and' | 'or'): fc.Arbitrary<Filter> =>
    fc.array(nested(depth - 1, kind), { minLength: 2, maxLength: 3 }).map((filters) => ({ kind, filters }));
  const kinds = (['and', 'or'] as const).filter((kind) => kind !== inside).map(list);
  return fc.oneof(condition, nested(depth - 1).map((filter): Filter => ({ kind: 'not', filter })), ...kinds);
}
const anyFilter = nested(3);
