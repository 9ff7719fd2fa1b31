import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { growth } from '../../test/growth.ts';
import type { EntityType, Field, FieldType } from '../spi/catalog.ts';
import type { Row } from '../spi/connector.ts';
import type { Comparison, Filter } from '../spi/filter.ts';
import { checkFilter } from './check.ts';
import { rowMatcher, truthOf, type Truth } from './evaluate.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';

const field = (name: string, type: FieldType): Field => ({ name, type, nullable: true, description: name, writable: [] });
const entity: EntityType = {
  name: 'Thing', description: 'A thing', operations: ['LIST'], listRequires: [], maps: ['M'],
  fields: [field('S', 'string'), field('I', 'integer'), field('D', 'decimal'), field('B', 'boolean'), field('T', 'timestamp'), field('J', 'json'), field('M', 'json')],
  pseudoFields: [field('P', 'string')],
};
const truth = (text: string, row: Row): Truth => truthOf(checkFilter(parseFilter(text), entity), entity)(row);

describe('truthOf', () => {
  const cases: readonly (readonly [string, Row, Truth])[] = [
    // NULL is unknown, and NOT leaves it so
    ['I = 1', {}, null], ['NOT (I = 1)', {}, null], ['I != 1', { I: null }, null], ['I IS NULL', {}, true], ['I IS NOT NULL', {}, false],
    ['I = NULL', { I: 1 }, null], ['I = 1 OR S = \'a\'', { S: 'a' }, true], ['I = 1 AND S = \'a\'', { S: 'a' }, null],
    ['I = 1 AND S = \'a\'', { S: 'b' }, false], ['I IN (1, NULL)', { I: 1 }, true], ['I IN (1, NULL)', { I: 2 }, null],
    ['I NOT IN (1, NULL)', { I: 2 }, null], ['I NOT IN (1, 2)', { I: 3 }, true], ['S LIKE \'%\'', {}, null],
    ['I BETWEEN 1 AND 3', { I: 3 }, true], ['I NOT BETWEEN 1 AND 3', { I: 4 }, true],
    // texts by code unit, case and all
    ["S = 'Ab'", { S: 'ab' }, false], ["S < 'a'", { S: 'Z' }, true], ["S > 'é'", { S: 'z' }, false], ["S = '5'", { S: 5 }, true],
    ["S = '{\"a\":[1]}'", { S: { a: [1] } }, true],
    // numbers, also as text and beyond floats
    ["I > 9", { I: '10' }, true], ["I = 110", { I: 110 }, true], ['I = 1', { I: { a: 1 } }, null], ['I = 1', { I: 'x' }, null],
    ["D = '0.1'", { D: 0.1 }, true], ["D = '0.10'", { D: '0.1000' }, true], ["D > '0.12345678901234567889'", { D: '0.12345678901234567890' }, true],
    ["D = '0.12345678901234567889'", { D: '0.12345678901234567890' }, false], ["D < '-1e2'", { D: '-100.5' }, true],
    ["D IN ('1', '0.12345678901234567890')", { D: '0.1234567890123456789' }, true], ["I = 9007199254740993", { I: 9007199254740992 }, false],
    // booleans
    ["B = 'TRUE'", { B: true }, true], ['B = 1', { B: 'true' }, true], ['B < TRUE', { B: false }, true], ['B = TRUE', { B: 1 }, null],
    // instants, whatever the spelling
    ["T = '2024-01-31T08:00:00Z'", { T: '2024-01-31T10:00:00+02:00' }, true], ['T = 1707196279', { T: '2024-02-06T05:11:19.000Z' }, true],
    ["T >= '2024-01-31'", { T: 1706659200 }, true], ["T < '2024-01-31'", { T: new Date('2024-01-30T23:59:59.999Z') }, true],
    ["T > '2024-01-31T00:00:00.000001Z'", { T: '2024-01-31T00:00:00.000002Z' }, true], ["T = '2024-01-31'", { T: 'now' }, null],
    // JSON as its text, maps by key
    ["J = 'abc'", { J: 'abc' }, true], ["J = '[1,2]'", { J: [1, 2] }, true], ["J LIKE '%\"city\":\"Ja%'", { J: { city: 'Jakarta' } }, true],
    ["M.order_id = '6735'", { M: { order_id: '6735' } }, true], ['M.n = 5', { M: { n: 5 } }, true], ["M.a.b = 'x'", { M: { 'a.b': 'x' } }, true],
    ["M.constructor IS NULL", { M: {} }, true], ["M.a = 'x'", { M: null }, null], ["M.a = 'x'", { M: ['x'] }, null],
    // patterns
    ["S LIKE 'a%c_e'", { S: 'abbbcde' }, true], ["S LIKE 'a%c_e'", { S: 'abbbce' }, false], ["S LIKE 'A%'", { S: 'abc' }, false],
    ["S LIKE '50\\%'", { S: '50%' }, true], ["S LIKE '50\\%'", { S: '500' }, false], ["S LIKE '50!%' ESCAPE '!'", { S: '50%' }, true],
    ["S LIKE '_'", { S: '💶' }, true], ["S LIKE '%💶%'", { S: 'a💶b' }, true], ["S LIKE ''", { S: '' }, true], ["S LIKE '%%'", { S: '' }, true],
    ["I LIKE '1%'", { I: 15 }, true],
    // pseudo-columns are the connector's
    ["P = 'acct_1' AND I = 1", { I: 1 }, true],
  ];
  it.each(cases)('%s of %j is %s', (text, row, expected) => {
    expect(truth(text, row)).toBe(expected);
  });

  it('matches hostile patterns in bounded time', () => {
    const match = (size: number): void => expect(truth(`S LIKE '${'%a'.repeat(size)}b'`, { S: 'a'.repeat(10 * size) })).toBe(false);
    // Pattern times text is sixteen times as much; to try every way to match would never end.
    expect(growth(match, 500, 2_000)).toBeLessThan(60);
  });

  it('agrees with SQLite on random filters and rows', () => {
    const database = new DatabaseSync(':memory:');
    database.exec('PRAGMA case_sensitive_like = ON; CREATE TABLE thing (id INTEGER PRIMARY KEY, S TEXT, I INTEGER, D REAL)');
    const insert = database.prepare('INSERT INTO thing (S, I, D) VALUES (?, ?, ?)');
    const rows = Array.from({ length: 60 }, (_, index) => ({
      S: [null, 'a', 'A', 'ab', 'b', '', 'abc', '10'][index % 8] ?? null, I: [null, -1, 0, 1, 2, 10][index % 6] ?? null, D: [null, 0, 0.5, -2.5, 1e6][index % 5] ?? null }));
    for (const row of rows) insert.run(row.S, row.I, row.D);
    fc.assert(fc.property(sqlFilter(3), (filter) => {
      const found = database.prepare(`SELECT id FROM thing WHERE ${printFilter(filter)} ORDER BY id`).all().map(({ id }) => Number(id));
      const matches = rowMatcher(checkFilter(filter, entity), entity);
      expect(rows.flatMap((row, index) => (matches(row) ? [index + 1] : []))).toEqual(found);
    }), { numRuns: 1_000 });
    database.close();
  });
});

/** Filters that SQLite reads as we do: literals of the column's own type, patterns without escapes. */
function sqlFilter(depth: number): fc.Arbitrary<Filter> {
  const operator = fc.constantFrom<Comparison>('=', '!=', '<', '<=', '>', '>=');
  const column = fc.oneof(
    fc.record({ field: fc.constant('S'), value: fc.constantFrom(null, 'a', 'A', 'ab', '', 'zz') }),
    fc.record({ field: fc.constant('I'), value: fc.constantFrom(null, -1, 0, 1, 1.5, 10) }),
    fc.record({ field: fc.constant('D'), value: fc.constantFrom(null, 0, 0.5, -2.5, 7) }),
  );
  const condition = fc.oneof(
    fc.tuple(column, operator).map(([{ field, value }, operator]): Filter => ({ kind: 'compare', field, operator, value })),
    fc.tuple(column, column, column).map(([a, b, c]): Filter => ({ kind: 'in', field: a.field, values: [a, b, c].filter((one) => one.field === a.field).map((one) => one.value) })),
    fc.constantFrom('%', 'a%', '_', '%b%', '', 'A_').map((pattern): Filter => ({ kind: 'like', field: 'S', pattern })),
    column.map(({ field }): Filter => ({ kind: 'isNull', field })),
  );
  if (depth === 0) return condition;
  const inner = sqlFilter(depth - 1);
  return fc.oneof(condition, inner.map((filter): Filter => ({ kind: 'not', filter })),
    fc.tuple(fc.constantFrom('and' as const, 'or' as const), fc.array(inner, { minLength: 2, maxLength: 3 })).map(([kind, filters]): Filter => ({ kind, filters })));
}
