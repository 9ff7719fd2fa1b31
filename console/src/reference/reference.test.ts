// The page's reading of the document that the server gives: every operation found, every schema with an example, and commands whose
// values stay values.
import { describe, expect, it } from 'vitest';
import { describeApi } from '../../../src/api/openapi.ts';
import type { Description } from '../api/description.ts';
import { curlLine } from './curl-line.ts';
import { answersOf, found, groupsOf, isServed, parametersOf } from './listed.ts';
import { exampleOf, innerOf, kindOf, membersOf } from './shape.ts';

const description = JSON.parse(JSON.stringify(describeApi({ version: '1.2.3', issuers: [] }))) as Description;
const { schemas } = description.components;
const groups = groupsOf(description);
const all = groups.flatMap(({ operations }) => operations);
const named = (id: string) => all.find(({ operation }) => operation.operationId === id);

describe('the operations', () => {
  it('are all there, each once, with what they refer to', () => {
    expect(all.map(({ operation }) => operation.operationId).toSorted()).toEqual(Object.values(description.paths).flatMap((item) => Object.values(item)).map(({ operationId }) => operationId).toSorted());
    for (const { operation } of all) {
      expect(parametersOf(operation, description)).toHaveLength(operation.parameters?.length ?? 0);
      expect(answersOf(operation, description)).toHaveLength(Object.keys(operation.responses).length);
    }
    expect(all.filter((one) => !isServed(one)).length).toBeGreaterThan(10);
  });

  it('are found by words in any order, wherever they are said', () => {
    const ids = (search: string): readonly string[] => found(groups, search).flatMap(({ operations }) => operations).map(({ operation }) => operation.operationId);
    expect(ids('connections.create')).toContain('connections.create');
    expect(ids('  POST  ENTITIES create ')).toContain('entities.create');
    expect(ids('connectors.actions.execute')).toContain('actions.execute');
    expect(ids('no such thing')).toEqual([]);
    expect(ids('')).toHaveLength(all.length);
  });
});

describe('schemas', () => {
  it('have a kind and an example, also where they hold themselves', () => {
    for (const [name, schema] of Object.entries(schemas)) {
      expect(kindOf({ $ref: `#/components/schemas/${name}` })).toBe(name);
      expect(exampleOf(schema, schemas)).toBeDefined();
    }
    const tree = { type: 'object', required: ['child'], properties: { child: { $ref: '#/components/schemas/Tree' } } };
    expect(JSON.stringify(exampleOf(tree, { Tree: tree })).length).toBeLessThan(200);
  });

  it('show what lies within lists, maps and alternatives', () => {
    const book = { type: 'object', properties: { title: { type: 'string' } }, required: ['title'] };
    for (const schema of [book, { type: 'array', items: book }, { type: 'object', additionalProperties: { $ref: '#/components/schemas/Book' } }, { anyOf: [{ type: 'string' }, { type: 'array', items: book }] }]) {
      expect(membersOf(innerOf(schema, { Book: book }) ?? {})).toEqual([{ name: 'title', schema: { type: 'string' }, isRequired: true }]);
    }
    expect(innerOf({ type: 'string' }, {})).toBeUndefined();
  });
});

describe('commands', () => {
  it('can be made for every operation, with no name of the path left open', () => {
    for (const one of all) expect(curlLine(one, description, 'https://konektor.example.com')).not.toMatch(/[{}](?=[^']*'$)/);
  });

  it('quote what a shell would read otherwise', () => {
    const list = named('entities.list');
    const create = named('entities.create');
    if (list === undefined || create === undefined) throw new Error('The document lacks an operation.');
    expect(curlLine(list, description, 'http://127.0.0.1:8080')).toMatch(/^curl -s \\\n {2}-H "Authorization: Bearer \$TOKEN" \\\n {2}'http:\/\/127\.0\.0\.1:8080\/v2\/projects\/demo\/locations\/us-central1\/connections\/stripe-sandbox\/entityTypes\/[^']+\/entities'$/);
    const content = { 'application/json': { schema: {}, example: { fields: { Name: "O'Hara $(id)" } } } };
    expect(curlLine({ ...create, operation: { ...create.operation, requestBody: { required: true, content } } }, description, '')).toContain(String.raw`-d '{"fields":{"Name":"O'\''Hara $(id)"}}'`);
  });
});
