// The document of the API is OpenAPI 3.1 that tools read, and says of every row what there is to say.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { beforeAll, describe, expect, it } from 'vitest';
import { EXAMPLES } from './openapi-examples.ts';
import { METHODS, operationsOf, type OpenApiDocument } from './openapi-model.ts';
import { createSchemaBook } from './openapi-schemas.ts';
import { TAGS } from './openapi-tags.ts';
import { describeApi } from './openapi.ts';
import { API } from './table.ts';
import { UNSERVED } from './unserved.ts';

let document: OpenApiDocument;
let text: string;
beforeAll(() => {
  document = describeApi({ version: '1.2.3', issuers: ['https://accounts.example.com'] });
  text = JSON.stringify(document);
});

const MOST_BYTES = 400_000;
const operations = () => operationsOf(document);
const served = () => operations().filter(({ operation }) => operation['x-konektor-served'] !== false);

/** The value at `#/components/…`. */
function at(pointer: string): unknown {
  return pointer.replace(/^#\//, '').split('/').reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), document);
}

describe('the document', () => {
  it('has an operation for every row, every method that is not served, and every probe', () => {
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size, 'ids are unique').toBe(ids.length);
    expect(ids.toSorted()).toEqual([...Object.keys(API), ...UNSERVED.map(({ id }) => id), 'server.health', 'server.readiness', 'server.metrics'].toSorted());
    for (const id of Object.keys(API)) expect(served().some(({ operation }) => operation.operationId === id), id).toBe(true);
  });

  it('says of every operation what it does, where it belongs, and what it answers', () => {
    for (const { operation, path } of operations()) {
      expect(operation.summary, path).toMatch(/^[A-Z].*\.$/);
      expect(operation.tags, path).toHaveLength(1);
      const statuses = Object.keys(operation.responses);
      if (operation['x-konektor-served'] === false) {
        expect(statuses, path).toContain('501');
        expect(statuses, path).not.toContain('200');
        expect(operation.description, path).toMatch(/\.$/);
      } else expect(statuses, path).toContain('200');
    }
  });

  it('describes every tag', () => {
    const used = new Set(operations().flatMap(({ operation }) => operation.tags));
    expect([...used].filter((tag) => TAGS[tag] === undefined)).toEqual([]);
    expect(Object.keys(TAGS).filter((tag) => !used.has(tag))).toEqual([]);
    expect(document.tags.map(({ name }) => name).toSorted()).toEqual([...used].toSorted());
  });

  it('refers to nothing that is not there, and holds nothing that nobody refers to', () => {
    const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] ?? ''));
    expect([...references].filter((reference) => at(reference) === undefined)).toEqual([]);
    const { schemas, parameters, responses } = document.components;
    const held = Object.entries({ schemas, parameters, responses }).flatMap(([kind, entries]) => Object.keys(entries).map((name) => `#/components/${kind}/${name}`));
    expect(held.filter((one) => !references.has(one))).toEqual([]);
  });

  it('gives every parameter a schema, and every parameter of a path a place in it', () => {
    for (const { operation, path } of operations()) {
      const parameters = (operation.parameters ?? []).map((one) => ('$ref' in one ? at(one.$ref) : one) as { readonly name: string; readonly in: string; readonly required?: boolean; readonly schema: object });
      for (const { name, schema } of parameters) expect(Object.keys(schema).length, `${path} ${name}`).toBeGreaterThan(0);
      const named = parameters.filter((one) => one.in === 'path');
      expect(named.every(({ required }) => required === true), path).toBe(true);
      expect(named.map(({ name }) => name).toSorted(), path).toEqual([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '').toSorted());
      expect(new Set(parameters.map((one) => `${one.in} ${one.name}`)).size, path).toBe(parameters.length);
    }
  });

  it('has no two paths that differ in the names of their parameters alone', () => {
    const forms = Object.keys(document.paths).map((path) => path.replace(/\{\w+\}/g, '{}'));
    expect(forms.filter((form, index) => forms.indexOf(form) !== index)).toEqual([]);
  });

  it('says which permission each row asks for', () => {
    for (const { operation } of served()) {
      const row = Object.values(API).find(({ id }) => id === operation.operationId);
      if (row !== undefined) expect(operation['x-konektor-permission']).toBe(row.permission);
    }
  });

  it('describes errors of rows by form: what a path names may be missing, what writes may conflict', () => {
    const statusesOf = (id: string): readonly string[] => Object.keys(operations().find(({ operation }) => operation.operationId === id)?.operation.responses ?? {});
    expect(statusesOf('connections.get')).toEqual(['200', '400', '401', '403', '404', '500', '503']);
    expect(statusesOf('projects.list')).toEqual(['200', '400', '401', '403', '500', '503']);
    expect(statusesOf('entities.create')).toEqual(['200', '400', '401', '403', '404', '409', '429', '500', '501', '503', '504']);
  });

  it('gives lines where a row streams', () => {
    for (const row of Object.values(API)) {
      const { operation } = served().find((one) => one.operation.operationId === row.id) ?? {};
      const answer = operation?.responses['200'];
      const types = answer !== undefined && 'content' in answer ? Object.keys(answer.content ?? {}) : [];
      expect(types, row.id).toEqual(['stream' in row ? 'application/x-ndjson' : 'application/json']);
    }
  });

  it('holds examples that its own schemas take', () => {
    const ajv = new Ajv2020({ strict: false, formats: { 'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/ } });
    ajv.addSchema(document, 'document');
    let count = 0;
    for (const { path, method, operation } of operations()) {
      const places = [['requestBody', 'content', 'application/json'], ['responses', '200', 'content', 'application/json']];
      for (const place of places) {
        const pointer = ['paths', path, method, ...place];
        const media = pointer.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined), document);
        if (typeof media !== 'object' || media === null || !('example' in media)) continue;
        const validate = ajv.compile({ $ref: `document#/${[...pointer, 'schema'].map((key) => encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}` });
        validate(media.example);
        expect(validate.errors ?? [], `${operation.operationId} ${place[0] ?? ''}`).toEqual([]);
        count += 1;
      }
    }
    expect(count).toBeGreaterThan(25);
    expect(Object.keys(EXAMPLES).filter((id) => !(id in API))).toEqual([]);
  });

  it('names issuers whose tokens are taken, and no other of what an installation is', () => {
    expect(document.components.securitySchemes['openId']).toEqual({ type: 'openIdConnect', openIdConnectUrl: 'https://accounts.example.com/.well-known/openid-configuration' });
    expect(describeApi({ version: '1.2.3', issuers: [] }).security).toEqual([{ bearer: [] }]);
    expect(document.servers.map(({ url }) => url)).toEqual(['/']);
  });

  it('is of a size to be read at once', () => {
    expect(text.length).toBeLessThan(MOST_BYTES);
    expect(Object.values(document.paths).flatMap((item) => Object.keys(item)).every((method) => (METHODS as readonly string[]).includes(method))).toBe(true);
  });
});

describe('schemas with a title', () => {
  it('stand in the document once', () => {
    const book = createSchemaBook();
    const named = { title: 'Thing', type: 'object', properties: { at: { type: 'string' } } };
    expect(book.of({ type: 'array', items: named })).toEqual({ type: 'array', items: { $ref: '#/components/schemas/Thing' } });
    expect(book.of({ ...named })).toEqual({ $ref: '#/components/schemas/Thing' });
    expect(book.named()).toEqual({ Thing: { type: 'object', properties: { at: { type: 'string' } } } });
    expect(() => book.of({ ...named, type: 'array' })).toThrow(/called Thing/);
  });

  it('may have members that are called as words of JSON Schema are', () => {
    const properties = { title: { type: 'string' }, items: { type: 'string' }, patternProperties: { type: 'string' } };
    expect(createSchemaBook().of({ type: 'object', properties })).toEqual({ type: 'object', properties });
  });
});
