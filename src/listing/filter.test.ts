import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matches } from './evaluate.ts';
import type { Fields } from './field.ts';
import { parseFilter } from './filter.ts';

const FIELDS: Fields = { name: 'text', labels: 'map', 'status.state': 'text', connectorVersion: 'text', suspended: 'boolean', 'nodeConfig.minNodeCount': 'number', createTime: 'time', types: 'texts' };
const ITEM = {
  name: 'projects/p/locations/l/connections/stripe-1', labels: { env: 'prod', 'a.b': 'dotted', empty: '' }, status: { state: 'ACTIVE' }, types: ['CREATE', 'LIST'],
  connectorVersion: 'projects/p/locations/global/providers/stripe/connectors/stripe/versions/1', nodeConfig: { minNodeCount: 2 }, createTime: '2026-01-31T12:00:00.000Z',
};
const ask = (text: string): boolean => matches(parseFilter(text, FIELDS), ITEM);

describe('a filter', () => {
  it.each([
    '', '  ', 'status.state=ACTIVE', 'status.state = "ACTIVE"', "status.state='ACTIVE'", 'labels.env:prod', 'labels.env="prod"', 'labels:env', 'labels.env:*', 'labels."a.b" = dotted', 'labels.a.b=dotted',
    'connectorVersion:stripe', 'connectorVersion:STRIPE', 'connector_version:stripe', 'name=*stripe-1', 'name = "projects/p/*"', 'name:*STRIPE*', 'name=projects/p/locations/l/connections/stripe-1',
    'status.state!=ERROR', 'NOT status.state=ERROR', '-status.state=ERROR', '-labels.gone:*', 'labels.gone != "x"', 'node_config.min_node_count>=2', 'nodeConfig.minNodeCount<10', 'nodeConfig.minNodeCount != -3',
    'createTime>2026-01-31T11:59:59Z', 'createTime = "2026-01-31T13:00:00+01:00"', 'suspended=false', 'types:LIST', 'types=LIST', 'NOT types:DELETE', 'labels.empty=""',
    'status.state=ACTIVE labels.env:prod', '(status.state=ERROR OR status.state=ACTIVE) AND labels.env=prod', 'NOT (status.state=ERROR)', 'name:"\\"" OR name:"\\s"',
    'labels.env=none OR labels.env=prod AND name:stripe OR name:x AND -status.state=ACTIVE OR labels.env=prod',
  ])('lets pass: %s', (text) => expect(ask(text)).toBe(true));

  it.each([
    'status.state=active', 'labels.env:test', 'labels:gone', 'labels.empty:*', 'labels.gone=x', 'labels.gone<x', 'name=stripe', 'suspended=true', 'suspended:*', '-suspended=false', 'nodeConfig.minNodeCount>2', 'types:DELETE',
    'status.state=ERROR labels.env:prod', 'status.state=ACTIVE AND status.state=ERROR',
    // with AND binding tighter this would be true
    'labels.env=prod OR status.state=ACTIVE AND status.state=ERROR',
  ])('holds back: %s', (text) => expect(ask(text)).toBe(false));

  it.each([
    ['nope=1', 1], ['status.state', 13], ['status.state=', 14], ['(name:a', 8], ['name:a)', 7], ['name:"a', 6], ['name=a OR', 10], ['labels.env=a b', 14], ['nodeConfig.minNodeCount=two', 25], ['suspended=yes', 11], ['createTime>soon', 12],
    ['labels=env', 8], ['types>a', 7], ['name:"a"b', 9], ['f(name)', 1], ['__proto__=1', 1], ['status.constructor=1', 1], ['name = a, b', 9], ['-', 2], ['NOT', 4], ['bare', 1],
  ])('refuses %s at position %i', (text, position) => {
    expect(() => parseFilter(text, FIELDS)).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT', reason: 'INVALID_FILTER', metadata: { position: String(position) } }));
  });

  it('is bounded', () => {
    expect(() => parseFilter(`${'('.repeat(2_000)}name:a`, FIELDS)).toThrow(/nested deeper/);
    expect(() => parseFilter('a'.repeat(5_000), FIELDS)).toThrow(/longer than/);
  });

  it('never fails but by saying where', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('name', 'labels.env', ' ', ':', '=', '"', '(', ')', '-', ' AND ', ' OR ', 'NOT ', 'x', '*', '\\') })), (text) => {
      try {
        ask(text);
      } catch (error) {
        expect(error).toMatchObject({ reason: 'INVALID_FILTER' });
      }
    }), { numRuns: 2_000 });
  });
});

type Tree = { readonly text: string; readonly truth: (item: Sample) => boolean };
interface Sample {
  readonly name: string;
  readonly size?: number;
}

/** Filters grown together with what they mean. */
const { tree } = fc.letrec<{ tree: Tree; leaf: Tree }>((tie) => ({
  leaf: fc.oneof(
    fc.constantFrom('a', 'ab', 'b', 'ba').chain((value) => fc.constantFrom<Tree>(
      { text: `name = "${value}"`, truth: ({ name }) => name === value }, { text: `name != ${value}`, truth: ({ name }) => name !== value }, { text: `name:${value}`, truth: ({ name }) => name.includes(value) },
      { text: `name=${value}*`, truth: ({ name }) => name.startsWith(value) }, { text: `name = '*${value}'`, truth: ({ name }) => name.endsWith(value) }, { text: `name>${value}`, truth: ({ name }) => name > value },
    )),
    fc.integer({ min: -2, max: 2 }).chain((value) => fc.constantFrom<Tree>(
      { text: `size=${value}`, truth: ({ size }) => size === value }, { text: `size <= "${value}"`, truth: ({ size }) => size !== undefined && size <= value },
      { text: `size!=${value}`, truth: ({ size }) => size !== value }, { text: `size>${value}`, truth: ({ size }) => size !== undefined && size > value },
    )),
  ),
  tree: fc.oneof({ maxDepth: 4 }, tie('leaf'), fc.tuple(fc.constantFrom('AND', 'OR', ''), tie('tree'), tie('tree')).map(([by, a, b]) => ({
    text: `(${a.text}) ${by} (${b.text})`, truth: (item: Sample) => (by === 'OR' ? a.truth(item) || b.truth(item) : a.truth(item) && b.truth(item)),
  })), fc.tuple(fc.constantFrom('NOT ', '-'), tie('tree')).map(([not, a]) => ({ text: `${not}(${a.text})`, truth: (item: Sample) => !a.truth(item) }))),
}));

it('means what a plain reading of it means', () => {
  const item = fc.record({ name: fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 }), size: fc.integer({ min: -3, max: 3 }) }, { requiredKeys: ['name'] });
  fc.assert(fc.property(tree, item, ({ text, truth }, one) => {
    expect(matches(parseFilter(text, { name: 'text', size: 'number' }), one), text).toBe(truth(one));
  }), { numRuns: 1_000 });
});
