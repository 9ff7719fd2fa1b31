import { describe, expect, it } from 'vitest';
import type { EntityType } from '../spi/catalog.ts';
import { EVERY_ROW } from '../spi/filter.ts';
import { allOf, conjuncts, fieldsOf } from './conjuncts.ts';
import { keyValues, MAX_KEY_VALUES } from './key-values.ts';
import { parseFilter } from './parse.ts';
import { printFilter } from './print.ts';

describe('conjuncts', () => {
  it('flattens top-level ANDs and nothing below', () => {
    const filter = { kind: 'and' as const, filters: [parseFilter('a = 1 AND b = 2'), parseFilter('NOT (c = 3 AND d = 4)'), EVERY_ROW] };
    expect(conjuncts(filter).map(printFilter)).toEqual(['a = 1', 'b = 2', 'NOT (c = 3 AND d = 4)']);
    expect(conjuncts(EVERY_ROW)).toEqual([]);
  });

  it('are put together again by allOf', () => {
    for (const text of ['', 'a = 1', 'a = 1 AND b = 2', 'a = 1 OR b = 2']) {
      expect(allOf(conjuncts(parseFilter(text)))).toEqual(parseFilter(text));
    }
  });

  it('fieldsOf names each field once', () => {
    expect(fieldsOf(parseFilter("a = 1 AND (b IN (1) OR NOT c LIKE 'x') AND a IS NULL"))).toEqual(['a', 'b', 'c']);
  });
});

describe('keyValues', () => {
  const entity: EntityType = { name: 'Thing', description: '', key: 'Id', operations: ['LIST', 'GET'], listRequires: [],
    fields: [{ name: 'Id', type: 'string', nullable: false, description: '', writable: [] }] };
  const ids = (text: string): readonly string[] | undefined => keyValues(parseFilter(text), entity);
  it('finds the ids that a filter fixes', () => {
    expect(ids("Id = 'a' AND x = 1")).toEqual(['a']);
    expect(ids("x = 1 AND Id IN ('b', 'a', 'b', NULL, '')")).toEqual(['b', 'a']);
    expect(ids("Id IN ('a', 'b') AND Id = 'c'")).toEqual(['c']);
    expect(ids('Id = NULL')).toEqual([]);
  });
  it('finds none where rows of other ids may match', () => {
    for (const text of ['', "Id != 'a'", "Id = 'a' OR x = 1", "NOT Id = 'a'", "Id LIKE 'a'"]) expect(ids(text)).toBeUndefined();
    expect(ids(`Id IN (${Array.from({ length: MAX_KEY_VALUES + 1 }, (_, index) => `'${index}'`).join(',')})`)).toBeUndefined();
    expect(keyValues(parseFilter("Id = 'a'"), { ...entity, operations: ['LIST'] })).toBeUndefined();
  });
});
