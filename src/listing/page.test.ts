import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listPage, type ListRequest, type ListSpec } from './page.ts';

interface Item {
  readonly name: string;
  readonly createTime?: string;
  readonly size?: number;
}
const SPEC: ListSpec = { list: 'projects/p/things', fields: { name: 'text', createTime: 'time', size: 'number', labels: 'map' }, sizes: { usual: 100, most: 1_000 } };

function all(items: readonly Item[], request: ListRequest): readonly string[] {
  const names: string[] = [];
  let pageToken: string | undefined;
  do {
    const page = listPage(items, { ...request, pageToken }, SPEC);
    expect(page.items.length).toBeGreaterThan(0);
    names.push(...page.items.map(({ name }) => name));
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
  return names;
}

const items = fc.uniqueArray(fc.record({
  name: fc.string({ minLength: 1, maxLength: 3 }), createTime: fc.constantFrom('2026-01-01T00:00:00.000Z', '2026-01-01T01:00:00+01:00', '2025-12-31T00:00:00Z'), size: fc.integer({ min: -2, max: 2 }),
}, { requiredKeys: ['name'] }), { selector: ({ name }) => name, minLength: 1, maxLength: 20 });
const orderBy = fc.constantFrom('', 'name', 'name desc', 'createTime desc', 'create_time, size desc', 'size DESC, name desc', 'size');

describe('pages', () => {
  it('put together are the whole list, whatever their size and order', () => {
    fc.assert(fc.property(items, orderBy, fc.integer({ min: 1, max: 7 }), (list, order, pageSize) => {
      const whole = listPage(list, { orderBy: order }, SPEC).items.map(({ name }) => name);
      expect(all(list, { orderBy: order, pageSize })).toEqual(whole);
      expect(whole.toSorted()).toEqual(list.map(({ name }) => name).toSorted());
      expect(all(list.toReversed(), { orderBy: order, pageSize })).toEqual(whole);
    }), { numRuns: 300 });
  });

  it('neither repeat nor hide what stays, while others come and go', () => {
    fc.assert(fc.property(items, items, orderBy, fc.integer({ min: 1, max: 4 }), (before, after, order, pageSize) => {
      const later = [...before.filter((_item, index) => index % 2 === 0), ...after.filter(({ name }) => before.every((one) => one.name !== name))];
      const first = listPage(before, { orderBy: order, pageSize }, SPEC);
      const seen = first.items.map(({ name }) => name);
      let { nextPageToken } = first;
      while (nextPageToken !== undefined) {
        const page = listPage(later, { orderBy: order, pageSize, pageToken: nextPageToken }, SPEC);
        seen.push(...page.items.map(({ name }) => name));
        nextPageToken = page.nextPageToken;
      }
      expect(new Set(seen).size).toBe(seen.length);
      if (first.nextPageToken === undefined) return;
      for (const { name } of later.filter((one) => before.includes(one))) expect(seen).toContain(name);
    }), { numRuns: 300 });
  });

  it('come in the order asked for, and what is absent first', () => {
    const list: readonly Item[] = [{ name: 'b', size: 1 }, { name: 'a', size: 1 }, { name: 'd' }, { name: 'c', size: 2 }];
    expect(all(list, {})).toEqual(['a', 'b', 'c', 'd']);
    expect(all(list, { orderBy: 'size' })).toEqual(['d', 'a', 'b', 'c']);
    expect(all(list, { orderBy: 'size desc, name desc', pageSize: 1 })).toEqual(['c', 'b', 'a', 'd']);
    expect(listPage(list, { filter: 'size=1' }, { ...SPEC, order: 'name desc' }).items.map(({ name }) => name)).toEqual(['b', 'a']);
  });

  it('take no token of another list, filter, order or author', () => {
    const list = [{ name: 'a' }, { name: 'b' }];
    const { nextPageToken } = listPage(list, { pageSize: 1, orderBy: 'name' }, SPEC);
    expect(listPage(list, { pageSize: 5, orderBy: 'name', pageToken: nextPageToken }, SPEC)).toEqual({ items: [{ name: 'b' }] });
    const others: readonly (readonly [ListRequest, ListSpec])[] = [
      [{ orderBy: 'name', pageToken: nextPageToken }, { ...SPEC, list: 'projects/q/things' }], [{ orderBy: 'name', filter: 'name:a', pageToken: nextPageToken }, SPEC],
      [{ orderBy: 'size', pageToken: nextPageToken }, SPEC], [{ pageToken: nextPageToken }, SPEC], [{ pageToken: 'nonsense' }, SPEC], [{ pageToken: 'eyJhIjoxfQ' }, SPEC], [{ pageToken: Buffer.from('[1,{}]').toString('base64url') }, SPEC],
    ];
    for (const [request, spec] of others) expect(() => listPage(list, request, spec)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', reason: 'INVALID_PAGE_TOKEN' }));
  });

  it('take no token that nobody could have been given', () => {
    const list = [{ name: 'a' }, { name: 'b' }];
    const { nextPageToken = '' } = listPage(list, { pageSize: 1 }, SPEC);
    const [binding]: unknown[] = [JSON.parse(Buffer.from(nextPageToken, 'base64url').toString())].flat();
    const forged = (...parts: readonly unknown[]): string => Buffer.from(JSON.stringify([binding, ...parts])).toString('base64url');
    expect(listPage(list, { pageToken: forged('a') }, SPEC).items).toEqual([{ name: 'b' }]);
    for (const token of [forged(), forged('a', 'b'), forged(1.5), forged(9e15), forged('a\u0000'), forged(['a']), forged({})]) {
      expect(() => listPage(list, { pageToken: token }, SPEC), token).toThrow(expect.objectContaining({ reason: 'INVALID_PAGE_TOKEN' }));
    }
  });

  it.each(['nope', 'labels', 'name up', 'name,', 'name, name desc', 'size;drop'])('refuse the order %s', (order) => {
    expect(() => listPage([], { orderBy: order }, SPEC)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', violations: [expect.objectContaining({ field: 'orderBy' })] }));
  });

  it('hold at most what the list allows', () => {
    const list = Array.from({ length: 12 }, (_none, index) => ({ name: String(index).padStart(2, '0') }));
    const sizes = { usual: 5, most: 10 };
    expect(listPage(list, {}, { ...SPEC, sizes }).items).toHaveLength(5);
    expect(listPage(list, { pageSize: 0 }, { ...SPEC, sizes }).items).toHaveLength(5);
    expect(listPage(list, { pageSize: 1_000 }, { ...SPEC, sizes }).items).toHaveLength(10);
  });
});
